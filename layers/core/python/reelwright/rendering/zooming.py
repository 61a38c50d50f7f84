"""Finished frames zoomed, turned and smeared along the way: what fast joins are made of. Edges are mirrored."""

from __future__ import annotations

import math

import cv2

from reelwright.rendering.planes import Plane, Planes

LEAST_STREAK_PIXELS = 1.0
FINEST_SPACING_PIXELS = 1.5
MAX_DOUBLINGS = 6


def mix(before: Planes, after: Planes, share: float) -> Planes:
    """``share`` of the second over the first."""
    return Planes(*(cv2.addWeighted(a, 1 - share, b, share, 0) for a, b in zip(before, after, strict=True)))


def halve(planes: Planes) -> Planes:
    """The picture at half its size."""
    return Planes(*(cv2.resize(p, (p.shape[1] // 2, p.shape[0] // 2), interpolation=cv2.INTER_AREA) for p in planes))


def grow_to(planes: Planes, width: int, height: int) -> Planes:
    """The picture at another, larger size."""
    sizes = ((width, height), (width // 2, height // 2), (width // 2, height // 2))
    return Planes(*(cv2.resize(p, size, interpolation=cv2.INTER_LINEAR) for p, size in zip(planes, sizes, strict=True)))


def turn(planes: Planes, scale: float, x: float, y: float, degrees: float = 0.0) -> Planes:
    """The picture scaled and turned (counter-clockwise) about a point in 0..1; its size stays."""
    middle = x * planes.width - 0.5, y * planes.height - 0.5
    half = middle[0] / 2, (middle[1] - 0.5) / 2  # chroma is sited left
    return Planes(_turn(planes.y, middle, scale, degrees), _turn(planes.u, half, scale, degrees), _turn(planes.v, half, scale, degrees))


def smear(planes: Planes, amount: float, x: float, y: float, degrees: float = 0.0) -> Planes:
    """Blurred along a zoom by ``1 + amount`` and a turn about a point.

    By doubling: each step mixes the picture with itself moved by half of what is left, so n steps are 2ⁿ samples. Only as
    many steps are taken as the longest streak needs.
    """
    far = math.hypot(max(x, 1 - x) * planes.width, max(y, 1 - y) * planes.height)
    zoom = math.log1p(amount)
    streak = max(zoom, abs(math.radians(degrees))) * far
    if streak < LEAST_STREAK_PIXELS:
        return planes
    steps = min(MAX_DOUBLINGS, max(1, math.ceil(math.log2(streak / FINEST_SPACING_PIXELS))))
    for step in range(1, steps + 1):
        part = 0.5**step
        planes = mix(planes, turn(planes, math.exp(zoom * part), x, y, degrees * part), 0.5)
    return planes


def _turn(plane: Plane, middle: tuple[float, float], scale: float, degrees: float) -> Plane:
    matrix = cv2.getRotationMatrix2D(middle, degrees, scale)
    return cv2.warpAffine(plane, matrix, (plane.shape[1], plane.shape[0]), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT_101)
