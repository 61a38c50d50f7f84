"""Type: a line drawn into masks, and from there into a sprite."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np

from reelwright.reels.reel import Font
from reelwright.rendering.fonts import FontShelf, Run, is_right_to_left
from reelwright.rendering.letter_inks import ink_below, ink_letters, merge_masks
from reelwright.rendering.masks import blur_mask, outline_mask
from reelwright.rendering.planes import Plane
from reelwright.rendering.sprites import Sprite, fade_ink, place_ink, place_mask, stack_inks
from reelwright.rendering.type_style import Shadow, Style, resize_style

__all__ = [
    "Segment",
    "Shadow",
    "Style",
    "blur_mask",
    "draw_apart",
    "draw_line",
    "draw_mask",
    "draw_segments",
    "fit_size",
    "fit_to_width",
    "measure_line",
    "resize_style",
]

SMALLEST_SIZE = 12


@dataclass(frozen=True)
class Segment:
    """A stretch of a line in one face and colour, ``left`` pixels from where the line begins."""

    text: str
    font: Font
    colour: str
    left: float
    width: float


def measure_line(shelf: FontShelf, text: str, style: Style) -> float:
    """The advance width of the line in pixels."""
    return _measure(shelf, text, style.font, style)


def fit_size(shelf: FontShelf, text: str, style: Style, max_width: float) -> int:
    """The largest size, at most the style's, at which the line is no wider than ``max_width``."""
    return fit_to_width(lambda size: measure_line(shelf, text, resize_style(style, size)), style.size, max_width)


def fit_to_width(measure: Callable[[int], float], size: int, max_width: float) -> int:
    """The largest size, at most ``size``, at which what ``measure`` gives is no wider than ``max_width``."""
    for _ in range(4):
        width = measure(size)
        if width <= max_width or size <= SMALLEST_SIZE:
            break
        size = max(SMALLEST_SIZE, min(size - 1, math.floor(size * max_width / width)))
    return size


def draw_line(shelf: FontShelf, text: str, style: Style, x: float, baseline: float) -> Sprite | None:
    """The line as a sprite whose first glyph begins at exactly ``x``. None where nothing can be drawn."""
    return draw_segments(shelf, [Segment(text, style.font, style.colour, 0.0, measure_line(shelf, text, style))], style, x, baseline)


def draw_segments(shelf: FontShelf, segments: Sequence[Segment], style: Style, x: float, baseline: float) -> Sprite | None:
    """Several stretches as one sprite; the style's effects lie below all letters. None where nothing can be drawn."""
    drawn = _draw(shelf, segments, style, x, baseline)
    if drawn is None:
        return None
    letters, left, top = _crop(*drawn, style.reach)
    full = replace(style, opacity=1.0)
    below = ink_below(merge_masks(letters), full)
    if below is None:
        return _place_letters(letters, style, left, top)
    return place_ink(fade_ink(stack_inks(below, ink_letters(letters, full)), style.opacity), left, top)


def draw_apart(shelf: FontShelf, text: str, style: Style, x: float, baseline: float) -> tuple[Sprite, Sprite | None] | None:
    """The letters and what lies below them as two sprites, for words whose shadows and strokes must all lie below all letters."""
    drawn = _draw(shelf, [Segment(text, style.font, style.colour, 0.0, measure_line(shelf, text, style))], style, x, baseline)
    if drawn is None:
        return None
    letters, left, top = _crop(*drawn, style.reach)
    below = ink_below(merge_masks(letters), style)
    return _place_letters(letters, style, left, top), None if below is None else place_ink(below, left, top)


def _crop(letters: list[tuple[Plane, str]], left: int, top: int, reach: float) -> tuple[list[tuple[Plane, str]], int, int]:
    """The masks with no more room around the letters than their effects need."""
    column, row, width, height = cv2.boundingRect(merge_masks(letters))
    room = math.ceil(reach) + 2
    rows, columns = letters[0][0].shape[:2]
    x0, y0 = max(0, column - room), max(0, row - room)
    x1, y1 = min(columns, column + width + room), min(rows, row + height + room)
    return [(np.ascontiguousarray(mask[y0:y1, x0:x1]), colour) for mask, colour in letters], left + x0, top + y0


def _place_letters(letters: list[tuple[Plane, str]], style: Style, left: int, top: int) -> Sprite:
    """Letters of one colour stay a sprite of one colour."""
    if len(letters) > 1:
        return place_ink(ink_letters(letters, style), left, top)
    mask, colour = letters[0]
    return place_mask(outline_mask(mask, style.stroke) if style.is_hollow else mask, colour, left, top, style.opacity)


def draw_mask(shelf: FontShelf, text: str, style: Style, gap: float) -> tuple[Plane, float]:
    """The letters' mask with an empty border, and the way from one word to its next repeat when ``gap`` lies between them."""
    width = measure_line(shelf, text, style)
    drawn = _draw(shelf, [Segment(text, style.font, style.colour, 0.0, width)], style, 0.0, style.size)
    if drawn is None:
        return np.zeros((2, 2), np.uint8), max(2.0, gap)
    return ink_letters(drawn[0], Style(style.font, style.size, "#FFFFFF", stroke=style.stroke, is_hollow=style.is_hollow))[3], width + gap


def _draw(shelf: FontShelf, segments: Sequence[Segment], style: Style, x: float, baseline: float) -> tuple[list[tuple[Plane, str]], int, int] | None:
    """The letters' masks with their colours, and the place of the first pixel."""
    faces = [run.face for segment in segments for run in shelf.split_runs(segment.text, segment.font, style.size)]
    width = max((segment.left + segment.width for segment in segments), default=0.0)
    if width <= 0 or not faces:
        return None
    ascent, descent = math.ceil(max(face.ascent for face in faces)), math.ceil(max(face.descent for face in faces))
    pad = math.ceil(style.reach + style.size * 0.25 + 8)
    left, top = math.floor(x) - pad, math.floor(baseline) - ascent - pad
    size = (math.ceil(width) + 2 * pad + 1, ascent + descent + 2 * pad + 1)
    masks: dict[str, Plane] = {}
    for segment in segments:
        mask = masks.setdefault(segment.colour, np.zeros((size[1], size[0]), np.uint8))
        runs = shelf.split_runs(segment.text, segment.font, style.size)
        _draw_runs(mask, runs, style.tracking, x - left + segment.left, baseline - top)
    return [(mask, colour) for colour, mask in masks.items()], left, top


def _measure(shelf: FontShelf, text: str, font: Font, style: Style) -> float:
    return sum(_run_width(run, style.tracking) for run in shelf.split_runs(text, font, style.size))


def _run_width(run: Run, tracking: float) -> float:
    spacing = tracking if _takes_tracking(run) else 0.0
    return run.face.measure(run.text, run.is_right_to_left, has_ligatures=not spacing) + spacing * len(run.text)


def _takes_tracking(run: Run) -> bool:
    """Joined and stacked scripts fall apart when their letters are spaced."""
    return not run.is_right_to_left and all(ord(character) < 0x0590 for character in run.text)


def _draw_runs(mask: Plane, runs: Sequence[Run], tracking: float, x: float, baseline: float) -> None:
    is_reversed = is_right_to_left("".join(run.text for run in runs))
    for run in reversed(runs) if is_reversed else runs:
        spacing = tracking if _takes_tracking(run) else 0.0
        run.face.draw(mask, run.text, x, baseline, is_right_to_left=run.is_right_to_left, tracking=spacing)
        x += _run_width(run, tracking)
