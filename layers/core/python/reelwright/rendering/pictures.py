"""The painter of photos and clips: a straight copy where it can be, a masked sprite where an entry or round corners ask for it."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from concurrent.futures import Executor
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

import cv2
import numpy as np

from reelwright.reels.reel import Entry
from reelwright.rendering.entries import DIM, REST, Pose, pose_at
from reelwright.rendering.motion import Camera, Sight
from reelwright.rendering.painters import Clock, apply_pose, clip_rect, is_full
from reelwright.rendering.planes import Plane, Planes, paste
from reelwright.rendering.shapes import rounded_mask
from reelwright.rendering.sprites import Sprite, blend, cover_with

KEPT_STATES = 8


class Source(Protocol):
    """A photo or a clip that gives its rectangle's picture."""

    def prefetch(self, ahead: Executor) -> None: ...
    def show(self, sight: Sight, source_seconds: float) -> Planes: ...
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
    radius: int = 0
    _source: Source | None = None
    _mask: list[Plane] = field(default_factory=list)
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
        """Asked for twice a frame, and by the vignette: the last few are kept."""
        if n not in self._states:
            if len(self._states) > KEPT_STATES:
                self._states.clear()
            self._states[n] = self._state_at(n)
        return self._states[n]

    def _state_at(self, n: int) -> PictureState | None:
        if not self.clock.is_on(n):
            return None
        seconds = self.clock.seconds(n)
        pose = pose_at(self.entry, seconds, self.clock.frame_seconds)
        if pose is None:
            return None
        at = self.source_seconds(seconds) if self.source_seconds is not None else None
        return PictureState(self.camera.at(seconds, seconds if at is None else at), at, pose)

    def paint(self, frame: Planes, state: Hashable) -> None:
        if not isinstance(state, PictureState):
            raise TypeError("a picture's state is a PictureState")
        picture = self._open().show(state.sight, state.source_seconds or 0.0)
        pose = state.pose
        is_straight = self.opacity == 1 and not self.radius and pose._replace(lowered=1.0) == REST
        if is_straight:
            self._copy(frame, picture, pose.lowered)
            return
        sprite = cover_with(picture, self._shape(), self.rect[0], self.rect[1])
        bottom = self.rect[1] + self.rect[3]
        placed = apply_pose(sprite, pose, self.rect[3], bottom)
        if placed is not None:
            blend(frame, placed, self.opacity * pose.opacity * (DIM + (1 - DIM) * min(1.0, pose.lit)))

    def sprite(self, state: Hashable) -> Sprite | None:
        return None

    def covers(self, state: Hashable) -> bool:
        is_plain = isinstance(state, PictureState) and state.pose == REST and self.opacity == 1 and not self.radius
        return is_plain and is_full(self.rect, self.canvas)

    def opacity_at(self, n: int) -> float | None:
        """How strongly the picture is seen at frame ``n``, for what lies on it."""
        state = self.state(n)
        return None if state is None else state.pose.opacity * self.opacity

    def _open(self) -> Source:
        if self._source is None:
            self._source = self.make_source()
        return self._source

    def _shape(self) -> Plane:
        if not self._mask:
            self._mask.append(rounded_mask(self.rect[2], self.rect[3], self.radius))
        return self._mask[0]

    def _copy(self, frame: Planes, picture: Planes, lowered: float) -> None:
        """Rows down to the revealed edge are copied; the edge itself is mixed, so that it settles without steps."""
        x, y, width, height = clip_rect(self.rect, self.canvas)
        edge = lowered * self.rect[3] - (y - self.rect[1])
        rows = min(height, int(edge) // 2 * 2)
        if width <= 0:
            return
        left, top = x - self.rect[0], y - self.rect[1]
        if rows > 0:
            paste(frame.crop(x, y, width, rows), picture.crop(left, top, width, rows))
        rest = edge - rows
        if lowered < 1 and rest > 0 and 0 <= rows <= height - 2:
            target = frame.crop(x, y + rows, width, 2)
            for into, plane in zip(target, picture.crop(left, top + rows, width, 2), strict=True):
                into[:] = cv2.addWeighted(into, 1 - rest / 2, np.ascontiguousarray(plane), rest / 2, 0)


@dataclass
class VignettePainter:
    """The darker corners over a picture that fills the canvas; seen as strongly as that picture is."""

    below: PicturePainter
    make: Callable[[], Sprite]
    _made: list[Sprite] = field(default_factory=list)

    def state(self, n: int) -> Hashable | None:
        opacity = self.below.opacity_at(n)
        return None if opacity is None else REST._replace(opacity=opacity)

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
