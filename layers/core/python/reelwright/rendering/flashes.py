"""Counts flashes as WCAG 2.3.1 does: pairs of opposing changes of light within a second, over a quarter of the picture.

Only light is looked at, not the saturated red of which that rule also speaks.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

import cv2
import numpy as np
import numpy.typing as npt

MOST_FLASHES = 3
"""In any one second."""

FLASHING_SHARE = 0.25
LEAST_CHANGE, DARK_BELOW = 0.10, 0.80
"""Of relative luminance: smaller changes, and changes between two bright states, are no flashes."""

CELL_PIXELS, SAMPLED_EVERY_PIXELS = 20, 4

Light = npt.NDArray[np.float32]
Cells = npt.NDArray[np.bool_]
Counts = npt.NDArray[np.int16]


@dataclass(frozen=True)
class Flashes:
    """The most flashes within a second, and the second of the film at which they were counted."""

    most: int = 0
    at: float = 0.0


def _luminance_of_codes() -> Light:
    """Relative luminance of each 8-bit limited-range luma code."""
    light = np.clip((np.arange(256) - 16) / 219, 0, 1)
    return np.asarray(np.where(light <= 0.04045, light / 12.92, ((light + 0.055) / 1.055) ** 2.4), np.float32)


@dataclass
class _Turns:
    """Where each cell's light last turned: a change counts once it is ``LEAST_CHANGE`` away from the turn before it."""

    low: Light
    high: Light
    way: npt.NDArray[np.int8]

    def see(self, light: Light) -> Cells:
        """The cells whose light has just turned."""
        np.minimum(self.low, light, out=self.low)
        np.maximum(self.high, light, out=self.high)
        up = (light - self.low >= LEAST_CHANGE) & (self.low < DARK_BELOW) & (self.way != 1)
        down = (self.high - light >= LEAST_CHANGE) & (light < DARK_BELOW) & (self.way != -1)
        self.way[up], self.way[down] = 1, -1
        np.copyto(self.high, light, where=up)
        np.copyto(self.low, light, where=down)
        turned: Cells = up | down
        return turned


@dataclass
class FlashFinder:
    """Sees the small luma pictures of a film in order. ``frame_rate`` is pictures a second."""

    frame_rate: float
    found: Flashes = Flashes()
    _table: Light = field(default_factory=_luminance_of_codes)
    _turns: _Turns | None = None
    _counts: Counts | None = None
    _recent: deque[Cells | None] = field(default_factory=deque)

    def see(self, picture: npt.NDArray[np.uint8], at: float) -> None:
        height, width = picture.shape[:2]
        size = max(1, width // CELL_PIXELS), max(1, height // CELL_PIXELS)
        sampled = np.ascontiguousarray(picture[::SAMPLED_EVERY_PIXELS, ::SAMPLED_EVERY_PIXELS])
        light = self._table[cv2.resize(sampled, size, interpolation=cv2.INTER_AREA)]
        if self._turns is None or self._counts is None:
            self._turns, self._counts = _Turns(light.copy(), light.copy(), np.zeros(light.shape, np.int8)), np.zeros(light.shape, np.int16)
            return
        self._count(self._turns.see(light), self._counts, at)

    def _count(self, turned: Cells, counts: Counts, at: float) -> None:
        has_turned = bool(turned.any())
        self._recent.append(turned if has_turned else None)
        gone = self._recent.popleft() if len(self._recent) > self.frame_rate else None
        if gone is not None:
            counts -= gone
        if not has_turned:
            return
        counts += turned
        most = _seen_widely(counts // 2)
        if most > self.found.most:
            self.found = Flashes(most, at)


def _seen_widely(flashes: Counts) -> int:
    """The number of flashes that more than a quarter of the cells have at least."""
    place = int((1 - FLASHING_SHARE) * flashes.size)
    return int(np.partition(flashes.ravel(), min(place, flashes.size - 1))[place])
