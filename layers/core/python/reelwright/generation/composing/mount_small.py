"""Small pictures are mounted: rather a small print with paper around it than a large one that is soft."""

from __future__ import annotations

from reelwright.reels.geometry import CANVAS_HEIGHT, CANVAS_WIDTH, Size, enlargement
from reelwright.reels.reel import Rect, Shade
from reelwright.reels.template import LayoutFamily, PictureSlot

MAX_ENLARGEMENT = 3.6
MOUNTED_ENLARGEMENT = 3.4
LEAST_SIDE_PIXELS = 300
PANORAMA_RATIO = 1.9
"""Wider than any camera's usual picture, also where its sides were rounded."""

WIDE_RATIO = 16 / 9
"""Panoramas are mounted no narrower than this: more of them is seen, and sharper."""

PRINT_SHARE = 0.7
"""A side shorter than this share of its hole's makes a print that stands free."""

CANVAS = Size(CANVAS_WIDTH, CANVAS_HEIGHT)
PRINT_SHADE = Shade(opacity=0.22, sigma=30, fall=14)


def mount_small(slot: PictureSlot, picture: Size, family: LayoutFamily, base_scale: float, canvas: Size = CANVAS) -> PictureSlot:
    """The hole for a picture; in the middle of the template's, and in the picture's own proportions, where it has too few pixels to fill that.

    What bled off an edge of the canvas still does where hardly less of it is filled: a sliver of paper there would look like a fault.
    """
    scale = enlargement(picture, slot.rect, base_scale)
    if family == "full" or slot.blur or scale <= MAX_ENLARGEMENT:
        return slot
    factor = max(MOUNTED_ENLARGEMENT / base_scale, LEAST_SIDE_PIXELS / min(picture))
    width, height = (_even(min(side * factor, room)) for side, room in zip(picture, (slot.rect.width, slot.rect.height), strict=True))
    if picture.width > PANORAMA_RATIO * picture.height:
        height = min(height, _even(width / WIDE_RATIO))
    x = slot.rect.x + _before(slot.rect.x, slot.rect.width, width, canvas.width)
    y = slot.rect.y + _before(slot.rect.y, slot.rect.height, height, canvas.height)
    return slot.model_copy(update={"rect": Rect(x=x, y=y, width=width, height=height), "shadow": slot.shadow or PRINT_SHADE, "closer": 1.0})


def _before(start: int, room: int, length: int, whole: int) -> int:
    """How far from its hole's start a shorter side begins: at the edge that only one end of the hole reaches, a print in its middle."""
    bleeds_start, bleeds_end = start <= 0, start + room >= whole
    if bleeds_start == bleeds_end or length < PRINT_SHARE * room:
        return _even((room - length) / 2)
    return room - length if bleeds_end else 0


def _even(pixels: float) -> int:
    return 2 * round(pixels / 2)
