"""What captions are drawn with: words in several colours, outlines that are smooth, and the boxes behind them."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from reelwright.reels.reel import Rect
from reelwright.rendering.curves import smooth_step
from reelwright.rendering.planes import Plane
from reelwright.rendering.shapes import rounded_mask
from reelwright.rendering.sprites import Sprite, colour_mask, place_ink, veil

OVERSAMPLING = 2
SHORT_FEATHER, LONG_FEATHER = 330, 620
"""How far a shade reaches, pixels of the design."""

LEFT_AT_EDGE = 0.25

Strength = npt.NDArray[np.float32]


def mask_of(letters: Sprite) -> Plane:
    """The alpha of a sprite at luma size."""
    return cv2.bitwise_not(letters.holes[0])


def recolour(letters: Sprite, colour: str) -> Sprite:
    """The same letters in one other colour."""
    return place_ink(colour_mask(mask_of(letters), colour), letters.x, letters.y)


def outline(letters: Sprite, radius: float, fall: float, colour: str) -> Sprite:
    """Everything within ``radius`` pixels of the letters, and once more ``fall`` pixels lower: outline and hard shadow in one."""
    grow = 2 * round((radius + fall + 2) / 2)
    mask = cv2.copyMakeBorder(mask_of(letters), grow, grow, grow, grow, cv2.BORDER_CONSTANT)
    wide = _widen(mask, radius) if radius > 0 else mask
    if fall > 0:
        height, width = wide.shape[:2]
        wide = np.maximum(wide, cv2.warpAffine(wide, np.array([[1, 0, 0], [0, 1, fall]], np.float32), (width, height)))
    return place_ink(colour_mask(wide, colour), letters.x - grow, letters.y - grow)


def draw_box(left: float, top: float, right: float, bottom: float, radius: float, colour: str, opacity: float = 1.0) -> Sprite:
    """A rounded box on whole pixels."""
    x, y = round(left), round(top)
    width, height = max(2, round(right) - x), max(2, round(bottom) - y)
    return place_ink(colour_mask(rounded_mask(width, height, round(radius)), colour, opacity), x, y)


def draw_shade(rect: Rect, top: float, bottom: float, factor: float, colour: str, opacity: float) -> Sprite:
    """A scrim inside an even rectangle: full from ``top`` to ``bottom``, soft on both sides.

    Towards the nearer edge of the rectangle it falls slowly and not to nothing, as light does; a narrow band looks like a stripe.
    """
    rows = np.arange(rect.y, rect.y + rect.height, dtype=np.float32) + 0.5
    is_low = (top + bottom) / 2 >= rect.y + rect.height / 2
    above, below = (SHORT_FEATHER, LONG_FEATHER) if is_low else (LONG_FEATHER, SHORT_FEATHER)
    over = smooth_step(top - above * factor, top, rows)
    under = 1 - smooth_step(bottom, bottom + below * factor, rows)
    strength = np.where(rows < (top + bottom) / 2, over if is_low else _lifted(over), _lifted(under) if is_low else under)
    mask = np.repeat((strength * opacity * 255 + 0.5).astype(np.uint8)[:, None], rect.width, 1)
    return veil(mask, colour, rect.x, rect.y)


def _lifted(strength: Strength) -> Strength:
    return np.asarray(LEFT_AT_EDGE + (1 - LEFT_AT_EDGE) * strength, np.float32)


def _widen(mask: Plane, radius: float) -> Plane:
    """The mask with ``radius`` pixels more on every side, its edge smooth: by the distance from it, at twice the size."""
    height, width = mask.shape[:2]
    big = cv2.resize(mask, (width * OVERSAMPLING, height * OVERSAMPLING), interpolation=cv2.INTER_LINEAR)
    away = cv2.distanceTransform((big < 128).astype(np.uint8), cv2.DIST_L2, 5)
    alpha = np.clip(radius * OVERSAMPLING + 0.5 - away, 0, 1) * 255
    smooth: Plane = cv2.resize(alpha.astype(np.uint8), (width, height), interpolation=cv2.INTER_AREA)
    return smooth
