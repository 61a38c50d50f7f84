"""Contrast of captions by measured pixels: WCAG ratios, and the smallest help that makes a block of type readable.

Pixels are sRGB, 0..1, (n, 3); luminance is linear (WCAG 2, relative luminance).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Pixels = npt.NDArray[np.float32]

REQUIRED_RATIO, AIMED_RATIO, VEILED_RATIO = 4.5, 5.0, 5.6
"""More is aimed at than is required, under a veil most: pictures move, and are measured here small and before the film is coded."""

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


class Shown(NamedTuple):
    """Words of one colour, and pixels of what is behind them at several times."""

    colour: str
    samples: Sequence[Pixels]


@dataclass(frozen=True)
class Help:
    """What makes captions readable: another colour, a dark band or halo of a tone and opacity behind them, or a box behind each line."""

    colour: str | None = None
    scrim: float = 0.0
    scrim_colour: str | None = None
    is_halo: bool = False
    box_colour: str | None = None


def find_help(
    colour: str,
    opposite: str,
    samples: Sequence[Pixels],
    tone: Pixels,
    *,
    may_have_scrim: bool,
    halo_shadow: float | None = None,
    beside: Sequence[Shown] = (),
) -> Help:
    """The first that passes for all samples: the colour itself, the opposite one, a dark scrim or halo in the local tone, line boxes.

    ``beside``: words that stand out in colours of their own, with what is behind them; they do so only where the type keeps its own colour.

    ``may_have_scrim``: the block stands on a photo. ``halo_shadow``: the opacity of the type's own soft shadow, which helps a
    halo; None where no halo may be. Veils are dark and stand under light type only.
    """
    own = [Shown(colour, samples), *beside]
    if _stand_alone(own, is_on_photo=may_have_scrim):
        return Help()
    if _stand_alone([Shown(opposite, samples)], is_on_photo=may_have_scrim):
        return Help(opposite)
    for shown in (own, *([Shown(text, samples)] for text in (colour, opposite, LIGHTEST_TYPE))):
        if not is_light(shown[0].colour):
            continue
        text = None if shown is own else shown[0].colour
        if may_have_scrim and (veil := _thinnest_veil(shown, tone, MAX_SCRIM, 1.0)) is not None:
            return Help(text, veil[1], veil[0])
        if halo_shadow is not None and (veil := _thinnest_veil(_in_shadow(shown, halo_shadow), tone, MAX_HALO, HALO_STRENGTH)) is not None:
            return Help(text, veil[1], veil[0], is_halo=True)
    return Help(box_colour=opposite if contrast(luminance_of(colour), luminance_of(opposite)) >= AIMED_RATIO else _extreme(colour))


def _stand_alone(shown: Sequence[Shown], *, is_on_photo: bool) -> bool:
    """Whether the colours can be read without help, dark type on a photo only on a bright one."""
    if min(ratio_on(one.colour, one.samples) for one in shown) < AIMED_RATIO:
        return False
    if is_light(shown[0].colour) or not is_on_photo:
        return True
    return all(float(np.percentile(luminance(pixels), DARK_SHARE)) >= BRIGHT_GROUND_LUMINANCE for pixels in shown[0].samples)


def _in_shadow(shown: Sequence[Shown], opacity: float) -> list[Shown]:
    """With the type's own soft shadow on what is behind it."""
    return [Shown(one.colour, [veiled(pixels, "#000000", SHADOW_SHARE * opacity) for pixels in one.samples]) for one in shown]


def _thinnest_veil(shown: Sequence[Shown], tone: Pixels, most: float, strength: float) -> tuple[str, float] | None:
    """The shade and the least opacity with which light type can be read; None beyond ``most``. ``strength``: what of it is under the type."""
    shade = shade_of(tone)
    steps = round(most / SCRIM_STEP)
    for step in range(1, steps + 1):
        opacity = round(step * SCRIM_STEP, 2)
        ratios = (ratio_on(one.colour, [veiled(pixels, shade, opacity * strength) for pixels in one.samples]) for one in shown)
        if min(ratios) >= (VEILED_RATIO if step < steps else REQUIRED_RATIO):
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
