"""The drawer of text stacks: the scene's texts set in type that can be read on what lies below."""

from __future__ import annotations

from reelwright.generation.composing.set_type import set_stack
from reelwright.generation.composing.studio import Sheet, brightness
from reelwright.reels.geometry import Size
from reelwright.reels.template import TextStack

BRIGHT_TITLE_LUMA = 0.78
LEAST_ROOM_PIXELS = 400


def draw_stack(sheet: Sheet, stack: TextStack) -> None:
    """Adds the lines, and the area that they cover."""
    areas = sheet.studio.areas
    placed = set_stack(_readable(sheet, stack), sheet.scene.texts, sheet.colour, sheet.scene.emphasis, Size(areas.width, areas.height))
    sheet.layers += placed.layers
    sheet.texts += [placed.area] if placed.area else []
    sheet.fits = sheet.fits and placed.fits
    if placed.area and stack.bottom - stack.top >= LEAST_ROOM_PIXELS:
        sheet.emptiness = max(sheet.emptiness, 1 - placed.filled)


def _readable(sheet: Sheet, stack: TextStack) -> TextStack:
    """The stack as it is, or with dark type over a light shade where it stands on a bright picture."""
    if sheet.studio.is_right_to_left and stack.align == "left":
        stack = stack.model_copy(update={"align": "right"})
    luma = brightness(sheet.studio.media[sheet.scene.media_ids[0]]) * min((slot.brightness for slot in sheet.layout.pictures), default=1.0)
    if stack.scrim <= 0 or luma < BRIGHT_TITLE_LUMA:
        return stack
    blocks = tuple(block.model_copy(update={"colour": "ink", "shadow": 0.0}) if block.colour == "second" else block for block in stack.blocks)
    return stack.model_copy(update={"blocks": blocks, "scrim_colour": "background", "bar": "ink" if stack.bar else None})
