"""Colour looks: a luma curve as one table, chroma as another over (luma level, Cr, Cb), halation at an eighth of the size."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import cv2
import numpy as np
import numpy.typing as npt

from reelwright.rendering.curves import smooth_step, spline
from reelwright.rendering.planes import BLACK_CODE, CHROMA_STEPS, GREY_CODE, LUMA_STEPS, WHITE_CODE, Plane, Planes

LEVELS = 32
GRID = 33
SKIN_HOLD = 0.8
Tint = tuple[float, float]


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
RECIPES = {
    "clean": Recipe(((0, 0), (0.25, 0.235), (0.5, 0.51), (0.75, 0.775), (1, 1)), 1.06, (0, 0), (-0.004, 0.004), 0.08, 0.006),
    "punch": Recipe(((0, 0), (0.18, 0.115), (0.5, 0.515), (0.8, 0.865), (1, 1)), 1.20, (0.010, -0.006), (-0.006, 0.006), 0.22, 0.010),
    "cream": Recipe(((0, 0.075), (0.25, 0.30), (0.5, 0.575), (0.75, 0.81), (1, 0.98)), 0.84, (-0.008, 0.010), (-0.030, 0.016), 0, 0.010, 0.10),
    "gold": Recipe(((0, 0.03), (0.2, 0.175), (0.5, 0.525), (0.8, 0.84), (1, 0.97)), 0.98, (0.010, -0.012), (-0.046, 0.030), 0.18, 0.022, 0.22),
}


@dataclass(frozen=True)
class Look:
    """A look ready to be applied. ``luma`` has 256 entries, ``chroma`` one Cb–Cr pair for each (level, Cr, Cb)."""

    luma: Plane
    chroma: npt.NDArray[np.uint16]
    lights: Plane
    vignette: float
    grain: float
    halation: float
    is_plain: bool = field(default=False)

    def apply(self, planes: Planes) -> Planes:
        """The picture in this look; new planes."""
        if self.is_plain:
            return planes
        height, width = planes.u.shape[:2]
        level = cv2.resize(planes.y, (width, height), interpolation=cv2.INTER_AREA)
        level = cv2.LUT(cv2.add(level, _dither(height, width)), _level_table())
        index = cv2.merge([planes.u, planes.v, level, _zeros(height, width)]).view(np.uint32)[..., 0]
        pairs = np.take(self.chroma, index, mode="clip").view(np.uint8).reshape(height, width, 2)
        u, v = cv2.split(pairs)
        looked = Planes(cv2.LUT(planes.y, self.luma), u, v)
        return self._glow(looked) if self.halation else looked

    def _glow(self, planes: Planes) -> Planes:
        """A warm halo around lights, screened on: luma moves towards white, chroma along one direction."""
        width, height, shrink = planes.width, planes.height, 8
        if width < 64 or height < 64:
            return planes
        lights = cv2.LUT(cv2.resize(planes.y, (width // shrink, height // shrink), interpolation=cv2.INTER_AREA), self.lights)
        reach = max(3, int(width * 0.022 / shrink * 1.7)) | 1
        halo = lights
        for _ in range(3):
            halo = cv2.blur(halo, (reach, reach), borderType=cv2.BORDER_REFLECT_101)
        halo = cv2.convertScaleAbs(cv2.subtract(halo, cv2.convertScaleAbs(lights, None, 0.6, 0)), None, self.halation, 0)
        if not halo.any():
            return planes
        full = cv2.resize(halo, (width, height), interpolation=cv2.INTER_LINEAR)
        lift = cv2.multiply(cv2.subtract(WHITE_CODE, planes.y), full, None, 0.4788 / 255)  # type: ignore[call-overload]
        half = cv2.resize(lift, (planes.u.shape[1], planes.u.shape[0]), interpolation=cv2.INTER_AREA)
        to_chroma = CHROMA_STEPS / LUMA_STEPS / 0.4788
        u = cv2.subtract(planes.u, cv2.convertScaleAbs(half, None, 0.193 * to_chroma, 0))
        return Planes(cv2.add(planes.y, lift), u, cv2.add(planes.v, cv2.convertScaleAbs(half, None, 0.331 * to_chroma, 0)))


def make_look(name: str | None, strength: float = 1.0, exposure: float = 0.0, brightness: float = 1.0) -> Look:
    """A look by name (None: no look), with the exposure match in stops and a brightness factor folded in."""
    recipe = RECIPES[name] if name else PLAIN
    share = strength if name else 0.0
    gain = 2.0**exposure
    codes = np.arange(256, dtype=np.float32)
    toned = _tone(recipe, share, np.clip((codes - BLACK_CODE) / LUMA_STEPS * gain, 0, 1)) * brightness
    luma = np.clip(BLACK_CODE + LUMA_STEPS * toned + 0.5, BLACK_CODE, WHITE_CODE).astype(np.uint8)
    lights = (smooth_step(0.70, 1.0, np.clip((codes - BLACK_CODE) / LUMA_STEPS, 0, 1)) * 255 + 0.5).astype(np.uint8)
    is_plain = not share and exposure == 0 and brightness == 1
    chroma = np.zeros(1, np.uint16) if is_plain else _chroma_table(recipe, share, gain, brightness)
    return Look(luma, chroma, lights, recipe.vignette * share, recipe.grain * share, recipe.halation * share * brightness, is_plain)


def _tone(recipe: Recipe, strength: float, luma: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    return luma + (spline(recipe.curve, luma) - luma) * np.float32(strength)


def _chroma_table(recipe: Recipe, strength: float, gain: float, brightness: float) -> npt.NDArray[np.uint16]:
    """Worked out on a coarse grid per luma level, enlarged to all codes."""
    level = (np.arange(LEVELS, dtype=np.float32) * 256 / LEVELS + 128 / LEVELS - 0.5 - BLACK_CODE) / LUMA_STEPS * gain
    y = np.clip(level, 0, 1).astype(np.float32)[:, None, None]
    grid = ((np.linspace(0, 255, GRID) - GREY_CODE) / CHROMA_STEPS * gain).astype(np.float32)
    new_cb, new_cr = _move_chroma(recipe, strength, y, grid[None, None, :], grid[None, :, None])
    corners = np.array([[(GRID - 1) / 255, 0, 0], [0, (GRID - 1) / 255, 0]], np.float32)
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    table = np.empty((LEVELS, 256, 256, 2), np.uint8)
    for number in range(LEVELS):
        for channel, moved in enumerate((new_cb, new_cr)):
            small = np.ascontiguousarray(np.broadcast_to(moved[number], (GRID, GRID)), np.float32)
            big = cv2.warpAffine(small, corners, (256, 256), flags=flags, borderMode=cv2.BORDER_REPLICATE)
            table[number, ..., channel] = np.clip(GREY_CODE + CHROMA_STEPS * big * brightness + 0.5, 16, 240)
    return table.reshape(-1, 2).view(np.uint16)[:, 0]


def _move_chroma(
    recipe: Recipe, strength: float, y: npt.NDArray[np.float32], cb: npt.NDArray[np.float32], cr: npt.NDArray[np.float32]
) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]:
    """Saturation, gain with the tone curve, split tone; colours of skin are held back."""
    toned = _tone(recipe, strength, y)
    lightness = smooth_step(0.05, 0.95, toned)
    skin = _skin_share(y, cb, cr)
    saturation = 1 + (recipe.saturation - 1) * strength
    saturation = saturation + (np.clip(saturation, 0.92, 1.04) - saturation) * skin
    gain = 1 + 0.55 * (np.clip(toned / np.maximum(y, 0.04), 0.6, 1.35) - 1) * strength
    low = (1 - lightness) * smooth_step(0, 0.10, toned) * strength
    high = lightness * (1 - 0.6 * smooth_step(0.93, 1.0, toned)) * strength
    held = 1 - SKIN_HOLD * skin
    moved = [c * saturation * gain + (recipe.shadows[i] * low + recipe.lights[i] * high) * held for i, c in enumerate((cb, cr))]
    return moved[0], moved[1]


def _skin_share(y: npt.NDArray[np.float32], cb: npt.NDArray[np.float32], cr: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """How much a colour is one of skin, 0..1. Dark skin has the same hue at less chroma, so the centre moves with luma."""
    depth = np.clip(y / 0.42, 0.25, 1)
    near = ((cb / depth + 0.085) / 0.055) ** 2 + ((cr / depth - 0.095) / 0.055) ** 2
    return np.asarray(np.exp(-0.8 * near) * smooth_step(0.04, 0.12, y), np.float32)


@lru_cache(maxsize=1)
def _level_table() -> Plane:
    return (np.arange(256) * LEVELS // 256).astype(np.uint8)


@lru_cache(maxsize=8)
def _zeros(height: int, width: int) -> Plane:
    return np.zeros((height, width), np.uint8)


@lru_cache(maxsize=8)
def _dither(height: int, width: int) -> Plane:
    """Ordered dither (Bayer 4×4) over one luma level, so that the levels leave no steps."""
    pattern = np.array([[0, 8, 2, 10], [12, 4, 14, 6], [3, 11, 1, 9], [15, 7, 13, 5]]) * (256 // LEVELS) // 16
    return np.tile(pattern, (height // 4 + 1, width // 4 + 1))[:height, :width].astype(np.uint8)
