"""Word captions: where each word of a chunk stands, and how strongly it is seen at each frame."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import NamedTuple

from reelwright.reels.exact_time import to_frame
from reelwright.reels.reel import Canvas, CaptionChunk, Captions, CaptionWord, Font
from reelwright.rendering.curves import OUT, ease
from reelwright.rendering.fonts import FontShelf, is_right_to_left
from reelwright.rendering.planes import Planes
from reelwright.rendering.shapes import band
from reelwright.rendering.sprites import Sprite, blend, shift
from reelwright.rendering.text import Shadow, Style, draw_line, draw_shadow, measure_line

DESIGN_WIDTH = 1080
MAX_LINE_PIXELS = 768
SCRIM_MARGIN_PIXELS, SCRIM_FEATHER_PIXELS = 12, 240
SCRIM_SECONDS = 0.25
DARK_LUMA = 0.4


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


class PlacedWord(NamedTuple):
    """A word's letters and shadow, and the frame at which it is spoken."""

    letters: Sprite | None
    shadow: Sprite | None
    frame: int


@dataclass(frozen=True)
class PlacedChunk:
    words: tuple[PlacedWord, ...]
    scrim: Sprite | None


def spoken_frame(word: CaptionWord, frame_rate: Fraction) -> int:
    """The frame at which a word's highlight begins: the one nearest to its onset."""
    return to_frame(word.start, frame_rate)


