"""The same reel on a smaller canvas: for previews, and for tests that need not wait for full size."""

from __future__ import annotations

from typing import TypeVar, cast

from pydantic import BaseModel

from reelwright.reels.reel import (
    Art,
    Canvas,
    CaptionChunk,
    CaptionStyle,
    Fill,
    Marquee,
    Motion,
    Picture,
    Point,
    ProgressBar,
    Rect,
    Reel,
    Rule,
    Scrim,
    Shade,
    Stroke,
    Text,
    TextBox,
)

_Noun = TypeVar("_Noun", bound=BaseModel)

_PIXELS: dict[type[BaseModel], tuple[str, ...]] = {
    Art: ("weave",),
    CaptionChunk: ("x", "y", "size", "scrim_radius"),
    CaptionStyle: ("size",),
    Fill: ("radius",),
    Marquee: ("size", "pitch", "speed", "stroke"),
    Motion: ("drift", "parallax"),
    Picture: ("radius", "blur", "weave"),
    Point: ("x", "y"),
    ProgressBar: ("radius", "gap"),
    Rule: (),
    Scrim: ("feather",),
    Shade: ("sigma", "fall"),
    Stroke: ("width", "gap"),
    Text: ("size", "x", "y", "tracking", "max_width", "stroke", "hard_shadow", "glow", "ghost"),
    TextBox: ("padding_x", "padding_y", "radius"),
}
"""Which fields are pixels of the canvas, whole numbers staying whole. Rectangles are scaled by their edges."""


def scale_reel(reel: Reel, width: int) -> Reel:
    """The reel on a canvas ``width`` pixels wide (even), everything else in proportion. Times do not change."""
    factor = width / reel.canvas.width
    height = 2 * round(reel.canvas.height * factor / 2)
    canvas = Canvas(width=width, height=height, frame_rate=reel.canvas.frame_rate)
    return _scaled(reel.model_copy(update={"canvas": canvas}), factor)


def _scaled(noun: _Noun, factor: float) -> _Noun:
    if isinstance(noun, Rect):
        return cast(_Noun, _scale_rect(noun, factor))
    fields = _PIXELS.get(type(noun), ())
    changed = {}
    for name in type(noun).model_fields:
        value = getattr(noun, name)
        new = _scale_number(value, factor) if name in fields else _scale_value(value, factor)
        if new is not value:
            changed[name] = new
    return noun.model_copy(update=changed) if changed else noun


def _scale_value(value: object, factor: float) -> object:
    if isinstance(value, BaseModel):
        return _scaled(value, factor)
    if isinstance(value, tuple):
        new = tuple(_scale_value(item, factor) for item in value)
        return value if all(a is b for a, b in zip(new, value, strict=True)) else new
    return value


def _scale_number(value: object, factor: float) -> object:
    if isinstance(value, int):
        return round(value * factor) or (1 if value > 0 else 0)
    return value * factor if isinstance(value, float) else value


def _scale_rect(rect: Rect, factor: float) -> Rect:
    left, top = (2 * round(edge * factor / 2) for edge in (rect.x, rect.y))
    right, bottom = (2 * round(edge * factor / 2) for edge in (rect.x + rect.width, rect.y + rect.height))
    return Rect(x=left, y=top, width=max(2, right - left), height=max(2, bottom - top))
