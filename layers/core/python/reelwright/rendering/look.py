"""Colour looks: a luma curve as one table, chroma as another over (luma level, Cr, Cb), halation at an eighth of the size."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import cv2
import numpy as np
import numpy.typing as npt

from reelwright.rendering.curves import smooth_step
from reelwright.rendering.look_colours import PLAIN, RECIPES, Recipe, Tint, move_chroma, tone
from reelwright.rendering.planes import BLACK_CODE, CHROMA_STEPS, GREY_CODE, LUMA_STEPS, WHITE_CODE, Plane, Planes

LEVELS = 32
GLOW_SHRINK = 8
COARSE_CODES, FINE_CODES = (0, 256, 8), (64, 192, 2)
"""First and last code of Cb and Cr, and the grid's step: skin lies in the fine part."""

BALANCED_FROM = 0.25
"""Luma from which a white balance works in full: black stays black."""

MAX_LIVE_GRAIN = 0.022


@dataclass(frozen=True)
class Look:
    """A look ready to be applied. ``luma`` has 256 entries, ``chroma`` one Cb–Cr pair for each (level, Cr, Cb)."""

    luma: Plane
    chroma: npt.NDArray[np.uint16]
    lights: Plane
    grain: float
    halation: float
    is_plain: bool = False
    live_grain: float = 0.0

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
        width, height, shrink = planes.width, planes.height, GLOW_SHRINK
        if width < 64 or height < 64:
            return planes
        small = width // shrink, height // shrink
        # Whole cells only: a shrinking by a broken number takes thirty times as long.
        whole = planes.y[: small[1] * shrink, : small[0] * shrink]
        lights = cv2.LUT(cv2.resize(whole, small, interpolation=cv2.INTER_AREA), self.lights)
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


@dataclass(frozen=True)
class Wish:
    """What a layer asks of its look: how much of it, and what brings its picture into line with its neighbours.

    ``exposure`` is in stops, ``balance`` a shift of Cb and Cr (shares of full range), ``brightness`` a factor of luma.
    """

    name: str | None
    strength: float = 1.0
    exposure: float = 0.0
    brightness: float = 1.0
    balance: Tint = (0.0, 0.0)
    is_grain_live: bool = False


def make_look(name: str | None, strength: float = 1.0, exposure: float = 0.0, brightness: float = 1.0) -> Look:
    """A look by name (None: no look), with the exposure match in stops and a brightness factor folded in."""
    return fulfil(Wish(name, strength, exposure, brightness))


def vignette_of(wish: Wish) -> float:
    """How dark the corners of a picture that fills the canvas become. A name that is not known raises KeyError."""
    return RECIPES[wish.name].vignette * wish.strength if wish.name else 0.0


def fulfil(wish: Wish) -> Look:
    """The look a layer asks for. A name that is not known raises KeyError."""
    recipe = RECIPES[wish.name] if wish.name else PLAIN
    share = wish.strength if wish.name else 0.0
    gain = 2.0**wish.exposure
    codes = np.arange(256, dtype=np.float32)
    toned = tone(recipe, share, np.clip((codes - BLACK_CODE) / LUMA_STEPS * gain, 0, 1)) * wish.brightness
    luma = np.clip(BLACK_CODE + LUMA_STEPS * toned + 0.5, BLACK_CODE, WHITE_CODE).astype(np.uint8)
    lights = (smooth_step(0.70, 1.0, np.clip((codes - BLACK_CODE) / LUMA_STEPS, 0, 1)) * 255 + 0.5).astype(np.uint8)
    is_plain = not share and wish.exposure == 0 and wish.brightness == 1 and wish.balance == (0.0, 0.0)
    chroma = np.zeros(1, np.uint16) if is_plain else _chroma_table(recipe, share, gain, wish)
    grain = recipe.grain * share
    return Look(
        luma=luma,
        chroma=chroma,
        lights=lights,
        grain=0.0 if wish.is_grain_live else grain,
        live_grain=min(grain, MAX_LIVE_GRAIN) if wish.is_grain_live else 0.0,
        halation=recipe.halation * share * wish.brightness,
        is_plain=is_plain,
    )


def _chroma_table(recipe: Recipe, strength: float, gain: float, wish: Wish) -> npt.NDArray[np.uint16]:
    """Worked out on a grid per luma level and enlarged to all codes: a coarse one for all, a fine one for what pictures are made of."""
    table = np.empty((LEVELS, 256, 256, 2), np.uint8)
    first, last, step = COARSE_CODES
    # Nodes in the middle of their cells are what a plain resize enlarges exactly.
    coarse = np.stack(_move_grid(recipe, strength, gain, wish, np.arange(first, last, step, dtype=np.float32) + (step - 1) / 2), -1)
    for number in range(LEVELS):
        table[number] = cv2.convertScaleAbs(cv2.resize(coarse[number], (last - first, last - first), interpolation=cv2.INTER_LINEAR))
    first, last, step = FINE_CODES
    fine = np.stack(_move_grid(recipe, strength, gain, wish, np.arange(first, last + 1, step, dtype=np.float32)), -1)
    enlarge = np.array([[1 / step, 0, 0], [0, 1 / step, 0]], np.float32)
    for number in range(LEVELS):
        big = cv2.warpAffine(fine[number], enlarge, (last - first, last - first), flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP)
        table[number, first:last, first:last] = cv2.convertScaleAbs(big)
    return table.reshape(-1, 2).view(np.uint16)[:, 0]


def _move_grid(recipe: Recipe, strength: float, gain: float, wish: Wish, nodes: npt.NDArray[np.float32]) -> list[npt.NDArray[np.float32]]:
    """New codes of Cb and of Cr, each (level, Cr, Cb), for the codes ``nodes`` of both."""
    level = (np.arange(LEVELS, dtype=np.float32) * 256 / LEVELS + 128 / LEVELS - 0.5 - BLACK_CODE) / LUMA_STEPS * gain
    y = np.clip(level, 0, 1).astype(np.float32)[:, None, None]
    grid = ((nodes - GREY_CODE) / CHROMA_STEPS * gain).astype(np.float32)
    lit = smooth_step(0.0, BALANCED_FROM, y)
    cb, cr = np.broadcast_arrays(grid[None, None, :] + np.float32(wish.balance[0]) * lit, grid[None, :, None] + np.float32(wish.balance[1]) * lit)
    moved = move_chroma(recipe, strength, y, cb, cr)
    return [np.clip(GREY_CODE + CHROMA_STEPS * wish.brightness * channel, 16, 240).astype(np.float32) for channel in moved]


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
