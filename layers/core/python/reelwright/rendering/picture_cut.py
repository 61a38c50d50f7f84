"""A picture seen through a mask: copied where the mask hides nothing, mixed at its edges, or turned as a whole."""

from __future__ import annotations

import math
from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import NamedTuple

import cv2
import numpy as np

from reelwright.rendering.painters import clip_rect
from reelwright.rendering.planes import Plane, Planes, paste
from reelwright.rendering.sprites import Sprite, blend, cover_with, slide_plane, split, split_way, warp_plane
from reelwright.rendering.turned_view import Turn


class Piece(NamedTuple):
    """A part of a mask, its corner counted from the mask's; ``holes`` are None where it hides nothing."""

    x: int
    y: int
    width: int
    height: int
    mask: Plane
    half: Plane
    holes: tuple[Plane, Plane] | None


@dataclass
class Cut:
    """A mask that stands at (x, y), both even, and what follows from it."""

    mask: Plane
    x: int
    y: int
    _upright: list[tuple[Piece, ...]] = field(default_factory=list)
    _turned: dict[Hashable, tuple[Piece, ...]] = field(default_factory=dict)

    def through(self, picture: Planes) -> Sprite:
        """The picture as a sprite."""
        return cover_with(picture, self.mask, self.x, self.y)

    def copy(self, frame: Planes, picture: Planes) -> None:
        """Draws the picture upright at full strength."""
        if not self._upright:
            self._upright.append(cut_pieces(self.mask))
        _draw_pieces(frame, picture, self._upright[0], (self.x, self.y), 1.0)

    def warp(self, picture: Planes, turn: Turn) -> Planes:
        """The picture turned and scaled, as far as it lies in the turn's box."""
        start = self.x, self.y
        return Planes(*(warp_plane(plane, turn.matrix, start, turn.box, k, None, cv2.INTER_LINEAR) for plane, k in zip(picture, (1, 2, 2), strict=True)))

    def draw_turned(self, frame: Planes, turned: Planes, turn: Turn, opacity: float) -> None:
        """Draws a turned picture. What follows from the mask of one that stands is kept."""
        if not turn.is_lasting:
            blend(frame, cover_with(turned, self._turn_mask(turn), turn.box[0], turn.box[1]), opacity)
            return
        key = (turn.matrix.tobytes(), turn.box)
        if key not in self._turned:
            self._turned = {key: cut_pieces(self._turn_mask(turn))}
        _draw_pieces(frame, turned, self._turned[key], turn.box[:2], opacity)

    def _turn_mask(self, turn: Turn) -> Plane:
        return warp_plane(self.mask, turn.matrix, (self.x, self.y), turn.box, 1, 0, cv2.INTER_LINEAR)

    def slide(self, frame: Planes, picture: Planes, dx: float, dy: float, opacity: float) -> None:
        """Draws the picture moved by parts of a pixel."""
        (whole_x, rest_x), (whole_y, rest_y) = split_way(dx), split_way(dy)
        parts = (slide_plane(np.ascontiguousarray(plane), rest_x, rest_y, k, None) for plane, k in zip(picture, (1, 2, 2), strict=True))
        mask = slide_plane(self.mask, rest_x, rest_y, 1, 0)
        blend(frame, cover_with(Planes(*parts), mask, self.x + whole_x, self.y + whole_y), opacity)


def cut_pieces(mask: Plane) -> tuple[Piece, ...]:
    """The parts of a mask through which anything is seen, those apart that hide nothing."""
    height, width = mask.shape[:2]
    half = cv2.resize(mask, (width // 2, height // 2), interpolation=cv2.INTER_AREA)
    whole = Sprite(Planes(mask, half, half), (cv2.bitwise_not(mask), cv2.bitwise_not(half)))
    pieces = []
    for part in split(whole):
        seen = part.codes
        pieces.append(Piece(part.x, part.y, part.width, part.height, seen.y, seen.u, None if part.is_solid else part.holes))
    return tuple(pieces)


def _draw_pieces(frame: Planes, picture: Planes, pieces: tuple[Piece, ...], place: tuple[int, int], opacity: float) -> None:
    """Draws the picture, whose corner is at ``place``, through the pieces of its mask."""
    for piece in pieces:
        x, y = place[0] + piece.x, place[1] + piece.y
        part = picture.crop(piece.x, piece.y, piece.width, piece.height)
        if piece.holes is not None:
            masks = (piece.mask, piece.half, piece.half)
            codes = Planes(*(cv2.multiply(plane, mask, None, 1 / 255) for plane, mask in zip(part, masks, strict=True)))
            blend(frame, Sprite(codes, piece.holes, x, y), opacity)
        elif opacity < 1:
            empty = np.zeros((piece.height, piece.width), np.uint8)
            blend(frame, Sprite(part, (empty, empty[::2, ::2]), x, y), opacity)
        else:
            _paste_inside(frame, part, x, y)


def _paste_inside(frame: Planes, part: Planes, x: int, y: int) -> None:
    left, top, width, height = clip_rect((x, y, part.width, part.height), (frame.width, frame.height))
    if width > 0 and height > 0:
        paste(frame.crop(left, top, width, height), part.crop(left - x, top - y, width, height))


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
