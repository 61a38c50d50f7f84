"""Contrast of type as it came out: letters against what is around them, on a finished picture (WCAG 2 ratios).

Light letters are held against the 90th percentile of what is around them, dark ones against the 10th. Soft shadows, boxes and
shades belong to the ground; an outline thick enough to be one is the ground.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from reelwright.reels.reel import Text
from reelwright.rendering.caption_contrast import BRIGHT_SHARE, DARK_SHARE, contrast, luminance, luminance_of, pixel_of
from reelwright.rendering.planes import Plane

LEAST_LARGE, LEAST_RATIO = 3.0, 4.5
LARGE_PIXELS, LARGE_BOLD_PIXELS, BOLD_WEIGHT = 66, 52, 600
"""From here on type is large: WCAG's 24 and 18.7 CSS pixels, of a canvas 1080 pixels wide on a telephone 390 wide."""

HEAVY_FAMILIES = frozenset({"Anton"})
"""Their only weight is called 400 and is heavier than others' 700."""

LEAST_READ_PIXELS, LEAST_READ_OPACITY = 34, 0.35
"""What is smaller or fainter is decoration."""

GROUND_PIXELS, BOXED_GROUND_PIXELS, SPECK_PIXELS = 16, 7, 6
STRONG_STROKE = 0.08
CORE_COVERAGE, EDGE_COVERAGE = 0.92, 0.05
LEAST_CORE, SAME_LUMA = 12, 0.06
EDGE_PIXELS = 1
STROKE_EDGE_PIXELS, EDGE_OF_THIN_STROKE_PIXELS = 1.6, 0.6
"""So far from its border an outline may be mixed with the picture: made smaller and coded, it is soft there."""

_RED_GREEN_BLUE = np.array((0.2126, 0.7152, 0.0722))
Mask = NDArray[np.bool_]


def least_ratio(text: Text, factor: float) -> float:
    """The contrast that a line needs. ``factor``: pixels of its canvas for one of the design."""
    size = text.size / factor
    is_large = size >= LARGE_PIXELS or (size >= LARGE_BOLD_PIXELS and (text.font.weight >= BOLD_WEIGHT or text.font.family in HEAVY_FAMILIES))
    return LEAST_LARGE if is_large else LEAST_RATIO


def is_read(text: Text, factor: float) -> bool:
    """Whether a line is there to be read: ghostly, hollow and tiny type is decoration."""
    return text.opacity >= LEAST_READ_OPACITY and not text.is_hollow and text.size / factor >= LEAST_READ_PIXELS


def reach_of_ground(stroke: float, size: float, factor: float, *, is_boxed: bool = False) -> float:
    """How far around the letters their ground is looked at, pixels: not beyond an outline or a box."""
    if stroke >= STRONG_STROKE * size:
        return max(stroke - STROKE_EDGE_PIXELS, min(2.0, stroke - EDGE_OF_THIN_STROKE_PIXELS))
    return (BOXED_GROUND_PIXELS if is_boxed else GROUND_PIXELS) * factor


def measure_contrast(image: Plane, ink: Plane, others: Plane, reach: float, colour: str, factor: float) -> float | None:
    """The ratio of letters and ground on a BGR picture; None where no letter is seen.

    ``ink`` and ``others`` are coverages (0..1) of the letters and of all that is read, the picture's size; ``reach`` is in pixels.
    ``colour`` stands in for letters too thin to be measured; ``factor``: the picture's pixels for one of the design.
    """
    size = max(1, round(SPECK_PIXELS * factor))
    rows, columns = np.nonzero(ink > CORE_COVERAGE / 2)
    if not len(rows):
        return None
    around = round(reach) + EDGE_PIXELS + 2
    part = (slice(max(0, rows.min() - around), rows.max() + around + 1), slice(max(0, columns.min() - around), columns.max() + around + 1))
    own, read = ink[part], others[part]
    light = luminance(np.asarray(image[part][..., ::-1] / 255, np.float32))
    letters = _letters_of(image[part], light, own >= CORE_COVERAGE, colour)
    is_free = ~_grow((own > EDGE_COVERAGE) | (read > EDGE_COVERAGE), EDGE_PIXELS)
    ground = _smooth(light, is_free, size)[_grow(own > EDGE_COVERAGE, reach) & is_free]
    if not len(ground):
        return None
    share = BRIGHT_SHARE if letters > float(np.median(ground)) else DARK_SHARE
    return contrast(letters, float(np.percentile(ground, share)))


def _letters_of(image: Plane, light: Plane, core: Mask, colour: str) -> float:
    """The luminance of the letters: as measured where they are faded or tinted, else their colour's, which films blur in thin strokes."""
    if core.sum() < LEAST_CORE:
        return luminance_of(colour)
    shown, meant = (float(np.median(pixels @ _RED_GREEN_BLUE)) for pixels in (image[core][:, ::-1] / 255, pixel_of(colour)[None]))
    return luminance_of(colour) if abs(shown - meant) <= SAME_LUMA else float(np.median(light[core]))


def _smooth(light: Plane, is_free: Mask, size: int) -> Plane:
    """Each free pixel as the mean of the free ones around it: specks too small to be seen at reading distance do not count."""
    weights = is_free.astype(np.float32)
    total = cv2.blur(light * weights, (size, size))
    return np.asarray(total / np.maximum(cv2.blur(weights, (size, size)), 1e-6), np.float32)


def ground_of(ink: Plane, reach: float) -> Mask:
    """The letters and what is so far around them, pixels: where type is held against its picture before it is drawn."""
    return _grow(ink > EDGE_COVERAGE, reach)


def _grow(mask: Mask, reach: float) -> Mask:
    radius = max(1, round(reach))
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * radius + 1, 2 * radius + 1))
    return np.asarray(cv2.dilate(mask.astype(np.uint8), kernel) > 0)
