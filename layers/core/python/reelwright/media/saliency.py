"""Where a picture draws the eye, from colour and contrast alone: rare colours, strong colours and edges, the middle a little more."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from reelwright.media.eyes import Picture, Plane

SIDE_CELLS = 144
_COLOUR_BINS = (8, 16, 16)
_LEAST_CHROMA = 30.0
_MIDDLE_SPREAD = 0.45
_BLUR_SHARE = 0.03


def map_saliency(picture: Picture) -> Plane:
    """144 × 144 values, 0..1, over the squeezed picture."""
    small = cv2.resize(picture, (SIDE_CELLS, SIDE_CELLS), interpolation=cv2.INTER_AREA)
    lab = cv2.cvtColor(small, cv2.COLOR_BGR2LAB).astype(np.float32)
    chroma = np.hypot(lab[..., 1] - 128, lab[..., 2] - 128)
    chroma /= max(_LEAST_CHROMA, float(chroma.max()))
    attraction = _rarity(lab) * (0.35 + 0.65 * chroma) + 0.5 * np.sqrt(_edges(lab[..., 0]))
    wide = cv2.GaussianBlur(attraction * _middle(), (0, 0), SIDE_CELLS * _BLUR_SHARE)
    return np.asarray(wide / max(float(wide.max()), 1e-6), np.float32)


def _rarity(lab: NDArray[np.float32]) -> NDArray[Any]:
    counts = cv2.calcHist([lab], [0, 1, 2], None, list(_COLOUR_BINS), [0, 256] * 3)
    for axis in range(3):
        counts = _smooth(counts, axis)
    shares = counts / counts.sum()
    place = [np.minimum((lab[..., channel] * bins / 256).astype(np.intp), bins - 1) for channel, bins in enumerate(_COLOUR_BINS)]
    rare = -np.log(shares[place[0], place[1], place[2]] + 1e-6)
    return np.asarray((rare - rare.min()) / max(float(np.ptp(rare)), 1e-6), np.float32)


def _smooth(counts: NDArray[Any], axis: int) -> NDArray[Any]:
    edge = [(1, 1) if place == axis else (0, 0) for place in range(3)]
    padded = np.pad(counts, edge, mode="edge")
    length = counts.shape[axis]
    before, here, after = (padded.take(range(start, start + length), axis) for start in range(3))
    return np.asarray(0.25 * before + 0.5 * here + 0.25 * after)


def _edges(lightness: NDArray[np.float32]) -> NDArray[Any]:
    edges = cv2.GaussianBlur(np.abs(cv2.Laplacian(lightness, cv2.CV_32F)), (0, 0), 2.0)
    return np.asarray(edges / max(float(edges.max()), 1e-6), np.float32)


def _middle() -> NDArray[Any]:
    away = np.linspace(-0.5, 0.5, SIDE_CELLS, dtype=np.float32)
    square = away[None, :] ** 2 + away[:, None] ** 2
    return np.asarray(0.55 + 0.45 * np.exp(-square / (2 * _MIDDLE_SPREAD**2)))
