"""Reflow of film frames: the frame keeps its margins and its perforation; in 16:9 the film lies on its side."""

from __future__ import annotations

from collections.abc import Sequence

from reelwright.generation.composing.reflow_parts import Placing, fills_canvas, move_part, rect_of
from reelwright.generation.composing.reflow_tall import place_captions
from reelwright.reels.reel import SHAPES, Rect, Shape
from reelwright.reels.shape_areas import areas_of
from reelwright.reels.template import CaptionPlace, FixedArt, FixedFill, Layout, LayoutPart, PictureSlot, TextStack

MARGIN, FRAME_GAP = 96, 40
FRAME = Rect(x=96, y=270, width=888, height=1380)
_TYPE_SCALES: dict[Shape, float] = {"4:5": 0.9, "1:1": 0.8, "16:9": 0.86}


def reflow_film(layout: Layout, shape: Shape) -> Layout:
    """The film on another canvas, its words where they were in the frame."""
    width, height = SHAPES[shape]
    inner = rect_of(MARGIN, MARGIN, width - 2 * MARGIN, height - 2 * MARGIN)
    placing = _placing(inner, shape)
    slots = sorted(layout.pictures, key=lambda slot: slot.rect.y)
    frames = {slot.name: rect for slot, rect in zip(slots, _frames(slots, inner, placing, shape), strict=True)}
    parts = tuple(_move(part, placing, frames, shape) for part in layout.parts if shape != "16:9" or not _is_beside_frames(part))
    return layout.model_copy(update={"shape": shape, "parts": parts, "captions": _captions(layout.captions, placing, shape)})


def _placing(inner: Rect, shape: Shape) -> Placing:
    across, down = inner.width / FRAME.width, inner.height / FRAME.height
    return Placing(lambda x: inner.x + (x - FRAME.x) * across, lambda y: inner.y + (y - FRAME.y) * down, _TYPE_SCALES[shape])


def _frames(slots: Sequence[PictureSlot], inner: Rect, placing: Placing, shape: Shape) -> list[Rect]:
    """Pictures one above the other stand beside each other in 16:9."""
    if shape != "16:9":
        return [inner if len(slots) == 1 else placing.rect(slot.rect) for slot in slots]
    width = (inner.width - FRAME_GAP * (len(slots) - 1)) / len(slots)
    return [rect_of(inner.x + place * (width + FRAME_GAP), inner.y, width, inner.height) for place in range(len(slots))]


def _is_beside_frames(part: LayoutPart) -> bool:
    """Whether it stands at the head of the film, where the perforation is when the film lies on its side."""
    return isinstance(part, TextStack) and part.bottom <= FRAME.y


def _move(part: LayoutPart, placing: Placing, frames: dict[str, Rect], shape: Shape) -> LayoutPart:
    if isinstance(part, PictureSlot):
        return part.model_copy(update={"rect": frames[part.name]})
    if isinstance(part, FixedFill | FixedArt) and fills_canvas(part.rect):
        return part.model_copy(update={"rect": areas_of(shape).canvas})
    return move_part(part, placing)


def _captions(place: CaptionPlace | None, placing: Placing, shape: Shape) -> CaptionPlace | None:
    """Inside the frame, above its lower edge."""
    moved = place_captions(place, placing, shape)
    lift = 40 if shape == "16:9" else 30
    return moved.model_copy(update={"x": SHAPES[shape][0] // 2, "y": moved.y - lift}) if moved else None
