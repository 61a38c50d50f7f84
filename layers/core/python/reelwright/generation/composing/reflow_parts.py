"""Moving a layout's parts to another canvas: points by a map, type and ornaments by a scale, turned cards as one piece."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from reelwright.generation.composing.type_layers import even
from reelwright.reels.reel import Point, Rect
from reelwright.reels.template import (
    ChipsPart,
    FixedArt,
    FixedFill,
    FixedMarquee,
    FixedRule,
    FixedStroke,
    LayoutPart,
    PictureSlot,
    PillPart,
    ProgressPart,
    RoutePart,
    RuleBlock,
    TextBlock,
    TextStack,
)

LEAST_TYPE = 30
WIDE, HIGH = 1080, 1920
"""The canvas that layouts are designed on."""

Axis = Callable[[float], float]


@dataclass(frozen=True)
class Placing:
    """Where points go, and how much larger or smaller type and ornaments become."""

    x: Axis
    y: Axis
    scale: float = 1.0

    def rect(self, rect: Rect) -> Rect:
        """A rectangle with both its corners moved."""
        left, right = self.x(rect.x), self.x(rect.x + rect.width)
        top, bottom = self.y(rect.y), self.y(rect.y + rect.height)
        return rect_of(left, top, right - left, bottom - top)

    def kept(self, rect: Rect, pivot: Point | None = None) -> Rect:
        """A rectangle of the same proportions; with a pivot it stays where it was in its card."""
        centre = pivot or middle_of(rect)
        x, y = self.x(centre.x), self.y(centre.y)
        width, height = rect.width * self.scale, rect.height * self.scale
        off_x = (rect.x + rect.width / 2 - centre.x) * self.scale
        off_y = (rect.y + rect.height / 2 - centre.y) * self.scale
        return rect_of(x + off_x - width / 2, y + off_y - height / 2, width, height)

    def point(self, point: Point) -> Point:
        """One point."""
        return Point(x=round(self.x(point.x)), y=round(self.y(point.y)))


def rect_of(x: float, y: float, width: float, height: float) -> Rect:
    """A rectangle on even pixels; its corner may lie outside the canvas."""
    return Rect(x=2 * round(x / 2), y=2 * round(y / 2), width=max(2, even(width)), height=max(2, even(height)))


def middle_of(rect: Rect) -> Point:
    """The middle of a rectangle."""
    return Point(x=rect.x + rect.width // 2, y=rect.y + rect.height // 2)


def fills_canvas(rect: Rect) -> bool:
    """Whether it covers the canvas that layouts are designed on, or all but a hair of it."""
    return rect.x <= 0 and rect.y <= 0 and rect.x + rect.width >= WIDE and rect.y + rect.height >= HIGH


def move_part(part: LayoutPart, placing: Placing) -> LayoutPart:
    """The part on the other canvas."""
    return _MOVERS[type(part)](part, placing)


def _sized(value: int, placing: Placing, least: int = 1) -> int:
    return max(least, round(value * placing.scale))


def _move_box(part: PictureSlot | FixedFill, placing: Placing) -> LayoutPart:
    """A turned card keeps its proportions and its pivot, a round one its roundness; others go where their corners go."""
    is_rigid = part.rotation != 0 or (isinstance(part, PictureSlot) and part.mask == "circle")
    rect = placing.kept(part.rect, part.pivot) if is_rigid else placing.rect(part.rect)
    pivot = placing.point(part.pivot) if part.pivot else None
    return part.model_copy(update={"rect": rect, "pivot": pivot, "radius": _sized(part.radius, placing, 0)})


def _move_rule(part: FixedRule | ProgressPart, placing: Placing) -> LayoutPart:
    """A line keeps its thickness."""
    rect, thin = placing.rect(part.rect), min(part.rect.width, part.rect.height)
    lies = part.rect.width >= part.rect.height
    return part.model_copy(update={"rect": rect_of(rect.x, rect.y, rect.width if lies else thin, thin if lies else rect.height)})


def _move_art(part: FixedArt, placing: Placing) -> LayoutPart:
    pivot = placing.point(part.pivot) if part.pivot else None
    return part.model_copy(update={"rect": placing.kept(part.rect, part.pivot), "pivot": pivot})


def _move_stroke(part: FixedStroke, placing: Placing) -> LayoutPart:
    return part.model_copy(update={"points": tuple(placing.point(point) for point in part.points)})


def _move_marquee(part: FixedMarquee, placing: Placing) -> LayoutPart:
    return part.model_copy(update={"size": _sized(part.size, placing, LEAST_TYPE), "pitch": _sized(part.pitch, placing, 40)})


def _move_pill(part: PillPart, placing: Placing) -> LayoutPart:
    height = _sized(part.height, placing)
    names = ("max_width", "inset", "end_inset", "icon_size")
    sizes = {name: _sized(getattr(part, name), placing) for name in names}
    type_sizes = {name: _sized(getattr(part, name), placing, LEAST_TYPE) for name in ("size", "min_size", "second_size")}
    y = round(placing.y(part.y + part.height / 2) - height / 2)
    return part.model_copy(update={"x": round(placing.x(part.x)), "y": y, "height": height, **sizes, **type_sizes})


def _move_chips(part: ChipsPart, placing: Placing) -> LayoutPart:
    names = ("size", "gap", "max_width", "type_size")
    y = round(placing.y(part.y + part.size / 2) - part.size * placing.scale / 2)
    return part.model_copy(update={"x": round(placing.x(part.x)), "y": y, **{name: _sized(getattr(part, name), placing) for name in names}})


def _move_route(part: RoutePart, placing: Placing) -> LayoutPart:
    sizes = {name: _sized(getattr(part, name), placing, LEAST_TYPE) for name in ("pin_size", "size", "min_size")}
    return part.model_copy(update={"rect": placing.rect(part.rect), **sizes})


def _move_stack(part: TextStack, placing: Placing) -> LayoutPart:
    left, right = placing.x(part.x), placing.x(part.x + part.width)
    blocks = tuple(_move_block(block, placing, round(right - left)) for block in part.blocks)
    place = {"x": round(left), "width": round(right - left), "top": round(placing.y(part.top)), "bottom": round(placing.y(part.bottom))}
    return part.model_copy(update={**place, "blocks": blocks})


def _move_block(block: TextBlock | RuleBlock, placing: Placing, width: int) -> TextBlock | RuleBlock:
    gap = _sized(block.gap, placing, 0)
    if isinstance(block, RuleBlock):
        return block.model_copy(update={"gap": gap, "width": min(width, _sized(block.width, placing)) if block.width < width else width})
    size = _sized(block.size, placing, LEAST_TYPE)
    least = min(size, max(LEAST_TYPE, _sized(block.min_size, placing)))
    box = block.box
    if box:
        box = box.model_copy(update={"padding_x": _sized(box.padding_x, placing), "padding_y": _sized(box.padding_y, placing)})
    return block.model_copy(update={"gap": gap, "size": size, "min_size": least, "box": box})


_MOVERS: Mapping[type, Callable[[Any, Placing], LayoutPart]] = {
    PictureSlot: _move_box,
    FixedFill: _move_box,
    FixedRule: _move_rule,
    ProgressPart: _move_rule,
    FixedArt: _move_art,
    FixedStroke: _move_stroke,
    FixedMarquee: _move_marquee,
    PillPart: _move_pill,
    ChipsPart: _move_chips,
    RoutePart: _move_route,
    TextStack: _move_stack,
}
