"""Finds the cuts of a clip while it is being read: a frame that differs far more from the one before than its neighbours do."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from reelwright.media.eyes import Picture

SHORTEST_SHOT_SECONDS = 0.4
_LOOK_AROUND = 8
_PEAK_AROUND = 3
_LEAST_CHANGE = 0.06
_TIMES_MEDIAN, _ABOVE_MEDIAN = 3.0, 0.02
_COMPARED_SIZE = (160, 90)


@dataclass(frozen=True)
class Frame:
    """A small BGR picture and its time in seconds."""

    at: float
    picture: Picture


@dataclass(frozen=True)
class ShotFrame:
    """A frame and whether a new shot starts with it."""

    frame: Frame
    is_first: bool


def split_shots(frames: Iterable[Frame]) -> Iterator[ShotFrame]:
    """The same frames, eight later, each with whether it starts a shot. Only a handful are held."""
    waiting: deque[Frame] = deque()
    changes: deque[float] = deque(maxlen=2 * _LOOK_AROUND + 1)  # around the frame that is decided next
    previous: NDArray[Any] | None = None
    decider = _Decider()
    for frame in frames:
        seen = _look(frame.picture)
        changes.append(0.0 if previous is None else float(np.abs(seen - previous).mean()) / 255)
        previous = seen
        waiting.append(frame)
        if len(waiting) > _LOOK_AROUND:
            yield decider.decide(waiting.popleft(), changes, len(waiting))
    while waiting:
        yield decider.decide(waiting.popleft(), changes, len(waiting))


class _Decider:
    def __init__(self) -> None:
        self._last_cut: float | None = None

    def decide(self, frame: Frame, changes: deque[float], later: int) -> ShotFrame:
        """``later`` changes follow that of the frame."""
        is_first = self._last_cut is None or (frame.at - self._last_cut > SHORTEST_SHOT_SECONDS and _is_cut(list(changes), len(changes) - 1 - later))
        if is_first:
            self._last_cut = frame.at
        return ShotFrame(frame, is_first)


def _is_cut(changes: list[float], place: int) -> bool:
    change = changes[place]
    around = changes[max(0, place - _LOOK_AROUND) : place] + changes[place + 1 : place + 1 + _LOOK_AROUND]
    nearest = changes[max(0, place - _PEAK_AROUND) : place + 1 + _PEAK_AROUND]
    usual = float(np.median(around)) if around else 0.0
    return change > _LEAST_CHANGE and change > _TIMES_MEDIAN * usual + _ABOVE_MEDIAN and change == max(nearest)


def _look(picture: Picture) -> NDArray[Any]:
    small = cv2.resize(picture, _COMPARED_SIZE, interpolation=cv2.INTER_AREA)
    return cv2.cvtColor(small, cv2.COLOR_BGR2HSV).astype(np.int16)
