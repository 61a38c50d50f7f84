"""Captions of a reel: chunks of the spoken words, timed to them, away from faces, silent where a title says the same.

Whether they can be read on their pictures is measured afterwards, on the pictures themselves (``rendering.improve_captions``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from reelwright.generation.caption_names import find_inner_words
from reelwright.generation.composing.caption_place import Block, place_block
from reelwright.generation.composing.studio import Arrangement
from reelwright.generation.composing.timeline import FRAME_RATE, Shot, Timeline, exact, frame_time
from reelwright.generation.plan import Plan
from reelwright.generation.planning.languages import is_right_to_left
from reelwright.generation.planning.lexicon import load_lexicon
from reelwright.generation.planning.words import lower
from reelwright.reels.caption_presets import CaptionLook, make_look, reading_limit
from reelwright.reels.caption_text import find_emoji, has_no_blank_between, script_of, show_word
from reelwright.reels.geometry import Area
from reelwright.reels.reel import CaptionChunk, Captions, CaptionStyle, CaptionWord, Shape
from reelwright.reels.shape_areas import areas_of
from reelwright.reels.template import CaptionCraft, CaptionPlace, Template
from reelwright.reels.timing import Chunk, Pace, Word, break_caption, chunk_words, fastest_rate
from reelwright.reels.type_fit import measure

SAME_WORDS_SHARE = 0.7
LATE_CUT_SECONDS = 0.3
LEAST_SHOWN_SECONDS = 0.2
MAX_WORD_CHARACTERS = 60
LONG_CHARACTERS = 12
UNSPACED_WORDS = 8
"""Pieces of an unspaced script that one caption may hold."""

WIDE_WORDS, WIDE_CHARACTERS = 6, 28
"""Limits where the preset's own would have to be read too fast: two lines rather than one."""

CHUNKS_PER_EMOJI = 3
FOLLOWING = "these"
"""Any word: a counting opening is only one where something follows it."""


def divide_words(timeline: Timeline, plan: Plan, craft: CaptionCraft, glossary: Sequence[str] = ()) -> list[Chunk]:
    """The spoken words in chunks that can be read, names in one piece."""
    told = (name for beat in plan.beats for name in (beat.item, beat.place, beat.author) if name)
    return divide(timeline.words, plan.language, craft, [*glossary, *plan.items, *plan.places, *told])


def divide(words: Sequence[Word], language: str, craft: CaptionCraft, names: Sequence[str] = ()) -> list[Chunk]:
    """Words in chunks: within the template's limits, wider where speech is too fast for them. ``names`` are not divided where they fit."""
    if not words:
        return []
    lexicon = load_lexicon(language)
    limits = _limits(words, language, craft)
    pace = Pace(reading_limit(language), find_inner_words([word.text for word in words], names))
    tried = [chunk_words(words, most, characters, lambda word: lexicon.is_ruled and lexicon.is_weak(word), pace) for most, characters in limits]
    fitting = [chunks for chunks in tried if fastest_rate(words, chunks) <= pace.limit]
    return fitting[0] if fitting else min(tried, key=lambda chunks: fastest_rate(words, chunks))


def shown_chunks(chunks: Sequence[Chunk], timeline: Timeline, said_by_shot: Sequence[str], language: str) -> list[Chunk]:
    """The chunks that are shown: none on the end card, none that repeat what a title on screen says."""
    shown = []
    for chunk in chunks:
        number = shot_at(timeline.shots, chunk.start + 0.1)
        if (
            number == timeline.end_card
            or _says_the_same(chunk, timeline, said_by_shot[number])
            or _only_counts(chunk, timeline, said_by_shot[number], language)
        ):
            continue
        end = _end_of(chunk, timeline, language)
        if end - chunk.start >= LEAST_SHOWN_SECONDS:
            shown.append(Chunk(chunk.first, chunk.last, chunk.start, end))
    return shown


def shot_at(shots: Sequence[Shot], seconds: float) -> int:
    """The number of the shot that is on screen at a time."""
    frame = max(0, round(seconds * FRAME_RATE))
    return next((number for number, shot in enumerate(shots) if shot.start <= frame < shot.end), len(shots) - 1)


