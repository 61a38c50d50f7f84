"""A picture seen through a mask: copied where the mask hides nothing, mixed at its edges, or turned as a whole."""

from __future__ import annotations

import math
from collections.abc import Hashable
from dataclasses import dataclass, field

import cv2
import numpy as np

from reelwright.rendering.painters import clip_rect
from reelwright.rendering.picture_masks import solid_rows
from reelwright.rendering.planes import Plane, Planes, paste
from reelwright.rendering.sprites import Box, Matrix, Sprite, blend, cover_with, slide_plane, split_way, warp_plane


@dataclass
class Cut:
    """A mask that stands at (x, y), both even, and what follows from it."""

    mask: Plane
    x: int
    y: int
    _solid: list[tuple[int, int]] = field(default_factory=list)
    _turned: dict[Hashable, Plane] = field(default_factory=dict)

    def through(self, picture: Planes) -> Sprite:
        """The picture as a sprite."""
        return cover_with(picture, self.mask, self.x, self.y)

    def copy(self, frame: Planes, picture: Planes) -> None:
        """Draws the picture upright at full strength."""
        if not self._solid:
            self._solid.append(solid_rows(self.mask))
        first, last = self._solid[0]
        for top, bottom in ((0, first), (last, picture.height)):
            if bottom > top:
                part = picture.crop(0, top, picture.width, bottom - top)
                blend(frame, cover_with(part, np.ascontiguousarray(self.mask[top:bottom]), self.x, self.y + top))
        x, y, width, height = clip_rect((self.x, self.y + first, picture.width, last - first), (frame.width, frame.height))
        if width > 0 and height > 0:
            paste(frame.crop(x, y, width, height), picture.crop(x - self.x, y - self.y, width, height))

    def warp(self, picture: Planes, matrix: Matrix, box: Box) -> Planes:
        """The picture turned and scaled, as far as it lies in ``box``."""
        start = self.x, self.y
        return Planes(*(warp_plane(plane, matrix, start, box, k, None, cv2.INTER_LINEAR) for plane, k in zip(picture, (1, 2, 2), strict=True)))

    def draw_turned(self, frame: Planes, turned: Planes, matrix: Matrix, box: Box, opacity: float) -> None:
        """Draws a turned picture; the mask of the last position is kept."""
        key = (matrix.tobytes(), box)
        if key not in self._turned:
            self._turned = {key: warp_plane(self.mask, matrix, (self.x, self.y), box, 1, 0, cv2.INTER_LINEAR)}
        blend(frame, cover_with(turned, self._turned[key], box[0], box[1]), opacity)

    def slide(self, frame: Planes, picture: Planes, dx: float, dy: float, opacity: float) -> None:
        """Draws the picture moved by parts of a pixel."""
        (whole_x, rest_x), (whole_y, rest_y) = split_way(dx), split_way(dy)
        parts = (slide_plane(np.ascontiguousarray(plane), rest_x, rest_y, k, None) for plane, k in zip(picture, (1, 2, 2), strict=True))
        mask = slide_plane(self.mask, rest_x, rest_y, 1, 0)
        blend(frame, cover_with(Planes(*parts), mask, self.x + whole_x, self.y + whole_y), opacity)


def copy_rows(frame: Planes, picture: Planes, place: tuple[int, int], top: float, bottom: float) -> None:
    """The picture's rows between two edges are copied; at the edges they are mixed, so that they settle without steps."""
    first, last = math.ceil(top / 2) * 2, math.floor(bottom / 2) * 2
    if last > first:
        _mix_rows(frame, picture, place, first, last, 1.0)
    if first > top:
        _mix_rows(frame, picture, place, first - 2, first, (min(first, bottom) - top) / 2)
    if bottom > last >= first:
        _mix_rows(frame, picture, place, last, last + 2, (bottom - last) / 2)


def _mix_rows(frame: Planes, picture: Planes, place: tuple[int, int], first: int, last: int, share: float) -> None:
    x, y, width, height = clip_rect((place[0], place[1] + first, picture.width, last - first), (frame.width, frame.height))
    if width <= 0 or height <= 0:
        return
    target, part = frame.crop(x, y, width, height), picture.crop(x - place[0], y - place[1], width, height)
    if share >= 1:
        paste(target, part)
        return
    for into, plane in zip(target, part, strict=True):
        into[:] = cv2.addWeighted(np.ascontiguousarray(into), 1 - share, np.ascontiguousarray(plane), share, 0)
