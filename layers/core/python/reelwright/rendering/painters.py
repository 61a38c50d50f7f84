"""Painters of the plain layers: each is two pure functions, ``state`` of a frame number and ``paint`` of a state."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Protocol

from reelwright.reels.reel import Entry
from reelwright.rendering.entries import REST, Pose
from reelwright.rendering.planes import Planes, fill
from reelwright.rendering.posing import UPRIGHT, Stance, apply_pose, visibility
from reelwright.rendering.sprites import Sprite, blend


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
    """A sprite with an entry: type, rules, scrims, ornaments, soft or round fills. ``find_middle`` gives what it turns about."""

    clock: Clock
    entry: Entry
    make: Callable[[], Sprite | None]
    stance: Stance = UPRIGHT
    find_middle: Callable[[], tuple[float, float]] | None = None
    _made: list[Sprite | None] = field(default_factory=list)
    _middle: list[tuple[float, float] | None] = field(default_factory=list)
    _settled: list[Sprite | None] = field(default_factory=list)

    def state(self, n: int) -> Hashable | None:
        if not self.clock.is_on(n):
            return None
        return self.stance.pose(self.entry, self.clock.seconds(n), self.clock.frame_seconds)

    def paint(self, frame: Planes, state: Hashable) -> None:
        pose = as_pose(state)
        placed = self._placed(pose)
        if placed is not None:
            blend(frame, placed, visibility(pose))

    def sprite(self, state: Hashable) -> Sprite | None:
        return self._rest() if state == REST else None

    def covers(self, state: Hashable) -> bool:
        return False

    def _placed(self, pose: Pose) -> Sprite | None:
        """Equal poses but for the opacity are equal sprites, so the settled one is kept."""
        if pose._replace(opacity=1.0) == REST:
            return self._rest()
        return self._apply(pose)

    def _own(self) -> Sprite | None:
        if not self._made:
            self._made.append(self.make())
        return self._made[0]

    def _rest(self) -> Sprite | None:
        if not self._settled:
            self._settled.append(self._apply(REST))
        return self._settled[0]

    def _apply(self, pose: Pose) -> Sprite | None:
        own = self._own()
        if own is None:
            return None
        if not self._middle:
            self._middle.append(None if self.find_middle is None else self.find_middle())
        return apply_pose(own, pose, self.stance, self._middle[0])


def as_pose(state: Hashable) -> Pose:
    """The state of a painter whose states are poses."""
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
