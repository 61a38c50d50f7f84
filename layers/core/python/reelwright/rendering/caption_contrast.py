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
BRIGHT_GROUND_LUMINANCE = 0.40
"""On a photo dark type stands only where even the darker parts are so bright; elsewhere it looks washed out."""

SCRIM_STEP, MAX_SCRIM, MAX_HALO = 0.05, 0.50, 0.70
HALO_STRENGTH = 0.87
"""What is left of a halo at the edge of the block."""

SHADOW_SHARE = 0.18
"""How dark a soft shadow is beside the letters, as a share of its opacity."""

SCRIM_LUMA = 0.13
LIGHTEST_TYPE = "#FFF9EF"
_LUMA = np.array((0.2126, 0.7152, 0.0722), np.float32)


@dataclass(frozen=True)
class Help:
    """What makes captions readable: another colour, a dark band or halo of a tone and opacity behind them, or a box behind each line."""

    colour: str | None = None
    scrim: float = 0.0
    scrim_colour: str | None = None
    is_halo: bool = False
    box_colour: str | None = None


def find_help(colour: str, opposite: str, samples: Sequence[Pixels], tone: Pixels, *, may_have_scrim: bool, halo_shadow: float | None = None) -> Help:
    """The first that passes for all samples: the colour itself, the opposite one, a dark scrim or halo in the local tone, line boxes.

    ``may_have_scrim``: the block stands on a photo. ``halo_shadow``: the opacity of the type's own soft shadow, which helps a
    halo; None where no halo may be. Veils are dark and stand under light type only.
    """
    for text in (colour, opposite):
        if _stands_alone(text, samples, is_on_photo=may_have_scrim):
            return Help(None if text == colour else text)
    lights = [text for text in (colour, opposite) if is_light(text)] + [LIGHTEST_TYPE]
    for text in lights if may_have_scrim else ():
        veil = _thinnest_veil(text, samples, tone, MAX_SCRIM, 1.0)
        if veil is not None:
            return Help(None if text == colour else text, veil[1], veil[0])
    shaded = [veiled(pixels, "#000000", SHADOW_SHARE * (halo_shadow or 0.0)) for pixels in samples]
    for text in lights if halo_shadow is not None else ():
        veil = _thinnest_veil(text, shaded, tone, MAX_HALO, HALO_STRENGTH)
        if veil is not None:
            return Help(None if text == colour else text, veil[1], veil[0], is_halo=True)
    return Help(box_colour=opposite if contrast(luminance_of(colour), luminance_of(opposite)) >= AIMED_RATIO else _extreme(colour))


def _stands_alone(text: str, samples: Sequence[Pixels], *, is_on_photo: bool) -> bool:
    """Whether the colour can be read without help, dark type on a photo only on a bright one."""
    if ratio_on(text, samples) < AIMED_RATIO:
        return False
    if is_light(text) or not is_on_photo:
        return True
    return all(float(np.percentile(luminance(pixels), DARK_SHARE)) >= BRIGHT_GROUND_LUMINANCE for pixels in samples)


def _thinnest_veil(text: str, samples: Sequence[Pixels], tone: Pixels, most: float, strength: float) -> tuple[str, float] | None:
    """The shade and the least opacity with which light type can be read; None beyond ``most``. ``strength``: what of it is under the type."""
    shade = shade_of(tone)
    for step in range(1, round(most / SCRIM_STEP) + 1):
        opacity = round(step * SCRIM_STEP, 2)
        if ratio_on(text, [veiled(pixels, shade, opacity * strength) for pixels in samples]) >= AIMED_RATIO:
            return shade, opacity
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


def shade_of(pixels: Pixels) -> str:
    """The mean colour of the pixels, brought to the luma of a scrim: the local tone, so that a shade looks like light, not like dirt."""
    mean = np.asarray(pixels, np.float32).reshape(-1, 3).mean(0)
    toned = mean * (SCRIM_LUMA / max(float(mean @ _LUMA), 0.02))
    red, green, blue = (round(255 * min(1.0, max(0.0, float(value)))) for value in toned)
    return f"#{red:02X}{green:02X}{blue:02X}"


def _extreme(colour: str) -> str:
    return "#14110D" if is_light(colour) else "#FFFFFF"
