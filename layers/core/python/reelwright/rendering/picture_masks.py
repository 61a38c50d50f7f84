"""The shapes that pictures are seen through."""

from __future__ import annotations

import math
from typing import Literal

import numpy as np

from reelwright.rendering.pen import arc, fill_paths
from reelwright.rendering.planes import Plane
from reelwright.rendering.shapes import rounded_mask

MaskKind = Literal["rect", "arch", "circle"]


def picture_mask(kind: MaskKind, width: int, height: int, radius: int) -> Plane:
    """The 8-bit mask of a picture's rectangle: round corners, an arch with a half circle on top, or an ellipse."""
    if kind == "circle":
        outline = arc((0.0, 0.0), 1.0, 0, 360, 720) * (width / 2, height / 2) + (width / 2, height / 2)
        return fill_paths((width, height), [outline])
    if kind == "arch":
        return _arch(width, height, radius)
    return rounded_mask(width, height, radius)


def _arch(width: int, height: int, radius: int) -> Plane:
    mask = rounded_mask(width, height, radius)
    top = min(math.ceil(width / 4) * 2, height // 2 * 2)
    half = arc((width / 2, width / 2), width / 2, 180, 360, 361)
    mask[:top] = fill_paths((width, top), [np.concatenate([half, [[width, top + 1], [0, top + 1]]])])
    return mask


def solid_rows(mask: Plane) -> tuple[int, int]:
    """The longest even stretch of rows in the middle where the mask hides nothing: first row and the row after the last."""
    full = np.flatnonzero((mask == 255).all(1))
    if not len(full):
        return 0, 0
    first, last = (int(full[0]) + 1) // 2 * 2, (int(full[-1]) + 1) // 2 * 2
    is_whole = len(full) == full[-1] - full[0] + 1
    return (first, last) if is_whole and last > first else (0, 0)
