"""Rows of one word that drift across the whole canvas, each against its neighbours."""

from __future__ import annotations

import math
from collections.abc import Hashable
from dataclasses import dataclass, field

import cv2
import numpy as np

from reelwright.reels.reel import Marquee
from reelwright.rendering.fonts import FontShelf
from reelwright.rendering.painters import Clock
from reelwright.rendering.planes import Plane, Planes
from reelwright.rendering.posing import UPRIGHT, Stance
from reelwright.rendering.sprites import Sprite, blend, turning, veil
from reelwright.rendering.text import draw_mask
from reelwright.rendering.type_style import Style

GAP_SHARE = 0.28
OFFSET_SHARE = 0.5


@dataclass
class MarqueePainter:
    """Two sets of rows, one for each direction. Each is a mask longer than the canvas by one repeat, moved along the slant."""

    clock: Clock
    layer: Marquee
    canvas: tuple[int, int]
    shelf: FontShelf
    stance: Stance = UPRIGHT
    _rows: list[Plane] = field(default_factory=list)
    _period: float = 0.0

    def state(self, n: int) -> Hashable | None:
        if not self.clock.is_on(n):
            return None
        seconds = self.clock.seconds(n)
        pose = self.stance.pose(self.layer.entry, seconds, self.clock.frame_seconds)
        return None if pose is None else (round(self.layer.speed * seconds, 3), pose.opacity)

    def paint(self, frame: Planes, state: Hashable) -> None:
        if not isinstance(state, tuple):
            raise TypeError("a marquee's state is its way and its opacity")
        way, opacity = state
        masks = [self._moved(rows, way * sign) for rows, sign in zip(self._own(), (1, -1), strict=True)]
        blend(frame, veil(cv2.max(*masks), self.layer.colour, 0, 0), opacity * self.layer.opacity)

    def sprite(self, state: Hashable) -> Sprite | None:
        return None

    def covers(self, state: Hashable) -> bool:
        return False

    def _own(self) -> list[Plane]:
        if not self._rows:
            self._rows.extend(self._draw_rows(parity) for parity in (0, 1))
        return self._rows

    def _moved(self, rows: Plane, way: float) -> Plane:
        """The rows as they lie on the canvas after ``way`` pixels."""
        width, height = self.canvas
        slant = self.stance.rotation
        middle = width / 2, height / 2
        matrix = turning(middle, slant)
        margin = (rows.shape[1] - width) / 2, (rows.shape[0] - height) / 2
        along = way % self._period - self._period / 2
        away = matrix[:, :2] @ np.array([along - margin[0], -margin[1]]) + matrix[:, 2]
        return cv2.warpAffine(rows, np.column_stack([matrix[:, :2], away]), (width, height), flags=cv2.INTER_LINEAR)

    def _draw_rows(self, parity: int) -> Plane:
        """One set of rows, unslanted, large enough for every slant and way."""
        layer = self.layer
        style = Style(layer.font, layer.size, layer.colour, stroke=layer.stroke, is_hollow=layer.stroke > 0)
        word, self._period = draw_mask(self.shelf, layer.text, style, GAP_SHARE * layer.size)
        reach = math.hypot(*self.canvas)
        width, height = math.ceil(reach + 2 * self._period), math.ceil(reach + layer.pitch)
        rows = np.zeros((height, width), np.uint8)
        count = int(height / layer.pitch) + 2
        first = round(height / 2 - (count // 2) * layer.pitch)
        for number in range(parity, count, 2):
            _repeat(rows, word, self._period, first + number * layer.pitch, (number * OFFSET_SHARE * self._period) % self._period)
        return rows


def _repeat(rows: Plane, word: Plane, period: float, top: int, offset: float) -> None:
    """The word again and again along one row."""
    height, width = rows.shape[:2]
    low, high = max(0, top), min(height, top + word.shape[0])
    if low >= high:
        return
    x = offset - period
    while x < width:
        left = round(x)
        begin, end = max(0, left), min(width, left + word.shape[1])
        if begin < end:
            piece = word[low - top : high - top, begin - left : end - left]
            rows[low:high, begin:end] = cv2.max(np.ascontiguousarray(rows[low:high, begin:end]), np.ascontiguousarray(piece))
        x += period
