"""Painters of lines that come word by word or letter by letter."""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field

from reelwright.reels.reel import Entry
from reelwright.rendering.entries import DIM, REST, Pose
from reelwright.rendering.painters import Clock, as_pose
from reelwright.rendering.planes import Planes
from reelwright.rendering.posing import UPRIGHT, Stance, apply_pose, visibility
from reelwright.rendering.sprites import Sprite, blend, join_sprites

LIGHT_UP_SECONDS = 0.25
FAR = 1 << 20


@dataclass
class Words:
    """A line whose words light up one after the other over the entry's length."""

    clock: Clock
    entry: Entry
    make: Callable[[], list[Sprite]]
    count: int
    find_middle: Callable[[], tuple[float, float]]
    stance: Stance = UPRIGHT
    _made: list[Sprite] | None = None
    _lit: list[Sprite | None] = field(default_factory=list)

    def state(self, n: int) -> Hashable | None:
        if not self.clock.is_on(n):
            return None
        pose = self.stance.pose(self.entry, self.clock.seconds(n), self.clock.frame_seconds)
        since = (pose.lit if pose is not None else 1.0) * float(self.entry.duration)
        step = max(0.0, float(self.entry.duration) - LIGHT_UP_SECONDS) / max(1, self.count - 1)
        if pose == REST:
            return (1.0,) * self.count
        return tuple(round(DIM + (1 - DIM) * min(1.0, max(0.0, (since - i * step) / LIGHT_UP_SECONDS)), 4) for i in range(self.count))

    def paint(self, frame: Planes, state: Hashable) -> None:
        if isinstance(state, tuple):
            for sprite, opacity in zip(self._own(), state, strict=False):
                blend(frame, sprite, opacity)

    def sprite(self, state: Hashable) -> Sprite | None:
        if state != (1.0,) * self.count:
            return None
        if not self._lit:
            self._lit.append(join_sprites(self._own()))
        return self._lit[0]

    def covers(self, state: Hashable) -> bool:
        return False

    def _own(self) -> list[Sprite]:
        if self._made is None:
            middle = self.find_middle() if self.stance.rotation else None
            placed = (apply_pose(word, REST, self.stance, middle) for word in self.make())
            self._made = [word for word in placed if word is not None]
        return self._made


@dataclass
class Typed:
    """A line that is written letter by letter; what stands behind it is there at once. ``make`` gives ground, letters and their right edges."""

    clock: Clock
    entry: Entry
    make: Callable[[], TypedLine]
    stance: Stance = UPRIGHT
    _made: list[TypedLine] = field(default_factory=list)
    _settled: list[Sprite | None] = field(default_factory=list)

    def state(self, n: int) -> Hashable | None:
        if not self.clock.is_on(n):
            return None
        pose = self.stance.pose(self.entry, self.clock.seconds(n), self.clock.frame_seconds)
        if pose is None or pose.typed >= 1:
            return pose
        count = len(self._own().edges)
        return pose._replace(typed=math.ceil(pose.typed * count) / count)

    def paint(self, frame: Planes, state: Hashable) -> None:
        pose = as_pose(state)
        for placed in self._placed(pose):
            blend(frame, placed, visibility(pose))

    def sprite(self, state: Hashable) -> Sprite | None:
        if state != REST:
            return None
        if not self._settled:
            self._settled.append(join_sprites(self._placed(REST)))
        return self._settled[0]

    def covers(self, state: Hashable) -> bool:
        return False

    def _placed(self, pose: Pose) -> list[Sprite]:
        line = self._own()
        parts = [part for part in (line.ground, line.letters_until(pose.typed)) if part is not None]
        placed = (apply_pose(part, pose._replace(typed=1.0), self.stance, line.middle) for part in parts)
        return [part for part in placed if part is not None]

    def _own(self) -> TypedLine:
        if not self._made:
            self._made.append(self.make())
        return self._made[0]


@dataclass(frozen=True)
class TypedLine:
    """``edges`` are where each letter ends on the canvas, in reading order; from the right where ``is_right_to_left``."""

    ground: Sprite | None
    letters: Sprite | None
    edges: tuple[float, ...]
    middle: tuple[float, float]
    is_right_to_left: bool = False

    def letters_until(self, share: float) -> Sprite | None:
        """The letters written when ``share`` of them are."""
        if self.letters is None or share >= 1:
            return self.letters
        edge = round(self.edges[max(0, round(share * len(self.edges)) - 1)] / 2) * 2
        left, right = (edge, FAR) if self.is_right_to_left else (-FAR, edge)
        return self.letters.cut(left, -FAR, right, FAR)
