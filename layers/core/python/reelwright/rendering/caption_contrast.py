"""Contrast of captions by measured pixels: WCAG ratios, and the smallest help that makes a block of type readable.

Pixels are sRGB, 0..1, (n, 3); luminance is linear (WCAG 2, relative luminance).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Pixels = npt.NDArray[np.float32]

AIMED_RATIO = 4.5
BRIGHT_SHARE, DARK_SHARE = 90, 10
"""Light type is held against the 90th percentile of what is behind it, dark type against the 10th."""

MIDDLE_LUMINANCE = 0.18
SCRIM_STEP, MAX_SCRIM, MAX_LIGHT_SCRIM = 0.05, 0.50, 0.30
"""A light veil looks like haze sooner than a dark one looks like dirt."""

SCRIM_LUMA, LIGHT_SCRIM_LUMA = 0.13, 0.93
_LUMA = np.array((0.2126, 0.7152, 0.0722), np.float32)


@dataclass(frozen=True)
class Help:
    """What makes captions readable: another colour, a band of a tone and opacity behind them, or a box behind each line."""

    colour: str | None = None
    scrim: float = 0.0
    scrim_colour: str | None = None
    box_colour: str | None = None


def find_help(colour: str, opposite: str, samples: Sequence[Pixels], tone: Pixels, *, may_have_scrim: bool) -> Help:
    """The first that passes for all samples: the colour itself, the opposite one, a scrim in the local tone, line boxes.

    A scrim is dark under light type and light under dark type, whichever is seen less.
    """
    if ratio_on(colour, samples) >= AIMED_RATIO:
        return Help()
    if ratio_on(opposite, samples) >= AIMED_RATIO:
        return Help(colour=opposite)
    veils = [_thinnest_veil(text, samples, tone) for text in (colour, opposite)] if may_have_scrim else []
    thin = [veil for veil in veils if veil is not None]
    if thin:
        text, shade, opacity = min(thin, key=lambda veil: veil[2])
        return Help(None if text == colour else text, opacity, shade)
    return Help(box_colour=opposite if contrast(luminance_of(colour), luminance_of(opposite)) >= AIMED_RATIO else _extreme(colour))


def _thinnest_veil(text: str, samples: Sequence[Pixels], tone: Pixels) -> tuple[str, str, float] | None:
    """The text colour, the shade and the least opacity with which it can be read; None beyond the greatest opacity."""
    shade = shade_of(tone, is_dark=is_light(text))
    most = MAX_SCRIM if is_light(text) else MAX_LIGHT_SCRIM
    for step in range(1, round(most / SCRIM_STEP) + 1):
        opacity = round(step * SCRIM_STEP, 2)
        if ratio_on(text, [veiled(pixels, shade, opacity) for pixels in samples]) >= AIMED_RATIO:
            return text, shade, opacity
    return None


def ratio_on(colour: str, samples: Iterable[Pixels]) -> float:
    """The contrast of a colour with the worst of what is behind it."""
    own = luminance_of(colour)
    share = BRIGHT_SHARE if is_light(colour) else DARK_SHARE
    return min((contrast(own, float(np.percentile(luminance(pixels), share))) for pixels in samples), default=21.0)


def contrast(one: float, other: float) -> float:
    """The WCAG ratio of two luminances, 1..21."""
    low, high = sorted((one, other))
    return (high + 0.05) / (low + 0.05)


def luminance(pixels: Pixels) -> Pixels:
    """Linear luminance of sRGB pixels."""
    linear = np.where(pixels <= 0.04045, pixels / 12.92, ((pixels + 0.055) / 1.055) ** 2.4)
    return np.asarray(linear @ _LUMA, np.float32)


def luminance_of(colour: str) -> float:
    """Linear luminance of ``#RRGGBB``."""
    return float(luminance(pixel_of(colour)[None])[0])


def is_light(colour: str) -> bool:
    """Whether type of this colour is read against what is brighter behind it."""
    return luminance_of(colour) > MIDDLE_LUMINANCE


def pixel_of(colour: str) -> Pixels:
    """``#RRGGBB`` as one pixel."""
    return np.array([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)], np.float32)


def veiled(pixels: Pixels, colour: str, opacity: float) -> Pixels:
    """The pixels under a veil of a colour."""
    return np.asarray(pixels * (1 - opacity) + pixel_of(colour) * opacity, np.float32)


def shade_of(pixels: Pixels, *, is_dark: bool) -> str:
    """The mean colour of the pixels, brought to the luma of a scrim: the local tone, so that a shade looks like light, not like dirt."""
    mean = np.asarray(pixels, np.float32).reshape(-1, 3).mean(0)
    luma = float(mean @ _LUMA)
    darker, lighter = SCRIM_LUMA / max(luma, 0.02), (1 - LIGHT_SCRIM_LUMA) / max(1 - luma, 0.02)
    toned = mean * darker if is_dark else 1 - (1 - mean) * lighter
    red, green, blue = (round(255 * min(1.0, max(0.0, float(value)))) for value in toned)
    return f"#{red:02X}{green:02X}{blue:02X}"


def _extreme(colour: str) -> str:
    return "#14110D" if is_light(colour) else "#FFFFFF"
