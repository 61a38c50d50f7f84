"""Sprites: type and graphics as premultiplied planes, blended only where they stand, and folded where several rest."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np
import numpy.typing as npt

from reelwright.rendering.planes import Plane, Planes, code_of, halve_left

FINEST_FOLD_WIDTH = 2


@dataclass(frozen=True)
class Sprite:
    """A picture with alpha at an even place. ``codes`` are premultiplied; ``holes`` are 255 − alpha at luma and at chroma size.

    The result of a blend is ``below × holes / 255 + codes``.
    """

    codes: Planes
    holes: tuple[Plane, Plane]
    x: int = 0
    y: int = 0

    @property
    def width(self) -> int:
        return self.codes.width

    @property
    def height(self) -> int:
        return self.codes.height

    def moved(self, dx: int, dy: int) -> Sprite:
        """The same sprite elsewhere; both numbers are even."""
        return replace(self, x=self.x + dx, y=self.y + dy)

    def cut(self, x0: int, y0: int, x1: int, y1: int) -> Sprite | None:
        """What lies inside the even canvas rectangle, or None."""
        x0, y0 = max(x0, self.x), max(y0, self.y)
        x1, y1 = min(x1, self.x + self.width), min(y1, self.y + self.height)
        if x1 <= x0 or y1 <= y0:
            return None
        codes = self.codes.crop(x0 - self.x, y0 - self.y, x1 - x0, y1 - y0)
        holes = (_part(self.holes[0], x0 - self.x, y0 - self.y, x1 - x0, y1 - y0, 1), _part(self.holes[1], x0 - self.x, y0 - self.y, x1 - x0, y1 - y0, 2))
        return Sprite(codes, holes, x0, y0)


Ink = tuple[Plane, Plane, Plane, Plane]
"""Premultiplied Y, Cb, Cr and alpha, all at full size: what sprites are composed of before chroma is halved, once."""


def colour_mask(mask: Plane, colour: str, alpha: float = 1.0) -> Ink:
    """An 8-bit mask in one colour."""
    y, u, v = (cv2.convertScaleAbs(mask, None, code * alpha / 255, 0) for code in code_of(colour))
    return y, u, v, mask if alpha == 1 else cv2.convertScaleAbs(mask, None, alpha, 0)


def fade_ink(ink: Ink, opacity: float) -> Ink:
    """The ink thinned."""
    if opacity >= 1:
        return ink
    y, u, v, alpha = (cv2.convertScaleAbs(plane, None, opacity, 0) for plane in ink)
    return y, u, v, alpha


def stack_inks(below: Ink, above: Ink) -> Ink:
    """One ink over another of the same size."""
    hole = cv2.bitwise_not(above[3])
    y, u, v, a = (cv2.add(cv2.multiply(low, hole, None, 1 / 255), high) for low, high in zip(below, above, strict=True))
    return y, u, v, a


def place_ink(ink: Ink, x: int, y: int) -> Sprite:
    """The ink as a sprite whose first pixel lies at (x, y); odd places and sizes are padded to even ones."""
    height, width = ink[0].shape[:2]
    left, top = x % 2, y % 2
    right, bottom = (width + left) % 2, (height + top) % 2
    if left or top or right or bottom:
        ink = tuple(cv2.copyMakeBorder(plane, top, bottom, left, right, cv2.BORDER_CONSTANT) for plane in ink)  # type: ignore[assignment]
    alpha = halve_left(ink[3])
    codes = Planes(ink[0], halve_left(ink[1]), halve_left(ink[2]))
    return Sprite(codes, (cv2.bitwise_not(ink[3]), cv2.bitwise_not(alpha)), x - left, y - top)


def veil(mask: Plane, colour: str, x: int, y: int) -> Sprite:
    """A large soft mask (vignette, scrim) of even size in one colour."""
    half = cv2.resize(mask, (mask.shape[1] // 2, mask.shape[0] // 2), interpolation=cv2.INTER_AREA)
    masks = (mask, half, half)
    codes = Planes(*(cv2.convertScaleAbs(m, None, code / 255, 0) for m, code in zip(masks, code_of(colour), strict=True)))
    return Sprite(codes, (cv2.bitwise_not(mask), cv2.bitwise_not(half)), x, y)


def cover_with(planes: Planes, mask: Plane, x: int, y: int) -> Sprite:
    """A picture as a sprite, seen through ``mask`` of its own size."""
    half = cv2.resize(mask, (mask.shape[1] // 2, mask.shape[0] // 2), interpolation=cv2.INTER_AREA)
    masks = (mask, half, half)
    codes = Planes(*(cv2.multiply(plane, m, None, 1 / 255) for plane, m in zip(planes, masks, strict=True)))
    return Sprite(codes, (cv2.bitwise_not(mask), cv2.bitwise_not(half)), x, y)


def blend(frame: Planes, sprite: Sprite, opacity: float = 1.0) -> None:
    """Draws the sprite into the frame, in place, clipped to it."""
    inside = sprite.cut(0, 0, frame.width, frame.height)
    if inside is None or opacity <= 0:
        return
    target = frame.crop(inside.x, inside.y, inside.width, inside.height)
    holes = (inside.holes[0], inside.holes[1], inside.holes[1])
    for into, code, hole in zip(target, inside.codes, holes, strict=True):
        if opacity < 1:
            code, hole = cv2.convertScaleAbs(code, None, opacity, 0), cv2.convertScaleAbs(hole, None, opacity, 255 * (1 - opacity))  # noqa: PLW2901
        into[:] = cv2.add(cv2.multiply(into, hole, None, 1 / 255), code)


Matrix = npt.NDArray[np.float64]
"""Two rows of three: where a point of the canvas goes."""


def turning(pivot: tuple[float, float], degrees: float = 0.0, scale: float = 1.0, dx: float = 0.0, dy: float = 0.0) -> Matrix:
    """The movement that scales and turns about a point of the canvas (clockwise), then moves."""
    across, down = scale * math.cos(math.radians(degrees)), scale * math.sin(math.radians(degrees))
    x, y = pivot
    return np.array([[across, -down, x + dx - across * x + down * y], [down, across, y + dy - down * x - across * y]], np.float64)


def bounds_after(matrix: Matrix, box: tuple[int, int, int, int]) -> tuple[int, int, int, int]:
    """The even rectangle that holds a moved rectangle, both as x, y, width, height."""
    x, y, width, height = box
    corners = np.array([[x, y, 1], [x + width, y, 1], [x, y + height, 1], [x + width, y + height, 1]], np.float64) @ matrix.T
    x0, y0 = (math.floor((low - 1) / 2) * 2 for low in corners.min(0))
    x1, y1 = (math.ceil((high + 1) / 2) * 2 for high in corners.max(0))
    return x0, y0, x1 - x0, y1 - y0


def warp_plane(plane: Plane, matrix: Matrix, start: tuple[int, int], box: tuple[int, int, int, int], k: int, empty: int | None, flags: int) -> Plane:
    """One plane moved: it begins at ``start`` on the canvas, the result fills ``box``. ``k`` is 2 for chroma; ``empty`` None repeats the edge."""
    offset = np.array([0.5, 0.5 * k])
    linear = matrix[:, :2]
    away = (linear @ (offset + np.array(start)) + matrix[:, 2] - np.array(box[:2]) - offset) / k
    border = cv2.BORDER_REPLICATE if empty is None else cv2.BORDER_CONSTANT
    return cv2.warpAffine(
        plane, np.column_stack([linear, away]), (box[2] // k, box[3] // k), flags=flags, borderMode=border, borderValue=(empty or 0,)
    )  # fmt: skip


def warp(sprite: Sprite, matrix: Matrix, *, is_fine: bool = False) -> Sprite:
    """The sprite moved, scaled and turned by parts of a pixel. ``is_fine`` takes more time and keeps it sharper."""
    box = bounds_after(matrix, (sprite.x, sprite.y, sprite.width, sprite.height))
    flags = cv2.INTER_CUBIC if is_fine else cv2.INTER_LINEAR
    start = sprite.x, sprite.y
    codes = Planes(*(warp_plane(plane, matrix, start, box, k, 0, flags) for plane, k in zip(sprite.codes, (1, 2, 2), strict=True)))
    holes = (warp_plane(sprite.holes[0], matrix, start, box, 1, 255, flags), warp_plane(sprite.holes[1], matrix, start, box, 2, 255, flags))
    return Sprite(codes, holes, box[0], box[1])


def shift(sprite: Sprite, dx: float = 0.0, dy: float = 0.0, scale: float = 1.0) -> Sprite:
    """The sprite moved by parts of a pixel and scaled about its middle."""
    if scale == 1 and dx % 2 == 0 and dy % 2 == 0:
        return sprite.moved(int(dx), int(dy))
    return warp(sprite, turning((sprite.x + sprite.width / 2, sprite.y + sprite.height / 2), 0.0, scale, dx, dy))


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

    codes = Planes(*(blurred(plane, k, 0) for plane, k in zip(sprite.codes, (1, 2, 2), strict=True)))
    return Sprite(codes, (blurred(sprite.holes[0], 1, 255), blurred(sprite.holes[1], 2, 255)), sprite.x - grow, sprite.y - grow)


def fold(sprites: Sequence[Sprite], width: int, height: int) -> Sprite | None:
    """Several sprites as one ("over" is associative), cropped to what changes anything; None where nothing lies on the canvas."""
    inside = [part for part in (sprite.cut(0, 0, width, height) for sprite in sprites) if part is not None]
    if not inside:
        return None
    x0, y0 = min(s.x for s in inside), min(s.y for s in inside)
    x1, y1 = max(s.x + s.width for s in inside), max(s.y + s.height for s in inside)
    sizes = ((y1 - y0, x1 - x0), ((y1 - y0) // 2, (x1 - x0) // 2))
    codes = Planes(np.zeros(sizes[0], np.uint8), np.zeros(sizes[1], np.uint8), np.zeros(sizes[1], np.uint8))
    holes = (np.full(sizes[0], 255, np.uint8), np.full(sizes[1], 255, np.uint8))
    for sprite in inside:
        _lay_over(codes, holes, sprite, x0, y0)
    return Sprite(codes, holes, x0, y0)


def _lay_over(codes: Planes, holes: tuple[Plane, Plane], sprite: Sprite, x0: int, y0: int) -> None:
    target = codes.crop(sprite.x - x0, sprite.y - y0, sprite.width, sprite.height)
    for into, code, hole in zip(target, sprite.codes, (sprite.holes[0], sprite.holes[1], sprite.holes[1]), strict=True):
        into[:] = cv2.add(cv2.multiply(into, hole, None, 1 / 255), code)
    for k, (into, hole) in enumerate(zip(holes, sprite.holes, strict=True), start=1):
        window = _part(into, sprite.x - x0, sprite.y - y0, sprite.width, sprite.height, k)
        window[:] = cv2.multiply(window, hole, None, 1 / 255)


def _part(plane: Plane, x: int, y: int, width: int, height: int, k: int) -> Plane:
    return plane[y // k : (y + height) // k, x // k : (x + width) // k]
