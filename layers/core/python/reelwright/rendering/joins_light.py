"""Joins of light: the flash that matches two shots, and the burn of film that runs out."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import Any, NamedTuple

import cv2
import numpy as np
import numpy.typing as npt

from reelwright.rendering.camera import enlarge
from reelwright.rendering.curves import smooth_step
from reelwright.rendering.moment import FrameMaker, Moment
from reelwright.rendering.planes import BLACK_CODE, BLUE_SHARE, CHROMA_STEPS, GREEN_SHARE, GREY_CODE, LUMA_STEPS, RED_SHARE, WHITE_CODE, Plane, Planes

FLASH_DECAY_FRAMES, NEAR_DECAY_FRAMES, FLASH_NEAR = 1.3, 2.0, 0.05
FLASH_GAIN, FLASH_LIFT = 0.9, 0.34
BRIGHT_SCENE, BRIGHTEST_SCENE, BRIGHT_CAP = 0.60, 0.70, 0.6
"""Over a bright scene the flash is weaker: it would be white all over."""

FRAMES_PER_SECOND = 30
LEAK_SHRINK = 8
LEAK_WIDTH, LEAK_BEND, LEAK_NOISE = 0.42, 0.22, 0.30
LEAK_STAIN = (0.0, 0.10, 0.34)
"""How much of red, green and blue the leak swallows: light alone would not be seen on white."""

NOISE_CELLS = (3, 4)
CB_REACH, CR_REACH = 2 * (1 - BLUE_SHARE), 2 * (1 - RED_SHARE)
Values = npt.NDArray[np.float32]


def match_flash(_before: FrameMaker, after: FrameMaker, moment: Moment) -> Planes:
    """The next shot is there at once, over-exposed, and falls back to itself. Colours pale where their luma clips."""
    since = moment.seconds * FRAMES_PER_SECOND - 0.5
    end = math.exp(-moment.frames / moment.rate * FRAMES_PER_SECOND / NEAR_DECAY_FRAMES)
    frame = enlarge(after(), 1 + FLASH_NEAR * (math.exp(-since / NEAR_DECAY_FRAMES) - end), moment.x, moment.y, is_moving=True)
    light = (float(cv2.mean(frame.y)[0]) - BLACK_CODE) / LUMA_STEPS
    cap = 1 - (1 - BRIGHT_CAP) * float(smooth_step(BRIGHT_SCENE, BRIGHTEST_SCENE, light))
    strength = cap * math.exp(-since / FLASH_DECAY_FRAMES)
    gain, lift = 1 + FLASH_GAIN * strength, FLASH_LIFT * strength
    luma = cv2.min(cv2.convertScaleAbs(frame.y, None, gain, BLACK_CODE * (1 - gain) + LUMA_STEPS * lift), WHITE_CODE)  # type: ignore[call-overload]
    tone = (np.arange(256) - BLACK_CODE) / LUMA_STEPS * gain + lift
    keeps = np.clip((1.12 - tone) * 1.8, 0, 1) * gain
    half = cv2.resize(frame.y, (frame.u.shape[1], frame.u.shape[0]), interpolation=cv2.INTER_AREA)
    weight = cv2.LUT(half, np.clip(keeps * 127.5 + 0.5, 0, 255).astype(np.uint8))
    return Planes(luma, *(_scale_chroma(plane, weight) for plane in frame[1:]))


def film_burn(before: FrameMaker, after: FrameMaker, moment: Moment) -> Planes:
    """A leak of warm light crosses the picture, and behind it the shot has changed.

    The leak is screened on in RGB, which is a gain and an offset for each channel; in luma and chroma that is a small
    matrix, smooth over the picture, so it is worked out at an eighth of the size.
    """
    frame = before() if moment.progress < 0.5 else after()
    leak = _leak(moment, frame.width, frame.height)
    half = frame.u.shape[1], frame.u.shape[0]
    red = cv2.subtract(frame.v, GREY_CODE, dtype=cv2.CV_16S)  # type: ignore[call-overload]
    blue = cv2.subtract(frame.u, GREY_CODE, dtype=cv2.CV_16S)  # type: ignore[call-overload]
    luma_half = cv2.resize(cv2.subtract(frame.y, BLACK_CODE), half, interpolation=cv2.INTER_AREA)  # type: ignore[call-overload]
    crossing = cv2.add(_times(red, leak.red_to_luma, half), _times(blue, leak.blue_to_luma, half))
    base = cv2.add(crossing, _grow(leak.luma_offset, half))
    lifted = cv2.resize(cv2.convertScaleAbs(cv2.max(base, 0)), (frame.width, frame.height), interpolation=cv2.INTER_LINEAR)  # type: ignore[call-overload]
    gain = cv2.resize(leak.luma_gain, (frame.width, frame.height), interpolation=cv2.INTER_LINEAR)
    luma = cv2.min(cv2.add(cv2.multiply(cv2.subtract(frame.y, BLACK_CODE), gain, None, 1 / 128), lifted), WHITE_CODE)  # type: ignore[call-overload]
    u = cv2.add(cv2.add(_times(blue, leak.blue_gain, half), _times(luma_half, leak.luma_to_blue, half)), _grow(leak.blue_offset, half), dtype=cv2.CV_8U)
    v = cv2.add(cv2.add(_times(red, leak.red_gain, half), _times(luma_half, leak.luma_to_red, half)), _grow(leak.red_offset, half), dtype=cv2.CV_8U)
    return Planes(luma, cv2.min(cv2.max(u, 16), 240), cv2.min(cv2.max(v, 16), 240))  # type: ignore[call-overload]


class _Leak(NamedTuple):
    """Gains and offsets of the leak, small: gains in 1/128 (luma) and 1/4096, offsets in codes."""

    luma_gain: Plane
    luma_offset: Plane
    red_to_luma: Plane
    blue_to_luma: Plane
    blue_gain: Plane
    blue_offset: Plane
    luma_to_blue: Plane
    red_gain: Plane
    red_offset: Plane
    luma_to_red: Plane


def _leak(moment: Moment, width: int, height: int) -> _Leak:
    light = _light(moment, width, height)
    colours = red, green, blue = _colours(light)
    stain = np.minimum(light, 1)
    gains = [np.asarray((1 - swallowed * stain) * (1 - share), np.float32) for swallowed, share in zip(LEAK_STAIN, colours, strict=True)]
    luma = RED_SHARE * red + GREEN_SHARE * green + BLUE_SHARE * blue
    gain = RED_SHARE * gains[0] + GREEN_SHARE * gains[1] + BLUE_SHARE * gains[2]
    per_code, per_luma = LUMA_STEPS / CHROMA_STEPS, CHROMA_STEPS / LUMA_STEPS
    return _Leak(
        luma_gain=np.clip(gain * 128 + 0.5, 0, 255).astype(np.uint8),
        luma_offset=np.rint(BLACK_CODE + LUMA_STEPS * luma).astype(np.int16),
        red_to_luma=_fixed(RED_SHARE * CR_REACH * (gains[0] - gains[1]) * per_code),
        blue_to_luma=_fixed(BLUE_SHARE * CB_REACH * (gains[2] - gains[1]) * per_code),
        blue_gain=_fixed(gains[2]),
        blue_offset=np.rint(GREY_CODE + CHROMA_STEPS * (blue - luma) / CB_REACH).astype(np.int16),
        luma_to_blue=_fixed((gains[2] - gain) / CB_REACH * per_luma),
        red_gain=_fixed(gains[0]),
        red_offset=np.rint(GREY_CODE + CHROMA_STEPS * (red - luma) / CR_REACH).astype(np.int16),
        luma_to_red=_fixed((gains[0] - gain) / CR_REACH * per_luma),
    )


def _light(moment: Moment, width: int, height: int) -> Values:
    """How strong the leak is over the picture, at an eighth of the size: a bent band that moves across, and all of it in the middle."""
    small_w, small_h = max(2, width // LEAK_SHRINK), max(2, height // LEAK_SHRINK)
    y, x = np.mgrid[0:small_h, 0:small_w].astype(np.float32)
    x, y = (x + 0.5) / small_w, (y + 0.5) / small_h * 1920
    bend, clouds = _clouds(moment.seed, small_w, small_h), _clouds(moment.seed + 9, small_w, small_h)
    middle = -0.5 + 2 * moment.progress + LEAK_BEND * np.sin(2.4 * y / 1920 * np.pi + 1.2) + LEAK_NOISE * (bend - 0.5)
    nearness = moment.nearness
    band = np.exp(-(((x - middle) / LEAK_WIDTH) ** 2)) * (0.65 + 0.6 * clouds) * float(smooth_step(0, 0.5, nearness))
    glow = (band + 0.22 * float(smooth_step(0.55, 1, nearness))).astype(np.float32)
    return np.asarray(cv2.GaussianBlur(glow, (0, 0), 4 * small_w / 135), np.float32)


def _colours(light: Values) -> tuple[Values, Values, Values]:
    """Red comes first, then yellow, white last."""
    return smooth_step(0.02, 0.72, light), np.float32(0.74) * smooth_step(0.22, 1.02, light), np.float32(0.5) * smooth_step(0.62, 1.4, light)


@lru_cache(maxsize=4)
def _clouds(seed: int, width: int, height: int) -> Values:
    """Soft noise, 0..1: a few large cells and a few smaller ones."""
    random = np.random.default_rng(seed)
    layers = []
    for factor in (1, 2):
        cells = random.random((NOISE_CELLS[1] * factor, NOISE_CELLS[0] * factor)).astype(np.float32)
        layers.append(cv2.resize(cells, (width, height), interpolation=cv2.INTER_CUBIC))
    return np.asarray(0.7 * layers[0] + 0.3 * layers[1], np.float32)


def _fixed(values: npt.NDArray[np.floating[Any]]) -> Plane:
    return np.asarray(np.rint(values * 4096).astype(np.int16))


def _grow(small: Plane, size: tuple[int, int]) -> Plane:
    return cv2.resize(small, size, interpolation=cv2.INTER_LINEAR)


def _times(plane: Plane, gain: Plane, size: tuple[int, int]) -> Plane:
    return cv2.multiply(plane, _grow(gain, size), None, 1 / 4096, cv2.CV_16S)


def _scale_chroma(plane: Plane, weight: Plane) -> Plane:
    signed = cv2.subtract(plane, GREY_CODE, dtype=cv2.CV_16S)  # type: ignore[call-overload]
    return np.asarray(cv2.add(cv2.multiply(signed, weight, None, 2 / 255, cv2.CV_16S), GREY_CODE, dtype=cv2.CV_8U))  # type: ignore[call-overload]
