"""What platforms cut out of a cover, and where its title must stand so that each of them shows it whole.

Of 9:16 a profile's grid shows 3:4, a feed 4:5, older grids a square; the others are cut from their own middle.
"""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

from reelwright.reels.geometry import Area
from reelwright.reels.reel import SHAPES, Rect, Shape

COVER_FILES: dict[str, str] = {"cover": "cover.jpg", "cover_grid": "cover_grid.jpg", "cover_feed": "cover_feed.jpg", "cover_square": "cover_square.jpg"}
"""The covers of a reel and their files: the whole picture, the grid's 3:4, the feed's 4:5, the square."""

COVERS_OF_PLATFORMS: dict[str, tuple[str, ...]] = {
    "instagram": ("cover_grid", "cover_feed"),
    "facebook": ("cover_feed", "cover_square"),
    "youtube": ("cover",),
    "tiktok": ("cover",),
}
"""Which of them each platform shows, the first one first."""

MARGIN = 60
SIDE_MARGIN = 110
_PROPORTIONS = {"cover_grid": Fraction(3, 4), "cover_feed": Fraction(4, 5), "cover_square": Fraction(1)}
_WIDE_CROPS = ("cover_square",)


class Crop(NamedTuple):
    """One cut: its name, and its rectangle on the cover's canvas."""

    name: str
    rect: Rect


def list_crops(shape: Shape) -> tuple[Crop, ...]:
    """Each cut of a shape's cover; of a wide one only the square, a narrower one would leave nothing of the title."""
    width, height = SHAPES[shape]
    names = _WIDE_CROPS if width > height else tuple(_PROPORTIONS)
    return tuple(Crop(name, crop_rect(width, height, _PROPORTIONS[name])) for name in names)


def crop_rect(width: int, height: int, proportion: Fraction) -> Rect:
    """The largest rectangle of a proportion (width to height) in the middle of a picture."""
    wide = min(width, int(height * proportion))
    high = min(height, int(width / proportion))
    wide, high = wide - wide % 2, high - high % 2
    return Rect(x=2 * ((width - wide) // 4), y=2 * ((height - high) // 4), width=wide, height=high)


def common_area(shape: Shape) -> Area:
    """What every cut of a shape's cover shows."""
    rects = [crop.rect for crop in list_crops(shape)]
    left, right = max(rect.x for rect in rects), min(rect.x + rect.width for rect in rects)
    top, bottom = max(rect.y for rect in rects), min(rect.y + rect.height for rect in rects)
    return Area(left, top, right, bottom)


def title_area(shape: Shape) -> Area:
    """Where a cover's title and faces are inside every cut, with a margin."""
    area = common_area(shape)
    side = SIDE_MARGIN if area.width == SHAPES[shape][0] else MARGIN
    return Area(area.left + side, area.top + MARGIN, area.right - side, area.bottom - MARGIN)
