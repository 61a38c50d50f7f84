"""Large Gaussian blurs of planes: shrink until the blur is a few pixels, blur, enlarge."""

from __future__ import annotations

import math

import cv2

from reelwright.rendering.planes import Plane, Planes

MAX_SMALL_SIGMA = 2.6
LEAST_SIGMA = 0.4


def soften_planes(planes: Planes, sigma: float) -> Planes:
    """The picture blurred by ``sigma`` luma pixels."""
    if sigma < LEAST_SIGMA:
        return planes
    return Planes(soften_plane(planes.y, sigma), soften_plane(planes.u, sigma / 2), soften_plane(planes.v, sigma / 2))


def soften_plane(plane: Plane, sigma: float) -> Plane:
    """One plane blurred by ``sigma`` of its own pixels."""
    shrink = 1
    while sigma / shrink > MAX_SMALL_SIGMA and shrink < 32:
        shrink *= 2
    height, width = plane.shape[:2]
    if shrink == 1:
        return cv2.GaussianBlur(plane, (0, 0), max(sigma, 0.3))
    small = cv2.resize(plane, (max(1, width // shrink), max(1, height // shrink)), interpolation=cv2.INTER_AREA)
    rest = math.sqrt(max((sigma / shrink) ** 2 - 0.25, 0.09))
    return cv2.resize(cv2.GaussianBlur(small, (0, 0), rest), (width, height), interpolation=cv2.INTER_LINEAR)
