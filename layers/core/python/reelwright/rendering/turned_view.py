"""A view of a prepared picture that is turned as it is taken: one interpolation instead of two."""

from __future__ import annotations

import cv2
import numpy as np

from reelwright.rendering.camera import BORDER
from reelwright.rendering.planes import Planes
from reelwright.rendering.warping import Box, Matrix, warp_plane


def view_turned(bordered: Planes, step: float, x: float, y: float, rect: Box, matrix: Matrix, box: Box) -> Planes:
    """What ``view`` shows in ``rect`` of the canvas, moved by ``matrix``, as far as it lies in ``box``; beyond the picture its edge goes on.

    ``step`` is source pixels per result pixel, (x, y) the middle of the view in luma pixels without the border.
    """
    linear = matrix[:, :2] / step
    corner = np.array([rect[0] + rect[2] / 2 - (x + BORDER) / step, rect[1] + rect[3] / 2 - (y + BORDER) / step])
    whole = np.column_stack([linear, matrix[:, :2] @ corner + matrix[:, 2]])
    return Planes(*(warp_plane(plane, whole, (0, 0), box, k, None, cv2.INTER_LINEAR) for plane, k in zip(bordered, (1, 2, 2), strict=True)))
