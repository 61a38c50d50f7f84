"""The path of a map's route: where its places lie, how the line swings between them, and where each name is free of it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise, product
from math import hypot
from typing import NamedTuple

from reelwright.reels.geometry import Area

MIN_PLACES, MAX_PLACES = 2, 6
SWING = 0.20
"""How far the line leaves the straight way, share of the distance."""

SAMPLES_PER_BEND = 8
LABEL_GAP = 18
_SHARES = {
    2: ((0.12, 1.0), (0.80, 0.0)),
    3: ((0.10, 1.0), (0.52, 0.44), (0.88, 0.0)),
    4: ((0.10, 1.0), (0.66, 0.70), (0.30, 0.34), (0.86, 0.0)),
    5: ((0.12, 1.0), (0.70, 0.78), (0.24, 0.52), (0.78, 0.26), (0.36, 0.0)),
    6: ((0.12, 1.0), (0.66, 0.82), (0.20, 0.62), (0.76, 0.42), (0.26, 0.20), (0.80, 0.0)),
}
_COSTS = {"line": 1.0, "pin": 60.0, "label": 80.0, "outside": 200.0}
_SIDE_COST = {"left": 0.0, "right": 0.5, "below": 1.0, "above": 2.0}


class Spot(NamedTuple):
    """A point of the canvas, pixels."""

    x: float
    y: float


class Route(NamedTuple):
    """The places' spots, all points of the line, and for each place its share of the way (0..1)."""

    spots: tuple[Spot, ...]
    points: tuple[Spot, ...]
    shares: tuple[float, ...]


def lay_route(count: int, area: Area, seed: int) -> Route:
    """A route through ``count`` places (2..6) from the foot of the area to its head; odd seeds mirror it."""
    shares = _SHARES[count]
    if seed % 2 and count > MIN_PLACES + 1:
        shares = tuple((1 - x, y) for x, y in shares)
    spots = tuple(Spot(area.left + x * area.width, area.top + y * area.height) for x, y in shares)
    points: list[Spot] = [spots[0]]
    for number, (start, end) in enumerate(pairwise(spots)):
        points += [*_swing(start, end, -1 if number % 2 else 1), end]
    ways = [hypot(end.x - start.x, end.y - start.y) for start, end in pairwise(points)]
    total = sum(ways)
    reached = tuple(sum(ways[: 3 * number]) / total for number in range(count))
    return Route(spots, tuple(points), reached)


def place_labels(route: Route, sizes: Sequence[tuple[float, float]], pin: float, bounds: Area) -> list[Area]:
    """An area for each name (width, height in pixels) beside, below or above its pin: off the line, the pins and each other."""
    line = _sample(route.points)
    pins = [Area(spot.x - pin * 0.4, spot.y - pin, spot.x + pin * 0.4, spot.y) for spot in route.spots]
    sides = tuple(_SIDE_COST)
    options = [[_beside(spot, size, pin, side) for side in sides] for spot, size in zip(route.spots, sizes, strict=True)]
    alone = [
        [_cost_alone(area, line, pins, number, bounds) + _SIDE_COST[side] for area, side in zip(row, sides, strict=True)] for number, row in enumerate(options)
    ]
    best = min(product(range(len(sides)), repeat=len(sizes)), key=lambda picks: _cost(picks, options, alone))
    return [_pull_in(row[pick], bounds) for row, pick in zip(options, best, strict=True)]


def _cost(picks: Sequence[int], options: Sequence[Sequence[Area]], alone: Sequence[Sequence[float]]) -> float:
    chosen = [row[pick] for row, pick in zip(options, picks, strict=True)]
    crossing = sum(one.grown(8).overlap(other) > 0 for number, one in enumerate(chosen) for other in chosen[:number])
    return sum(row[pick] for row, pick in zip(alone, picks, strict=True)) + _COSTS["label"] * crossing


def _cost_alone(area: Area, line: Sequence[Spot], pins: Sequence[Area], own: int, bounds: Area) -> float:
    near = area.grown(12)
    hits = sum(near.left <= spot.x <= near.right and near.top <= spot.y <= near.bottom for spot in line)
    others = sum(near.overlap(pin) > 0 for number, pin in enumerate(pins) if number != own)
    moved = _pull_in(area, bounds)
    outside = abs(moved.left - area.left) / max(1.0, area.width)
    return _COSTS["line"] * hits + _COSTS["pin"] * others + _COSTS["outside"] * outside


def _beside(spot: Spot, size: tuple[float, float], pin: float, side: str) -> Area:
    width, height = size
    middle = spot.y - pin * 0.62
    if side == "left":
        right = spot.x - pin * 0.4 - LABEL_GAP
        return Area(right - width, middle - height / 2, right, middle + height / 2)
    if side == "right":
        left = spot.x + pin * 0.4 + LABEL_GAP
        return Area(left, middle - height / 2, left + width, middle + height / 2)
    top = spot.y + LABEL_GAP * 1.6 if side == "below" else spot.y - pin - LABEL_GAP - height
    return Area(spot.x - width / 2, top, spot.x + width / 2, top + height)


def _pull_in(area: Area, bounds: Area) -> Area:
    shift = max(0.0, bounds.left - area.left) - max(0.0, area.right - bounds.right)
    return Area(area.left + shift, area.top, area.right + shift, area.bottom)


def _swing(start: Spot, end: Spot, side: int) -> tuple[Spot, Spot]:
    """Two points that make an S of the way between two places."""
    dx, dy = end.x - start.x, end.y - start.y
    across = Spot(-dy * SWING * side, dx * SWING * side)
    return (
        Spot(start.x + dx * 0.32 + across.x, start.y + dy * 0.32 + across.y),
        Spot(start.x + dx * 0.68 - across.x, start.y + dy * 0.68 - across.y),
    )


def _sample(points: Sequence[Spot]) -> list[Spot]:
    """Spots along the smooth line (Catmull-Rom) through the points."""
    padded = [points[0], *points, points[-1]]
    return [_bend(padded[number : number + 4], step / SAMPLES_PER_BEND) for number in range(len(points) - 1) for step in range(SAMPLES_PER_BEND + 1)]


def _bend(four: Sequence[Spot], t: float) -> Spot:
    return Spot(*(_bend_axis([spot[axis] for spot in four], t) for axis in (0, 1)))


def _bend_axis(p: Sequence[float], t: float) -> float:
    return 0.5 * (2 * p[1] + (p[2] - p[0]) * t + (2 * p[0] - 5 * p[1] + 4 * p[2] - p[3]) * t * t + (3 * p[1] - p[0] - 3 * p[2] + p[3]) * t**3)
