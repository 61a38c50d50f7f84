"""Word captions: how strongly each word of the chunk on screen is seen at each frame."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field
from fractions import Fraction

from reelwright.reels.exact_time import to_frame
from reelwright.reels.reel import Canvas, CaptionChunk, Captions, CaptionWord
from reelwright.rendering.caption_layout import PRESETS, ChunkMaker, PlacedChunk
from reelwright.rendering.curves import OUT, ease
from reelwright.rendering.fonts import FontShelf
from reelwright.rendering.planes import Planes
from reelwright.rendering.sprites import Sprite, blend, shift

SCRIM_SECONDS = 0.25
JOINED_SCRIM_SECONDS = Fraction(1, 4)


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
        self._maker = ChunkMaker(self.captions, self.canvas, self.shelf)
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
        if chunk.scrim is not None:
            blend(frame, chunk.scrim, scrim)
        settled = chunk.settled(self.canvas) if all(share == 1 for share in progress) else None
        if settled is not None:
            blend(frame, settled)
            return
        for sprites in ([word.shadow for word in chunk.words], [word.letters for word in chunk.words]):
            for sprite, share in zip(sprites, progress, strict=True):
                if sprite is not None:
                    self._blend_word(frame, sprite, share)

    def _blend_word(self, frame: Planes, sprite: Sprite, share: float) -> None:
        preset = PRESETS[self.captions.preset]
        rise = preset.rise * self._maker.factor * (1 - share)
        blend(frame, shift(sprite, dy=rise) if rise else sprite, preset.unspoken + (1 - preset.unspoken) * share)

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
            self._kept = {number: self._maker.make(self.captions.chunks[number])}
        return self._kept[number]


def _has_same_scrim(earlier: CaptionChunk, later: CaptionChunk) -> bool:
    return earlier.scrim == later.scrim and earlier.y == later.y and later.start - earlier.end < JOINED_SCRIM_SECONDS
