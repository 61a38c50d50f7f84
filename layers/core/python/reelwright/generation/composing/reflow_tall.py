"""Reflow to 4:5 and 1:1: what stands one above the other stays so, pressed together from where type may stand to the foot."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from reelwright.generation.composing.reflow_parts import HIGH, WIDE, Axis, Placing, fills_canvas, move_part
from reelwright.reels.geometry import CAPTION_ZONE, SAFE
from reelwright.reels.reel import SHAPES, Rect, Shape
from reelwright.reels.shape_areas import areas_of
from reelwright.reels.template import CaptionPlace, FixedArt, FixedFill, Layout, LayoutPart, PictureSlot, TextStack


class _Press(NamedTuple):
    """Where the head and the foot of the safe area go, how much smaller type is, and how much narrower pictures are."""

    head: float
    foot: float
    type_scale: float
    width_scale: float


_PRESSES: dict[Shape, _Press] = {"4:5": _Press(72, 1160, 1.0, 1.0), "1:1": _Press(60, 940, 0.82, 0.86)}


def tall_placing(shape: Shape) -> Placing:
    """How points move from 9:16 to an upright shape."""
    press = _PRESSES[shape]
    knots = [(0.0, 0.0), (SAFE.top, press.head), (SAFE.bottom, press.foot), (float(HIGH), float(SHAPES[shape][1]))]
    return Placing(lambda value: value, bend(knots), press.type_scale)


def reflow_tall(layout: Layout, shape: Shape) -> Layout:
    """The layout on an upright canvas."""
    placing = tall_placing(shape)
    parts = tuple(_move(part, placing, layout, shape) for part in layout.parts)
    return layout.model_copy(update={"shape": shape, "parts": parts, "captions": place_captions(layout.captions, placing, shape)})


def place_captions(place: CaptionPlace | None, placing: Placing, shape: Shape) -> CaptionPlace | None:
    """Captions in their usual zone go to the shape's own zone, others where the layout leaves them room."""
    if place is None:
        return None
    areas = areas_of(shape)
    usual = CAPTION_ZONE.top <= place.y <= CAPTION_ZONE.bottom
    width = min(areas.caption_width, round(place.width * areas.caption_width / CAPTION_ZONE.width))
    return CaptionPlace(x=round(placing.x(place.x)), y=areas.caption_y if usual else round(placing.y(place.y)), width=width)


def bend(knots: Sequence[tuple[float, float]]) -> Axis:
    """A map through these points, straight between them and beyond the last ones."""

    def axis(value: float) -> float:
        for (start, to_start), (end, to_end) in pairwise(knots):
            if value <= end or end == knots[-1][0]:
                return to_start + (value - start) * (to_end - to_start) / (end - start)
        return value

    return axis


def _move(part: LayoutPart, placing: Placing, layout: Layout, shape: Shape) -> LayoutPart:
    if isinstance(part, PictureSlot | FixedFill | FixedArt) and fills_canvas(part.rect):
        return part.model_copy(update={"rect": areas_of(shape).canvas})
    if isinstance(part, PictureSlot) and part.rotation == 0 and not _touches_sides(part.rect):
        placing = _narrowed(part.rect, placing, shape, is_flush=_is_flush(part.rect, layout))
    return move_part(part, placing)


def _touches_sides(rect: Rect) -> bool:
    return rect.x <= 0 or rect.x + rect.width >= WIDE


def _is_flush(rect: Rect, layout: Layout) -> bool:
    """Whether type begins at the rectangle's left edge, so that both have one margin."""
    return any(isinstance(part, TextStack) and part.align == "left" and part.x == rect.x for part in layout.parts)


def _narrowed(rect: Rect, placing: Placing, shape: Shape, *, is_flush: bool) -> Placing:
    """A picture that stands free gets narrower, so that it is not squat: about its middle, or from the margin that it shares with type."""
    fixed, scale = rect.x if is_flush else rect.x + rect.width / 2, _PRESSES[shape].width_scale
    return Placing(lambda value: fixed + (value - fixed) * scale, placing.y, placing.scale)
