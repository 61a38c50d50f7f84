"""Masks made from masks: blurred, grown by a round pen, outlined."""

from __future__ import annotations

import cv2
import numpy as np

from reelwright.rendering.planes import Plane

OVERSAMPLING = 2


def blur_mask(mask: Plane, sigma: float) -> Plane:
    """A Gaussian of any size at a quarter of the cost: shrink, blur, enlarge."""
    if sigma < 3:
        return cv2.GaussianBlur(mask, (0, 0), max(sigma, 0.3))
    shrink = 2 if sigma < 6 else 4
    height, width = mask.shape[:2]
    small = cv2.resize(mask, (max(1, width // shrink), max(1, height // shrink)), interpolation=cv2.INTER_AREA)
    return cv2.resize(cv2.GaussianBlur(small, (0, 0), sigma / shrink), (width, height), interpolation=cv2.INTER_LINEAR)


def move_mask(mask: Plane, dx: float, dy: float) -> Plane:
    """The mask moved inside its own frame."""
    height, width = mask.shape[:2]
    return cv2.warpAffine(mask, np.array([[1, 0, dx], [0, 1, dy]], np.float32), (width, height))


def grow_mask(mask: Plane, radius: float) -> Plane:
    """The mask as a round pen of ``radius`` pixels would trace it, filled. The frame must leave room."""
    if radius <= 0:
        return mask
    height, width = mask.shape[:2]
    big = cv2.resize(mask, (width * OVERSAMPLING, height * OVERSAMPLING), interpolation=cv2.INTER_CUBIC)
    away = cv2.distanceTransform((big < 128).astype(np.uint8), cv2.DIST_L2, cv2.DIST_MASK_5)
    grown: Plane = cv2.convertScaleAbs(np.clip(radius * OVERSAMPLING + 1 - away, 0, 1), None, 255)
    return cv2.resize(grown, (width, height), interpolation=cv2.INTER_AREA)


def outline_mask(mask: Plane, width: float) -> Plane:
    """The mask's edge as a line of ``width`` pixels, half of it inside."""
    inside = cv2.bitwise_not(grow_mask(cv2.bitwise_not(mask), width / 2))
    return cv2.subtract(grow_mask(mask, width / 2), inside)
