"""Holds captions against the voice and the platforms: just before their words, readable, inside the safe area, lit with the sound."""

from __future__ import annotations

from collections.abc import Sequence

from reelwright.reels.caption_presets import design_factor, reading_limit
from reelwright.reels.caption_text import join_words, take_out_emoji
from reelwright.reels.geometry import Area
from reelwright.reels.reel import Canvas, CaptionChunk, Captions
from reelwright.reels.shape_areas import areas_of, shape_of
from reelwright.rendering.caption_layout import ChunkMaker
from reelwright.rendering.fonts import FontShelf
from reelwright.rendering.gate_report import ChunkFinding, GateRow, OnsetFinding, share

MAX_CHUNK_LEAD_MS = 120.0
MAX_HIGHLIGHT_OFFSET_MS = 60.0
LEAST_SHARE = 0.95
_ROUNDING_MS = 0.5
_ROUNDING_PIXELS = 2.0


def check_captions(captions: Captions, canvas: Canvas | None = None) -> tuple[list[GateRow], list[ChunkFinding]]:
    """Rows on when captions appear, how fast they must be read and, on a canvas, where they stand; no rows where nothing is said."""
    findings = [_check_chunk(captions, chunk) for chunk in captions.chunks]
    if not findings:
        return [], []
    early = sum(finding.passed for finding in findings)
    fastest, limit = max(finding.characters_per_second for finding in findings), reading_limit(captions.language)
    rows = [
        GateRow(
            name="captions before their words",
            value=f"{early} of {len(findings)}",
            bound=f"0 to {MAX_CHUNK_LEAD_MS:.0f} ms before the first word",
            passed=early == len(findings),
            sentence="Every caption appears just before its first word is heard.",
        ),
        GateRow(
            name="reading speed",
            value=f"{fastest:.1f} characters a second at most",
            bound=f"{limit:.0f}",
            passed=fastest <= limit,
            sentence="Every caption can be read while it is shown.",
        ),
    ]
    return [*rows, *([] if canvas is None else [_check_places(captions, canvas)])], findings


def _check_places(captions: Captions, canvas: Canvas) -> GateRow:
    """Where each caption really stands, its boxes and outlines included, measured with the typefaces it is drawn in."""
    maker = ChunkMaker(captions, canvas, FontShelf(captions.language))
    safe, factor = areas_of(shape_of(canvas.width, canvas.height)).safe, design_factor(canvas)
    bounds = Area(*(edge * factor for edge in safe)).grown(_ROUNDING_PIXELS)
    inside = sum(bounds.holds(maker.measure(chunk)) for chunk in captions.chunks)
    return GateRow(
        name="captions in the safe area",
        value=f"{inside} of {len(captions.chunks)}",
        bound="all",
        passed=inside == len(captions.chunks),
        sentence="No platform covers a caption with its own buttons or texts.",
    )


def _check_chunk(captions: Captions, chunk: CaptionChunk) -> ChunkFinding:
    text = join_words(take_out_emoji(captions.words[index].text) for index in range(chunk.first, chunk.last + 1))
    lead = float(captions.words[chunk.first].start - chunk.start) * 1000
    return ChunkFinding(
        at=round(float(chunk.start), 3),
        text=text,
        lead_ms=round(lead, 1),
        characters_per_second=round(len(text) / max(float(chunk.end - chunk.start), 0.001), 1),
        passed=-_ROUNDING_MS <= lead <= MAX_CHUNK_LEAD_MS + _ROUNDING_MS,
    )


def check_onsets(captions: Captions, onsets: Sequence[float]) -> tuple[list[GateRow], list[OnsetFinding]]:
    """Rows on the highlight: measured beginnings of speech (seconds of the reel) against the nearest word's start."""
    if not onsets or not captions.words:
        return [], []
    findings = [_check_onset(captions, onset) for onset in onsets]
    passed = sum(finding.passed for finding in findings)
    row = GateRow(
        name="highlight with the voice",
        value=f"{passed} of {len(findings)} onsets",
        bound=f"within {MAX_HIGHLIGHT_OFFSET_MS:.0f} ms for {LEAST_SHARE:.0%}",
        passed=share(passed, len(findings)) >= LEAST_SHARE,
        sentence="Words light up when they are heard, measured on the sound of the voice.",
    )
    return [row], findings


def _check_onset(captions: Captions, onset: float) -> OnsetFinding:
    word = min(captions.words, key=lambda one: abs(float(one.start) - onset))
    offset = (float(word.start) - onset) * 1000
    return OnsetFinding(at=round(onset, 3), word=word.text, offset_ms=round(offset, 1), passed=abs(offset) <= MAX_HIGHLIGHT_OFFSET_MS)
