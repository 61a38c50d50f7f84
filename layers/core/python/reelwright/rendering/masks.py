"""Masks made from masks: blurred, grown by a round pen, outlined."""

from __future__ import annotations

import cv2
import numpy as np

from reelwright.rendering.planes import Plane

OVERSAMPLING = 2


def blur_mask(mask: Plane, sigma: float) -> Plane:
    """A Gaussian of any size at a part of the cost: shrink, blur, enlarge."""
    if sigma < 3:
        return cv2.GaussianBlur(mask, (0, 0), max(sigma, 0.3))
    shrink = next((factor for most, factor in ((6, 2), (14, 4)) if sigma < most), 8)
    height, width = mask.shape[:2]
    small = cv2.resize(mask, (max(1, width // shrink), max(1, height // shrink)), interpolation=cv2.INTER_AREA)
    return cv2.resize(cv2.GaussianBlur(small, (0, 0), sigma / shrink), (width, height), interpolation=cv2.INTER_LINEAR)


def move_mask(mask: Plane, dx: int, dy: int) -> Plane:
    """The mask moved inside its own frame."""
    height, width = mask.shape[:2]
    wide = cv2.copyMakeBorder(mask, max(dy, 0), max(-dy, 0), max(dx, 0), max(-dx, 0), cv2.BORDER_CONSTANT)
    return np.ascontiguousarray(wide[max(-dy, 0) : max(-dy, 0) + height, max(-dx, 0) : max(-dx, 0) + width])


def drop_mask(mask: Plane, fall: int) -> Plane:
    """The mask and all that it passes over as it falls by so many pixels."""
    return cv2.dilate(mask, np.ones((fall + 1, 1), np.uint8), anchor=(0, fall))


def grow_mask(mask: Plane, radius: float) -> Plane:
    """The mask as a round pen of ``radius`` pixels would trace it, filled. The frame must leave room."""
    if radius <= 0:
        return mask
    height, width = mask.shape[:2]
    big = cv2.resize(mask, (width * OVERSAMPLING, height * OVERSAMPLING), interpolation=cv2.INTER_CUBIC)
    away = cv2.distanceTransform(cv2.threshold(big, 127, 255, cv2.THRESH_BINARY_INV)[1], cv2.DIST_L2, cv2.DIST_MASK_5)
    reach = radius * OVERSAMPLING + 1
    grown = cv2.convertScaleAbs(np.minimum(away, reach), None, -255, 255 * reach)
    return cv2.resize(grown, (width, height), interpolation=cv2.INTER_AREA)


def outline_mask(mask: Plane, width: float) -> Plane:
    """The mask's edge as a line of ``width`` pixels, half of it inside."""
    inside = cv2.bitwise_not(grow_mask(cv2.bitwise_not(mask), width / 2))
    return cv2.subtract(grow_mask(mask, width / 2), inside)
