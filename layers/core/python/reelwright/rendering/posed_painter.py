"""A drawn thing that comes in, turns and goes: placed anew while it moves, kept once it rests."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Hashable
from functools import cached_property

from reelwright.rendering.entries import REST, Pose
from reelwright.rendering.painters import as_pose
from reelwright.rendering.planes import Planes
from reelwright.rendering.posing import visibility
from reelwright.rendering.sprites import Sprite, blend


class PosedPainter(ABC):
    """What a painter does whose state is a pose."""

    @abstractmethod
    def place(self, pose: Pose) -> Sprite | None:
        """The sprite as it stands in a pose, its opacity left aside; None where nothing shows."""

    def paint(self, frame: Planes, state: Hashable) -> None:
        pose = as_pose(state)
        placed = self._rest if pose._replace(opacity=1.0) == REST else self.place(pose)
        if placed is not None:
            blend(frame, placed, visibility(pose))

    def sprite(self, state: Hashable) -> Sprite | None:
        return self._rest if state == REST else None

    def covers(self, state: Hashable) -> bool:
        return False

    @cached_property
    def _rest(self) -> Sprite | None:
        return self.place(REST)
