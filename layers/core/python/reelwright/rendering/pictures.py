"""The painter of photos and clips: a straight copy where it can be, a masked sprite where an entry or round corners ask for it."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from concurrent.futures import Executor
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import NamedTuple, Protocol

import numpy as np

from reelwright.reels.reel import Entry
from reelwright.rendering.entries import REST, Pose
from reelwright.rendering.motion import Camera, Sight
from reelwright.rendering.painters import Clock, clip_rect, is_full
from reelwright.rendering.picture_cut import Cut, copy_rows
from reelwright.rendering.planes import Plane, Planes
from reelwright.rendering.posed_painter import PosedPainter
from reelwright.rendering.posing import UPRIGHT, Stance, apply_pose, visibility
from reelwright.rendering.sprites import Sprite, blend, bounds_after
from reelwright.rendering.turned_view import Turn

KEPT_STATES = 8
LONG_REST_FRAMES = 20


class Source(Protocol):
    """A photo or a clip that gives its rectangle's picture."""

    def prefetch(self, ahead: Executor) -> None: ...
    def show(self, sight: Sight, source_seconds: float) -> Planes: ...
    def turn(self, sight: Sight, source_seconds: float, turn: Turn) -> Planes | None: ...
    def close(self) -> None: ...


class PictureState(NamedTuple):
    sight: Sight
    source_seconds: float | None
    pose: Pose


@dataclass
class PicturePainter:
    """One picture layer. ``source_seconds`` gives a clip's time for a layer time; photos have none."""

    clock: Clock
    entry: Entry
    camera: Camera
    rect: tuple[int, int, int, int]
    canvas: tuple[int, int]
    make_source: Callable[[], Source]
    source_seconds: Callable[[float], float] | None = None
    opacity: float = 1.0
    make_mask: Callable[[], Plane] | None = None
    stance: Stance = UPRIGHT
    _source: Source | None = None
    _cuts: list[Cut] = field(default_factory=list)
    _states: dict[int, PictureState | None] = field(default_factory=dict)

    def prefetch(self, ahead: Executor) -> None:
        """Begins to make the picture ready in another thread."""
        self._open().prefetch(ahead)

    def close(self) -> None:
        """Forgets what was made."""
        if self._source is not None:
            self._source.close()
        self._source = None

    def state(self, n: int) -> PictureState | None:
        """Asked for twice a frame, and by what lies on or below it: the last few are kept."""
        if n not in self._states:
            if len(self._states) > KEPT_STATES:
                self._states.clear()
            self._states[n] = self._state_at(n)
        return self._states[n]

    def _state_at(self, n: int) -> PictureState | None:
        if not self.clock.is_on(n):
            return None
        seconds = self.clock.seconds(n)
        pose = self.stance.pose(self.entry, seconds, self.clock.frame_seconds)
        if pose is None:
            return None
        at = self.source_seconds(seconds) if self.source_seconds is not None else None
        return PictureState(self.camera.at(seconds, seconds if at is None else at), at, pose)

    def paint(self, frame: Planes, state: Hashable) -> None:
        if not isinstance(state, PictureState):
            raise TypeError("a picture's state is a PictureState")
        pose = state.pose
        opacity = self.opacity * visibility(pose)
        is_whole = pose._replace(opacity=1.0, turn=0.0, scale=1.0, dx=0.0, dy=0.0) == REST
        if is_whole and (self.stance.rotation or pose.turn or pose.scale != 1):
            self._turn(frame, state, opacity)
            return
        picture = self._open().show(state.sight, state.source_seconds or 0.0)
        is_upright = self.opacity == 1 and not self.stance.rotation
        if is_upright and self.make_mask is None and pose._replace(lowered=1.0, opened=1.0) == REST:
            height = self.rect[3]
            copy_rows(frame, picture, self.rect[:2], height * (1 - pose.opened) / 2, height * min(pose.lowered, (1 + pose.opened) / 2))
        elif is_upright and pose == REST:
            self._cut().copy(frame, picture)
        elif is_whole:
            self._cut().slide(frame, picture, pose.dx, pose.dy, opacity)
        else:
            placed = apply_pose(self._cut().through(picture), pose, replace(self.stance, em=self.rect[3]), self.middle)
            if placed is not None:
                blend(frame, placed, opacity)

    def take(self, state: Hashable) -> Planes | None:
        """The picture itself, for the caller to draw on, where it is the whole canvas and nothing else; else None."""
        if not isinstance(state, PictureState) or not self.covers(state) or self.rect != (0, 0, *self.canvas):
            return None
        return self._open().show(state.sight, state.source_seconds or 0.0)

    def _turn(self, frame: Planes, state: PictureState, opacity: float) -> None:
        """Draws it turned or scaled, in one interpolation where the source can."""
        cut, source, seconds = self._cut(), self._open(), state.source_seconds or 0.0
        matrix = self.stance.matrix(state.pose, self.middle)
        box = clip_rect(bounds_after(matrix, self.rect), self.canvas)
        if min(box[2:]) <= 0:
            return
        is_settled = state.pose._replace(opacity=1.0) == REST and not self.stance.wobble
        turn = Turn(self.rect, matrix, box, is_settled and self._stands_long)
        turned = source.turn(state.sight, seconds, turn)
        if turned is None:
            turned = cut.warp(source.show(state.sight, seconds), turn)
        cut.draw_turned(frame, turned, turn, opacity)

    @cached_property
    def _stands_long(self) -> bool:
        """Whether it stands for so many frames after its entry that preparing for it pays."""
        entry = 0.0 if self.entry.kind == "none" else float(self.entry.start + self.entry.duration)
        come = (self.clock.start + entry) / self.clock.frame_seconds
        return self.clock.last - max(self.clock.first, come) >= LONG_REST_FRAMES

    @property
    def middle(self) -> tuple[float, float]:
        return self.rect[0] + self.rect[2] / 2, self.rect[1] + self.rect[3] / 2

    def sprite(self, state: Hashable) -> Sprite | None:
        return None

    def covers(self, state: Hashable) -> bool:
        is_plain = isinstance(state, PictureState) and state.pose == REST and self.opacity == 1
        return is_plain and self.make_mask is None and not self.stance.rotation and is_full(self.rect, self.canvas)

    def pose_at(self, n: int) -> Pose | None:
        """How the picture stands at frame ``n``, its own opacity included, for what lies on or below it."""
        state = self.state(n)
        return None if state is None else state.pose._replace(opacity=round(state.pose.opacity * self.opacity, 4))

    def _open(self) -> Source:
        if self._source is None:
            self._source = self.make_source()
        return self._source

    def _cut(self) -> Cut:
        if not self._cuts:
            mask = np.full((self.rect[3], self.rect[2]), 255, np.uint8) if self.make_mask is None else self.make_mask()
            self._cuts.append(Cut(mask, self.rect[0], self.rect[1]))
        return self._cuts[0]


