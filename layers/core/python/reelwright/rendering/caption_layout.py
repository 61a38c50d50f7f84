"""Where the words of a caption chunk stand, and how they look."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from reelwright.reels.reel import Canvas, CaptionChunk, Captions, CaptionWord, Font
from reelwright.rendering.fonts import FontShelf, is_right_to_left
from reelwright.rendering.shapes import band
from reelwright.rendering.sprites import Sprite, fold
from reelwright.rendering.text import Shadow, Style, draw_apart, measure_line

DESIGN_WIDTH = 1080
MAX_LINE_PIXELS = 768
SCRIM_MARGIN_PIXELS, SCRIM_FEATHER_PIXELS = 12, 240
SCRIM_COLOUR = "#14110D"
DARK_LUMA = 0.4
SMALLEST_SIZE = 12


@dataclass(frozen=True)
class Preset:
    """How captions look. Sizes are pixels at a width of 1080; ``unspoken`` is the opacity of words not yet spoken."""

    font: Font
    emphasis: Font
    size: int
    line_height: float
    word_gap: float
    cap_height: float
    tracking: float
    colour: str
    emphasis_colour: str
    shadow: Shadow
    unspoken: float
    seconds: float
    rise: float


PRESETS = {
    "clean": Preset(
        Font(family="Inter", weight=700), Font(family="Inter", weight=800), 62, 1.26, 0.26, 0.728, -1.0,
        "#FFFFFF", "#FFE3A8", Shadow(0.62, 10, 3), 0.62, 0.10, 0,
    ),
    "edit": Preset(
        Font(family="Instrument Serif"), Font(family="Instrument Serif", is_italic=True), 84, 1.08, 0.24, 0.70, -1.0,
        "#FFF9EF", "#FFF9EF", Shadow(0.55, 16, 2), 0.0, 0.32, 22,
    ),
}  # fmt: skip


@dataclass
class PlacedWord:
    """A word's letters, and its shadow, which lies below all letters of its chunk."""

    letters: Sprite | None
    shadow: Sprite | None


@dataclass
class PlacedChunk:
    """A chunk ready to be blended. ``settled`` is all of it in one sprite."""

    words: tuple[PlacedWord, ...]
    scrim: Sprite | None
    _settled: list[Sprite | None] = field(default_factory=list)

    def settled(self, canvas: Canvas) -> Sprite | None:
        """All words at full strength as one sprite, folded on first use."""
        if not self._settled:
            sprites = [*(word.shadow for word in self.words), *(word.letters for word in self.words)]
            self._settled.append(fold([sprite for sprite in sprites if sprite is not None], canvas.width, canvas.height))
        return self._settled[0]


@dataclass
class ChunkMaker:
    """Places the chunks of one reel's captions on its canvas."""

    captions: Captions
    canvas: Canvas
    shelf: FontShelf

    @property
    def preset(self) -> Preset:
        return PRESETS[self.captions.preset]

    @property
    def factor(self) -> float:
        """Canvas pixels for one pixel of the design."""
        return self.canvas.width / DESIGN_WIDTH

    def make(self, chunk: CaptionChunk) -> PlacedChunk:
        """The chunk in its size, or smaller where its widest line asks for it."""
        size = round(chunk.size or self.preset.size * self.factor)
        widest = max(self._measure(line, chunk, size)[1] for line in chunk.lines)
        most = MAX_LINE_PIXELS * self.factor
        if widest > most:
            size = max(SMALLEST_SIZE, int(size * most / widest))
        words: dict[int, PlacedWord] = {}
        for row, line in enumerate(chunk.lines):
            down = (row - (len(chunk.lines) - 1) / 2) * self.preset.line_height * size
            words.update(self._place_line(line, chunk, size, chunk.y + down + self.preset.cap_height * size / 2))
        return PlacedChunk(tuple(words[index] for index in sorted(words)), self._scrim(chunk, size))

    def _measure(self, line: Sequence[int], chunk: CaptionChunk, size: int) -> tuple[list[float], float]:
        """The words' widths and the line's."""
        words = [self.captions.words[index] for index in line]
        widths = [measure_line(self.shelf, word.text, self._style(chunk, word, size)) for word in words]
        return widths, sum(widths) + self.preset.word_gap * size * (len(line) - 1)

    def _place_line(self, line: Sequence[int], chunk: CaptionChunk, size: int, baseline: float) -> dict[int, PlacedWord]:
        words = self.captions.words
        widths, total = self._measure(line, chunk, size)
        is_rtl = self.captions.direction == "rtl" or is_right_to_left(words[line[0]].text)
        x = chunk.x - total / 2
        placed = {}
        for index, width in reversed(list(zip(line, widths, strict=True))) if is_rtl else zip(line, widths, strict=True):
            drawn = draw_apart(self.shelf, words[index].text, self._style(chunk, words[index], size), x, baseline)
            placed[index] = PlacedWord(*(drawn or (None, None)))
            x += width + self.preset.word_gap * size
        return placed

    def _style(self, chunk: CaptionChunk, word: CaptionWord, size: int) -> Style:
        preset = self.preset
        font = preset.emphasis if word.is_emphasised else preset.font
        colour = chunk.colour or (preset.emphasis_colour if word.is_emphasised else preset.colour)
        share = size / preset.size
        is_dark = _luma(colour) < DARK_LUMA
        opacity, shade = (0.45, "#FFF9EF") if is_dark else (preset.shadow.opacity, "#000000")
        return Style(font, size, colour, preset.tracking * share, Shadow(opacity, preset.shadow.sigma * share, preset.shadow.fall * share, shade))

    def _scrim(self, chunk: CaptionChunk, size: int) -> Sprite | None:
        if not chunk.scrim:
            return None
        height = round(len(chunk.lines) * self.preset.line_height * size) + 2 * SCRIM_MARGIN_PIXELS
        feather = round(SCRIM_FEATHER_PIXELS * self.factor)
        return band(0, chunk.y - height // 2, self.canvas.width, height, feather, chunk.scrim_colour or SCRIM_COLOUR, chunk.scrim, self.canvas.height)


def _luma(colour: str) -> float:
    red, green, blue = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
