"""What each look does to a colour: tone, saturation, tints, and how far it may move the colours of skin."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
import numpy.typing as npt

from reelwright.rendering.curves import smooth_step, spline

Tint = tuple[float, float]
Values = npt.NDArray[np.float32]

SKIN_HUES_DEGREES = (2.0, 22.0, 64.0, 84.0)
"""Angles of (−Cb, Cr) between which colours may be skin; surely between the inner two."""

SKIN_CHROMA = (0.008, 0.028, 0.16, 0.24)
"""The same for chroma, brought to middle luma: dark skin has the same hue at less chroma."""

SKIN_LUMA = (0.03, 0.09)
MIDDLE_LUMA, LEAST_DEPTH = 0.42, 0.25
SKIN_TURN_DEGREES, SKIN_STRETCH = 1.0, 0.12
SKIN_SHIFT, PALE_CHROMA = 0.012, (0.024, 0.056)
"""Pale colours have no hue worth keeping: they may move by so much."""

CHROMA_FALL = 0.27
"""At the same Cb and Cr a darker colour looks more colourful (CIELAB), by this power of luma."""


@dataclass(frozen=True)
class Recipe:
    """A look in figures: tone curve, saturation, tints (Cb, Cr) of shadows and lights, vignette, grain and halation at full strength."""

    curve: Sequence[tuple[float, float]]
    saturation: float = 1.0
    shadows: Tint = (0.0, 0.0)
    lights: Tint = (0.0, 0.0)
    vignette: float = 0.0
    grain: float = 0.0
    halation: float = 0.0


PLAIN = Recipe(((0, 0), (1, 1)))
RECIPES: Mapping[str, Recipe] = MappingProxyType(
    {
        "clean": Recipe(((0, 0), (0.25, 0.235), (0.5, 0.51), (0.75, 0.775), (1, 1)), 1.06, (0, 0), (-0.004, 0.004), 0.08, 0.006),
        "punch": Recipe(((0, 0), (0.18, 0.115), (0.5, 0.515), (0.8, 0.865), (1, 1)), 1.20, (0.010, -0.006), (-0.006, 0.006), 0.22, 0.010),
        "cream": Recipe(((0, 0.075), (0.25, 0.30), (0.5, 0.575), (0.75, 0.81), (1, 0.98)), 0.84, (-0.008, 0.010), (-0.030, 0.016), 0, 0.010, 0.10),
        "gold": Recipe(((0, 0.03), (0.2, 0.175), (0.5, 0.525), (0.8, 0.84), (1, 0.97)), 0.98, (0.010, -0.012), (-0.046, 0.030), 0.18, 0.022, 0.22),
        "retro90": Recipe(((0, 0.10), (0.25, 0.285), (0.5, 0.52), (0.75, 0.74), (1, 0.91)), 0.78, (0.020, -0.020), (-0.040, 0.012), 0.26, 0.034, 0.28),
        "dusk": Recipe(((0, 0.015), (0.2, 0.145), (0.5, 0.48), (0.8, 0.82), (1, 0.97)), 0.90, (0.036, -0.036), (-0.030, 0.034), 0.24, 0.012, 0.08),
        "silver": Recipe(((0, 0.01), (0.2, 0.13), (0.5, 0.50), (0.8, 0.86), (1, 0.985)), 0, (0.004, -0.001), (-0.006, 0.004), 0.26, 0.028, 0.10),
        "neon": Recipe(((0, 0.01), (0.2, 0.135), (0.5, 0.49), (0.8, 0.84), (1, 1)), 1.14, (0.056, 0.014), (0.006, 0.034), 0.28, 0.014, 0.30),
    }
)


def tone(recipe: Recipe, strength: float, luma: Values) -> Values:
    """Luma 0..1 through the look's curve."""
    return luma + (spline(recipe.curve, luma) - luma) * np.float32(strength)


