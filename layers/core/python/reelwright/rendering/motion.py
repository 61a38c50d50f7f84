"""Camera moves: where a picture is looked at, and how closely, at any time of its life."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np

from reelwright.reels.handheld import drift_at
from reelwright.reels.reel import Motion
from reelwright.rendering.curves import drive, spline, weave_at
from reelwright.rendering.speed import hold

WEAVE_JUMP_EVERY_SECONDS, WEAVE_JUMP_SECONDS, WEAVE_JUMP = 37 / 24, 1 / 18, 2.2
HOLD_SECONDS = 1e-6
PARALLAX_REACH = 0.35
"""How far a row is moved at most, in parts of the parallax."""

STEP_DRIFT = 0.02
"""A punch-in keeps on moving: its scale grows by so much in a second, as the move's would."""


class Sight(NamedTuple):
    """Centre in 0..1 of the picture, and scale, where 1 just fills the rectangle. The rectangle never sees beyond the picture.

    ``shift`` is the parallax, pixels; ``number`` counts held pictures where each looks anew.
    """

    scale: float
    x: float
    y: float
    shift: float = 0.0
    number: int = 0


@dataclass(frozen=True)
class Camera:
    """One move. Sizes are pixels; ``first`` and ``last`` are the layer's first and last visible second, its joins included.

    ``held`` pictures a second stand still for their time (0: all move); ``weave`` is the sway of old film in its gate, pixels.
    """

    motion: Motion
    rect: tuple[int, int]
    source: tuple[int, int]
    first: float
    last: float
    held: int = 0
    weave: float = 0.0
    is_counted: bool = False

    @cached_property
    def cover(self) -> float:
        """Result pixels for each source pixel at scale 1."""
        return max(self.rect[0] / self.source[0], self.rect[1] / self.source[1])

    def at(self, seconds: float, source_seconds: float = 0.0) -> Sight:
        """The sight at a time of the layer; ``source_seconds`` is the media's time, for crop paths."""
        seconds = hold(seconds, self.held)
        way = drive(min(max((seconds - self.first) / max(self.last - self.first, 1e-6), 0.0), 1.0))
        scale, x, y = self._move(seconds, source_seconds, way)
        scale *= (1 + self._pulse(seconds)) * self._room
        dx, dy = self._shake(seconds)
        x, y = self._keep_inside(x, 0, scale, dx), self._keep_inside(y, 1, scale, dy)
        number = int(seconds * self.held + 0.5) if self.is_counted and self.held else 0
        return Sight(round(scale, 7), round(x, 7), round(y, 7), round(self.motion.parallax * (way - 0.5), 4), number)

    def half_view(self, axis: int, scale: float) -> float:
        """Half of what is seen along an axis, as a share of the picture; with parallax its rows reach further."""
        reach = PARALLAX_REACH * abs(self.motion.parallax) if axis == 0 else 0.0
        return min(0.5, (self.rect[axis] / 2 + reach) / (self.source[axis] * self.cover * scale))

    @cached_property
    def _room(self) -> float:
        """How much nearer the camera is, so that weave and parallax never see an edge."""
        weave = 2 * self.weave * (1 + WEAVE_JUMP) / min(self.rect)
        return (1 + weave) * (1 + 2 * PARALLAX_REACH * abs(self.motion.parallax) / self.rect[0])

    def _move(self, seconds: float, source_seconds: float, way: float) -> tuple[float, float, float]:
        """Scale and centre of the move itself, or of the punch-in that is on."""
        start, end = self.motion.start, self.motion.end
        for step in self.motion.steps:
            if step.at <= seconds + HOLD_SECONDS < step.until:
                growth = 1 + STEP_DRIFT * (seconds - float(step.at)) * (1 if end.scale >= start.scale else -1)
                return max(1.0, step.view.scale * growth), step.view.x, step.view.y
        scale = start.scale * (end.scale / start.scale) ** way
        if self.motion.path:
            return (scale, *self._follow(source_seconds))
        return scale, start.x + (end.x - start.x) * way, start.y + (end.y - start.y) * way

    def _pulse(self, seconds: float) -> float:
        """The push of the beats: at each it jumps, then falls back."""
        pushes = (
            pulse.strength * math.exp(-(seconds - float(pulse.at)) / float(pulse.decay)) for pulse in self.motion.pulses if pulse.at <= seconds + HOLD_SECONDS
        )
        return sum(pushes)

    def _shake(self, seconds: float) -> tuple[float, float]:
        """Handheld drift and gate weave, pixels."""
        phase, weave = self.motion.phase, self.weave
        dx, dy = drift_at(self.motion.drift, seconds, phase)
        if weave:
            across, down = weave_at(weave, seconds)
            dx, dy = dx + across, dy + down
            if (seconds + phase) % WEAVE_JUMP_EVERY_SECONDS < WEAVE_JUMP_SECONDS:
                dy += weave * WEAVE_JUMP
        return dx, dy

    def _keep_inside(self, centre: float, axis: int, scale: float, shake: float) -> float:
        """The centre, shaken by some pixels. It first keeps so far from the edges that the shake fits, then never sees beyond them."""
        half, size = self.half_view(axis, scale), self.source[axis] * self.cover * scale
        room = half + min(self._most_shake[axis] / size, 0.5 - half)
        return min(max(min(max(centre, room), 1 - room) + shake / size, half), 1 - half)

    @cached_property
    def _most_shake(self) -> tuple[float, float]:
        drift, weave = self.motion.drift, self.weave
        return drift + weave, drift + weave * (0.8 + WEAVE_JUMP)

    def _follow(self, seconds: float) -> tuple[float, float]:
        x, y = (spline(points, np.array([seconds])) for points in self._paths)
        return float(x[0]), float(y[0])

    @cached_property
    def _paths(self) -> tuple[list[tuple[float, float]], list[tuple[float, float]]]:
        points = self.motion.path
        return [(float(point.at), point.x) for point in points], [(float(point.at), point.y) for point in points]


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