def make_captions(
    chunks: Sequence[Chunk], timeline: Timeline, plan: Plan, template: Template, arranged: Sequence[Arrangement], shape: Shape = "9:16"
) -> Captions:
    """The captions document: all spoken words, and the chunks that are shown with their places."""
    words = tuple(
        CaptionWord(
            text=word.text[:MAX_WORD_CHARACTERS],
            start=exact(word.start),
            end=exact(max(word.end, word.start)),
            is_emphasised=_is_stressed(word.text, plan, beat),
        )
        for word, beat in zip(timeline.words, timeline.word_beats, strict=True)
    )
    setter = ChunkSetter(template.captions, plan.language, words, shape)
    by_shot: dict[int, list[Chunk]] = {}
    for chunk in chunks:
        by_shot.setdefault(shot_at(timeline.shots, chunk.start + 0.1), []).append(chunk)
    placed: list[CaptionChunk] = []
    for number, group in by_shot.items():
        seen = {number, *(shot_at(timeline.shots, max(chunk.start, chunk.end - 0.05)) for chunk in group)}
        placed += setter.set_group(group, arranged[number], [face for shot in sorted(seen) for face in arranged[shot].faces])
    ordered = _untangle(placed, frame_time(timeline.frames))
    direction = "rtl" if is_right_to_left(plan.language) else "ltr"
    style = style_of(template.captions)
    return Captions(preset=template.captions.preset, style=style, language=plan.language, direction=direction, words=words, chunks=with_emoji(ordered, words))


def style_of(craft: CaptionCraft) -> CaptionStyle:
    """The template's changes, its size and line height among them."""
    return craft.style.model_copy(update={"size": craft.style.size or craft.size, "line_height": craft.style.line_height or craft.line_height})


class ChunkSetter:
    """Breaks chunks into lines and places them, all chunks of one shot in one place."""

    def __init__(self, craft: CaptionCraft, language: str, words: Sequence[CaptionWord], shape: Shape) -> None:
        self._words, self._language, self._areas = words, language, areas_of(shape)
        self.look: CaptionLook = make_look(craft.preset, style_of(craft), language, script_of(" ".join(word.text for word in words)))
        self._limit = min(craft.max_line_pixels, self._areas.caption_width)

    def set_group(self, chunks: Sequence[Chunk], arranged: Arrangement, faces: Sequence[Area]) -> list[CaptionChunk]:
        """The chunks of one arranged shot."""
        return self.set_chunks(chunks, arranged.layout.captions, faces, arranged.texts)

    def set_chunks(self, chunks: Sequence[Chunk], place: CaptionPlace | None, faces: Sequence[Area], texts: Sequence[Area]) -> list[CaptionChunk]:
        """The chunks of one shot, in one place; none where there is no room for them. ``place`` None: the shape's own."""
        limit = min(self._limit, place.width) if place else self._limit
        lines = [self._break(chunk, limit) for chunk in chunks]
        width = max((self._width(line) for rows in lines for line in rows), default=0.0) + 2 * self.look.padding
        block = Block(place.x if place else self._areas.caption_x, place.y if place else self._areas.caption_y, min(width, limit), self._height(lines))
        middle = place_block(block, faces, texts, self._areas)
        if middle is None:
            return []
        x, y = middle
        return [
            CaptionChunk(first=chunk.first, last=chunk.last, start=exact(chunk.start), end=exact(chunk.end), lines=rows, x=x, y=y)
            for chunk, rows in zip(chunks, lines, strict=True)
            if exact(chunk.end) > exact(chunk.start)
        ]

    def _break(self, chunk: Chunk, limit: float) -> tuple[tuple[int, ...], ...]:
        indexes = range(chunk.first, chunk.last + 1)
        broken = break_caption([self._measure(index) for index in indexes], self._gaps(indexes), limit - 2 * self.look.padding, self.look.one_line_share)
        return tuple(tuple(chunk.first + place for place in line) for line in broken)

    def _width(self, line: Sequence[int]) -> float:
        return sum(self._measure(index) for index in line) + sum(self._gaps(line)[1:])

    def _height(self, lines: Sequence[Sequence[object]]) -> float:
        """Of the highest block: from the first line's capitals to the last one's descenders, with boxes."""
        look = self.look
        rows = max((len(row) for row in lines), default=1)
        box = look.box.padding_y if look.box else max(look.stroke, 0.22 * look.size)
        return (look.cap_height + (rows - 1) * look.line_height) * look.size + 2 * box

    def _gaps(self, indexes: Sequence[int]) -> list[float]:
        gaps, before = [], ""
        for index in indexes:
            text = self._text(index)
            gaps.append(0.0 if not text or has_no_blank_between(before, text) else self.look.word_gap * self.look.size)
            before = text or before
        return gaps

    def _measure(self, index: int) -> float:
        look = self.look
        return measure(self._text(index), look.font, look.size, look.tracking / look.size)

    def _text(self, index: int) -> str:
        word = self._words[index]
        return show_word(word.text, is_upper=self.look.is_upper, drops_marks=self.look.drops_marks, language=self._language, is_name=word.is_name)


