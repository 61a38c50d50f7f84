"""The layouts of a template on the canvas of another shape: designed for it where the template has one, else reflowed."""

from __future__ import annotations

from reelwright.generation.composing.reflow_film import reflow_film
from reelwright.generation.composing.reflow_parts import rect_of
from reelwright.generation.composing.reflow_tall import reflow_tall
from reelwright.generation.composing.reflow_wide import reflow_wide
from reelwright.reels.reel import Shape
from reelwright.reels.shape_areas import areas_of
from reelwright.reels.template import CaptionCraft, FixedArt, Layout, ProgressPart, Template

_CAPTION_SCALES: dict[Shape, float] = {"9:16": 1.0, "4:5": 1.0, "1:1": 0.84, "16:9": 0.92}
PROGRESS_MARGIN = 36


def layout_for(template: Template, name: str, shape: Shape) -> Layout:
    """The layout of a name for a shape. Raises KeyError where the template has none of that name."""
    layout = template.layout(name, shape)
    return layout if layout.shape == shape else reflow(layout, shape)


def reflow(layout: Layout, shape: Shape) -> Layout:
    """A layout that was designed for 9:16, on another canvas: upright shapes are pressed together, wide ones set side by side."""
    if shape == layout.shape:
        return layout
    if any(isinstance(part, FixedArt) and part.name == "film_holes" for part in layout.parts):
        return reflow_film(layout, shape)
    return reflow_wide(layout) if shape == "16:9" else reflow_tall(layout, shape)


def progress_for(template: Template, shape: Shape) -> ProgressPart | None:
    """The template's progress bar on a shape's canvas: along the head, inside the margins."""
    part = template.progress
    if part is None or shape == "9:16":
        return part
    titles = areas_of(shape).titles
    rect = rect_of(titles.left, PROGRESS_MARGIN, titles.width, part.rect.height)
    return part.model_copy(update={"rect": rect})


def captions_for(craft: CaptionCraft, shape: Shape) -> CaptionCraft:
    """The caption craft with sizes and line widths for a shape."""
    if shape == "9:16":
        return craft
    areas, size = areas_of(shape), round(craft.size * _CAPTION_SCALES[shape])
    style = craft.style.model_copy(update={"size": round(craft.style.size * _CAPTION_SCALES[shape])}) if craft.style.size else craft.style
    return craft.model_copy(update={"size": size, "style": style, "max_line_pixels": areas.caption_width})
