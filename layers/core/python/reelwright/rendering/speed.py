"""Which second of a clip is seen at each second of its layer: constant speed, speed ramps, and held pictures of old film."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

HOLD_TOLERANCE = 1e-6
SHUTTER_FROM_SPEED, MOST_AVERAGED = 1.25, 3
"""Faster clips show several of their frames in each of the reel's, as an open shutter would; five would smear."""


Shutter = Callable[[float], tuple[float, ...]]


def hold(seconds: float, per_second: int) -> float:
    """The time at which the picture that is held at ``seconds`` began; with 0 pictures a second time runs freely."""
    return math.floor(seconds * per_second + HOLD_TOLERANCE) / per_second if per_second else seconds


@dataclass(frozen=True)
class SourceClock:
    """Layer seconds to clip seconds. ``ramp`` holds (layer second, speed); between two points speed changes as a smooth step.

    Before the first point and after the last the speed stays. Without a ramp the clip runs at ``speed``.
    """

    start: float
    speed: float = 1.0
    ramp: tuple[tuple[float, float], ...] = ()
    held: int = 0

    def __call__(self, seconds: float) -> float:
        """The clip's second, never before its beginning."""
        seconds = hold(seconds, self.held)
        return max(0.0, self.start + (self._run(seconds) - self._run(0.0) if self.ramp else seconds * self.speed))

    def speed_at(self, seconds: float) -> float:
        """How fast the clip runs at a second of the layer."""
        if not self.ramp:
            return self.speed
        before = max((number for number, (at, _) in enumerate(self.ramp) if at <= seconds), default=0)
        after = min(before + 1, len(self.ramp) - 1)
        (low, slow), (high, fast) = self.ramp[before], self.ramp[after]
        u = min(max((seconds - low) / (high - low), 0.0), 1.0) if high > low else 0.0
        return slow + (fast - slow) * u * u * (3 - 2 * u)

    def find_shutter(self, times: Sequence[float], frame_seconds: float) -> Shutter:
        """Which earlier seconds of the clip are averaged into one frame of the reel, by the clip's second. ``times`` are the layer's."""
        if self.held or max((self.speed_at(t) for t in times), default=0.0) <= SHUTTER_FROM_SPEED:
            return open_once
        places = np.array([self(t) for t in times])
        speeds = np.array([self.speed_at(t) for t in times])

        def open_for(source_seconds: float) -> tuple[float, ...]:
            speed = float(np.interp(source_seconds, places, speeds))
            count = min(MOST_AVERAGED, max(1, round(speed))) if speed > SHUTTER_FROM_SPEED else 1
            return tuple(number * frame_seconds * speed / count for number in range(count))

        return open_for

    @cached_property
    def _starts(self) -> tuple[float, ...]:
        """What has run at each point, counted from the first."""
        sums = [0.0]
        for (low, slow), (high, fast) in zip(self.ramp, self.ramp[1:], strict=False):
            sums.append(sums[-1] + (high - low) * (slow + fast) / 2)
        return tuple(sums)

    def _run(self, seconds: float) -> float:
        """Source seconds from the first point to a second of the layer: the integral of the speed."""
        if seconds <= self.ramp[0][0]:
            return (seconds - self.ramp[0][0]) * self.ramp[0][1]
        number = max(i for i, (at, _) in enumerate(self.ramp) if at <= seconds)
        low, slow = self.ramp[number]
        if number == len(self.ramp) - 1:
            return self._starts[number] + (seconds - low) * slow
        high, fast = self.ramp[number + 1]
        u = (seconds - low) / (high - low)
        # The integral of u²(3 − 2u) is u³ − u⁴ ÷ 2.
        return self._starts[number] + (high - low) * (slow * u + (fast - slow) * (u**3 - u**4 / 2))


def open_once(_source_seconds: float) -> tuple[float, ...]:
    """A shutter that shows one frame as it is."""
    return (0.0,)
