"""Drawing a layout: each kind of part has its own drawer. A new kind is one function and one line here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from reelwright.generation.composing.draw_chips import draw_chips
from reelwright.generation.composing.draw_fixed import draw_art, draw_fill, draw_marquee, draw_progress, draw_rule, draw_stroke
from reelwright.generation.composing.draw_picture import draw_picture
from reelwright.generation.composing.draw_pill import draw_pill
from reelwright.generation.composing.draw_route import draw_route
from reelwright.generation.composing.draw_stack import draw_stack
from reelwright.generation.composing.scene import Scene
from reelwright.generation.composing.stickers import Drawn, settle_stickers
from reelwright.generation.composing.studio import Arrangement, Sheet, Studio
from reelwright.reels.template import Layout

Drawer = Callable[[Sheet, Any], None]

DRAWERS: Mapping[str, Drawer] = {
    "picture": draw_picture,
    "stack": draw_stack,
    "fill": draw_fill,
    "rule": draw_rule,
    "art": draw_art,
    "stroke": draw_stroke,
    "marquee": draw_marquee,
    "progress": draw_progress,
    "chips": draw_chips,
    "pill": draw_pill,
    "route": draw_route,
}
"""By the part's ``slot``."""


def draw_layout(studio: Studio, scene: Scene, layout: Layout, *, take: bool) -> Arrangement:
    """The layout with the scene's media and words, its parts from bottom to top as the template lists them."""
    sheet = Sheet(studio, scene, layout, take)
    drawn = []
    for part in layout.parts:
        drawn.append(Drawn(part, len(sheet.layers), len(sheet.texts)))
        DRAWERS[part.slot](sheet, part)
    settle_stickers(sheet, drawn)
    return sheet.finish()
