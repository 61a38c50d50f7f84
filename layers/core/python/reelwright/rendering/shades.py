"""Shadows below boxes and pictures."""

from __future__ import annotations

import math
from dataclasses import replace

import cv2

from reelwright.reels.reel import Shade
from reelwright.rendering.masks import blur_mask
from reelwright.rendering.planes import Plane
from reelwright.rendering.shapes import rounded_mask
from reelwright.rendering.sprites import Ink, Sprite, colour_mask, place_mask, stack_inks

LEAST_SOFT_SIGMA = 16
"""Pixels: a shadow so soft may be moved at a quarter of its size."""


def shade_reach(shade: Shade) -> int:
    """How far a shadow may be seen beyond its layer, an even number of pixels."""
    return (math.ceil(shade.sigma * 3) + abs(shade.fall) + 3) // 2 * 2


def shade_mask(mask: Plane, shade: Shade) -> tuple[Plane, int]:
    """The shadow's mask at full strength, and how many pixels it is larger on each side."""
    margin = shade_reach(shade)
    wide = cv2.copyMakeBorder(mask, margin + shade.fall, margin - shade.fall, margin, margin, cv2.BORDER_CONSTANT)
    return (blur_mask(wide, shade.sigma) if shade.sigma else wide), margin


def shade_sprite(mask: Plane, shade: Shade, x: int, y: int, opacity: float = 1.0) -> Sprite:
    """The shadow of a mask that stands at (x, y)."""
    soft, margin = shade_mask(mask, shade)
    return replace(place_mask(soft, shade.colour, x - margin, y - margin, shade.opacity * opacity), is_soft=shade.sigma >= LEAST_SOFT_SIGMA)


def box_ink(width: int, height: int, radius: int, colour: str, opacity: float, shade: Shade | None) -> tuple[Ink, int]:
    """A box with round corners over its shadow, and how many pixels of room lie around the box."""
    mask = rounded_mask(width, height, radius)
    if shade is None:
        return colour_mask(mask, colour, opacity), 0
    soft, margin = shade_mask(mask, shade)
    wide = cv2.copyMakeBorder(mask, margin, margin, margin, margin, cv2.BORDER_CONSTANT)
    return stack_inks(colour_mask(soft, shade.colour, shade.opacity * opacity), colour_mask(wide, colour, opacity)), margin
