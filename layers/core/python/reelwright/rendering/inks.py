"""Ink: what sprites are composed of before chroma is halved, once."""

from __future__ import annotations

import cv2

from reelwright.rendering.planes import Plane, Planes, code_of, halve_left
from reelwright.rendering.sprite import Sprite, colour_sprite

Ink = tuple[Plane, Plane, Plane, Plane]
"""Premultiplied Y, Cb, Cr and alpha, all at full size."""


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
    """The ink as a sprite whose first pixel lies at (x, y); odd places and sizes are padded to even ones, empty borders left away."""
    left, top, width, height = _drawn_box(ink[3], x, y)
    luma, u, v, alpha = (_frame(plane, left - x, top - y, width, height) for plane in ink)
    codes = Planes(luma, halve_left(u), halve_left(v))
    return Sprite(codes, (cv2.bitwise_not(alpha), cv2.bitwise_not(halve_left(alpha))), left, top)


def place_mask(mask: Plane, colour: str, x: int, y: int, opacity: float = 1.0) -> Sprite:
    """A mask in one colour as a sprite; as ``place_ink``, and cheaper to move."""
    left, top, width, height = _drawn_box(mask, x, y)
    alpha = _frame(mask, left - x, top - y, width, height)
    if opacity < 1:
        alpha = cv2.convertScaleAbs(alpha, None, opacity, 0)
    return colour_sprite((cv2.bitwise_not(alpha), cv2.bitwise_not(halve_left(alpha))), code_of(colour), left, top)


def veil(mask: Plane, colour: str, x: int, y: int) -> Sprite:
    """A large soft mask (vignette, scrim) of even size in one colour."""
    half = cv2.resize(mask, (mask.shape[1] // 2, mask.shape[0] // 2), interpolation=cv2.INTER_AREA)
    return colour_sprite((cv2.bitwise_not(mask), cv2.bitwise_not(half)), code_of(colour), x, y)


def cover_with(planes: Planes, mask: Plane, x: int, y: int) -> Sprite:
    """A picture as a sprite, seen through ``mask`` of its own size."""
    half = cv2.resize(mask, (mask.shape[1] // 2, mask.shape[0] // 2), interpolation=cv2.INTER_AREA)
    masks = (mask, half, half)
    codes = Planes(*(cv2.multiply(plane, m, None, 1 / 255) for plane, m in zip(planes, masks, strict=True)))
    return Sprite(codes, (cv2.bitwise_not(mask), cv2.bitwise_not(half)), x, y)


def _drawn_box(alpha: Plane, x: int, y: int) -> tuple[int, int, int, int]:
    """The even rectangle of the canvas that holds all that is drawn: left, top, width, height."""
    column, row, width, height = cv2.boundingRect(alpha)
    if not width:
        return x // 2 * 2, y // 2 * 2, 2, 2
    rows, columns = alpha.shape[:2]
    left, top = max((x + column - 1) // 2, x // 2) * 2, (y + row) // 2 * 2
    right, bottom = min((x + column + width + 2) // 2, (x + columns + 1) // 2) * 2, min((y + row + height + 1) // 2, (y + rows + 1) // 2) * 2
    return left, top, right - left, bottom - top


def _frame(plane: Plane, left: int, top: int, width: int, height: int) -> Plane:
    """A window of the plane; what lies outside it is empty."""
    rows, columns = plane.shape[:2]
    inside = plane[max(0, top) : max(0, top + height), max(0, left) : max(0, left + width)]
    before, above = max(0, -left), max(0, -top)
    after, below = max(0, left + width - columns), max(0, top + height - rows)
    if before or above or after or below:
        return cv2.copyMakeBorder(inside, above, below, before, after, cv2.BORDER_CONSTANT)
    return inside
