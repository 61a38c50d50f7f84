"""Plain measurements of a picture: sharpness, light, colour, calm, and a hash that near duplicates share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import cv2
import numpy as np

from reelwright.media.analysis import MediaAnalysis
from reelwright.media.cells import Cells, measure_cells
from reelwright.media.crop import Crop
from reelwright.media.eyes import Picture

MEASURED_WIDTH_PIXELS = 640
NEAR_DUPLICATE_BITS = 8
_HASH_COLUMNS, _HASH_ROWS = 9, 8
_TITLE_ZONE = (72 / 1080, 288 / 1920, 1008 / 1080, 840 / 1920)  # left, top, right, bottom of a 9:16 frame
_CALM_GRID_PIXELS = (108, 192)
_GREY_CHROMA, _GREY_LUMA, _LEAST_GREY_SHARE = 0.10, (0.15, 0.9), 0.08


@dataclass(frozen=True)
class LookFacts:
    """``sharpness``: variance of the Laplacian at 640 px; lumas and ``calm_top`` 0..1; ``difference_hash``: 16 hex digits.

    ``grey_cast``: mean Cb and Cr (BT.709, shares of full range) of what is nearly grey; None where there is too little of it.
    """

    sharpness: float
    luma_median: float
    luma_mean: float
    colourfulness: float
    calm_top: float
    difference_hash: str
    cells: Cells
    grey_cast: tuple[float, float] | None = None


def measure_look(picture: Picture, crop: Crop) -> LookFacts:
    """The facts of an upright picture and of its best crop."""
    scale = min(1.0, MEASURED_WIDTH_PIXELS / picture.shape[1])
    size = (max(1, round(picture.shape[1] * scale)), max(1, round(picture.shape[0] * scale)))
    small = cv2.resize(picture, size, interpolation=cv2.INTER_AREA) if scale < 1 else picture
    grey = cv2.cvtColor(small, cv2.COLOR_BGR2GRAY)
    return LookFacts(
        sharpness=round(measure_sharpness(grey), 1),
        luma_median=round(float(np.median(grey)) / 255, 4),
        luma_mean=round(float(grey.mean()) / 255, 4),
        colourfulness=round(_measure_colour(small), 2),
        calm_top=round(_measure_calm(grey, crop), 4),
        difference_hash=hash_differences(grey),
        cells=measure_cells(grey),
        grey_cast=measure_cast(small),
    )


def measure_sharpness(grey: np.ndarray) -> float:
    """Variance of the Laplacian of an 8-bit grey picture, about 640 px wide."""
    return float(cv2.Laplacian(grey, cv2.CV_32F).var())


def measure_cast(picture: np.ndarray) -> tuple[float, float] | None:
    """The colour of the light: mean Cb and Cr of nearly grey pixels of middle luma, or None where they are few."""
    blue, green, red = (picture[..., channel].astype(np.float32) / 255 for channel in range(3))
    luma = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    cb, cr = (blue - luma) / 1.8556, (red - luma) / 1.5748
    is_grey = (np.hypot(cb, cr) < _GREY_CHROMA) & (luma > _GREY_LUMA[0]) & (luma < _GREY_LUMA[1])
    if is_grey.mean() < _LEAST_GREY_SHARE:
        return None
    return round(float(cb[is_grey].mean()), 4), round(float(cr[is_grey].mean()), 4)


def hash_differences(grey: np.ndarray) -> str:
    """dHash: whether each of 9 × 8 cells is darker than its right neighbour, 64 bits as 16 hex digits."""
    cells = cv2.resize(grey, (_HASH_COLUMNS, _HASH_ROWS), interpolation=cv2.INTER_AREA).astype(np.int16)
    bits = (cells[:, 1:] > cells[:, :-1]).ravel()
    return f"{int(''.join('1' if bit else '0' for bit in bits), 2):016x}"


def count_different_bits(first: str, second: str) -> int:
    """Bits in which two hashes differ; 64 where one is missing."""
    return (int(first, 16) ^ int(second, 16)).bit_count() if first and second else 64


def find_near_duplicates(analyses: Mapping[str, MediaAnalysis]) -> tuple[tuple[str, ...], ...]:
    """Groups of media ids that show nearly the same, the sharpest of each group first; media without a twin are left out."""
    groups: list[list[str]] = []
    for media_id, analysis in analyses.items():
        twins = [group for group in groups if any(_are_twins(analysis, analyses[other]) for other in group)]
        merged = [media_id, *(other for group in twins for other in group)]
        groups = [group for group in groups if group not in twins] + [merged]
    ordered = (sorted(group, key=lambda media_id: (-analyses[media_id].sharpness, media_id)) for group in groups)
    return tuple(tuple(group) for group in ordered if len(group) > 1)


def _are_twins(first: MediaAnalysis, second: MediaAnalysis) -> bool:
    return count_different_bits(first.difference_hash, second.difference_hash) <= NEAR_DUPLICATE_BITS


def _measure_colour(picture: np.ndarray) -> float:
    """Hasler and Süsstrunk's colourfulness: spread plus 0.3 of the mean of the opponent colours."""
    blue, green, red = (picture[..., channel].astype(np.float32) for channel in range(3))
    red_green, yellow_blue = red - green, (red + green) / 2 - blue
    spread = float(np.hypot(red_green.std(), yellow_blue.std()))
    return spread + 0.3 * float(np.hypot(red_green.mean(), yellow_blue.mean()))


def _measure_calm(grey: np.ndarray, crop: Crop) -> float:
    """Share of the title zone whose edges are weaker than the crop's median."""
    height, width = grey.shape
    left, top = round((crop.x - crop.width / 2) * width), round((crop.y - crop.height / 2) * height)
    view = grey[max(0, top) : top + max(2, round(crop.height * height)), max(0, left) : left + max(2, round(crop.width * width))]
    edges = cv2.resize(np.abs(cv2.Laplacian(view, cv2.CV_32F)), _CALM_GRID_PIXELS, interpolation=cv2.INTER_AREA)
    columns, rows = _CALM_GRID_PIXELS
    zone = edges[int(_TITLE_ZONE[1] * rows) : int(_TITLE_ZONE[3] * rows), int(_TITLE_ZONE[0] * columns) : int(_TITLE_ZONE[2] * columns)]
    return float((zone <= np.median(edges)).mean())
