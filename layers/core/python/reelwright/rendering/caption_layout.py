"""Where the words of a caption chunk stand, and everything they are painted with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from reelwright.reels.caption_presets import LINE_BOX, CaptionBox, CaptionLook, design_factor, look_of
from reelwright.reels.caption_text import has_no_blank_between, show_word
from reelwright.reels.geometry import Area
from reelwright.reels.reel import Canvas, CaptionChunk, Captions, CaptionWord, Font, Rect
from reelwright.reels.shape_areas import areas_of, shape_of
from reelwright.rendering.caption_inks import draw_box, draw_halo, draw_shade, outline, recolour
from reelwright.rendering.emoji import EmojiShelf
from reelwright.rendering.fonts import FontShelf, is_right_to_left
from reelwright.rendering.picture_masks import picture_mask
from reelwright.rendering.sprites import Sprite
from reelwright.rendering.text import Shadow, Style, draw_apart, measure_line

SCRIM_MARGIN_PIXELS = 12
SCRIM_COLOUR = "#14110D"
DARK_LUMA = 0.4
SMALLEST_SIZE, LEAST_LINE_PIXELS = 20, 60
"""Pixels of the design: no caption is smaller, no line is asked to be narrower."""

EMOJI_CAPS, EMOJI_GAP_EMS = 1.1, 0.22
"""An emoji is so many capitals high, and stands so far from the last word."""

HALO_OPACITY, HALO_COLOUR = 0.45, "#FFF9EF"


@dataclass(frozen=True)
class PlacedWord:
    """A word's sprites: what lies below the letters of the whole chunk, and its letters in each tint. ``area`` is its advance by the cap height."""

    under: Sprite | None
    letters: Mapping[str, Sprite]
    area: Area
    row: int = 0
    stops: tuple[float, ...] = ()
    """Where each letter ends, from the word's left edge; for typed words."""


@dataclass(frozen=True)
class PlacedChunk:
    """A chunk ready to be painted. ``area`` holds all lines with their boxes; ``boxes`` lie below everything, then the emoji and words."""

    words: tuple[PlacedWord, ...]
    boxes: tuple[Sprite, ...]
    emoji: Sprite | None
    scrim: Sprite | None
    area: Area
    size: int


@dataclass(frozen=True)
class _Line:
    """One line: its words' indexes, texts and widths, and the gap before each word."""

    words: tuple[int, ...]
    texts: tuple[str, ...]
    widths: tuple[float, ...]
    gaps: tuple[float, ...]
    emoji: float

    @property
    def width(self) -> float:
        return sum(self.widths) + sum(self.gaps) + self.emoji


