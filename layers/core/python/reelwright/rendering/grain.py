"""Film grain, baked into stills: grain that is new in each frame would cost the encoder up to four times as much."""

from __future__ import annotations

from functools import lru_cache

import cv2
import numpy as np

from reelwright.rendering.planes import BLACK_CODE, LUMA_STEPS, Plane

TILE = 512
WEIGHT_ONE = 110


def add_grain(luma: Plane, sigma: float, number: int = 0) -> Plane:
    """Luma with grain (sigma as a share of full scale), stronger in the middle tones; each number has its own.

    Codes stay within 0..255 by the tile's bound of 16.
    """
    height, width = luma.shape[:2]
    tile = _tile(round(sigma, 4))
    if number:
        tile = np.roll(tile, np.random.default_rng(number).integers(0, TILE, 2).tolist(), (0, 1))
    tiles = np.tile(tile, (height // TILE + 1, width // TILE + 1))[:height, :width]
    weight = cv2.LUT(luma, _weights()).view(np.int8)
    weighted = cv2.multiply(tiles, weight, None, 1 / WEIGHT_ONE)
    return cv2.add(luma, weighted, dtype=cv2.CV_8U)


@lru_cache(maxsize=4)
def _tile(sigma: float) -> Plane:
    """A seamless square of noise, int8, blurred a little as film grain is."""
    random = np.random.default_rng(7)
    coarse = cv2.resize(random.standard_normal((TILE // 2, TILE // 2)).astype(np.float32), (TILE, TILE), interpolation=cv2.INTER_CUBIC)
    noise = 1.15 * coarse + 0.35 * random.standard_normal((TILE, TILE)).astype(np.float32)
    wrapped = cv2.copyMakeBorder(noise, 8, 8, 8, 8, cv2.BORDER_WRAP)
    smooth = cv2.GaussianBlur(wrapped, (0, 0), 0.7)[8:-8, 8:-8] * (sigma * LUMA_STEPS)
    dithered = np.rint(smooth + (random.random((TILE, TILE)) - 0.5) * 0.999)
    return np.clip(dithered, -16, 16).astype(np.int8)


@lru_cache(maxsize=1)
def _weights() -> Plane:
    tone = (np.arange(256) - BLACK_CODE) / LUMA_STEPS
    return np.clip((1.1 - 1.2 * np.abs(tone - 0.42)) * WEIGHT_ONE, 20, 127).astype(np.int8).view(np.uint8)
