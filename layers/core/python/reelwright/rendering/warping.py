"""Sprites moved, scaled, turned and put out of focus, by parts of a pixel."""

from __future__ import annotations

import math

import cv2
import numpy as np
import numpy.typing as npt

from reelwright.rendering.planes import Plane, Planes
from reelwright.rendering.sprite import Sprite, colour_sprite

Matrix = npt.NDArray[np.float64]
"""Two rows of three: where a point of the canvas goes."""

SOFT_SHRINK = 4

Box = tuple[int, int, int, int]
"""x, y, width, height, all even."""


def turning(pivot: tuple[float, float], degrees: float = 0.0, scale: float = 1.0, dx: float = 0.0, dy: float = 0.0) -> Matrix:
    """The movement that scales and turns about a point of the canvas (clockwise), then moves."""
    across, down = scale * math.cos(math.radians(degrees)), scale * math.sin(math.radians(degrees))
    x, y = pivot
    return np.array([[across, -down, x + dx - across * x + down * y], [down, across, y + dy - down * x - across * y]], np.float64)


def bounds_after(matrix: Matrix, box: Box) -> Box:
    """The even rectangle that holds a moved rectangle."""
    x, y, width, height = box
    corners = np.array([[x, y, 1], [x + width, y, 1], [x, y + height, 1], [x + width, y + height, 1]], np.float64) @ matrix.T
    x0, y0 = (math.floor((low - 1) / 2) * 2 for low in corners.min(0))
    x1, y1 = (math.ceil((high + 1) / 2) * 2 for high in corners.max(0))
    return x0, y0, x1 - x0, y1 - y0


def warp_plane(plane: Plane, matrix: Matrix, start: tuple[int, int], box: Box, k: int, empty: int | None, flags: int) -> Plane:
    """One plane moved: it begins at ``start`` on the canvas, the result fills ``box``. ``k`` is 2 for chroma; ``empty`` None repeats the edge."""
    offset = np.array([0.5, 0.5 * k])
    linear = matrix[:, :2]
    away = (linear @ (offset + np.array(start)) + matrix[:, 2] - np.array(box[:2]) - offset) / k
    border = cv2.BORDER_REPLICATE if empty is None else cv2.BORDER_CONSTANT
    size = box[2] // k, box[3] // k
    return cv2.warpAffine(plane, np.column_stack([linear, away]), size, flags=flags, borderMode=border, borderValue=(empty or 0,))


def warp(sprite: Sprite, matrix: Matrix, *, is_fine: bool = False) -> Sprite:
    """The sprite moved, scaled and turned. ``is_fine`` takes more time and keeps it sharper."""
    box = bounds_after(matrix, (sprite.x, sprite.y, sprite.width, sprite.height))
    if sprite.is_soft and sprite.colour is not None and not is_fine:
        return colour_sprite(_warp_small(sprite, matrix, box), sprite.colour, box[0], box[1])
    flags = cv2.INTER_CUBIC if is_fine and not sprite.is_soft else cv2.INTER_LINEAR
    start = sprite.x, sprite.y
    holes = (warp_plane(sprite.holes[0], matrix, start, box, 1, 255, flags), warp_plane(sprite.holes[1], matrix, start, box, 2, 255, flags))
    if sprite.colour is not None:
        return colour_sprite(holes, sprite.colour, box[0], box[1])
    codes = [warp_plane(plane, matrix, start, box, k, 0, flags) for plane, k in zip(sprite.codes, (1, 2, 2), strict=True)]
    if is_fine:  # sharp interpolation overshoots; alpha is clipped at full, so codes are at theirs
        codes = [np.minimum(plane, before.max()) for plane, before in zip(codes, sprite.codes, strict=True)]
    return Sprite(Planes(*codes), holes, box[0], box[1])


