"""Holds a measured master against its reel document: what is still, black or silent must be declared there."""

from __future__ import annotations

from collections.abc import Sequence

from reelwright.reels.reel import Declaration, Reel
from reelwright.rendering.flashes import MOST_FLASHES, Flashes
from reelwright.rendering.gate_report import GateRow
from reelwright.rendering.measure import FROZEN_SECONDS, SILENT_SECONDS, Measurements, Stretch

LOUDNESS_TOLERANCE_LU = 1.0
TRUE_PEAK_LIMIT_DBTP = -1.0
DECLARED_MARGIN_SECONDS = 0.1
LENGTH_TOLERANCE = 0.05
AAC_PACKET_SECONDS = 1024 / 48_000
FIRST_LUMA_BOUNDS = (0.06, 0.94)
LOOP_DIFFERENCE = 0.04
"""How far the last frame of a loop may be from its first, mean of all pixels, 0..1."""


def check_master(reel: Reel, measured: Measurements) -> list[GateRow]:
    """Rows on the master's shape, lengths, picture and sound."""
    return [*_shape_rows(reel, measured), *_length_rows(reel, measured), *_picture_rows(reel, measured), *_sound_rows(reel, measured)]


def _shape_rows(reel: Reel, measured: Measurements) -> list[GateRow]:
    facts, canvas = measured.facts, reel.canvas
    size, wanted = f"{facts.width}x{facts.height}", f"{canvas.width}x{canvas.height}"
    codec = f"{facts.video_codec} {facts.pixel_format}, {facts.audio_codec or 'no sound'}"
    is_playable = (facts.video_codec, facts.pixel_format) == ("h264", "yuv420p") and facts.audio_codec in {"aac", ""}
    return [
        GateRow(name="size", value=size, bound=wanted, passed=size == wanted, sentence="The picture has the size of the canvas.", is_essential=True),
        GateRow(name="codecs", value=codec, bound="h264 yuv420p, aac", passed=is_playable, sentence="Every player can decode it.", is_essential=True),
        GateRow(
            name="colour tags",
            value="bt709, limited" if facts.is_bt709 else "other or missing",
            bound="bt709, limited",
            passed=facts.is_bt709,
            sentence="Colours are tagged, so that no player guesses them.",
        ),
        GateRow(
            name="fast start",
            value=" ".join(facts.boxes.order),
            bound="moov before mdat",
            passed=facts.boxes.is_fast_start,
            sentence="Playing begins before the whole file is there.",
        ),
        GateRow(name="edit lists", value=str(facts.boxes.edit_lists), bound="0", passed=facts.boxes.edit_lists == 0, sentence="There are no edit lists."),
        GateRow(
            name="groups of pictures",
            value=f"{'closed' if facts.is_closed_gop else 'open'}, at most {facts.longest_gop_seconds:.1f} s",
            bound="closed",
            passed=facts.is_closed_gop,
            sentence="Every group of pictures can be decoded alone.",
        ),
    ]


def _length_rows(reel: Reel, measured: Measurements) -> list[GateRow]:
    facts, frame = measured.facts, float(1 / reel.canvas.frame_rate)
    rows = [
        GateRow(
            name="frames",
            value=f"{measured.picture.frames}",
            bound=f"{reel.frame_count}",
            passed=measured.picture.frames == reel.frame_count == facts.frames,
            sentence="Every frame of the document is in the file and can be decoded.",
            is_essential=True,
        )
    ]
    if facts.audio_codec:
        apart = abs(facts.video_seconds - facts.audio_seconds)
        rows.append(
            GateRow(
                name="picture and sound",
                value=f"{facts.video_seconds:.3f} s and {facts.audio_seconds:.3f} s",
                bound="apart at most one frame and one packet of sound",
                passed=apart <= frame + AAC_PACKET_SECONDS,
                sentence="Picture and sound are equally long.",
            )
        )
    return rows


