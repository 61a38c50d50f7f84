"""Contrast of type on its real picture, and the least that makes it readable: more of the shade, then a darker picture.

Light type is held against the 90th percentile of what is behind it, dark type against the 10th (WCAG 2 ratios).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from reelwright.reels.geometry import Area
from reelwright.reels.reel import Text
from reelwright.reels.type_fit import DESCENT, cap_height, measure
from reelwright.rendering.caption_contrast import Pixels, ratio_on, veiled

LEAST_RATIO, AIMED_RATIO = 3.0, 3.6
"""Large type needs 3 : 1; a little more is aimed at, because pictures move."""

STEP = 0.05
GROWN = 6
_BEFORE = {"left": 0.0, "centre": 0.5, "right": 1.0}


@dataclass(frozen=True)
class Behind:
    """What is behind one line: its colours, pixels of the picture without type and without the shade (n, 3), 0..1, and the ratio it needs."""

    colours: tuple[str, ...]
    pixels: Pixels
    least: float = LEAST_RATIO


def area_of_text(text: Text) -> Area:
    """Where a line lies on the canvas: from capitals to descenders, its box not counted."""
    width = measure(text.text, text.font, text.size, text.tracking / text.size)
    width = min(width, text.max_width) if text.max_width else width
    left = text.x - width * _BEFORE[text.align]
    return Area(left, text.y - cap_height(text.font, text.size), left + width, text.y + DESCENT * text.size * 0.5).grown(GROWN)


def colours_of(text: Text) -> tuple[str, ...]:
    """The colours that have to be read."""
    emphasised = (text.emphasis_colour,) if text.emphasised and text.emphasis_colour else ()
    return (text.colour, *emphasised)


def stands_alone(text: Text) -> bool:
    """Whether a line brings its own ground: a box, or an outline thick enough to be one."""
    return text.box is not None or text.is_hollow or text.stroke >= 0.08 * text.size


def group_lines(lines: Sequence[Text]) -> list[list[int]]:
    """Numbers of the lines that one shade can serve: those that stand close below each other."""
    groups: list[list[int]] = []
    bottom = 0.0
    for number in sorted(range(len(lines)), key=lambda one: area_of_text(lines[one]).top):
        area = area_of_text(lines[number])
        if groups and area.top - bottom <= lines[number].size:
            groups[-1].append(number)
            bottom = max(bottom, area.bottom)
        else:
            groups.append([number])
            bottom = area.bottom
    return groups


def find_opacity(lines: Sequence[Behind], shade: str, now: float, most: float) -> float:
    """The least opacity of a shade, from ``now`` up, at which all lines can be read; ``most`` where none suffices."""
    opacity = now
    while opacity < most and worst_ratio(lines, shade, opacity) < AIMED_RATIO:
        opacity = min(most, round(opacity + STEP, 2))
    return opacity


def worst_ratio(lines: Sequence[Behind], shade: str, opacity: float, brightness: float = 1.0) -> float:
    """The least contrast of all lines, under so much of a shade and with a picture so much darker; of small type as of large."""
    return min((_ratio(line, shade, opacity, brightness) for line in lines), default=21.0)


def find_brightness(lines: Sequence[Behind], shade: str, opacity: float, least: float) -> float:
    """How much darker the picture must become, 1 down to ``least``, where the shade alone does not suffice."""
    brightness = 1.0
    while brightness > least and worst_ratio(lines, shade, opacity, brightness) < AIMED_RATIO:
        brightness = max(least, round(brightness - STEP, 2))
    return brightness


def _ratio(line: Behind, shade: str, opacity: float, brightness: float) -> float:
    pixels = np.asarray(line.pixels * brightness, np.float32)
    return min(ratio_on(colour, [veiled(pixels, shade, opacity)]) for colour in line.colours) * LEAST_RATIO / line.least
