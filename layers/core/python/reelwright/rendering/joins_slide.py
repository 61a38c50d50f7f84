"""Joins in which pictures slide: the whip pan, the push, the page that parts."""

from __future__ import annotations

import cv2
import numpy as np

from reelwright.rendering.camera import enlarge
from reelwright.rendering.curves import IN_OUT, PUSH, WHIP, Bezier, ease, slope
from reelwright.rendering.moment import FrameMaker, Moment, unit_of
from reelwright.rendering.planes import BLACK_CODE, GREY_CODE, Plane, Planes

PUSH_BLUR_SHARE, MAX_PUSH_BLUR_PIXELS = 0.5, 160
WHIP_BLUR_SHARE, MAX_WHIP_BLUR_PIXELS = 0.9, 420
LONG_BLUR_PIXELS, LONG_BLUR_SHRINK = 16, 4
SPLIT_OVERSHOOT_PIXELS = 60
SHADOW_PIXELS, SHADOW_REACH_PIXELS = 46, 240
ROWS, COLUMNS = 0, 1


def whip_pan(before: FrameMaker, after: FrameMaker, moment: Moment) -> Planes:
    """The camera whips from one shot to the next: a strip of both flies past, blurred by its own speed."""
    return _travel(before(), after(), moment, WHIP, WHIP_BLUR_SHARE, MAX_WHIP_BLUR_PIXELS)


def slide_push(before: FrameMaker, after: FrameMaker, moment: Moment) -> Planes:
    """The next shot pushes the last one away, with the blur of its speed and a little overshoot."""
    return _travel(before(), after(), moment, PUSH, PUSH_BLUR_SHARE, MAX_PUSH_BLUR_PIXELS)