class ChunkMaker:
    """Places the chunks of one reel's captions on its canvas."""

    def __init__(self, captions: Captions, canvas: Canvas, shelf: FontShelf) -> None:
        self.captions, self.canvas, self.shelf = captions, canvas, shelf
        self.look: CaptionLook = look_of(captions, canvas)
        self.factor = design_factor(canvas)
        self._emoji = EmojiShelf()

    def make(self, chunk: CaptionChunk) -> PlacedChunk:
        """The chunk in its size, or smaller where its widest line asks for it."""
        size, lines = self._fit(chunk)
        words: dict[int, PlacedWord] = {}
        areas = []
        for row, (line, baseline) in enumerate(zip(lines, self._baselines(chunk, size), strict=True)):
            words.update({index: replace(word, row=row) for index, word in self._place_line(line, chunk, size, baseline).items()})
            areas.append(self._line_area(line, chunk, size, baseline))
        boxes = tuple(self._draw_line_box(area, chunk, size) for area in areas) if self._line_box(chunk) else ()
        emoji = self._place_emoji(chunk, size, lines[-1], areas[-1])
        whole = Area(*(edge(values) for edge, values in zip((min, min, max, max), zip(*areas, strict=True), strict=True)))
        return PlacedChunk(tuple(words[index] for index in sorted(words)), boxes, emoji, self._scrim(chunk, whole), whole, size)

    def measure(self, chunk: CaptionChunk) -> Area:
        """The area that the chunk's lines and boxes take, without drawing them."""
        size, lines = self._fit(chunk)
        areas = [self._line_area(line, chunk, size, baseline) for line, baseline in zip(lines, self._baselines(chunk, size), strict=True)]
        return Area(min(a.left for a in areas), min(a.top for a in areas), max(a.right for a in areas), max(a.bottom for a in areas))

    def texts(self, chunk: CaptionChunk) -> list[str]:
        """The chunk's words as they are shown, in order."""
        return [self._text(index) for index in range(chunk.first, chunk.last + 1)]

    def _fit(self, chunk: CaptionChunk) -> tuple[int, list[_Line]]:
        size = round(chunk.size or self.look.size * self.factor)
        lines = [self._measure(line, chunk, size) for line in chunk.lines]
        most = self._widest(chunk)
        widest = max(line.width for line in lines) + 2 * self._padding(chunk) * size / self.look.size
        if widest > most:
            size = max(round(SMALLEST_SIZE * self.factor), int(size * most / widest))
            lines = [self._measure(line, chunk, size) for line in chunk.lines]
        return size, lines

    def _widest(self, chunk: CaptionChunk) -> float:
        """How wide a line may be around the chunk's middle: the captions' zone, and never out of the safe area."""
        areas = areas_of(shape_of(self.canvas.width, self.canvas.height))
        middle = chunk.x / self.factor
        return self.factor * max(LEAST_LINE_PIXELS, min(areas.caption_width, 2 * (middle - areas.safe.left), 2 * (areas.safe.right - middle)))

    def _padding(self, chunk: CaptionChunk) -> float:
        box = self._line_box(chunk)
        return box.padding_x if box else self.look.padding

    def _line_box(self, chunk: CaptionChunk) -> CaptionBox | None:
        own = self.look.box
        if own is not None and not own.is_per_word:
            return replace(own, colour=chunk.box_colour) if chunk.is_boxed and chunk.box_colour else own
        return replace(LINE_BOX, colour=chunk.box_colour or LINE_BOX.colour) if chunk.is_boxed else None

    def _baselines(self, chunk: CaptionChunk, size: int) -> list[float]:
        rows = len(chunk.lines)
        return [chunk.y + (row - (rows - 1) / 2) * self.look.line_height * size + self.look.cap_height * size / 2 for row in range(rows)]

    def _text(self, index: int) -> str:
        word = self.captions.words[index]
        look = self.look
        return show_word(word.text, is_upper=look.is_upper, drops_marks=look.drops_marks, language=self.captions.language, is_name=word.is_name)

    def _measure(self, indexes: Sequence[int], chunk: CaptionChunk, size: int) -> _Line:
        texts = tuple(self._text(index) for index in indexes)
        widths = tuple(measure_line(self.shelf, text, self._style(self.captions.words[i], size)) for i, text in zip(indexes, texts, strict=True))
        gaps, before = [], ""
        for text in texts:
            has_gap = bool(before) and bool(text) and not has_no_blank_between(before, text)
            gaps.append(self.look.word_gap * size if has_gap else 0.0)
            before = text or before
        ends = chunk.emoji and self.look.takes_emoji and tuple(indexes) == chunk.lines[-1]
        emoji = (EMOJI_GAP_EMS + EMOJI_CAPS * self.look.cap_height) * size if ends else 0.0
        return _Line(tuple(indexes), texts, widths, tuple(gaps), emoji)

    def _is_rtl(self, line: _Line) -> bool:
        return self.captions.direction == "rtl" or is_right_to_left("".join(line.texts))

    def _line_area(self, line: _Line, chunk: CaptionChunk, size: int, baseline: float) -> Area:
        """The line's letters between capital height and baseline, with its box's padding."""
        share = size / self.look.size
        box = self._line_box(chunk) or self.look.box
        across, down = (box.padding_x * share, box.padding_y * share) if box else (self.look.stroke * share, max(self.look.stroke * share, 0.22 * size))
        left = chunk.x - line.width / 2
        return Area(left - across, baseline - self.look.cap_height * size - down, left + line.width + across, baseline + down)

    def _place_line(self, line: _Line, chunk: CaptionChunk, size: int, baseline: float) -> dict[int, PlacedWord]:
        x = chunk.x - line.width / 2
        is_rtl = self._is_rtl(line)
        if is_rtl:
            x += line.width
        placed = {}
        for index, text, width, gap in zip(line.words, line.texts, line.widths, line.gaps, strict=True):
            x += -gap - width if is_rtl else gap
            placed[index] = self._draw_word(index, text, chunk, size, x, width, baseline)
            x += 0 if is_rtl else width
        return placed

    def _draw_word(self, index: int, text: str, chunk: CaptionChunk, size: int, x: float, width: float, baseline: float) -> PlacedWord:
        word, look = self.captions.words[index], self.look
        style = replace(self._style(word, size), shadow=self._shadow(chunk, size))
        area = Area(x, baseline - look.cap_height * size, x + width, baseline)
        drawn = draw_apart(self.shelf, text, style, x, baseline) if text else None
        if drawn is None:
            return PlacedWord(None, {}, area)
        letters, under = drawn
        share = size / look.size
        if look.stroke:
            under = outline(letters, look.stroke * share, look.hard_shadow * share, look.stroke_colour)
        stops = tuple(measure_line(self.shelf, text[:end], style) for end in range(1, len(text) + 1)) if look.letter_seconds else ()
        return PlacedWord(under, {tint: recolour(letters, colour) for tint, colour in self._colours(chunk).items()}, area, stops=stops)

    def _colours(self, chunk: CaptionChunk) -> dict[str, str]:
        """Where the document changed the colour for contrast, all words have it, but those that stand on a box of their own."""
        look = self.look
        plain = chunk.colour or look.colour
        is_changed = chunk.colour is not None
        colours = {"plain": plain}
        if look.active_colour:
            keeps = look.box is not None and look.box.is_per_word
            colours["active"] = look.active_colour if keeps or not is_changed else plain
        if look.keyword_colour:
            colours["keyword"] = plain if is_changed else look.keyword_colour
        return colours

    def _style(self, word: CaptionWord, size: int) -> Style:
        look = self.look
        font: Font = (look.emphasis_font if word.is_emphasised else None) or look.font
        return Style(font, size, look.colour, look.tracking * size / look.size)

    def _shadow(self, chunk: CaptionChunk, size: int) -> Shadow | None:
        """A dark shadow under light letters, a light halo under dark ones, none on a box."""
        soft = self.look.shadow
        if soft is None or self._line_box(chunk) is not None:
            return None
        is_dark = _luma(chunk.colour or self.look.colour) < DARK_LUMA
        opacity, colour = (HALO_OPACITY, HALO_COLOUR) if is_dark else (soft.opacity, "#000000")
        share = size / self.look.size
        return Shadow(opacity, soft.sigma * share, soft.fall * share, colour)

    def _draw_line_box(self, area: Area, chunk: CaptionChunk, size: int) -> Sprite:
        box = self._line_box(chunk)
        if box is None:
            raise ValueError("the chunk has no box")
        return draw_box(*area, box.radius * size / self.look.size, box.colour, box.opacity)

    def _place_emoji(self, chunk: CaptionChunk, size: int, line: _Line, area: Area) -> Sprite | None:
        """At the end of the last line, on its capitals' middle."""
        if not line.emoji:
            return None
        side = EMOJI_CAPS * self.look.cap_height * size
        left = chunk.x - line.width / 2 if self._is_rtl(line) else chunk.x + line.width / 2 - side
        return self._emoji.draw(chunk.emoji, round(side), round(left), round((area.top + area.bottom - side) / 2))

    def _scrim(self, chunk: CaptionChunk, area: Area) -> Sprite | None:
        """A soft shade behind the block, kept within the photo under it."""
        if not chunk.scrim:
            return None
        rect = chunk.scrim_rect or Rect(x=0, y=0, width=self.canvas.width, height=self.canvas.height)
        shape = picture_mask(chunk.scrim_mask, rect.width, rect.height, chunk.scrim_radius)
        if chunk.halo is not None:
            return draw_halo(chunk.halo, rect, shape, self.factor, chunk.scrim_colour or SCRIM_COLOUR, chunk.scrim)
        half = max(area.bottom - area.top, self._two_lines()) / 2 + SCRIM_MARGIN_PIXELS * self.factor
        return draw_shade(rect, shape, (chunk.y - half, chunk.y + half), self.factor, chunk.scrim_colour or SCRIM_COLOUR, chunk.scrim)

    def _two_lines(self) -> float:
        """The height of two lines: every band of a shot is as high, whatever stands on it."""
        return (self.look.line_height + self.look.cap_height) * self.look.size * self.factor


def _luma(colour: str) -> float:
    red, green, blue = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
