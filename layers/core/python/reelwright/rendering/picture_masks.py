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