def _warp_small(sprite: Sprite, matrix: Matrix, box: Box) -> tuple[Plane, Plane]:
    """The holes of a soft sprite moved at a quarter of the size: while it moves nobody sees the difference, and it costs a third."""
    width, height = -(-box[2] // SOFT_SHRINK), -(-box[3] // SOFT_SHRINK)
    away = (matrix[:, :2] @ np.array([sprite.x + 0.5, sprite.y + 0.5]) + matrix[:, 2] - np.array(box[:2])) / SOFT_SHRINK - 0.5
    small = cv2.warpAffine(
        sprite.holes[0], np.column_stack([matrix[:, :2] / SOFT_SHRINK, away]), (width, height),
        flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT, borderValue=(255,),
    )  # fmt: skip
    luma, chroma = (cv2.resize(small, (width * k, height * k), interpolation=cv2.INTER_LINEAR) for k in (SOFT_SHRINK, SOFT_SHRINK // 2))
    return luma[: box[3], : box[2]], chroma[: box[3] // 2, : box[2] // 2]


def shift(sprite: Sprite, dx: float = 0.0, dy: float = 0.0, scale: float = 1.0) -> Sprite:
    """The sprite moved, and scaled about its middle."""
    if scale != 1:
        return warp(sprite, turning((sprite.x + sprite.width / 2, sprite.y + sprite.height / 2), 0.0, scale, dx, dy))
    (whole_x, rest_x), (whole_y, rest_y) = split_way(dx), split_way(dy)
    if not rest_x and not rest_y:
        return sprite.moved(whole_x, whole_y)
    holes = (slide_plane(sprite.holes[0], rest_x, rest_y, 1, 255), slide_plane(sprite.holes[1], rest_x, rest_y, 2, 255))
    x, y = sprite.x + whole_x, sprite.y + whole_y
    if sprite.colour is not None:
        return colour_sprite(holes, sprite.colour, x, y)
    codes = Planes(*(slide_plane(plane, rest_x, rest_y, k, 0) for plane, k in zip(sprite.codes, (1, 2, 2), strict=True)))
    return Sprite(codes, holes, x, y)


def split_way(way: float) -> tuple[int, float]:
    """A way as whole even pixels and a rest below two."""
    whole = math.floor(way / 2) * 2
    return whole, way - whole


def slide_plane(plane: Plane, dx: float, dy: float, k: int, empty: int | None) -> Plane:
    """One plane moved right and down by less than two luma pixels; it grows by two. ``empty`` None repeats the edge."""
    height, width = plane.shape[:2]
    margin = 0
    if empty is not None:
        margin = 2
        plane = cv2.copyMakeBorder(plane, margin, margin, margin, margin, cv2.BORDER_CONSTANT, value=(empty,))
    size = width + 2 // k, height + 2 // k
    return cv2.getRectSubPix(plane, size, ((size[0] - 1) / 2 + margin - dx / k, (size[1] - 1) / 2 + margin - dy / k))


def soften(sprite: Sprite, sigma: float) -> Sprite:
    """The sprite out of focus; it grows by three sigmas on every side."""
    grow = (int(sigma * 3) + 3) // 4 * 4
    shrink = 1 if sigma < 2 else 2 if sigma < 6 else 4

    def blurred(plane: Plane, k: int, empty: int) -> Plane:
        pad = grow // k
        big = cv2.copyMakeBorder(plane, pad, pad, pad, pad, cv2.BORDER_CONSTANT, value=(empty,))
        height, width = big.shape[:2]
        small = cv2.resize(big, (max(1, width // shrink), max(1, height // shrink)), interpolation=cv2.INTER_AREA)
        small = cv2.GaussianBlur(small, (0, 0), sigma / shrink / k)
        return cv2.resize(small, (width, height), interpolation=cv2.INTER_LINEAR)

    holes = (blurred(sprite.holes[0], 1, 255), blurred(sprite.holes[1], 2, 255))
    if sprite.colour is not None:
        return colour_sprite(holes, sprite.colour, sprite.x - grow, sprite.y - grow)
    codes = Planes(*(blurred(plane, k, 0) for plane, k in zip(sprite.codes, (1, 2, 2), strict=True)))
    return Sprite(codes, holes, sprite.x - grow, sprite.y - grow)
