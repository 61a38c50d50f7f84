"""How one shot becomes the next: five quiet joins of two finished frames."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import cv2
import numpy as np

from reelwright.rendering.camera import enlarge
from reelwright.rendering.curves import IN_OUT, OUT_QUIET, PUSH, ease, slope
from reelwright.rendering.planes import BLACK_CODE, GREY_CODE, Plane, Planes, code_of
from reelwright.rendering.soften import soften_planes

BLUR_SIGMA = 22.0
PUSH_BLUR_SHARE, MAX_PUSH_BLUR_PIXELS = 0.5, 160
SPLIT_OVERSHOOT_PIXELS = 60
SHADOW_PIXELS, SHADOW_REACH_PIXELS = 46, 240


class Moment(NamedTuple):
    """Where in a join a frame lies: progress 0..1, the join's length in frames, and its colour."""

    progress: float
    frames: float
    colour: str


def join_frames(kind: str, before: Planes, after: Planes, moment: Moment) -> Planes:
    """One frame of the join. ``before`` and ``after`` are finished frames of the two shots."""
    return JOINS[kind](before, after, moment)


def dissolve(before: Planes, after: Planes, moment: Moment) -> Planes:
    """One fades into the other."""
    return _mix(before, after, ease(moment.progress, IN_OUT))


def blur_dissolve(before: Planes, after: Planes, moment: Moment) -> Planes:
    """A dissolve through a blur, both shots breathing by 3 %. The blur is the same for both, so they are mixed first."""
    e, p = ease(moment.progress, IN_OUT), moment.progress
    mixed = _mix(enlarge(before, 1 + 0.03 * e), enlarge(after, 1.03 - 0.03 * e), e)
    return soften_planes(mixed, BLUR_SIGMA * before.width / 1080 * (1 - abs(2 * p - 1)))


def dip(before: Planes, after: Planes, moment: Moment) -> Planes:
    """Into a colour and out of it."""
    p = moment.progress
    share = ease(p / 0.42, IN_OUT) if p < 0.5 else 1 - ease((p - 0.5) / 0.5, OUT_QUIET)
    shot = before if p < 0.5 else after
    return Planes(*(cv2.convertScaleAbs(plane, None, 1 - share, code * share) for plane, code in zip(shot, code_of(moment.colour), strict=True)))


def slide_push(before: Planes, after: Planes, moment: Moment) -> Planes:
    """The next shot pushes the last one up, with the blur of its speed and a little overshoot."""
    height = before.height
    offset = ease(moment.progress, PUSH) * height
    speed = abs(slope(min(moment.progress, 0.99), PUSH)) * height / moment.frames
    blur = min(speed * PUSH_BLUR_SHARE, MAX_PUSH_BLUR_PIXELS * height / 1920)
    return Planes(*(_slide(a, b, offset / k, blur / k) for a, b, k in zip(before, after, (1, 2, 2), strict=True)))


