"""Painters of the plain layers: each is two pure functions, ``state`` of a frame number and ``paint`` of a state."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Protocol

from reelwright.reels.reel import Entry
from reelwright.rendering.entries import DIM, REST, Pose, pose_at
from reelwright.rendering.planes import Planes, fill
from reelwright.rendering.sprites import Sprite, blend, shift, soften

LIGHT_UP_SECONDS = 0.25


@dataclass(frozen=True)
class Clock:
    """When one layer lives, in frames of the reel and seconds of the layer.

    ``start`` is the reel second at which the layer's own time is 0. It is on screen for frames ``first`` to ``last - 1``.
    """

    start: float
    first: int
    last: int
    frame_seconds: float

    def seconds(self, n: int) -> float:
        """The layer's time at frame ``n``."""
        return n * self.frame_seconds - self.start

    def is_on(self, n: int) -> bool:
        return self.first <= n < self.last


class Painter(Protocol):
    """One layer. Equal states are equal pixels; a state that did not change since the frame before is at rest."""

    def state(self, n: int) -> Hashable | None:
        """Everything the layer's pixels depend on at frame ``n``; None where it is not seen."""

    def paint(self, frame: Planes, state: Hashable) -> None:
        """Draws into the frame, in place."""

    def sprite(self, state: Hashable) -> Sprite | None:
        """The layer as a sprite, where it can be folded with others in this state."""

    def covers(self, state: Hashable) -> bool:
        """Whether nothing below can be seen in this state."""


@dataclass
class Flat:
    """An opaque rectangle of one colour."""

    clock: Clock
    rect: tuple[int, int, int, int]
    code: tuple[float, float, float]
    canvas: tuple[int, int]

    def state(self, n: int) -> Hashable | None:
        return REST if self.clock.is_on(n) else None

    def paint(self, frame: Planes, state: Hashable) -> None:
        x, y, width, height = clip_rect(self.rect, self.canvas)
        if width > 0 and height > 0:
            fill(frame.crop(x, y, width, height), self.code)

    def sprite(self, state: Hashable) -> Sprite | None:
        return None

    def covers(self, state: Hashable) -> bool:
        return is_full(self.rect, self.canvas)


@dataclass
class Art:
    """A sprite with an entry: type, rules, scrims, soft or round fills. ``em`` is how far a masked rise comes from, in pixels."""

    clock: Clock
    entry: Entry
    make: Callable[[], Sprite | None]
    em: float = 0.0
    mask_bottom: float | None = None
    _made: list[Sprite | None] = field(default_factory=list)

    def state(self, n: int) -> Hashable | None:
        if not self.clock.is_on(n):
            return None
        return pose_at(self.entry, self.clock.seconds(n), self.clock.frame_seconds)

    def paint(self, frame: Planes, state: Hashable) -> None:
        pose = _as_pose(state)
        placed = self._placed(pose)
        if placed is not None:
            blend(frame, placed, pose.opacity * (DIM + (1 - DIM) * min(1.0, pose.lit)))

    def sprite(self, state: Hashable) -> Sprite | None:
        return self._own() if state == REST else None

    def covers(self, state: Hashable) -> bool:
        return False

    def _own(self) -> Sprite | None:
        if not self._made:
            self._made.append(self.make())
        return self._made[0]

    def _placed(self, pose: Pose) -> Sprite | None:
        own = self._own()
        return None if own is None else apply_pose(own, pose, self.em or own.height, self.mask_bottom)


@dataclass
class Words:
    """A line whose words light up one after the other over the entry's length."""

    clock: Clock
    entry: Entry
    make: Callable[[], list[Sprite]]
    count: int
    _made: list[Sprite] | None = None

    def state(self, n: int) -> Hashable | None:
        if not self.clock.is_on(n):
            return None
        pose = pose_at(self.entry, self.clock.seconds(n), self.clock.frame_seconds)
        since = (pose.lit if pose is not None else 1.0) * float(self.entry.duration)
        step = max(0.0, float(self.entry.duration) - LIGHT_UP_SECONDS) / max(1, self.count - 1)
        if pose == REST:
            return (1.0,) * self.count
        return tuple(round(DIM + (1 - DIM) * min(1.0, max(0.0, (since - i * step) / LIGHT_UP_SECONDS)), 4) for i in range(self.count))

    def paint(self, frame: Planes, state: Hashable) -> None:
        if self._made is None:
            self._made = self.make()
        if isinstance(state, tuple):
            for sprite, opacity in zip(self._made, state, strict=False):
                blend(frame, sprite, opacity)

    def sprite(self, state: Hashable) -> Sprite | None:
        return None

    def covers(self, state: Hashable) -> bool:
        return False


def apply_pose(sprite: Sprite, pose: Pose, em: float, mask_bottom: float | None) -> Sprite | None:
    """The sprite as the pose shows it, without its opacity; None where nothing is left."""
    placed: Sprite | None = sprite
    if pose.shown < 1:
        placed = _reveal(sprite, pose.shown, is_downwards=sprite.height > sprite.width)
    if pose.lowered < 1:
        placed = _reveal(sprite, pose.lowered, is_downwards=True)
    if pose.sunk > 0:
        bottom = sprite.y + sprite.height if mask_bottom is None else mask_bottom
        sunk = shift(sprite, dy=pose.sunk * em)
        placed = sunk.cut(-(1 << 20), -(1 << 20), 1 << 20, round(bottom / 2) * 2)
    if placed is not None and pose.sigma > 0.3:
        placed = soften(placed, pose.sigma)
    if placed is not None and (pose.dy or pose.scale != 1):
        placed = shift(placed, dy=pose.dy, scale=pose.scale)
    return placed


def _reveal(sprite: Sprite, share: float, *, is_downwards: bool) -> Sprite | None:
    """The part already drawn, from the left or from the top."""
    if is_downwards:
        return sprite.cut(sprite.x, sprite.y, sprite.x + sprite.width, sprite.y + round(sprite.height * share / 2) * 2)
    return sprite.cut(sprite.x, sprite.y, sprite.x + round(sprite.width * share / 2) * 2, sprite.y + sprite.height)


def _as_pose(state: Hashable) -> Pose:
    if not isinstance(state, Pose):
        raise TypeError("this layer's state is a pose")
    return state


def clip_rect(rect: tuple[int, int, int, int], canvas: tuple[int, int]) -> tuple[int, int, int, int]:
    """The part of a rectangle that lies on the canvas."""
    x0, y0 = max(0, rect[0]), max(0, rect[1])
    return x0, y0, min(rect[0] + rect[2], canvas[0]) - x0, min(rect[1] + rect[3], canvas[1]) - y0


def is_full(rect: tuple[int, int, int, int], canvas: tuple[int, int]) -> bool:
    """Whether a rectangle covers the whole canvas."""
    return rect[0] <= 0 and rect[1] <= 0 and rect[0] + rect[2] >= canvas[0] and rect[1] + rect[3] >= canvas[1]
