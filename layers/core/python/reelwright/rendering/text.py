"""Type: one line drawn into a mask, and from there into a sprite."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from reelwright.reels.reel import Font
from reelwright.rendering.fonts import FontShelf, Run, is_right_to_left
from reelwright.rendering.planes import Plane
from reelwright.rendering.sprites import Ink, Sprite, colour_mask, place_ink, stack_inks

SMALLEST_SIZE = 12


@dataclass(frozen=True)
class Shadow:
    """A soft shadow: opacity, blur (sigma) and fall in pixels."""

    opacity: float
    sigma: float = 10.0
    fall: float = 3.0
    colour: str = "#000000"


@dataclass(frozen=True)
class Style:
    """How a line is set. ``size`` and ``tracking`` are in pixels."""

    font: Font
    size: int
    colour: str
    tracking: float = 0.0
    shadow: Shadow | None = None
    opacity: float = 1.0


def measure_line(shelf: FontShelf, text: str, style: Style) -> float:
    """The advance width of the line in pixels."""
    runs = shelf.split_runs(text, style.font, style.size)
    return sum(_run_width(run, style.tracking) for run in runs)


def fit_size(shelf: FontShelf, text: str, style: Style, max_width: float) -> int:
    """The largest size, at most the style's, at which the line is no wider than ``max_width``."""
    size = style.size
    for _ in range(4):
        width = measure_line(shelf, text, Style(style.font, size, style.colour, style.tracking * size / style.size))
        if width <= max_width or size <= SMALLEST_SIZE:
            break
        size = max(SMALLEST_SIZE, min(size - 1, math.floor(size * max_width / width)))
    return size


def draw_line(shelf: FontShelf, text: str, style: Style, x: float, baseline: float) -> Sprite | None:
    """The line as a sprite whose first glyph begins at exactly ``x``. None where nothing can be drawn."""
    drawn = _draw(shelf, text, style, x, baseline)
    if drawn is None:
        return None
    mask, left, top = drawn
    letters = colour_mask(mask, style.colour, style.opacity)
    shadow = _shadow_ink(mask, style)
    return place_ink(letters if shadow is None else stack_inks(shadow, letters), left, top)


def draw_apart(shelf: FontShelf, text: str, style: Style, x: float, baseline: float) -> tuple[Sprite, Sprite | None] | None:
    """The letters and their shadow as two sprites, for words whose shadows must all lie below all letters."""
    drawn = _draw(shelf, text, style, x, baseline)
    if drawn is None:
        return None
    mask, left, top = drawn
    shadow = _shadow_ink(mask, style)
    letters = place_ink(colour_mask(mask, style.colour, style.opacity), left, top)
    return letters, None if shadow is None else place_ink(shadow, left, top)


def _draw(shelf: FontShelf, text: str, style: Style, x: float, baseline: float) -> tuple[Plane, int, int] | None:
    """The letters' mask and the place of its first pixel."""
    runs = shelf.split_runs(text, style.font, style.size)
    width = sum(_run_width(run, style.tracking) for run in runs)
    if width <= 0:
        return None
    ascent = math.ceil(max(run.face.ascent for run in runs))
    descent = math.ceil(max(run.face.descent for run in runs))
    spread = 0.0 if style.shadow is None else style.shadow.sigma * 3 + style.shadow.fall
    pad = math.ceil(spread + style.size * 0.25 + 8)
    left, top = math.floor(x) - pad, math.floor(baseline) - ascent - pad
    size = (math.ceil(width) + 2 * pad + 1, ascent + descent + 2 * pad + 1)
    return _draw_mask(runs, style.tracking, size, x - left, baseline - top), left, top


def _shadow_ink(mask: Plane, style: Style) -> Ink | None:
    shadow = style.shadow
    if shadow is None or shadow.opacity <= 0:
        return None
    height, width = mask.shape[:2]
    fallen = cv2.warpAffine(mask, np.array([[1, 0, 0], [0, 1, shadow.fall]], np.float32), (width, height))
    return colour_mask(blur_mask(fallen, shadow.sigma), shadow.colour, shadow.opacity * style.opacity)


def blur_mask(mask: Plane, sigma: float) -> Plane:
    """A Gaussian of any size at a quarter of the cost: shrink, blur, enlarge."""
    if sigma < 3:
        return cv2.GaussianBlur(mask, (0, 0), max(sigma, 0.3))
    shrink = 2 if sigma < 6 else 4
    height, width = mask.shape[:2]
    small = cv2.resize(mask, (max(1, width // shrink), max(1, height // shrink)), interpolation=cv2.INTER_AREA)
    return cv2.resize(cv2.GaussianBlur(small, (0, 0), sigma / shrink), (width, height), interpolation=cv2.INTER_LINEAR)


def _run_width(run: Run, tracking: float) -> float:
    spacing = tracking if _takes_tracking(run) else 0.0
    return run.face.measure(run.text, run.is_right_to_left, has_ligatures=not spacing) + spacing * len(run.text)


def _takes_tracking(run: Run) -> bool:
    """Joined and stacked scripts fall apart when their letters are spaced."""
    return not run.is_right_to_left and all(ord(character) < 0x0590 for character in run.text)


def _draw_mask(runs: Sequence[Run], tracking: float, size: tuple[int, int], x: float, baseline: float) -> Plane:
    mask = np.zeros((size[1], size[0]), np.uint8)
    is_reversed = is_right_to_left("".join(run.text for run in runs))
    for run in reversed(runs) if is_reversed else runs:
        spacing = tracking if _takes_tracking(run) else 0.0
        run.face.draw(mask, run.text, x, baseline, is_right_to_left=run.is_right_to_left, tracking=spacing)
        x += _run_width(run, tracking)
    return mask
