"""Better photos without a key: a gentle chain of exposure, levels, local contrast, noise and sharpness, checked not to do harm.

Operations: https://docs.opencv.org/4.x/d7/dbd/group__imgproc.html
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from reelwright.kit.errors import ProviderRefused

GOOD_MEDIAN = (0.36, 0.62)  # of luma, 0..1
GOOD_RANGE = 0.86  # between the half-percent ends
END_SHARE_PERCENT = 0.5
NOISE_LIMIT = 4.0  # standard deviation, 8-bit codes
EXPOSURE_STEP = 0.5  # of the way to a good median
GAMMA_BOUNDS = (0.72, 1.22)
MAX_BLACK_POINT = 0.07
MIN_WHITE_POINT = 0.88
LOCAL_CONTRAST_SHARE = 0.3
SHARPEN_SHARE = 0.35
SHARPEN_RADIUS_SHARE = 1 / 1600  # of the longer side
LEAST_SPREAD = 0.01  # an empty wall has nothing to bring out
MAX_MORE_CLIPPED = 0.004
MAX_MORE_NOISE = 1.35
STRENGTHS = (1.0, 0.5)
JPEG_QUALITY = 93
MEASURED_SIDE = 1024

Plane = NDArray[np.uint8]


@dataclass(frozen=True)
class _Traits:
    """What was measured in the luma of a photo (0..1; noise in 8-bit codes)."""

    median: float
    black: float
    white: float
    clipped: float
    noise: float
    spread: float

    @property
    def is_good(self) -> bool:
        return GOOD_MEDIAN[0] <= self.median <= GOOD_MEDIAN[1] and self.white - self.black >= GOOD_RANGE and self.noise <= NOISE_LIMIT


class OpencvEnhancer:
    """Changes light, never the colours: hues stay as they are."""

    name = "enhancement"

    def enhance(self, source: Path, target: Path) -> bool:
        """Writes a JPEG to ``target``; False, and nothing written, where the photo is good or would not become better.

        Raises ProviderRefused where the source is no picture.
        """
        picture = cv2.imdecode(np.fromfile(source, np.uint8), cv2.IMREAD_COLOR)
        if picture is None:
            raise ProviderRefused(f"{source.name} could not be read as a picture.")
        luma, red, blue = (np.asarray(plane, np.uint8) for plane in cv2.split(cv2.cvtColor(picture, cv2.COLOR_BGR2YCrCb)))
        before = _measure(luma)
        if before.is_good or before.spread < LEAST_SPREAD:
            return False
        for strength in STRENGTHS:
            better = _improve(luma, before, strength)
            if _is_harmless(before, _measure(better)):
                _write(np.stack([better, *_soften_colour_noise(red, blue, before)], axis=2), target)
                return True
        return False


def _measure(luma: Plane) -> _Traits:
    side = max(luma.shape)
    small = cv2.resize(luma, None, fx=MEASURED_SIDE / side, fy=MEASURED_SIDE / side, interpolation=cv2.INTER_AREA) if side > MEASURED_SIDE else luma
    black, median, white = np.percentile(small, [END_SHARE_PERCENT, 50, 100 - END_SHARE_PERCENT]) / 255
    clipped = float(((small <= 2) | (small >= 253)).mean())
    return _Traits(float(median), float(black), float(white), clipped, _measure_noise(luma), float(small.std()) / 255)


def _measure_noise(luma: Plane) -> float:
    """Standard deviation of the noise in smooth parts: the median of what the eight neighbours do not explain (full size, middle part)."""
    height, width = luma.shape
    middle = luma[height // 4 : max(height // 4 + 8, 3 * height // 4), width // 4 : max(width // 4 + 8, 3 * width // 4)].astype(np.float32)
    kernel = np.array([[1, -2, 1], [-2, 4, -2], [1, -2, 1]], np.float32)
    rest = cv2.filter2D(middle, -1, kernel)
    return float(np.median(np.abs(rest)) / (0.6745 * 6))


def _improve(luma: Plane, traits: _Traits, strength: float) -> Plane:
    calm = _take_noise(luma, traits, strength)
    toned = cv2.LUT(calm, _draw_curve(traits, strength))
    local = cv2.createCLAHE(clipLimit=1.6, tileGridSize=(8, 8)).apply(toned)
    toned = cv2.addWeighted(toned, 1 - LOCAL_CONTRAST_SHARE * strength, local, LOCAL_CONTRAST_SHARE * strength, 0)
    radius = max(0.8, max(luma.shape) * SHARPEN_RADIUS_SHARE)
    share = SHARPEN_SHARE * strength * (0.4 if traits.noise > NOISE_LIMIT else 1.0)
    return np.asarray(cv2.addWeighted(toned, 1 + share, cv2.GaussianBlur(toned, (0, 0), radius), -share, 0), np.uint8)


def _draw_curve(traits: _Traits, strength: float) -> Plane:
    """Levels, then gamma: part of the way to a good median, within bounds."""
    black = min(traits.black, MAX_BLACK_POINT) * strength
    white = 1 - (1 - max(traits.white, MIN_WHITE_POINT)) * strength
    levels = np.clip((np.arange(256) / 255 - black) / (white - black), 0, 1)
    median = min(max((traits.median - black) / (white - black), 0.02), 0.98)
    wanted = median + (min(max(median, GOOD_MEDIAN[0]), GOOD_MEDIAN[1]) - median) * EXPOSURE_STEP * strength
    gamma = min(max(np.log(wanted) / np.log(median), GAMMA_BOUNDS[0]), GAMMA_BOUNDS[1])
    return np.asarray(np.round(255 * levels**gamma), np.uint8)


def _take_noise(luma: Plane, traits: _Traits, strength: float) -> Plane:
    if traits.noise <= NOISE_LIMIT:
        return luma
    calm = cv2.bilateralFilter(luma, 5, min(2.2 * traits.noise, 40.0), 2.0)
    return np.asarray(cv2.addWeighted(calm, strength, luma, 1 - strength, 0), np.uint8)


def _soften_colour_noise(red: Plane, blue: Plane, traits: _Traits) -> tuple[Plane, Plane]:
    if traits.noise <= NOISE_LIMIT:
        return red, blue
    return np.asarray(cv2.GaussianBlur(red, (0, 0), 1.5), np.uint8), np.asarray(cv2.GaussianBlur(blue, (0, 0), 1.5), np.uint8)


def _is_harmless(before: _Traits, after: _Traits) -> bool:
    distance = abs(before.median - 0.5) - abs(after.median - 0.5)
    return (
        after.clipped <= before.clipped + MAX_MORE_CLIPPED
        and after.noise <= max(before.noise * MAX_MORE_NOISE, NOISE_LIMIT)
        and after.spread >= before.spread * 0.97
        and distance > -0.04
    )


def _write(picture: Plane, target: Path) -> None:
    encoded = cv2.imencode(".jpg", cv2.cvtColor(picture, cv2.COLOR_YCrCb2BGR), [cv2.IMWRITE_JPEG_QUALITY, JPEG_QUALITY])[1]
    temporary = target.with_name(target.name + ".part")
    encoded.tofile(temporary)
    temporary.replace(target)
