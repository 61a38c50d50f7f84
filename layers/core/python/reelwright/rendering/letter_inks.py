"""Letters in colour, and what lies around them: glow, shadows, ghosts and strokes."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce

import cv2

from reelwright.rendering.masks import blur_mask, drop_mask, grow_mask, move_mask, outline_mask
from reelwright.rendering.planes import Plane
from reelwright.rendering.sprites import Ink, colour_mask, stack_inks
from reelwright.rendering.type_style import Style

GHOST_OPACITY = 0.55
GHOST_RED, GHOST_CYAN = "#FF2A3D", "#19D8E6"
GLOW_OPACITY = 0.9


def merge_masks(letters: Sequence[tuple[Plane, str]]) -> Plane:
    """All letters in one mask."""
    return reduce(cv2.max, [mask for mask, _ in letters])


def ink_letters(letters: Sequence[tuple[Plane, str]], style: Style) -> Ink:
    """The letters themselves, each in its colour; only their outlines where the style is hollow."""
    inks = [colour_mask(outline_mask(mask, style.stroke) if style.is_hollow else mask, colour, style.opacity) for mask, colour in letters]
    return reduce(stack_inks, inks)


def ink_below(mask: Plane, style: Style) -> Ink | None:
    """What lies below the letters, from bottom to top; None where nothing does."""
    outer = grow_mask(mask, style.stroke) if style.stroke and not style.is_hollow else mask
    inks = [ink for ink in (_glow(mask, style), _soft_shadow(outer, style), _hard_shadow(outer, style), *_ghosts(mask, style)) if ink is not None]
    if outer is not mask:
        inks.append(colour_mask(outer, style.stroke_colour, style.opacity))
    return reduce(stack_inks, inks) if inks else None


def _glow(mask: Plane, style: Style) -> Ink | None:
    """Light around the letters: a wide one and a close one."""
    if not style.glow:
        return None
    light = cv2.max(blur_mask(mask, style.glow), cv2.convertScaleAbs(blur_mask(mask, style.glow / 3), None, 0.6))
    return colour_mask(light, style.glow_colour or style.colour, GLOW_OPACITY * style.opacity)


def _soft_shadow(mask: Plane, style: Style) -> Ink | None:
    shadow = style.shadow
    if shadow is None or shadow.opacity <= 0:
        return None
    return colour_mask(blur_mask(move_mask(mask, 0, round(shadow.fall)), shadow.sigma), shadow.colour, shadow.opacity * style.opacity)


def _hard_shadow(mask: Plane, style: Style) -> Ink | None:
    """The letters' body, falling straight down without a gap."""
    if not style.hard_shadow:
        return None
    return colour_mask(drop_mask(mask, style.hard_shadow), style.stroke_colour, style.opacity)


def _ghosts(mask: Plane, style: Style) -> list[Ink]:
    if not style.ghost:
        return []
    return [
        colour_mask(move_mask(mask, -style.ghost, 0), GHOST_RED, GHOST_OPACITY * style.opacity),
        colour_mask(move_mask(mask, style.ghost, 0), GHOST_CYAN, GHOST_OPACITY * style.opacity),
    ]
