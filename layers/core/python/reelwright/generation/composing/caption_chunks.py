"""Captions of a reel: chunks of the spoken words, timed to them, away from faces, silent where a title says the same."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from reelwright.generation.composing.arrange import BRIGHT_LUMA, Arrangement
from reelwright.generation.composing.timeline import FRAME_RATE, Shot, Timeline, exact, frame_time
from reelwright.generation.plan import Plan
from reelwright.generation.planning.languages import is_right_to_left
from reelwright.generation.planning.lexicon import load_lexicon
from reelwright.generation.planning.words import lower
from reelwright.reels.geometry import CANVAS_HEIGHT, CANVAS_WIDTH, CAPTION_CENTRE_X, CAPTION_CENTRE_Y, Area, caption_place
from reelwright.reels.reel import CaptionChunk, Captions, CaptionWord, Font, Rect, Scrim
from reelwright.reels.template import CaptionCraft, Template, Theme
from reelwright.reels.timing import Chunk, break_caption, chunk_words
from reelwright.reels.type_fit import measure

SAME_WORDS_SHARE = 0.7
LATE_CUT_SECONDS = 0.3
LEAST_SHOWN_SECONDS = 0.2
CAPTION_FONT = Font(family="Inter", weight=700)
WORD_GAP_EM = 0.26
SCRIM_FEATHER = 420
SCRIM_PADDING = 24
LIGHT_SCRIM = 0.3


def divide_words(timeline: Timeline, plan: Plan, craft: CaptionCraft) -> list[Chunk]:
    """The spoken words in chunks that can be read."""
    if not timeline.words:
        return []
    lexicon = load_lexicon(plan.language)
    return chunk_words(timeline.words, craft.max_words, craft.max_characters, lambda word: lexicon.is_ruled and lexicon.is_weak(word))


def shown_chunks(chunks: Sequence[Chunk], timeline: Timeline, said_by_shot: Sequence[str]) -> list[Chunk]:
    """The chunks that are shown: none on the end card, none that repeat what a title on screen says."""
    shown = []
    for chunk in chunks:
        number = shot_at(timeline.shots, chunk.start + 0.1)
        if number == timeline.end_card or _says_the_same(chunk, timeline, said_by_shot[number]):
            continue
        end = _end_of(chunk, timeline)
        if end - chunk.start >= LEAST_SHOWN_SECONDS:
            shown.append(Chunk(chunk.first, chunk.last, chunk.start, end))
    return shown


def shot_at(shots: Sequence[Shot], seconds: float) -> int:
    """The number of the shot that is on screen at a time."""
    frame = max(0, round(seconds * FRAME_RATE))
    return next((number for number, shot in enumerate(shots) if shot.start <= frame < shot.end), len(shots) - 1)


def make_captions(chunks: Sequence[Chunk], timeline: Timeline, plan: Plan, template: Template, arranged: Sequence[Arrangement]) -> Captions:
    """The captions document: all spoken words, and the chunks that are shown with their places."""
    words = tuple(
        CaptionWord(text=word.text[:60], start=exact(word.start), end=exact(max(word.end, word.start)), is_emphasised=_is_stressed(word.text, plan, beat))
        for word, beat in zip(timeline.words, timeline.word_beats, strict=True)
    )
    craft = template.captions
    placed: list[CaptionChunk] = []
    places: dict[int, float | None] = {}
    for chunk in chunks:
        number = shot_at(timeline.shots, chunk.start + 0.1)
        if number not in places:
            places[number] = _place(arranged[number], craft)
        lines = _lines(chunk, timeline, craft, arranged[number])
        start = max(exact(chunk.start), placed[-1].end if placed else Fraction(0))
        end = min(exact(chunk.end), frame_time(timeline.frames))
        middle = places[number]
        if middle is not None and end > start:
            colour = template.theme.ink if arranged[number].luma >= BRIGHT_LUMA else None
            placed.append(
                CaptionChunk(first=chunk.first, last=chunk.last, start=start, end=end, lines=lines, x=CAPTION_CENTRE_X, y=round(middle), colour=colour)
            )
    direction = "rtl" if is_right_to_left(plan.language) else "ltr"
    return Captions(preset=craft.preset, language=plan.language, direction=direction, words=words, chunks=tuple(placed))


def caption_scrim(arranged: Arrangement, craft: CaptionCraft, theme: Theme, luma: float) -> Scrim | None:
    """A soft shade under the captions, from the lower edge of the picture they stand on; light under dark type."""
    middle = _place(arranged, craft)
    if middle is None:
        return None
    picture = next((area for area in reversed(arranged.pictures) if area.top <= middle <= area.bottom), None)
    if picture is None:
        return None
    top = max(picture.top, middle - craft.size * craft.line_height - SCRIM_PADDING)
    bottom = min(picture.bottom, CANVAS_HEIGHT)
    feather = int(max(0.0, min(SCRIM_FEATHER, top - picture.top)))
    right = min(picture.right, CANVAS_WIDTH)
    rect = Rect(x=_even(picture.left), y=_even(top), width=_even(right - picture.left), height=_even(bottom - top))
    if luma >= BRIGHT_LUMA:
        return Scrim(rect=rect, colour=theme.background, feather=feather, opacity=LIGHT_SCRIM)
    return Scrim(rect=rect, colour=theme.colour("#14110D"), feather=feather, opacity=round(min(0.5, 0.2 + 0.5 * luma), 2))


def _place(arranged: Arrangement, craft: CaptionCraft) -> float | None:
    place = arranged.layout.captions
    middle = place.y if place else CAPTION_CENTRE_Y
    half = craft.size * craft.line_height
    width = (place.width if place else craft.max_line_pixels) / 2
    block = Area(CAPTION_CENTRE_X - width, middle - half, CAPTION_CENTRE_X + width, middle + half)
    found = caption_place(block, arranged.faces, arranged.texts)
    if found is not None:
        return found
    return caption_place(block, (), arranged.texts)  # everywhere is a face: better over it than not at all


def _lines(chunk: Chunk, timeline: Timeline, craft: CaptionCraft, arranged: Arrangement) -> tuple[tuple[int, ...], ...]:
    texts = [timeline.words[index].text for index in range(chunk.first, chunk.last + 1)]
    widths = [measure(text, CAPTION_FONT, craft.size) for text in texts]
    limit = arranged.layout.captions.width if arranged.layout.captions else craft.max_line_pixels
    broken = break_caption(widths, WORD_GAP_EM * craft.size, limit, craft.one_line_share)
    return tuple(tuple(chunk.first + place for place in line) for line in broken)


def _end_of(chunk: Chunk, timeline: Timeline) -> float:
    """A chunk whose words are over leaves with the next cut rather than flash on after it."""
    spoken = timeline.words[chunk.last].end
    for shot in timeline.shots[1:]:
        at = shot.start / FRAME_RATE
        if spoken - 0.05 <= at < chunk.end and chunk.end - at <= 2 * LATE_CUT_SECONDS + 0.1 and at - chunk.start >= LEAST_SHOWN_SECONDS:
            return at
    return chunk.end


def _says_the_same(chunk: Chunk, timeline: Timeline, said: str) -> bool:
    if not said:
        return False
    known = {lower(word) for word in re.split(r"\s+", said)}
    words = [lower(timeline.words[index].text) for index in range(chunk.first, chunk.last + 1)]
    words = [word for word in words if word]
    return bool(words) and sum(word in known for word in words) / len(words) >= SAME_WORDS_SHARE


def _is_stressed(word: str, plan: Plan, beat: int) -> bool:
    return any(lower(word) == lower(stressed) for stressed in plan.beats[beat].emphasis)


def _even(value: float) -> int:
    return max(2, 2 * round(value / 2)) if value > 1 else 0
