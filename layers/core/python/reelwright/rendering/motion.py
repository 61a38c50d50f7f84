"""Camera moves: where a picture is looked at, and how closely, at any time of its life."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np

from reelwright.reels.reel import Motion
from reelwright.rendering.curves import drive, spline, sway

SECOND_AXIS_PHASE = 1.7


class Sight(NamedTuple):
    """Centre in 0..1 of the picture, and scale, where 1 just fills the rectangle. The rectangle never sees beyond the picture."""

    scale: float
    x: float
    y: float


@dataclass(frozen=True)
class Camera:
    """One move. Sizes are pixels; ``first`` and ``last`` are the layer's first and last visible second, its joins included."""

    motion: Motion
    rect: tuple[int, int]
    source: tuple[int, int]
    first: float
    last: float

    @cached_property
    def cover(self) -> float:
        """Result pixels for each source pixel at scale 1."""
        return max(self.rect[0] / self.source[0], self.rect[1] / self.source[1])

    def at(self, seconds: float, source_seconds: float = 0.0) -> Sight:
        """The sight at a time of the layer; ``source_seconds`` is the media's time, for crop paths."""
        start, end = self.motion.start, self.motion.end
        way = drive(min(max((seconds - self.first) / max(self.last - self.first, 1e-6), 0.0), 1.0))
        scale = start.scale * (end.scale / start.scale) ** way
        x, y = start.x + (end.x - start.x) * way, start.y + (end.y - start.y) * way
        if self.motion.path:
            x, y = self._follow(source_seconds)
        drift, phase = self.motion.drift, self.motion.phase
        if drift:
            x += drift * sway(seconds, phase) / (self.source[0] * self.cover * scale)
            y += drift * sway(seconds, phase + SECOND_AXIS_PHASE) / (self.source[1] * self.cover * scale)
        return Sight(round(scale, 7), round(self._clamp(x, 0, scale), 7), round(self._clamp(y, 1, scale), 7))

    def half_view(self, axis: int, scale: float) -> float:
        """Half of what is seen along an axis, as a share of the picture."""
        return min(0.5, self.rect[axis] / (2 * self.source[axis] * self.cover * scale))

    def _clamp(self, centre: float, axis: int, scale: float) -> float:
        half = self.half_view(axis, scale)
        return min(max(centre, half), 1 - half)

    def _follow(self, seconds: float) -> tuple[float, float]:
        points = self.motion.path
        x = spline([(float(point.at), point.x) for point in points], np.array([seconds]))
        y = spline([(float(point.at), point.y) for point in points], np.array([seconds]))
        return float(x[0]), float(y[0])


class Region(NamedTuple):
    """What a whole move sees of a picture, as 0..1 edges, and its tightest scale."""

    left: float
    top: float
    right: float
    bottom: float
    tightest: float


def seen_region(camera: Camera, sights: Iterable[Sight]) -> Region:
    """The smallest rectangle that holds all the sights."""
    found = list(sights)
    across = [(s.x - camera.half_view(0, s.scale), s.x + camera.half_view(0, s.scale)) for s in found]
    down = [(s.y - camera.half_view(1, s.scale), s.y + camera.half_view(1, s.scale)) for s in found]
    return Region(
        max(0.0, min(low for low, _ in across)),
        max(0.0, min(low for low, _ in down)),
        min(1.0, max(high for _, high in across)),
        min(1.0, max(high for _, high in down)),
        max(s.scale for s in found),
    )
