"""Drawing by rule: filled and stroked paths as smooth 8-bit masks."""

from __future__ import annotations

import math
from collections.abc import Sequence

import cv2
import numpy as np
import numpy.typing as npt

from reelwright.rendering.planes import Plane

Path = npt.NDArray[np.float64]
"""Points in pixels, one a row."""

FRACTION_BITS = 4
SMALL_PIXELS = 512
CURVE_STEPS = 48


def fill_paths(size: tuple[int, int], paths: Sequence[Path]) -> Plane:
    """Closed paths, filled; where two lie over each other there is a hole. ``size`` is width and height."""
    factor = _factor(size)
    big = np.zeros((size[1] * factor, size[0] * factor), np.uint8)
    cv2.fillPoly(big, [_fixed(path, factor) for path in paths], 255, cv2.LINE_8, FRACTION_BITS)
    return _reduce(big, size)


def fill_discs(size: tuple[int, int], centres: Path, radius: float) -> Plane:
    """Discs of one radius."""
    factor = _factor(size)
    big = np.zeros((size[1] * factor, size[0] * factor), np.uint8)
    for x, y in centres:
        cv2.circle(big, _fixed_point(x, y, factor), round(radius * factor * 2**FRACTION_BITS), 255, -1, cv2.LINE_8, FRACTION_BITS)
    return _reduce(big, size)


def stroke_path(size: tuple[int, int], path: Path, widths: float | npt.NDArray[np.float64]) -> Plane:
    """A line along the path with round ends, of one width or a width for each point."""
    factor = _factor(size)
    big = np.zeros((size[1] * factor, size[0] * factor), np.uint8)
    radii = np.broadcast_to(np.asarray(widths, np.float64) / 2, len(path))
    for (x, y), radius in zip(path, radii, strict=True):
        cv2.circle(big, _fixed_point(x, y, factor), max(1, round(radius * factor * 2**FRACTION_BITS)), 255, -1, cv2.LINE_8, FRACTION_BITS)
    for number in range(len(path) - 1):
        sleeve = _sleeve(path[number], path[number + 1], radii[number], radii[number + 1])
        cv2.fillConvexPoly(big, _fixed(sleeve, factor), 255, cv2.LINE_8, FRACTION_BITS)
    return _reduce(big, size)


def _sleeve(start: Path, end: Path, first_radius: float, last_radius: float) -> Path:
    """The four corners of the piece between two points."""
    away = end - start
    normal = np.array([-away[1], away[0]]) / (math.hypot(*away) or 1.0)
    return np.array([start + normal * first_radius, end + normal * last_radius, end - normal * last_radius, start - normal * first_radius])


def smooth_path(points: Path) -> Path:
    """A curve through all points without corners or loops (Catmull-Rom, centripetal)."""
    if len(points) < 3:
        return points
    padded = np.concatenate([[2 * points[0] - points[1]], points, [2 * points[-1] - points[-2]]])
    pieces = [_spline_piece(*padded[number : number + 4]) for number in range(len(points) - 1)]
    return np.concatenate([*(piece[:-1] for piece in pieces), points[-1:]])


def _spline_piece(before: Path, start: Path, end: Path, after: Path) -> Path:
    steps = [math.sqrt(math.hypot(*(b - a))) or 1e-3 for a, b in ((before, start), (start, end), (end, after))]
    first = (start - before) / steps[0] - (end - before) / (steps[0] + steps[1]) + (end - start) / steps[1]
    last = (end - start) / steps[1] - (after - start) / (steps[1] + steps[2]) + (after - end) / steps[2]
    return curve(tuple(start), tuple(start + first * steps[1] / 3), tuple(end - last * steps[1] / 3), tuple(end))


def curve(*points: tuple[float, float]) -> Path:
    """A cubic Bézier through its control points, two ends and two handles."""
    t = np.linspace(0, 1, CURVE_STEPS)[:, None]
    a, b, c, d = (np.array(point, np.float64) for point in points)
    return (1 - t) ** 3 * a + 3 * (1 - t) ** 2 * t * b + 3 * (1 - t) * t * t * c + t**3 * d


def arc(centre: tuple[float, float], radius: float, first_degrees: float, last_degrees: float, count: int = 96) -> Path:
    """Points of a circle, angles clockwise from the right."""
    angles = np.radians(np.linspace(first_degrees, last_degrees, count))
    return np.column_stack([centre[0] + radius * np.cos(angles), centre[1] + radius * np.sin(angles)])


def walk(path: Path, pitch: float) -> Path:
    """Points along the path at even distances, from its first point on."""
    steps = np.hypot(*np.diff(path, axis=0).T)
    ways = np.concatenate([[0.0], np.cumsum(steps)])
    places = np.arange(0, ways[-1] + 1e-6, pitch)
    return np.column_stack([np.interp(places, ways, path[:, axis]) for axis in (0, 1)])


def _factor(size: tuple[int, int]) -> int:
    return 4 if max(size) <= SMALL_PIXELS else 2


def _fixed(path: Path, factor: int) -> npt.NDArray[np.int32]:
    fixed: npt.NDArray[np.int32] = np.round((path * factor - 0.5) * 2**FRACTION_BITS).astype(np.int32)
    return fixed


def _fixed_point(x: float, y: float, factor: int) -> tuple[int, int]:
    return round((x * factor - 0.5) * 2**FRACTION_BITS), round((y * factor - 0.5) * 2**FRACTION_BITS)


def _reduce(big: Plane, size: tuple[int, int]) -> Plane:
    return cv2.resize(big, size, interpolation=cv2.INTER_AREA)
