"""Where type, captions and faces may stand on the canvas of each shape.

9:16 is laid over by the platforms' own buttons and texts; the others stand in a feed or a player, where only margins are
needed: a grid that crops 4:5 to 3:4, a mute button in a corner, a player's controls at the foot of 16:9.
"""

from __future__ import annotations

from typing import NamedTuple

from reelwright.reels.geometry import CAPTION_CENTRE_X, CAPTION_CENTRE_Y, CAPTION_TOP_CENTRE_Y, CAPTION_ZONE, SAFE, TITLE_ZONE, Area
from reelwright.reels.reel import SHAPES, Rect, Shape


class ShapeAreas(NamedTuple):
    """The areas of one shape, pixels of its canvas. ``caption_top_y`` is where captions go when a face fills their place."""

    shape: Shape
    safe: Area
    titles: Area
    captions: Area
    caption_x: int
    caption_y: int
    caption_top_y: int

    @property
    def width(self) -> int:
        """Of the canvas."""
        return SHAPES[self.shape][0]

    @property
    def height(self) -> int:
        """Of the canvas."""
        return SHAPES[self.shape][1]

    @property
    def canvas(self) -> Rect:
        """The whole canvas as a rectangle of the reel document."""
        return Rect(x=0, y=0, width=self.width, height=self.height)

    @property
    def caption_width(self) -> int:
        """How wide a caption's line may be, pixels."""
        return round(self.captions.width)


_AREAS: dict[Shape, ShapeAreas] = {
    "9:16": ShapeAreas("9:16", SAFE, TITLE_ZONE, CAPTION_ZONE, CAPTION_CENTRE_X, CAPTION_CENTRE_Y, CAPTION_TOP_CENTRE_Y),
    "4:5": ShapeAreas("4:5", Area(72, 72, 1008, 1278), Area(72, 72, 1008, 760), Area(150, 1090, 930, 1278), 540, 1184, 164),
    "1:1": ShapeAreas("1:1", Area(64, 64, 1016, 1016), Area(64, 64, 1016, 640), Area(140, 836, 940, 1016), 540, 926, 150),
    "16:9": ShapeAreas("16:9", Area(96, 54, 1824, 1008), Area(96, 64, 1824, 700), Area(420, 828, 1500, 1000), 960, 914, 140),
}


def areas_of(shape: Shape) -> ShapeAreas:
    """The areas of a shape."""
    return _AREAS[shape]


def shape_of(width: int, height: int) -> Shape:
    """The shape whose proportions are nearest to a canvas (previews are smaller than ``SHAPES``)."""
    return min(SHAPES, key=lambda shape: abs(SHAPES[shape][0] / SHAPES[shape][1] - width / height))
