"""Where in a join a frame lies, and what the join was asked for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, NamedTuple, TypeAlias

from reelwright.rendering.planes import Plane, Planes

FrameMaker: TypeAlias = Callable[[], Planes]
"""Draws a finished frame of a shot; asked only where the join shows that shot."""


class Moment(NamedTuple):
    """``progress`` is 0..1, ``frames`` the join's length; ``x``, ``y`` are 0..1. ``guide`` is what ``prepare_join`` gave for the whole join."""

    progress: float
    frames: float
    colour: str
    direction: Literal["left", "right", "up", "down"] = "up"
    shape: Literal["circle", "diagonal", "rect"] = "circle"
    x: float = 0.5
    y: float = 0.45
    seed: int = 0
    rate: float = 30.0
    guide: Plane | None = None

    @property
    def seconds(self) -> float:
        """Since the join's beginning."""
        return self.progress * self.frames / self.rate

    @property
    def number(self) -> int:
        """Which frame of the join this is, from 0."""
        return int(self.progress * self.frames)

    @property
    def nearness(self) -> float:
        """0 at both ends, 1 in the middle."""
        return 1 - abs(2 * self.progress - 1)


Join: TypeAlias = Callable[[FrameMaker, FrameMaker, Moment], Planes]
"""Draws one frame of a join from the shot before and the shot after."""


def unit_of(planes: Planes) -> float:
    """How large one pixel of a 1080 pixels wide design is on this canvas."""
    return min(planes.width, planes.height) / 1080
