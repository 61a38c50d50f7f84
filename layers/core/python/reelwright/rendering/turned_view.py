"""A view of a prepared picture that is turned or scaled as it is taken: one interpolation instead of two.

A warp costs three times what ``camera.view`` does. So a picture that is only scaled is viewed at another step, and one that stands
turned for a while is turned once, as a whole, and then viewed upright: turning and the camera's zoom can be done in either order.
"""

from __future__ import annotations

from typing import NamedTuple

import cv2
import numpy as np
import numpy.typing as npt

from reelwright.rendering.camera import BORDER, MAX_LINEAR_STEP, view
from reelwright.rendering.planes import Planes
from reelwright.rendering.warping import Box, Matrix, bounds_after, turning, warp_plane

UPRIGHT_TOLERANCE = 1e-9
LEAST_FROM_ONE = 0.08
"""So near to one pixel per pixel a view finds no phase that is exact."""


class Turn(NamedTuple):
    """What stands in ``rect`` is moved on the canvas by ``matrix``, as far as it lies in ``box``; ``is_lasting``: many frames alike."""

    rect: Box
    matrix: Matrix
    box: Box
    is_lasting: bool = False

    @property
    def scale(self) -> float:
        return float(np.hypot(self.matrix[0, 0], self.matrix[1, 0]))

    @property
    def is_upright(self) -> bool:
        return bool(abs(self.matrix[1, 0]) < UPRIGHT_TOLERANCE)

    def find(self, step: float, x: float, y: float) -> tuple[float, float]:
        """Which point of the source lies in the middle of the box, where ``step`` and (x, y) are those of the view before it is moved."""
        left, top, width, height = self.box
        linear, way = self.matrix[:, :2], self.matrix[:, 2]
        on_rect = np.linalg.solve(linear, np.array([left + width / 2, top + height / 2]) - way)
        across, down = on_rect - np.array([self.rect[0] + self.rect[2] / 2, self.rect[1] + self.rect[3] / 2])
        return x + float(across) * step, y + float(down) * step


class Turned(NamedTuple):
    """A bordered picture turned as a whole by ``linear``; its ``middle`` has come to lie at ``centre``, both without the border."""

    planes: Planes
    linear: npt.NDArray[np.float64]
    middle: npt.NDArray[np.float64]
    centre: npt.NDArray[np.float64]

    def stands_as(self, turn: Turn) -> bool:
        """Whether it is turned as ``turn`` wants it; the angle has been worked out anew, so the last digits may differ."""
        return float(np.abs(self.linear - turn.matrix[:, :2]).max()) < UPRIGHT_TOLERANCE


def view_turned(bordered: Planes, step: float, x: float, y: float, turn: Turn) -> Planes:
    """What ``view`` shows, turned and scaled; beyond the picture its edge goes on.

    ``step`` is source pixels per result pixel, (x, y) the middle of the view in luma pixels without the border.
    """
    scaled = step / turn.scale
    if turn.is_upright and scaled < MAX_LINEAR_STEP and abs(scaled - 1) > LEAST_FROM_ONE:
        return view(bordered, scaled, *turn.find(step, x, y), turn.box[2], turn.box[3])
    rect, matrix = turn.rect, turn.matrix
    linear = matrix[:, :2] / step
    corner = np.array([rect[0] + rect[2] / 2 - (x + BORDER) / step, rect[1] + rect[3] / 2 - (y + BORDER) / step])
    whole = np.column_stack([linear, matrix[:, :2] @ corner + matrix[:, 2]])
    return Planes(*(warp_plane(plane, whole, (0, 0), turn.box, k, None, cv2.INTER_LINEAR) for plane, k in zip(bordered, (1, 2, 2), strict=True)))


def turn_whole(bordered: Planes, turn: Turn) -> Turned:
    """The whole picture turned as ``turn`` does, sharply, with a border anew."""
    width, height = bordered.width, bordered.height
    middle = np.array([width / 2, height / 2])
    degrees = float(np.degrees(np.arctan2(turn.matrix[1, 0], turn.matrix[0, 0])))
    matrix = turning((width / 2, height / 2), degrees)
    inner = bounds_after(matrix, (BORDER, BORDER, width - 2 * BORDER, height - 2 * BORDER))
    box = inner[0] - BORDER, inner[1] - BORDER, inner[2] + 2 * BORDER, inner[3] + 2 * BORDER
    planes = Planes(*(warp_plane(plane, matrix, (0, 0), box, k, None, cv2.INTER_CUBIC) for plane, k in zip(bordered, (1, 2, 2), strict=True)))
    return Turned(planes, matrix[:, :2], middle - BORDER, middle - np.array(inner[:2]))


def view_upright(turned: Turned, step: float, x: float, y: float, turn: Turn) -> Planes:
    """As ``view_turned``, of a picture that was turned before."""
    seen = turned.linear @ (turn.find(step, x, y) - turned.middle) + turned.centre
    return view(turned.planes, step, float(seen[0]), float(seen[1]), turn.box[2], turn.box[3])