def _picture_rows(reel: Reel, measured: Measurements) -> list[GateRow]:
    black = undeclared(measured.picture.black, reel.declarations, {"black"}, least=0.0)
    frozen = undeclared(measured.picture.frozen, reel.declarations, {"still", "black"}, least=FROZEN_SECONDS)
    low, high = FIRST_LUMA_BOUNDS
    is_dark_on_purpose = any(declared.kind == "black" and declared.start <= 0 for declared in reel.declarations)
    return [
        _stretch_row("black stretches", black, "No black stretch that the document does not ask for."),
        _stretch_row("still stretches", frozen, "No still stretch that the document does not ask for."),
        GateRow(
            name="first frame",
            value=f"light {measured.picture.first_luma:.2f}",
            bound=f"{low} to {high}",
            passed=low <= measured.picture.first_luma <= high or is_dark_on_purpose,
            sentence="The first frame is a finished picture.",
        ),
        _flash_row(measured.picture.flashes),
        *([_loop_row(measured.picture.ends_differ)] if reel.is_loop else []),
    ]


def _flash_row(flashes: Flashes) -> GateRow:
    return GateRow(
        name="flashes",
        value=f"{flashes.most} in a second" + (f", until {flashes.at:.2f} s" if flashes.most else ""),
        bound=f"at most {MOST_FLASHES}",
        passed=flashes.most <= MOST_FLASHES,
        sentence="Nothing large flashes so often that it could harm somebody who is sensitive to it.",
    )


def _loop_row(difference: float) -> GateRow:
    return GateRow(
        name="loop",
        value=f"{difference:.3f} apart",
        bound=f"at most {LOOP_DIFFERENCE:.2f}",
        passed=difference <= LOOP_DIFFERENCE,
        sentence="The last frame leads into the first one.",
    )


def _sound_rows(reel: Reel, measured: Measurements) -> list[GateRow]:
    if not measured.facts.audio_codec:
        return [GateRow(name="sound", value="none", bound="a sound track", passed=False, sentence="The file has no sound track.", is_essential=True)]
    silent = undeclared(measured.silent, reel.declarations, {"silent"}, least=SILENT_SECONDS)
    rows = [_stretch_row("silent stretches", silent, "No silence that the document does not ask for.")]
    if measured.loudness_lufs is None:
        return rows
    target, peak = reel.soundtrack.loudness_lufs, measured.true_peak_dbtp
    limit = min(reel.soundtrack.true_peak_dbtp, TRUE_PEAK_LIMIT_DBTP)
    return [
        *rows,
        GateRow(
            name="loudness",
            value=f"{measured.loudness_lufs:.1f} LUFS",
            bound=f"{target:.0f} ± {LOUDNESS_TOLERANCE_LU:.0f}",
            passed=abs(measured.loudness_lufs - target) <= LOUDNESS_TOLERANCE_LU,
            sentence="It is as loud as its neighbours in a feed.",
        ),
        GateRow(
            name="true peak",
            value="none" if peak is None else f"{peak:.2f} dBTP",
            bound=f"at most {limit:.0f}",
            passed=peak is None or round(peak, 2) <= limit,
            sentence="Nothing distorts when it is played.",
        ),
    ]


def _stretch_row(name: str, stretches: Sequence[Stretch], sentence: str) -> GateRow:
    value = ", ".join(f"{one.start:.2f}-{one.end:.2f} s" for one in stretches) or "none"
    return GateRow(name=name, value=value, bound="none undeclared", passed=not stretches, sentence=sentence)


def undeclared(found: Sequence[Stretch], declared: Sequence[Declaration], kinds: set[str], least: float) -> list[Stretch]:
    """What is left of the found stretches outside the declared ones, where it is longer than ``least`` seconds."""
    spans = sorted((float(one.start) - DECLARED_MARGIN_SECONDS, float(one.end) + DECLARED_MARGIN_SECONDS) for one in declared if one.kind in kinds)
    left = []
    for stretch in found:
        start = stretch.start
        for begin, end in spans:
            if begin > start:
                left.append(Stretch(start, min(begin, stretch.end)))
            start = max(start, end)
            if start >= stretch.end:
                break
        if start < stretch.end:
            left.append(Stretch(start, stretch.end))
    return [one for one in left if one.end - one.start > least]


def check_length(seconds: float, asked_seconds: float, reason: str) -> GateRow:
    """Length against what was asked for, ± 5 %; another length passes only where a reason is given."""
    apart = round(abs(seconds - asked_seconds) / asked_seconds, 6)
    sentence = reason if apart > LENGTH_TOLERANCE and reason else "The reel is as long as was asked for."
    return GateRow(
        name="length",
        value=f"{seconds:.1f} s",
        bound=f"{asked_seconds:.0f} s ± {LENGTH_TOLERANCE:.0%}, or a reason",
        passed=apart <= LENGTH_TOLERANCE or bool(reason),
        sentence=sentence,
    )