@dataclass
class CaptionPainter:
    """All captions of a reel. Only the chunk on screen is kept."""

    captions: Captions
    canvas: Canvas
    shelf: FontShelf
    _kept: dict[int, PlacedChunk] = field(default_factory=dict)
    _spans: list[tuple[int, int]] = field(default_factory=list)
    _spoken: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        rate = self.canvas.frame_rate
        self._spans = [(to_frame(chunk.start, rate), to_frame(chunk.end, rate)) for chunk in self.captions.chunks]
        self._spoken = [spoken_frame(word, rate) for word in self.captions.words]

    def state(self, n: int) -> Hashable | None:
        """Number of the chunk, strength of the scrim, and how far each word has come in."""
        for number, (first, last) in enumerate(self._spans):
            if first <= n < last:
                return number, self._scrim_share(number, n), self._progress(self.captions.chunks[number], n)
        return None

    def paint(self, frame: Planes, state: Hashable) -> None:
        """Scrim, then all shadows, then all letters, so that no word darkens its neighbour."""
        if not isinstance(state, tuple):
            raise TypeError("the captions' state is a tuple")
        number, scrim, progress = state
        chunk = self._place(number)
        preset = PRESETS[self.captions.preset]
        if chunk.scrim is not None:
            blend(frame, chunk.scrim, scrim)
        for layer in ("shadow", "letters"):
            for word, share in zip(chunk.words, progress, strict=True):
                sprite: Sprite | None = getattr(word, layer)
                if sprite is not None:
                    opacity = preset.unspoken + (1 - preset.unspoken) * share
                    rise = preset.rise * self.canvas.width / DESIGN_WIDTH * (1 - share)
                    blend(frame, shift(sprite, dy=rise) if rise else sprite, opacity)

    def _progress(self, chunk: CaptionChunk, n: int) -> tuple[float, ...]:
        length = max(1.0, PRESETS[self.captions.preset].seconds * float(self.canvas.frame_rate))
        spoken = self._spoken[chunk.first : chunk.last + 1]
        return tuple(round(ease((n - begin + 1) / length, OUT), 3) for begin in spoken)

    def _scrim_share(self, number: int, n: int) -> float:
        """The scrim fades in and out, but stands where the neighbouring chunk has the same one."""
        chunks = self.captions.chunks
        chunk, (first, last) = chunks[number], self._spans[number]
        if not chunk.scrim:
            return 0.0
        length = SCRIM_SECONDS * float(self.canvas.frame_rate)
        came, goes = (n - first + 1) / length, (last - n) / length
        if number and _has_same_scrim(chunks[number - 1], chunk):
            came = 1.0
        if number + 1 < len(chunks) and _has_same_scrim(chunk, chunks[number + 1]):
            goes = 1.0
        return round(max(0.0, min(1.0, came, goes)), 3)

    def _place(self, number: int) -> PlacedChunk:
        if number not in self._kept:
            self._kept = {number: self._make(self.captions.chunks[number])}
        return self._kept[number]

    def _make(self, chunk: CaptionChunk) -> PlacedChunk:
        preset, factor = PRESETS[self.captions.preset], self.canvas.width / DESIGN_WIDTH
        size = round(chunk.size or preset.size * factor)
        styles = {index: self._style(preset, chunk, self.captions.words[index], size) for index in range(chunk.first, chunk.last + 1)}
        widths = {index: measure_line(self.shelf, self.captions.words[index].text, style) for index, style in styles.items()}
        widest = max(_line_width(line, widths, preset.word_gap * size) for line in chunk.lines)
        shrink = min(1.0, MAX_LINE_PIXELS * factor / max(widest, 1.0))
        if shrink < 1:
            size = max(12, int(size * shrink))
            styles = {index: self._style(preset, chunk, self.captions.words[index], size) for index in styles}
            widths = {index: measure_line(self.shelf, self.captions.words[index].text, style) for index, style in styles.items()}
        words: dict[int, PlacedWord] = {}
        for row, line in enumerate(chunk.lines):
            baseline = chunk.y + (row - (len(chunk.lines) - 1) / 2) * preset.line_height * size + preset.cap_height * size / 2
            words.update(self._place_line(line, widths, styles, chunk.x, baseline, preset.word_gap * size))
        return PlacedChunk(tuple(words[index] for index in sorted(words)), self._scrim(chunk, preset, size))

    def _place_line(
        self, line: tuple[int, ...], widths: dict[int, float], styles: dict[int, Style], middle: float, baseline: float, gap: float
    ) -> dict[int, PlacedWord]:
        words = self.captions.words
        is_rtl = self.captions.direction == "rtl" or is_right_to_left(words[line[0]].text)
        x = middle - _line_width(line, widths, gap) / 2
        placed = {}
        for index in reversed(line) if is_rtl else line:
            style = styles[index]
            plain = replace(style, shadow=None)
            letters = draw_line(self.shelf, words[index].text, plain, x, baseline)
            below = draw_shadow(self.shelf, words[index].text, style, x, baseline)
            placed[index] = PlacedWord(letters, below, self._spoken[index])
            x += widths[index] + gap
        return placed

    def _style(self, preset: Preset, chunk: CaptionChunk, word: CaptionWord, size: int) -> Style:
        font = preset.emphasis if word.is_emphasised else preset.font
        colour = chunk.colour or (preset.emphasis_colour if word.is_emphasised else preset.colour)
        share = size / preset.size
        is_dark = _luma(colour) < DARK_LUMA
        shadow = Shadow(
            0.45 if is_dark else preset.shadow.opacity, preset.shadow.sigma * share, preset.shadow.fall * share, "#FFF9EF" if is_dark else "#000000"
        )
        return Style(font, size, colour, preset.tracking * share, shadow)

    def _scrim(self, chunk: CaptionChunk, preset: Preset, size: int) -> Sprite | None:
        if not chunk.scrim:
            return None
        height = round(len(chunk.lines) * preset.line_height * size) + 2 * SCRIM_MARGIN_PIXELS
        feather = round(SCRIM_FEATHER_PIXELS * self.canvas.width / DESIGN_WIDTH)
        top = chunk.y - height // 2
        return band(0, top, self.canvas.width, height, feather, chunk.scrim_colour or "#14110D", chunk.scrim, self.canvas.height)


def _has_same_scrim(earlier: CaptionChunk, later: CaptionChunk) -> bool:
    return earlier.scrim == later.scrim and earlier.y == later.y and later.start - earlier.end < Fraction(1, 4)


def _line_width(line: tuple[int, ...], widths: dict[int, float], gap: float) -> float:
    return sum(widths[index] for index in line) + gap * (len(line) - 1)


def _luma(colour: str) -> float:
    red, green, blue = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
