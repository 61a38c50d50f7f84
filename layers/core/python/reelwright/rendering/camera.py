"""The camera: any sub-pixel view of a baked picture by one ``cv2.resize`` per plane.

``cv2.resize`` takes whole-pixel regions, but honours its factor exactly when only the factor is given. The sub-pixel phase
is chosen by where the result is cut: dropping n columns moves the source by n times the step, so some n lands on a whole
pixel. This is twice as fast as an affine warp and as steady.
"""

from __future__ import annotations

from typing import NamedTuple

import cv2
import numpy as np

from reelwright.rendering.planes import Plane, Planes

BORDER = 64
"""Mirrored luma pixels around every baked picture: room for the phase search."""

PHASE_TOLERANCE = 0.025
MAX_DROPPED_PIXELS = 48
MAX_EDGE_ERROR_PIXELS = 0.12
MOVING_EDGE_SHARE = 0.04
MAX_LINEAR_STEP = 1.9


class Phase(NamedTuple):
    """Start the resize at source pixel ``start``, drop ``dropped`` result pixels, step by ``step``."""

    start: int
    dropped: int
    step: float


def add_border(planes: Planes) -> Planes:
    """The picture with its mirrored border, as ``view`` wants it."""
    sizes = (BORDER, BORDER // 2, BORDER // 2)
    return Planes(*(cv2.copyMakeBorder(plane, k, k, k, k, cv2.BORDER_REFLECT_101) for plane, k in zip(planes, sizes, strict=True)))


def find_phase(step: float, origin: float, size: int, limit: int) -> Phase:
    """The whole-pixel start nearest to ``origin`` modulo the step.

    What is left (at most half a pixel, nearly always under ``PHASE_TOLERANCE``) becomes a tiny change of the step that keeps
    the middle of the result where it belongs.
    """
    best_error, start, dropped = 9.0, 0, 0
    for n in range(limit):
        near = round(origin - step * n)
        if near < 0:
            break
        error = abs(origin - step * n - near)
        if error < best_error - 1e-9:
            best_error, start, dropped = error, near, n
        if error < PHASE_TOLERANCE:
            break
    return Phase(start, dropped, (step * size / 2 + origin - start) / (dropped + size / 2))


def view(bordered: Planes, step: float, x: float, y: float, width: int, height: int, is_smooth: bool = False) -> Planes:
    """The picture around point (x, y), in luma pixels without the border, at ``step`` source pixels per result pixel.

    ``is_smooth`` takes cubic instead of linear interpolation for luma, for enlargements.
    """
    left, top = x - step * width / 2, y - step * height / 2
    chroma_left = left / 2 + 0.25 * (1 - step)  # left siting: sample i lies at i + 1/4 of its own grid
    half = BORDER // 2
    across, down = _phases(step, left + BORDER, top + BORDER, width, height)
    luma = _resample(bordered.y, across, down, width, height, cv2.INTER_CUBIC if is_smooth else cv2.INTER_LINEAR)
    across, down = _phases(step, chroma_left + half, top / 2 + half, width // 2, height // 2)
    u, v = (_resample(plane, across, down, width // 2, height // 2, cv2.INTER_LINEAR) for plane in bordered[1:])
    return Planes(luma, u, v)


def _phases(step: float, left: float, top: float, width: int, height: int) -> tuple[Phase, Phase]:
    limit = max(4, min(MAX_DROPPED_PIXELS, int((BORDER // 2 - 4) / step)))
    return find_phase(step, left, width, limit), find_phase(step, top, height, limit)


def _resample(plane: Plane, across: Phase, down: Phase, width: int, height: int, kernel: int) -> Plane:
    right = int(across.start + across.step * (across.dropped + width)) + 4
    bottom = int(down.start + down.step * (down.dropped + height)) + 4
    region = plane[max(down.start, 0) : bottom, max(across.start, 0) : right]
    grown = cv2.resize(region, None, fx=1 / across.step, fy=1 / down.step, interpolation=kernel)
    result = grown[down.dropped : down.dropped + height, across.dropped : across.dropped + width]
    if result.shape != (height, width):  # the region met the picture's edge
        result = cv2.copyMakeBorder(result, 0, height - result.shape[0], 0, width - result.shape[1], cv2.BORDER_REPLICATE)
    return result


def enlarge(planes: Planes, scale: float, x: float = 0.5, y: float = 0.5, *, is_moving: bool = False) -> Planes:
    """A finished frame enlarged (scale 1 and more) about a point given in 0..1; the size stays.

    ``is_moving`` allows the edges to be off by a part of what a fast zoom moves them in a frame.
    """
    if scale <= 1:
        return planes
    step = 1 / scale
    error = MAX_EDGE_ERROR_PIXELS + (MOVING_EDGE_SHARE * (scale - 1) * planes.width if is_moving else 0.0)
    return Planes(*(_enlarge(plane, step, x * plane.shape[1] * (1 - step), y * plane.shape[0] * (1 - step), error) for plane in planes))


def _enlarge(plane: Plane, step: float, left: float, top: float, allowed_error: float) -> Plane:
    height, width = plane.shape[:2]
    across, down = _phases(step, left, top, width, height)
    if max(abs(across.step - step) * width, abs(down.step - step) * height) / 2 <= allowed_error:
        return _resample(plane, across, down, width, height, cv2.INTER_LINEAR)
    # So near to 1:1 no whole-pixel start fits.
    matrix = np.array([[step, 0, left + (step - 1) / 2], [0, step, top + (step - 1) / 2]])
    return cv2.warpAffine(plane, matrix, (width, height), flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP, borderMode=cv2.BORDER_REPLICATE)