def move_chroma(recipe: Recipe, strength: float, y: Values, cb: Values, cr: Values) -> tuple[Values, Values]:
    """Saturation, gain with the tone curve, split tone; colours of skin are kept within narrow bounds."""
    toned = tone(recipe, strength, y)
    lightness = smooth_step(0.05, 0.95, toned)
    saturation = 1 + (recipe.saturation - 1) * strength
    gain = 1 + 0.55 * (np.clip(toned / np.maximum(y, 0.04), 0.6, 1.35) - 1) * strength
    low = (1 - lightness) * smooth_step(0, 0.10, toned) * strength
    high = lightness * (1 - 0.6 * smooth_step(0.93, 1.0, toned)) * strength
    moved = [np.asarray(c * saturation * gain + recipe.shadows[i] * low + recipe.lights[i] * high, np.float32) for i, c in enumerate((cb, cr))]
    if recipe.saturation == 0:
        return moved[0], moved[1]
    return _keep_skin(y, toned, (cb, cr), (moved[0], moved[1]))


def _keep_skin(y: Values, toned: Values, before: tuple[Values, Values], after: tuple[Values, Values]) -> tuple[Values, Values]:
    """Colours that may be skin keep their hue and their colourfulness, nearly: the rest of the move is cut off."""
    share = skin_share(y, *before)
    is_skin = share > 0
    if not is_skin.any():
        return after
    y, toned, cb, cr = (np.broadcast_to(values, share.shape)[is_skin] for values in (y, toned, *before))
    moved = after[0][is_skin], after[1][is_skin]
    held = _hold(y, toned, (cb, cr), moved)
    for values, bound, free in zip(after, held, moved, strict=True):
        values[is_skin] = free + (bound - free) * share[is_skin]
    return after


def _hold(y: Values, toned: Values, before: tuple[Values, Values], after: tuple[Values, Values]) -> tuple[Values, Values]:
    """The moved colours, cut off where they leave the bounds of skin."""
    chroma, angle = _polar(*before)
    new_chroma, new_angle = _polar(*after)
    fall = (np.maximum(toned, 0.04) / np.maximum(y, 0.04)) ** CHROMA_FALL
    depth = _depth(y)
    kept, shift = chroma * fall, SKIN_SHIFT * depth * (1 - smooth_step(*PALE_CHROMA, chroma / depth))
    low, high = np.minimum(kept * (1 - SKIN_STRETCH), kept - shift), np.maximum(kept * (1 + SKIN_STRETCH), kept + shift)
    bounded = np.clip(new_chroma, np.maximum(low, 0), high)
    most = np.maximum(np.radians(SKIN_TURN_DEGREES), shift / np.maximum(chroma, 0.005))
    turned = angle + np.clip(np.remainder(new_angle - angle + np.pi, 2 * np.pi) - np.pi, -most, most)
    return np.asarray(-bounded * np.cos(turned), np.float32), np.asarray(bounded * np.sin(turned), np.float32)


def skin_share(y: Values, cb: Values, cr: Values) -> Values:
    """How much a colour is one of skin, 0..1."""
    y, cb, cr = np.broadcast_arrays(y, cb, cr)
    share = np.zeros(y.shape, np.float32)
    # Hues of skin are yellow to red; looking at no others saves three quarters of the work.
    may_be = (cb < 0) & (cr > 0)
    y, cb, cr = y[may_be], cb[may_be], cr[may_be]
    chroma, angle = _polar(cb, cr)
    share[may_be] = _plateau(SKIN_HUES_DEGREES, np.degrees(angle)) * _plateau(SKIN_CHROMA, chroma / _depth(y)) * smooth_step(*SKIN_LUMA, y)
    return share


def _depth(y: Values) -> Values:
    return np.asarray(np.clip(y / MIDDLE_LUMA, LEAST_DEPTH, 1), np.float32)


def _plateau(bounds: tuple[float, float, float, float], values: npt.NDArray[np.floating]) -> Values:
    return smooth_step(bounds[0], bounds[1], values) * (1 - smooth_step(bounds[2], bounds[3], values))


def _polar(cb: Values, cr: Values) -> tuple[Values, Values]:
    """Chroma, and the angle of (−Cb, Cr): skin lies about 28 to 58 degrees."""
    return np.hypot(cb, cr), np.arctan2(cr, -cb)
