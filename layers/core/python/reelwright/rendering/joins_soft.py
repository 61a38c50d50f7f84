"""Quiet joins: dissolves, the dip to a colour, the wipe by light."""

from __future__ import annotations

import cv2
import numpy as np

from reelwright.rendering.camera import enlarge
from reelwright.rendering.curves import IN_OUT, OUT_QUIET, ease, smooth_step
from reelwright.rendering.moment import FrameMaker, Moment, unit_of
from reelwright.rendering.planes import LUMA_STEPS, WHITE_CODE, Plane, Planes, code_of
from reelwright.rendering.soften import soften_plane, soften_planes
from reelwright.rendering.zooming import mix

BLUR_SIGMA = 22.0
SOFT_SIGMA = 2.0
"""From here on nobody sees where exactly an edge lies."""

DIP_IN_SHARE, DIP_HELD_SHARE = 0.42, 0.08
RANK_SIGMA, RANK_COLUMNS = 14.0, 108
WIPE_SOFTNESS, WIPE_GLOW = 0.34, 0.18


def dissolve(before: FrameMaker, after: FrameMaker, moment: Moment) -> Planes:
    """One fades into the other."""
    return mix(before(), after(), ease(moment.progress, IN_OUT))


def blur_dissolve(before: FrameMaker, after: FrameMaker, moment: Moment) -> Planes:
    """A dissolve through a blur, both shots breathing by 3 %. The blur is the same for both, so they are mixed first."""
    e = ease(moment.progress, IN_OUT)
    old, new = before(), after()
    sigma = BLUR_SIGMA * unit_of(old) * moment.nearness
    is_soft = sigma > SOFT_SIGMA
    mixed = mix(enlarge(old, 1 + 0.03 * e, is_moving=is_soft), enlarge(new, 1.03 - 0.03 * e, is_moving=is_soft), e)
    return soften_planes(mixed, sigma)


def dip(before: FrameMaker, after: FrameMaker, moment: Moment) -> Planes:
    """Into a colour, a moment of it, and out again."""
    p = moment.progress
    held_until = DIP_IN_SHARE + DIP_HELD_SHARE
    share = ease(p / DIP_IN_SHARE, IN_OUT) if p < held_until else 1 - ease((p - held_until) / (1 - held_until), OUT_QUIET)
    shot = before() if p < held_until else after()
    return Planes(*(cv2.convertScaleAbs(plane, None, 1 - share, code * share) for plane, code in zip(shot, code_of(moment.colour), strict=True)))


def rank_lights(frame: Planes) -> Plane:
    """For each pixel the share of the softened picture that is darker, as 0..255: the order of a wipe by light."""
    height, width = frame.y.shape[:2]
    rows = max(2, round(RANK_COLUMNS * height / width))
    soft = soften_plane(frame.y, RANK_SIGMA * unit_of(frame))
    small = cv2.resize(soft, (RANK_COLUMNS, rows), interpolation=cv2.INTER_AREA).astype(np.float32)
    order = np.argsort(np.argsort(small.ravel(), kind="stable"), kind="stable").reshape(rows, RANK_COLUMNS) / (rows * RANK_COLUMNS)
    big = cv2.resize(order.astype(np.float32), (width, height), interpolation=cv2.INTER_CUBIC)
    return np.asarray(np.clip(big * 255 + 0.5, 0, 255).astype(np.uint8))


def luma_wipe(before: FrameMaker, after: FrameMaker, moment: Moment) -> Planes:
    """The next shot comes through the lights of the last one first, with a glowing edge."""
    old, new = before(), after()
    rank = rank_lights(old) if moment.guide is None else moment.guide
    threshold = 1 + WIPE_SOFTNESS - (1 + 2 * WIPE_SOFTNESS) * ease(moment.progress, IN_OUT)
    share = smooth_step(-WIPE_SOFTNESS, WIPE_SOFTNESS, np.arange(256) / 255 - threshold)
    mask = cv2.LUT(rank, (255 * share + 0.5).astype(np.uint8))
    glow = cv2.LUT(rank, (share * (1 - share) * 4 * WIPE_GLOW * LUMA_STEPS + 0.5).astype(np.uint8))
    half = cv2.resize(mask, (new.u.shape[1], new.u.shape[0]), interpolation=cv2.INTER_AREA)
    luma = cv2.min(cv2.add(_blend(old.y, new.y, mask), glow), WHITE_CODE)  # type: ignore[call-overload]
    return Planes(luma, _blend(old.u, new.u, half), _blend(old.v, new.v, half))


def _blend(old: Plane, new: Plane, mask: Plane) -> Plane:
    return cv2.add(cv2.multiply(old, cv2.bitwise_not(mask), None, 1 / 255), cv2.multiply(new, mask, None, 1 / 255))