def page_split(before: FrameMaker, after: FrameMaker, moment: Moment) -> Planes:
    """The last shot parts in the middle, like a page torn open, and the next one comes nearer and brighter."""
    e = ease(moment.progress, IN_OUT)
    gain = 1 - 0.35 * (1 - e)
    near = enlarge(after(), 1.14 - 0.14 * e)
    planes = []
    unit = unit_of(near)
    apart = e * (near.height // 2 + SPLIT_OVERSHOOT_PIXELS * unit)
    for plane, old, k, black in zip(near, before(), (1, 2, 2), (BLACK_CODE, GREY_CODE, GREY_CODE), strict=True):
        lit = cv2.convertScaleAbs(plane, None, gain, black * (1 - gain))
        planes.append(_part(lit, old, apart / k, unit / k, black))
    return Planes(*planes)


def _travel(old: Planes, new: Planes, moment: Moment, curve: Bezier, share: float, limit: float) -> Planes:
    """Both shots on a strip that moves in the join's direction along a curve."""
    axis = COLUMNS if moment.direction in {"left", "right"} else ROWS
    length = old.width if axis else old.height
    way = ease(moment.progress, curve)
    speed = abs(slope(min(moment.progress, 0.99), curve)) * length / moment.frames
    blur = min(speed * share, limit * unit_of(old))
    if moment.direction in {"right", "down"}:
        old, new, way = new, old, 1 - way
    offset = way * length
    return Planes(*(_slide(a, b, offset / k, blur / k, axis) for a, b, k in zip(old, new, (1, 2, 2), strict=True)))


def _slide(first: Plane, second: Plane, offset: float, blur: float, axis: int) -> Plane:
    """What is seen ``offset`` along the strip [first, second], mirrored at its ends, blurred along the way."""
    size = first.shape[axis]
    shrink = LONG_BLUR_SHRINK if blur >= LONG_BLUR_PIXELS else 1
    if shrink > 1:
        first, second = (_scale_along(plane, 1 / shrink, axis, cv2.INTER_AREA) for plane in (first, second))
    offset, blur, count = offset / shrink, blur / shrink, -(-size // shrink)
    margin = int(blur) + 3
    begin = int(np.floor(offset)) - margin
    strip = _cut_strip(first, second, begin, count + 2 * margin + 1, axis)
    for length in (int(blur) | 1, int(blur / 2) | 1):
        if length >= 3:
            strip = cv2.blur(strip, (length, 1) if axis else (1, length), borderType=cv2.BORDER_REFLECT_101)
    if shrink > 1:
        strip = _scale_along(strip, shrink, axis, cv2.INTER_LINEAR)
    return _shifted(strip, (offset - begin) * shrink, size, axis)


def _scale_along(plane: Plane, scale: float, axis: int, kernel: int) -> Plane:
    height, width = plane.shape[:2]
    size = (max(1, round(width * scale)), height) if axis else (width, max(1, round(height * scale)))
    return cv2.resize(plane, size, interpolation=kernel)


def _along(plane: Plane, begin: int, end: int, axis: int) -> Plane:
    return plane[:, begin:end] if axis else plane[begin:end]


def _cut_strip(first: Plane, second: Plane, begin: int, count: int, axis: int) -> Plane:
    """``count`` lines of the two pictures side by side; beyond the ends they are mirrored."""
    size = first.shape[axis]
    end = begin + count
    parts = []
    if begin < 0:
        parts.append(np.flip(_along(first, 1, 1 - begin, axis), axis))
    parts.append(_along(first, max(0, begin), max(0, min(end, size)), axis))
    parts.append(_along(second, max(0, begin - size), max(0, min(end, 2 * size) - size), axis))
    if end > 2 * size:
        parts.append(np.flip(_along(second, 2 * size - end - 1, -1, axis), axis))
    return np.ascontiguousarray(np.concatenate([part for part in parts if part.shape[axis]], axis))


def _shifted(plane: Plane, start: float, count: int, axis: int) -> Plane:
    """``count`` lines from a fractional start, mixed of two neighbours."""
    whole = int(np.floor(start))
    share = start - whole
    near = _along(plane, whole, whole + count, axis)
    if share < 0.02:
        return np.ascontiguousarray(near)
    return cv2.addWeighted(near, 1 - share, _along(plane, whole + 1, whole + 1 + count, axis), share, 0)


def _part(target: Plane, old: Plane, apart: float, scale: float, black: int) -> Plane:
    height = target.shape[0]
    middle = height // 2
    shift = int(np.ceil(apart))
    share = shift - apart
    top, bottom = middle - shift, middle + shift
    _shade(target, top, bottom, scale, black)
    if top > 0:
        upper = old[shift:middle]
        before = old[shift - 1 : middle - 1] if shift > 0 else upper
        target[:top] = cv2.addWeighted(upper, 1 - share, before, share, 0)
    if bottom < height:
        lower = old[middle : middle + height - bottom]
        following = old[middle + 1 : middle + 1 + height - bottom] if shift > 0 else lower
        target[bottom:] = cv2.addWeighted(lower, 1 - share, following, share, 0)
    return target


def _shade(target: Plane, top: int, bottom: int, scale: float, black: int) -> None:
    """The halves throw a soft shadow on what they uncover."""
    height = target.shape[0]
    reach = int(SHADOW_REACH_PIXELS * scale)
    for first, last, is_upper in ((max(top, 0), min(height // 2, top + reach), True), (max(height // 2, bottom - reach), min(bottom, height), False)):
        if last <= first:
            continue
        rows = np.arange(first, last)
        distance = np.clip((rows - top) if is_upper else (bottom - rows), 0, None) / (SHADOW_PIXELS * scale)
        light = (255 * (1 - 0.5 * np.exp(-distance)) + 0.5).astype(np.uint8)[:, None] * np.ones((1, target.shape[1]), np.uint8)
        dark = cv2.convertScaleAbs(cv2.bitwise_not(light), None, black / 255, 0)
        target[first:last] = cv2.add(cv2.multiply(target[first:last], light, None, 1 / 255), dark)
