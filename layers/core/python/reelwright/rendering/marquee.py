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
from reelwright.rendering.planes import Plane, Planes, code_of
from reelwright.rendering.posing import UPRIGHT, Stance
from reelwright.rendering.sprites import Sprite, blend, colour_sprite, turning
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
        there, back = (self._moved(rows, way * sign) for rows, sign in zip(self._own(), (1, -1), strict=True))
        mask, share = cv2.max(there, back), opacity * self.layer.opacity
        half = cv2.resize(mask, (mask.shape[1] // 2, mask.shape[0] // 2), interpolation=cv2.INTER_AREA)
        luma, chroma = (cv2.convertScaleAbs(plane, None, -share, 255) for plane in (mask, half))
        blend(frame, colour_sprite((luma, chroma), code_of(self.layer.colour), 0, 0))

    def sprite(self, state: Hashable) -> Sprite | None:
        return None

    def covers(self, state: Hashable) -> bool:
        return False

    def _own(self) -> list[Plane]:
        if not self._rows:
            self._rows.extend(self._draw_rows(parity) for parity in (0, 1))
        return self._rows

    def _moved(self, rows: Plane, way: float) -> Plane:
        """The part of the slanted rows that lies on the canvas after ``way`` pixels."""
        along = way % self._period - self._period / 2
        slant = math.radians(self.stance.rotation)
        middle = (rows.shape[1] - 1) / 2 - along * math.cos(slant), (rows.shape[0] - 1) / 2 - along * math.sin(slant)
        return cv2.getRectSubPix(rows, self.canvas, middle)

    def _draw_rows(self, parity: int) -> Plane:
        """One set of rows, slanted, larger than the canvas by the way of one repeat."""
        layer = self.layer
        style = Style(layer.font, layer.size, layer.colour, stroke=layer.stroke, is_hollow=layer.stroke > 0)
        word, self._period = draw_mask(self.shelf, layer.text, style, GAP_SHARE * layer.size)
        slant = math.radians(self.stance.rotation)
        size = [math.ceil(side + 2 + self._period * abs(share)) for side, share in zip(self.canvas, (math.cos(slant), math.sin(slant)), strict=True)]
        reach = math.ceil(math.hypot(*size))
        rows = np.zeros((reach + layer.pitch, reach + math.ceil(self._period)), np.uint8)
        count = rows.shape[0] // layer.pitch + 2
        first = round(rows.shape[0] / 2 - count // 2 * layer.pitch)
        for number in range(parity, count, 2):
            _repeat(rows, word, self._period, first + number * layer.pitch, (number * OFFSET_SHARE * self._period) % self._period)
        middle = (rows.shape[1] - 1) / 2, (rows.shape[0] - 1) / 2
        matrix = turning(middle, self.stance.rotation, 1.0, (size[0] - 1) / 2 - middle[0], (size[1] - 1) / 2 - middle[1])
        return cv2.warpAffine(rows, matrix, (size[0], size[1]), flags=cv2.INTER_LINEAR)


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
