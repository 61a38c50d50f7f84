"""Masks of plain shapes: rounded rectangles, soft bands, the vignette."""

from __future__ import annotations

from functools import lru_cache

import cv2
import numpy as np
from PIL import Image, ImageDraw

from reelwright.rendering.curves import smooth_step
from reelwright.rendering.planes import Plane
from reelwright.rendering.sprites import Sprite, veil

OVERSAMPLING = 4


def rounded_mask(width: int, height: int, radius: int) -> Plane:
    """An 8-bit mask of a rectangle with smooth round corners."""
    radius = min(radius, width // 2, height // 2)
    mask = np.full((height, width), 255, np.uint8)
    if radius <= 0:
        return mask
    size = radius * 2 * OVERSAMPLING
    disc = Image.new("L", (size, size), 0)
    ImageDraw.Draw(disc).ellipse((0, 0, size - 1, size - 1), fill=255)
    corner = np.asarray(disc.resize((radius * 2, radius * 2), Image.Resampling.BOX))
    mask[:radius, :radius] = corner[:radius, :radius]
    mask[:radius, -radius:] = corner[:radius, radius:]
    mask[-radius:, :radius] = corner[radius:, :radius]
    mask[-radius:, -radius:] = corner[radius:, radius:]
    return mask


def band(x: int, y: int, width: int, height: int, feather: int, colour: str, opacity: float, canvas_height: int) -> Sprite:
    """A scrim: full between ``y`` and ``y + height``, fading smoothly over ``feather`` pixels above and below."""
    top, bottom = max(0, (y - feather) // 2 * 2), min(canvas_height, (y + height + feather + 1) // 2 * 2)
    rows = np.arange(top, max(bottom, top + 2), dtype=np.float32) + 0.5
    reach = max(feather, 1)
    strength = np.minimum(smooth_step(y - reach, y, rows), 1 - smooth_step(y + height, y + height + reach, rows)) * opacity
    mask = np.repeat((strength * 255 + 0.5).astype(np.uint8)[:, None], width, 1)
    return veil(mask, colour, x, top)


@lru_cache(maxsize=1)
def vignette(width: int, height: int, strength: float) -> Sprite:
    """Darker corners, as a black veil over the whole canvas. All shots of a reel share it."""
    small_w, small_h = max(2, width // 4), max(2, height // 4)
    y, x = np.mgrid[0:small_h, 0:small_w].astype(np.float32)
    across, down = (x + 0.5) / small_w * 2 - 1, (y + 0.5) / small_h * 2 - 1
    alpha = strength * smooth_step(0.55, 1.25, np.sqrt(0.55 * across**2 + 0.62 * down**2))
    big = cv2.resize(alpha, (width, height), interpolation=cv2.INTER_LINEAR)
    return veil(cv2.convertScaleAbs(big, None, 255), "#000000", 0, 0)
