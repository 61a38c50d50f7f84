"""2.5D: the ground of a wide scene moves against its horizon.

Depth depends on the row only, so the move is a shear. It is drawn in bands of rows, each by one affine warp that also zooms.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

import cv2
import numpy as np

from reelwright.rendering.camera import BORDER
from reelwright.rendering.planes import Plane, Planes

BANDS = 12
STILL_DEPTH = 0.35
"""The depth that does not move: the horizon goes one way, the ground the other."""

DEPTH_POWER = 1.2


class Ground(NamedTuple):
    """``shift`` in result pixels; ``horizon`` and ``height`` in rows of the bordered picture's luma, without its border."""

    shift: float
    horizon: float
    height: float

    def moves(self, row: float) -> float:
        """How far a row of the picture is moved to the right, in result pixels."""
        depth = min(max((row - self.horizon) / max(self.height - self.horizon, 1.0), 0.0), 1.0)
        return self.shift * (math.pow(depth, DEPTH_POWER) - STILL_DEPTH)


def view_with_parallax(bordered: Planes, step: float, x: float, y: float, size: tuple[int, int], ground: Ground) -> Planes:
    """The picture around point (x, y), as ``camera.view`` gives it, its rows sheared by their depth."""
    width, height = size
    left, top = x - step * width / 2, y - step * height / 2
    planes = []
    for plane, k, siting in zip(bordered, (1, 2, 2), (0.0, 0.25, 0.25), strict=True):
        out = np.empty((height // k, width // k), np.uint8)
        origin = left / k + siting * (1 - step) + BORDER // k, top / k + BORDER // k
        for first, last in _bands(height):
            start, end = ground.moves(top + step * first), ground.moves(top + step * last)
            slope = (end - start) / (last - first)
            _shear(plane, out[first // k : last // k], step, (origin[0] - step * start / k, origin[1] + step * first / k), -step * slope)
        planes.append(out)
    return Planes(*planes)


def _bands(height: int) -> Iterator[tuple[int, int]]:
    edges = [round(height * number / BANDS / 2) * 2 for number in range(BANDS + 1)]
    return (pair for pair in pairwise(edges) if pair[1] > pair[0])


def _shear(plane: Plane, out: Plane, step: float, origin: tuple[float, float], lean: float) -> None:
    """Fills ``out``: its sample (i, j) is at origin + step · (i + ½, j + ½), leaning by ``lean`` source pixels a row."""
    matrix = np.array([[step, lean, origin[0] + (step + lean - 1) / 2], [0, step, origin[1] + (step - 1) / 2]])
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    cv2.warpAffine(plane, matrix, (out.shape[1], out.shape[0]), dst=out, flags=flags, borderMode=cv2.BORDER_REFLECT_101)
