"""The progress bar: how far the reel has come, in one piece or in segments."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field
from itertools import pairwise

from reelwright.reels.reel import ProgressBar
from reelwright.rendering.painters import Clock
from reelwright.rendering.planes import Planes
from reelwright.rendering.shapes import rounded_mask
from reelwright.rendering.sprites import Sprite, blend, colour_mask, fold, place_ink


@dataclass
class ProgressPainter:
    """The bar is full when the layer ends. The track rests; only the bar's end moves, by parts of a pixel."""

    clock: Clock
    layer: ProgressBar
    canvas: tuple[int, int]
    _track: list[Sprite | None] = field(default_factory=list)
    _bars: list[Sprite] = field(default_factory=list)

    def state(self, n: int) -> Hashable | None:
        if not self.clock.is_on(n):
            return None
        return tuple(round(share, 5) for share in self._shares(n))

    def paint(self, frame: Planes, state: Hashable) -> None:
        if not isinstance(state, tuple):
            raise TypeError("a progress bar's state is the share of each segment")
        track = self._draw_track()
        if track is not None:
            blend(frame, track)
        for bar, share in zip(self._draw_bars(), state, strict=True):
            _blend_until(frame, bar, bar.x + share * bar.width)

    def sprite(self, state: Hashable) -> Sprite | None:
        return None

    def covers(self, state: Hashable) -> bool:
        return False

    def _spans(self) -> list[tuple[float, float]]:
        """First and last frame of each segment."""
        first, last = self.clock.first, self.clock.last
        borders = sorted({float(border) / self.clock.frame_seconds for border in self.layer.borders})
        if len(borders) < 2:
            return [(first, last)]
        return list(pairwise(borders))

    def _shares(self, n: int) -> list[float]:
        return [min(1.0, max(0.0, (n + 1 - first) / max(last - first, 1.0))) for first, last in self._spans()]

    def _rects(self) -> list[tuple[int, int, int, int]]:
        rect, spans = self.layer.rect, self._spans()
        gap = self.layer.gap if len(spans) > 1 else 0
        width = (rect.width - gap * (len(spans) - 1)) / len(spans)
        lefts = [round((rect.x + number * (width + gap)) / 2) * 2 for number in range(len(spans))]
        rights = [round((rect.x + number * (width + gap) + width) / 2) * 2 for number in range(len(spans))]
        return [(left, rect.y, max(2, right - left), rect.height) for left, right in zip(lefts, rights, strict=True)]

    def _draw_track(self) -> Sprite | None:
        if not self._track:
            pieces = [self._draw_piece(rect, self.layer.track_opacity * self.layer.opacity) for rect in self._rects()]
            self._track.append(fold(pieces, *self.canvas))
        return self._track[0]

    def _draw_bars(self) -> list[Sprite]:
        if not self._bars:
            self._bars.extend(self._draw_piece(rect, self.layer.opacity) for rect in self._rects())
        return self._bars

    def _draw_piece(self, rect: tuple[int, int, int, int], opacity: float) -> Sprite:
        x, y, width, height = rect
        return place_ink(colour_mask(rounded_mask(width, height, self.layer.radius), self.layer.colour, opacity), x, y)


def _blend_until(frame: Planes, bar: Sprite, edge: float) -> None:
    """The bar's columns up to an edge; the last two are mixed."""
    whole = int(edge // 2) * 2
    left = bar.cut(bar.x, bar.y, whole, bar.y + bar.height)
    if left is not None:
        blend(frame, left)
    last = bar.cut(whole, bar.y, whole + 2, bar.y + bar.height)
    if last is not None and edge > whole:
        blend(frame, last, (edge - whole) / 2)