def page_split(before: Planes, after: Planes, moment: Moment) -> Planes:
    """The last shot parts in the middle, like a page torn open, and the next one comes nearer and brighter."""
    e = ease(moment.progress, IN_OUT)
    gain = 1 - 0.35 * (1 - e)
    near = enlarge(after, 1.14 - 0.14 * e)
    planes = []
    height = before.height
    apart = e * (height // 2 + SPLIT_OVERSHOOT_PIXELS)
    for plane, old, k, black in zip(near, before, (1, 2, 2), (BLACK_CODE, GREY_CODE, GREY_CODE), strict=True):
        lit = cv2.convertScaleAbs(plane, None, gain, black * (1 - gain))
        planes.append(_part(lit, old, apart / k, k, black))
    return Planes(*planes)


def _mix(before: Planes, after: Planes, share: float) -> Planes:
    return Planes(*(cv2.addWeighted(a, 1 - share, b, share, 0) for a, b in zip(before, after, strict=True)))


def _slide(before: Plane, after: Plane, offset: float, blur: float) -> Plane:
    """Rows ``offset`` … of the strip [before, after], mirrored at its ends, blurred along the way."""
    height, width = before.shape[:2]
    shrink = 4 if blur >= 16 else 1
    if shrink > 1:
        small = (width, height // shrink)
        before, after = (cv2.resize(plane, small, interpolation=cv2.INTER_AREA) for plane in (before, after))
    offset, blur, rows = offset / shrink, blur / shrink, height // shrink
    margin = int(blur) + 3
    first = int(np.floor(offset)) - margin
    strip = _rows(before, after, first, rows + 2 * margin + 1)
    for length in (int(blur) | 1, int(blur / 2) | 1):
        if length >= 3:
            strip = cv2.blur(strip, (1, length), borderType=cv2.BORDER_REFLECT_101)
    start = offset - first
    if shrink == 1:
        return _shifted(strip, start, rows)
    grown = cv2.resize(strip, None, fx=1, fy=shrink, interpolation=cv2.INTER_LINEAR)
    return _shifted(grown, start * shrink, height)


def _rows(before: Plane, after: Plane, first: int, count: int) -> Plane:
    """Rows of the two pictures one above the other; beyond the ends they are mirrored."""
    height = before.shape[0]
    parts = []
    if first < 0:
        parts.append(before[1 : 1 - first][::-1])
    low, high = max(0, first), first + count
    parts.extend([before[low : min(high, height)], after[max(0, low - height) : max(0, min(high, 2 * height) - height)]])
    if high > 2 * height:
        parts.append(after[2 * height - high - 1 : -1][::-1])
    return np.ascontiguousarray(np.concatenate([part for part in parts if len(part)]))


def _shifted(plane: Plane, start: float, rows: int) -> Plane:
    """``rows`` rows from a fractional start, mixed of two neighbours."""
    whole = int(np.floor(start))
    share = start - whole
    upper = plane[whole : whole + rows]
    return upper if share < 0.02 else cv2.addWeighted(upper, 1 - share, plane[whole + 1 : whole + 1 + rows], share, 0)


def _part(target: Plane, old: Plane, apart: float, k: int, black: int) -> Plane:
    height = target.shape[0]
    middle = height // 2
    shift = int(np.ceil(apart))
    share = shift - apart
    top, bottom = middle - shift, middle + shift
    _shade(target, top, bottom, k, black)
    if top > 0:
        upper = old[shift:middle]
        before = old[shift - 1 : middle - 1] if shift > 0 else upper
        target[:top] = cv2.addWeighted(upper, 1 - share, before, share, 0)
    if bottom < height:
        lower = old[middle : middle + height - bottom]
        following = old[middle + 1 : middle + 1 + height - bottom] if shift > 0 else lower
        target[bottom:] = cv2.addWeighted(lower, 1 - share, following, share, 0)
    return target


def _shade(target: Plane, top: int, bottom: int, k: int, black: int) -> None:
    """The halves throw a soft shadow on what they uncover."""
    height = target.shape[0]
    reach = SHADOW_REACH_PIXELS // k
    for first, last, is_upper in ((max(top, 0), min(height // 2, top + reach), True), (max(height // 2, bottom - reach), min(bottom, height), False)):
        if last <= first:
            continue
        rows = np.arange(first, last)
        distance = np.clip((rows - top) if is_upper else (bottom - rows), 0, None) * k / SHADOW_PIXELS
        light = (255 * (1 - 0.5 * np.exp(-distance)) + 0.5).astype(np.uint8)[:, None] * np.ones((1, target.shape[1]), np.uint8)
        dark = cv2.convertScaleAbs(cv2.bitwise_not(light), None, black / 255, 0)
        target[first:last] = cv2.add(cv2.multiply(target[first:last], light, None, 1 / 255), dark)


JOINS: dict[str, Callable[[Planes, Planes, Moment], Planes]] = {
    "dissolve": dissolve,
    "blur_dissolve": blur_dissolve,
    "dip": dip,
    "slide_push": slide_push,
    "page_split": page_split,
}
