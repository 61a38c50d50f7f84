"""Frames as uint8 YUV 4:2:0 planes: BT.709, limited range, chroma sited left, as H.264 players expect them."""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

import cv2
import cv2.typing
import numpy as np

Plane: TypeAlias = cv2.typing.MatLike

RED_SHARE, BLUE_SHARE = 0.2126, 0.0722
GREEN_SHARE = 1 - RED_SHARE - BLUE_SHARE
BLACK_CODE, WHITE_CODE, GREY_CODE = 16, 235, 128
LUMA_STEPS, CHROMA_STEPS = 219, 224


class Planes(NamedTuple):
    """One picture: luma at full size, Cb and Cr at half width and half height. Width and height are even."""

    y: Plane
    u: Plane
    v: Plane

    @property
    def width(self) -> int:
        return int(self.y.shape[1])

    @property
    def height(self) -> int:
        return int(self.y.shape[0])

    def copy(self) -> Planes:
        return Planes(self.y.copy(), self.u.copy(), self.v.copy())

    def crop(self, x: int, y: int, width: int, height: int) -> Planes:
        """A window into the same memory; all four numbers are even."""
        return Planes(*(plane[y // k : (y + height) // k, x // k : (x + width) // k] for plane, k in zip(self, (1, 2, 2), strict=True)))


def blank(width: int, height: int, code: tuple[float, float, float] = (BLACK_CODE, GREY_CODE, GREY_CODE)) -> Planes:
    """A picture of one colour, given as Y, Cb, Cr codes."""
    sizes = ((height, width), (height // 2, width // 2), (height // 2, width // 2))
    return Planes(*(np.full(size, round(value), np.uint8) for size, value in zip(sizes, code, strict=True)))


def fill(target: Planes, code: tuple[float, float, float]) -> None:
    """Paints one colour over the whole of ``target``, in place."""
    for plane, value in zip(target, code, strict=True):
        plane[:] = round(value)


def paste(target: Planes, source: Planes) -> None:
    """Copies ``source`` over ``target`` of the same size, in place."""
    for into, plane in zip(target, source, strict=True):
        into[:] = plane


def code_of(colour: str) -> tuple[float, float, float]:
    """The Y, Cb, Cr codes of ``#RRGGBB``, not rounded."""
    red, green, blue = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    luma = RED_SHARE * red + GREEN_SHARE * green + BLUE_SHARE * blue
    cb, cr = (blue - luma) / (2 * (1 - BLUE_SHARE)), (red - luma) / (2 * (1 - RED_SHARE))
    return BLACK_CODE + LUMA_STEPS * luma, GREY_CODE + CHROMA_STEPS * cb, GREY_CODE + CHROMA_STEPS * cr


def halve_left(plane: Plane) -> Plane:
    """A full-size chroma plane at half size, sited left: rows averaged, columns weighted 1 2 1 around the even ones."""
    rows = cv2.resize(plane, (plane.shape[1], plane.shape[0] // 2), interpolation=cv2.INTER_AREA)
    smooth = cv2.filter2D(rows, -1, np.array([[0.25, 0.5, 0.25]], np.float32), borderType=cv2.BORDER_REPLICATE)
    return np.ascontiguousarray(smooth[:, ::2])


def from_bgr(image: Plane) -> Planes:
    """An 8-bit BGR picture of even size as planes."""
    whole = cv2.transform(image, _bgr_matrix())
    return Planes(cv2.extractChannel(whole, 0), halve_left(cv2.extractChannel(whole, 1)), halve_left(cv2.extractChannel(whole, 2)))


def to_bgr(planes: Planes) -> Plane:
    """Planes as an 8-bit BGR picture, chroma enlarged with its siting undone."""
    width, height = planes.width, planes.height
    move = np.array([[0.5, 0, 0], [0, 0.5, -0.25]], np.float32)
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    big = [cv2.warpAffine(plane, move, (width, height), flags=flags, borderMode=cv2.BORDER_REPLICATE) for plane in planes[1:]]
    luma = (planes.y.astype(np.float32) - BLACK_CODE) / LUMA_STEPS
    cb, cr = ((plane.astype(np.float32) - GREY_CODE) / CHROMA_STEPS for plane in big)
    red, blue = luma + 2 * (1 - RED_SHARE) * cr, luma + 2 * (1 - BLUE_SHARE) * cb
    green = (luma - RED_SHARE * red - BLUE_SHARE * blue) / GREEN_SHARE
    return np.clip(np.stack([blue, green, red], -1) * 255 + 0.5, 0, 255).astype(np.uint8)


def _bgr_matrix() -> Plane:
    red, green, blue = RED_SHARE, GREEN_SHARE, BLUE_SHARE
    rows = [
        [blue * LUMA_STEPS, green * LUMA_STEPS, red * LUMA_STEPS, BLACK_CODE * 255],
        [0.5 * CHROMA_STEPS, -green / (2 * (1 - blue)) * CHROMA_STEPS, -red / (2 * (1 - blue)) * CHROMA_STEPS, GREY_CODE * 255],
        [-blue / (2 * (1 - red)) * CHROMA_STEPS, -green / (2 * (1 - red)) * CHROMA_STEPS, 0.5 * CHROMA_STEPS, GREY_CODE * 255],
    ]
    return np.array(rows, np.float32) / 255