@dataclass
class VignettePainter:
    """The darker corners over a picture that fills the canvas; seen as strongly as that picture is."""

    below: PicturePainter
    make: Callable[[], Sprite]
    _made: list[Sprite] = field(default_factory=list)

    def state(self, n: int) -> Hashable | None:
        pose = self.below.pose_at(n)
        return None if pose is None else REST._replace(opacity=round(visibility(pose), 4))

    def paint(self, frame: Planes, state: Hashable) -> None:
        if isinstance(state, Pose):
            blend(frame, self._own(), state.opacity)

    def sprite(self, state: Hashable) -> Sprite | None:
        return self._own() if state == REST else None

    def covers(self, state: Hashable) -> bool:
        return False

    def _own(self) -> Sprite:
        if not self._made:
            self._made.append(self.make())
        return self._made[0]


@dataclass
class ShadePainter(PosedPainter):
    """The shadow of a picture: it comes in, turns and goes as the picture does."""

    above: PicturePainter
    make: Callable[[], Sprite]
    _made: list[Sprite] = field(default_factory=list)

    def state(self, n: int) -> Hashable | None:
        return self.above.pose_at(n)

    def place(self, pose: Pose) -> Sprite | None:
        if not self._made:
            self._made.append(self.make())
        stance = replace(self.above.stance, em=self.above.rect[3], body=self.above.rect)
        return apply_pose(self._made[0], pose, stance, self.above.middle)
