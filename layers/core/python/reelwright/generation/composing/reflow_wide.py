"""Reflow to 16:9: words at the left, pictures at the right; over a full picture the words stand at its left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reelwright.generation.composing.reflow_parts import HIGH, WIDE, Placing, fills_canvas, move_part, rect_of
from reelwright.reels.geometry import Area, area_of
from reelwright.reels.reel import SHAPES, Point, Rect
from reelwright.reels.shape_areas import areas_of
from reelwright.reels.template import (
    CaptionPlace,
    ChipsPart,
    FixedArt,
    FixedFill,
    FixedMarquee,
    FixedRule,
    FixedStroke,
    Layout,
    LayoutPart,
    PictureSlot,
    PillPart,
    RoutePart,
    TextStack,
)

WIDTH, HEIGHT = SHAPES["16:9"]
WORDS = Area(96, 84, 904, 996)
"""Where the words of a page stand."""

BLEEDING, FREE = Area(980, 0, 1920, 1080), Area(1010, 90, 1824, 990)
GROUP, GROUP_ALONE = Area(960, 24, 1896, 1056), Area(300, 24, 1620, 1056)
ALONE, ALONE_BLEEDING = Area(300, 60, 1620, 1020), Area(300, 84, 1620, 1084)
MAX_ARCH_SHARE = 0.92
"""An arch is at most so wide, share of its height."""

FULL_TYPE_SCALE, FULL_STACK_WIDTH = 0.9, 1180
FULL_HEAD, FULL_FOOT = 84, 992
WORDS_SCALE = (0.74, 1.0)
CAPTION_MARGIN = 60
SMALL_PICTURE = 200
HEAD_HALF = 700
"""Words that begin below it in 9:16 stand at the foot."""

_EDGE = 20
LINE_Y = 1034
"""Lines across the canvas run along its foot, below words and captions."""

_INSIDE_SHARE = 0.6


@dataclass(frozen=True)
class _Groups:
    """Indexes of the parts: what lies under all, what belongs to the pictures, and the words."""

    ground: frozenset[int]
    pictures: frozenset[int]
    words: frozenset[int]


def reflow_wide(layout: Layout) -> Layout:
    """The layout on a 1920 x 1080 canvas."""
    groups = _divide(layout.parts)
    if not groups.pictures and any(isinstance(layout.parts[place], PictureSlot) for place in groups.ground):
        parts, captions = _over_picture(layout, groups)
    else:
        parts, captions = _side_by_side(layout, groups)
    return layout.model_copy(update={"shape": "16:9", "parts": parts, "captions": captions if layout.captions else None})


def _divide(parts: Sequence[LayoutPart]) -> _Groups:
    ground = {place for place, part in enumerate(parts) if _is_ground(part)}
    rest = [place for place in range(len(parts)) if place not in ground]
    slots = [area_of(part.rect) for place in rest if isinstance(part := parts[place], PictureSlot) and not _is_small(part)]
    pictures = {place for place in rest if _belongs_to(parts[place], slots)}
    cards = [_area_of(parts[place]) for place in pictures if isinstance(parts[place], FixedFill)]
    pictures |= {place for place in rest if _belongs_to(parts[place], cards) or _is_tape(parts[place])}
    if not any(isinstance(parts[place], TextStack | PillPart | ChipsPart) for place in rest if place not in pictures):
        pictures |= {place for place in rest if slots}
    return _Groups(frozenset(ground), frozenset(pictures), frozenset(rest) - pictures)


def _is_tape(part: LayoutPart) -> bool:
    """An ornament that turns with a card."""
    return isinstance(part, FixedArt) and part.pivot is not None


def _is_small(part: LayoutPart) -> bool:
    """A portrait beside a name goes with the words."""
    return isinstance(part, PictureSlot) and part.rect.width <= SMALL_PICTURE and part.rect.height <= SMALL_PICTURE


def _is_ground(part: LayoutPart) -> bool:
    if isinstance(part, FixedMarquee):
        return True
    if isinstance(part, FixedStroke):
        return max(point.x for point in part.points) - min(point.x for point in part.points) >= WIDE
    if isinstance(part, PictureSlot):
        return fills_canvas(part.rect)
    if not isinstance(part, FixedFill | FixedArt):
        return False
    return part.rect.width >= WIDE and (fills_canvas(part.rect) or part.rotation == 0)


def _belongs_to(part: LayoutPart, slots: Sequence[Area]) -> bool:
    """Pictures, and what lies mostly on or under one of them: its paper, its tape, the words on it."""
    if isinstance(part, PictureSlot | RoutePart):
        return not _is_small(part)
    area = _area_of(part)
    size = max(1.0, area.width * area.height)
    return any(area.overlap(slot) >= _INSIDE_SHARE * min(size, slot.width * slot.height) for slot in slots)


def _area_of(part: LayoutPart) -> Area:
    if isinstance(part, TextStack):
        return Area(part.x, part.top, part.x + part.width, part.bottom)
    if isinstance(part, PillPart):
        left = part.x - part.max_width / 2 if part.is_centred else part.x
        return Area(left, part.y, left + part.max_width, part.y + part.height)
    if isinstance(part, ChipsPart):
        return Area(part.x - part.max_width / 2, part.y, part.x + part.max_width / 2, part.y + part.size)
    if isinstance(part, FixedStroke):
        xs, ys = [point.x for point in part.points], [point.y for point in part.points]
        return Area(min(xs), min(ys), max(xs), max(ys))
    if isinstance(part, FixedMarquee):
        return Area(0, 0, WIDE, HIGH)
    return area_of(part.rect)


def _union(areas: Sequence[Area]) -> Area:
    return Area(min(one.left for one in areas), min(one.top for one in areas), max(one.right for one in areas), max(one.bottom for one in areas))


def _move_ground(part: LayoutPart) -> LayoutPart:
    """What covers the canvas covers the new one; bands and hills are stretched with it."""
    if isinstance(part, PictureSlot | FixedFill | FixedArt) and fills_canvas(part.rect):
        return part.model_copy(update={"rect": areas_of("16:9").canvas})
    across, down = WIDTH / WIDE, HEIGHT / HIGH
    if isinstance(part, FixedStroke):
        area = _area_of(part)
        points = tuple(Point(x=round(point.x * across), y=round(LINE_Y + (point.y - (area.top + area.bottom) / 2) * down)) for point in part.points)
        return part.model_copy(update={"points": points})
    if isinstance(part, FixedFill | FixedArt):
        rect = part.rect
        return part.model_copy(update={"rect": rect_of(rect.x * across, rect.y * down, rect.width * across, rect.height * down)})
    return move_part(part, Placing(lambda x: x, lambda y: y, FULL_TYPE_SCALE))


def _over_picture(layout: Layout, groups: _Groups) -> tuple[tuple[LayoutPart, ...], CaptionPlace]:
    """Words at the left of a full picture, at its head or at its foot as they were; ornaments keep their corner."""
    words = [layout.parts[place] for place in sorted(groups.words)]
    stacks = [part for part in words if isinstance(part, TextStack)]
    zone = _union([_area_of(part) for part in words]) if words else Area(0, 0, WIDE, HIGH)
    at_foot = all(stack.anchor == "bottom" for stack in stacks) if stacks else zone.top > HEAD_HALF
    scale = FULL_TYPE_SCALE * min(1.0, (FULL_FOOT - FULL_HEAD) / (zone.height * FULL_TYPE_SCALE))
    head = FULL_FOOT - zone.height * scale if at_foot else FULL_HEAD
    placing = Placing(_corner, lambda y: head + (y - zone.top) * scale, scale)
    parts = [_move_ground(part) if place in groups.ground else _move_word(part, placing) for place, part in enumerate(layout.parts)]
    areas = areas_of("16:9")
    return tuple(parts), CaptionPlace(x=areas.caption_x, y=areas.caption_y, width=areas.caption_width)


def _corner(x: float) -> float:
    """Points of the left half keep their distance from the left edge, those of the right half from the right one."""
    return x + 24 if x <= WIDE / 2 else WIDTH - (WIDE - x) - 24


def _move_word(part: LayoutPart, placing: Placing) -> LayoutPart:
    moved = move_part(part, placing)
    if not isinstance(moved, TextStack) or not isinstance(part, TextStack):
        return moved
    if part.width < WIDE / 2:
        width = round(part.width * placing.scale)
        return moved.model_copy(update={"x": round(_corner(part.x + part.width / 2) - width / 2), "width": width})
    left = (WIDTH - FULL_STACK_WIDTH) // 2 if part.align == "centre" else 96
    return moved.model_copy(update={"x": left, "width": FULL_STACK_WIDTH})


def _side_by_side(layout: Layout, groups: _Groups) -> tuple[tuple[LayoutPart, ...], CaptionPlace]:
    parts = list(layout.parts)
    for place in groups.ground:
        parts[place] = _panel(parts[place]) if _is_panel(layout, parts[place]) else _move_ground(parts[place])
    words = [_area_of(parts[place]) for place in sorted(groups.words) if isinstance(parts[place], TextStack | PillPart | ChipsPart)]
    if words:
        _move_all(parts, groups.words, _fit(_union(words), WORDS, WORDS_SCALE))
    _move_pictures(parts, groups, has_words=bool(words))
    return tuple(parts), _captions(parts, groups, has_words=bool(words))


def _move_pictures(parts: list[LayoutPart], groups: _Groups, *, has_words: bool) -> None:
    """One picture takes its half or the middle; several that tile the page tile the new one; turned ones go as one piece."""
    own = [part for place in sorted(groups.pictures) if isinstance(part := parts[place], PictureSlot)]
    whole = _union([_area_of(parts[place]) for place in sorted(groups.pictures)]) if own else None
    if whole is None:
        return
    if any(slot.rotation for slot in own):
        _move_all(parts, groups.pictures, _fit(whole, GROUP if has_words else GROUP_ALONE, (0.3, 1.1)))
    elif len(own) == 1:
        shown = _single(own[0], has_words=has_words)
        _move_all(parts, groups.pictures, _onto(area_of(own[0].rect), area_of(shown)))
        place = next(place for place in groups.pictures if isinstance(parts[place], PictureSlot))
        parts[place] = own[0].model_copy(update={"rect": shown})
    elif has_words or _columns(own) > 1:
        into = (BLEEDING if whole.bottom >= HIGH - _EDGE else FREE) if has_words else _stretched(whole)
        _move_all(parts, groups.pictures, _onto(whole, into))
    else:
        for place in groups.pictures:
            parts[place] = _turned(parts[place])


def _columns(slots: Sequence[PictureSlot]) -> int:
    return len({slot.rect.x for slot in slots})


def _stretched(whole: Area) -> Area:
    across, down = WIDTH / WIDE, HEIGHT / HIGH
    return Area(whole.left * across, whole.top * down, whole.right * across, whole.bottom * down)


def _turned(part: LayoutPart) -> LayoutPart:
    """Pictures one above the other stand beside each other: 9:16 laid on its side is 16:9."""
    if not isinstance(part, PictureSlot | FixedFill | FixedRule):
        return part
    rect = part.rect
    return part.model_copy(update={"rect": rect_of(rect.y, rect.x, rect.height, rect.width)})


def _is_panel(layout: Layout, part: LayoutPart) -> bool:
    """A coloured ground over the width of the page that ends where the picture begins."""
    return layout.family == "panel" and isinstance(part, FixedFill) and part.rect.height < HIGH - _EDGE


def _panel(part: LayoutPart) -> LayoutPart:
    return part.model_copy(update={"rect": areas_of("16:9").canvas})


def _move_all(parts: list[LayoutPart], places: frozenset[int], placing: Placing) -> None:
    for place in places:
        parts[place] = move_part(parts[place], placing)


def _fit(group: Area, into: Area, scales: tuple[float, float]) -> Placing:
    """A group as one piece in the middle of an area."""
    scale = min(into.width / group.width, into.height / group.height)
    scale = min(scales[1], max(scales[0], scale))
    left = into.left + (into.width - group.width * scale) / 2
    top = into.top + (into.height - group.height * scale) / 2
    return Placing(lambda x: left + (x - group.left) * scale, lambda y: top + (y - group.top) * scale, scale)


def _onto(old: Area, new: Area) -> Placing:
    across, down = new.width / old.width, new.height / old.height
    return Placing(lambda x: new.left + (x - old.left) * across, lambda y: new.top + (y - old.top) * down, min(1.0, across, down))


def _single(slot: PictureSlot, *, has_words: bool) -> Rect:
    """One picture: half of the canvas where it bled over the edge, else a card with margins."""
    bleeds = slot.rect.y + slot.rect.height >= HIGH - _EDGE
    if slot.mask == "circle":
        side = 780
        return rect_of((1400 if has_words else WIDTH / 2) - side / 2, (HEIGHT - side) / 2, side, side)
    if slot.mask == "arch" or not has_words:
        area = (ALONE_BLEEDING if bleeds else ALONE) if not has_words else Area(FREE.left, 110, FREE.right, 1084)
        width = min(area.width, MAX_ARCH_SHARE * area.height) if slot.mask == "arch" else area.width
        return rect_of(area.left + (area.width - width) / 2, area.top, width, area.height)
    area = BLEEDING if bleeds and slot.radius == 0 else FREE
    return rect_of(area.left, area.top, area.width, area.height)


def _captions(parts: Sequence[LayoutPart], groups: _Groups, *, has_words: bool) -> CaptionPlace:
    """At the foot of the picture, or in the middle where nothing stands beside it."""
    areas = areas_of("16:9")
    slots = [area_of(part.rect) for place in groups.pictures if isinstance(part := parts[place], PictureSlot)]
    if not has_words or not slots:
        return CaptionPlace(x=areas.caption_x, y=areas.caption_y, width=areas.caption_width)
    whole = _union(slots)
    left, right = max(whole.left, areas.safe.left), min(whole.right, areas.safe.right)
    width = min(areas.caption_width, round(right - left) - CAPTION_MARGIN)
    return CaptionPlace(x=round((left + right) / 2), y=areas.caption_y, width=width)
