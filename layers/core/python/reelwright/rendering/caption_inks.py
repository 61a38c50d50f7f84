"""What captions are drawn with: words in several colours, outlines that are smooth, and the boxes behind them."""

from __future__ import annotations

import math

import cv2
import numpy as np
import numpy.typing as npt

from reelwright.reels.reel import Rect
from reelwright.rendering.curves import smooth_step
from reelwright.rendering.masks import drop_mask, grow_mask
from reelwright.rendering.planes import Plane, code_of
from reelwright.rendering.shapes import rounded_mask
from reelwright.rendering.sprites import Sprite, colour_sprite, place_mask, veil

SHORT_FEATHER, LONG_FEATHER = 330, 620
"""How far a shade reaches, pixels of the design."""

LEFT_AT_EDGE = 0.25
HALO_GROWN, HALO_SIGMA = 56, 50
"""How far a halo reaches beyond the block before it fades, and how softly; pixels of the design."""

Strength = npt.NDArray[np.float32]


def recolour(letters: Sprite, colour: str) -> Sprite:
    """The same letters in one other colour."""
    return colour_sprite(letters.holes, code_of(colour), letters.x, letters.y)


def outline(letters: Sprite, radius: float, fall: float, colour: str) -> Sprite:
    """Everything within ``radius`` pixels of the letters, and all of it as it falls: outline and hard shadow in one."""
    grow = 2 * round((radius + fall + 3) / 2)
    mask = cv2.copyMakeBorder(cv2.bitwise_not(letters.holes[0]), grow, grow, grow, grow, cv2.BORDER_CONSTANT)
    return place_mask(drop_mask(grow_mask(mask, radius), round(fall)), colour, letters.x - grow, letters.y - grow)


def draw_box(left: float, top: float, right: float, bottom: float, radius: float, colour: str, opacity: float = 1.0) -> Sprite:
    """A rounded box on whole pixels."""
    x, y = round(left), round(top)
    width, height = max(2, round(right) - x), max(2, round(bottom) - y)
    return place_mask(rounded_mask(width, height, round(radius)), colour, x, y, opacity)


def draw_shade(rect: Rect, shape: Plane, rows_full: tuple[float, float], factor: float, colour: str, opacity: float) -> Sprite:
    """A scrim inside a photo's rectangle and its ``shape`` (an 8-bit mask of that size): full between two rows, soft on both sides.

    Towards the nearer edge of the rectangle it falls slowly and not to nothing, as light does; a narrow band looks like a stripe.
    """
    top, bottom = rows_full
    rows = np.arange(rect.y, rect.y + rect.height, dtype=np.float32) + 0.5
    is_low = (top + bottom) / 2 >= rect.y + rect.height / 2
    above, below = (SHORT_FEATHER, LONG_FEATHER) if is_low else (LONG_FEATHER, SHORT_FEATHER)
    over = smooth_step(top - above * factor, top, rows)
    under = 1 - smooth_step(bottom, bottom + below * factor, rows)
    strength = np.where(rows < (top + bottom) / 2, over if is_low else _lifted(over), _lifted(under) if is_low else under)
    mask = np.repeat((strength * opacity * 255 + 0.5).astype(np.uint8)[:, None], rect.width, 1)
    return veil(cv2.multiply(mask, shape, None, 1 / 255), colour, rect.x, rect.y)


def draw_halo(around: Rect, rect: Rect, shape: Plane, factor: float, colour: str, opacity: float) -> Sprite:
    """A soft pool about a rectangle, without an edge, inside a photo's rectangle and its ``shape`` (an 8-bit mask of that size)."""
    grown, reach, sigma = HALO_GROWN * factor, (HALO_GROWN + 3 * HALO_SIGMA) * factor, HALO_SIGMA * factor
    left, right = _even_span(around.x - reach, around.x + around.width + reach, rect.x, rect.x + rect.width)
    top, bottom = _even_span(around.y - reach, around.y + around.height + reach, rect.y, rect.y + rect.height)
    wide = _swell(left, right, around.x - grown, around.x + around.width + grown, sigma)
    high = _swell(top, bottom, around.y - grown, around.y + around.height + grown, sigma)
    mask = (high[:, None] * wide * (opacity * 255) + 0.5).astype(np.uint8)
    part = shape[top - rect.y : bottom - rect.y, left - rect.x : right - rect.x]
    return veil(cv2.multiply(mask, part, None, 1 / 255), colour, left, top)


def _even_span(first: float, last: float, least: int, most: int) -> tuple[int, int]:
    """Whole pixels of a stretch within bounds, an even count of them."""
    start = max(least, 2 * math.floor(first / 2))
    return start, start + max(2, (min(most, math.ceil(last)) - start) // 2 * 2)


def _swell(start: int, end: int, first: float, last: float, sigma: float) -> Strength:
    """For each pixel: 1 between two places, falling beyond both as a Gaussian blur of that stretch would."""
    places = [pixel + 0.5 for pixel in range(start, end)]
    width = sigma * math.sqrt(2)
    return np.array([(math.erf((place - first) / width) - math.erf((place - last) / width)) / 2 for place in places], np.float32)


def _lifted(strength: Strength) -> Strength:
    return np.asarray(LEFT_AT_EDGE + (1 - LEFT_AT_EDGE) * strength, np.float32)