def with_emoji(chunks: Sequence[CaptionChunk], words: Sequence[CaptionWord]) -> tuple[CaptionChunk, ...]:
    """The creator's own emoji at the end of the chunks that end with one: at most one in three chunks."""
    found, free_from = [], 0
    for number, chunk in enumerate(chunks):
        emoji = find_emoji(words[chunk.last].text)
        if emoji and number >= free_from:
            found.append(chunk.model_copy(update={"emoji": emoji[-1]}))
            free_from = number + CHUNKS_PER_EMOJI
        else:
            found.append(chunk)
    return tuple(found)


def _limits(words: Sequence[Word], language: str, craft: CaptionCraft) -> list[tuple[int, int]]:
    """Most words and most characters of a caption, the template's own first."""
    script = script_of(" ".join(word.text for word in words))
    look = make_look(craft.preset, style_of(craft), language, script)
    if script == "cjk" and language[:2] != "ko":
        return [(UNSPACED_WORDS, look.max_characters), (UNSPACED_WORDS, 2 * look.max_characters)]
    if script == "cjk":
        return [(craft.max_words, look.max_characters), (craft.max_words, 2 * look.max_characters)]
    if script == "thai":
        return [(UNSPACED_WORDS, craft.max_characters)]
    wide = max(craft.max_words, WIDE_WORDS), max(craft.max_characters, WIDE_CHARACTERS)
    return [(craft.max_words, craft.max_characters), wide]


def _untangle(chunks: Sequence[CaptionChunk], until: Fraction) -> list[CaptionChunk]:
    """In order, none overlapping, none behind the end of the reel."""
    ordered: list[CaptionChunk] = []
    for chunk in sorted(chunks, key=lambda one: one.first):
        start = max(chunk.start, ordered[-1].end if ordered else Fraction(0))
        end = min(chunk.end, until)
        if end > start:
            ordered.append(chunk.model_copy(update={"start": start, "end": end}))
    return ordered


def _end_of(chunk: Chunk, timeline: Timeline, language: str) -> float:
    """A chunk whose words are over leaves with the next cut rather than flash on after it, where it could be read until then."""
    spoken = timeline.words[chunk.last].end
    for shot in timeline.shots[1:]:
        at = shot.start / FRAME_RATE
        if spoken - 0.05 <= at < chunk.end and chunk.end - at <= 2 * LATE_CUT_SECONDS + 0.1 and at - chunk.start >= LEAST_SHOWN_SECONDS:
            left = Chunk(chunk.first, chunk.last, chunk.start, at)
            return at if fastest_rate(timeline.words, [left]) <= reading_limit(language) else chunk.end
    return chunk.end


def _says_the_same(chunk: Chunk, timeline: Timeline, said: str) -> bool:
    if not said:
        return False
    letters = _letters(" ".join(timeline.words[index].text for index in range(chunk.first, chunk.last + 1)))
    if len(letters) >= LONG_CHARACTERS and letters in _letters(said):
        return True  # the title may divide a long word between two lines
    known = {lower(word) for word in re.split(r"\s+", said)}
    words = [lower(timeline.words[index].text) for index in range(chunk.first, chunk.last + 1)]
    words = [word for word in words if word]
    return bool(words) and sum(word in known for word in words) / len(words) >= SAME_WORDS_SHARE


def _only_counts(chunk: Chunk, timeline: Timeline, said: str, language: str) -> bool:
    """ "Number two," where the numeral is on screen: it is seen already, a caption would be an echo."""
    if not re.search(r"(?<!\S)\d{1,2}(?!\S)", said):
        return False
    text = " ".join(timeline.words[index].text for index in range(chunk.first, chunk.last + 1))
    step = load_lexicon(language).starts_step(f"{text} {FOLLOWING}")
    return step is not None and step.group().strip() == text


def _letters(text: str) -> str:
    return "".join(character for character in text.casefold() if character.isalnum())


def _is_stressed(word: str, plan: Plan, beat: int) -> bool:
    return any(lower(word) == lower(stressed) for stressed in plan.beats[beat].emphasis)
