"""The glitch: slices of the picture slip sideways and its colours part, anew in each frame."""

from __future__ import annotations

import cv2
import numpy as np

from reelwright.rendering.moment import FrameMaker, Moment, unit_of
from reelwright.rendering.planes import (
    BLACK_CODE,
    BLUE_SHARE,
    CHROMA_STEPS,
    GREEN_SHARE,
    GREY_CODE,
    LUMA_STEPS,
    RED_SHARE,
    Plane,
    Planes,
)

SLICES = (9, 15)
SLICE_PIXELS = (24, 210)
SLIP_PIXELS, SPLIT_PIXELS = 90, 16
OTHER_SHOT_SHARE = 0.56
LINE_PIXELS, LEAST_LINE_STRENGTH, LINE_ZONE = (6, 26), 0.3, (0.10, 0.83)
SCAN_DARKENING, SCAN_ROWS = 0.12, 4


def glitch_slice(before: FrameMaker, after: FrameMaker, moment: Moment) -> Planes:
    """The shot breaks into slices, some of them already of the other shot; strongest at the cut."""
    old, new = before(), after()
    shot, other = (old, new) if moment.progress < 0.5 else (new, old)
    strength, unit = moment.nearness, unit_of(shot)
    random = np.random.default_rng(moment.seed * 1009 + moment.number)
    frame = _slip(shot, other, strength, unit, random)
    frame = _part_colours(frame, round(SPLIT_PIXELS * unit * strength / 2) * 2)
    if strength > LEAST_LINE_STRENGTH:
        _draw_line(frame, unit, random)
    _darken_rows(frame, 1 - SCAN_DARKENING * strength)
    return frame


def _slip(shot: Planes, other: Planes, strength: float, unit: float, random: np.random.Generator) -> Planes:
    frame = shot.copy()
    for top in sorted(random.integers(0, shot.height, int(random.integers(SLICES[0], SLICES[1])))):
        rows = int(random.integers(SLICE_PIXELS[0], SLICE_PIXELS[1]) * unit)
        slip = round(random.normal(0, SLIP_PIXELS) * unit * strength / 2) * 2
        source = other if random.random() < OTHER_SHOT_SHARE * strength else shot
        first, last = int(top) // 2 * 2, min(shot.height, int(top) + rows) // 2 * 2
        for into, plane, k in zip(frame, source, (1, 2, 2), strict=True):
            into[first // k : last // k] = np.roll(plane[first // k : last // k], slip // k, 1)
    return frame


def _part_colours(frame: Planes, shift: int) -> Planes:
    """Red to the right, blue to the left. Luma is mixed of shifted lumas, chroma shifted and corrected by their difference."""
    if not shift:
        return frame
    half = frame.u.shape[1], frame.u.shape[0]
    red, blue = np.roll(frame.y, shift, 1), np.roll(frame.y, -shift, 1)
    warm = GREEN_SHARE + RED_SHARE
    luma = cv2.addWeighted(cv2.addWeighted(frame.y, GREEN_SHARE / warm, red, RED_SHARE / warm, 0), warm, blue, BLUE_SHARE, 0)
    small = cv2.resize(luma, half, interpolation=cv2.INTER_AREA)
    u = _corrected(np.roll(frame.u, -shift // 2, 1), blue, small, BLUE_SHARE)
    return Planes(luma, u, _corrected(np.roll(frame.v, shift // 2, 1), red, small, RED_SHARE))


def _corrected(chroma: Plane, shifted: Plane, luma: Plane, share: float) -> Plane:
    weight = CHROMA_STEPS / LUMA_STEPS / 2 / (1 - share)
    near = cv2.resize(shifted, (luma.shape[1], luma.shape[0]), interpolation=cv2.INTER_AREA)
    return cv2.add(chroma, cv2.addWeighted(near, weight, luma, -weight, 0, dtype=cv2.CV_16S), dtype=cv2.CV_8U)


def _draw_line(frame: Planes, unit: float, random: np.random.Generator) -> None:
    """One bright line of lost signal."""
    first = int(random.integers(round(LINE_ZONE[0] * frame.height), round(LINE_ZONE[1] * frame.height))) // 2 * 2
    last = first + max(2, int(random.integers(LINE_PIXELS[0], LINE_PIXELS[1]) * unit) // 2 * 2)
    for plane, code, k in zip(frame, (BLACK_CODE + LUMA_STEPS * (1 - 0.25 * random.random()), GREY_CODE, GREY_CODE), (1, 2, 2), strict=True):
        plane[first // k : last // k] = round(code)


def _darken_rows(frame: Planes, gain: float) -> None:
    frame.y[::SCAN_ROWS] = cv2.convertScaleAbs(frame.y[::SCAN_ROWS], None, gain, BLACK_CODE * (1 - gain))
    softer = (1 + gain) / 2
    for plane in frame[1:]:
        plane[:: SCAN_ROWS // 2] = cv2.convertScaleAbs(plane[:: SCAN_ROWS // 2], None, softer, GREY_CODE * (1 - softer))
