"""Joins cut out by a shape: the wipe with its ring, the iris of old film."""

from __future__ import annotations

import math
from collections.abc import Sequence

import cv2
import numpy as np

from reelwright.rendering.camera import enlarge
from reelwright.rendering.curves import IN_OUT, ease
from reelwright.rendering.moment import FrameMaker, Moment, unit_of
from reelwright.rendering.planes import Plane, Planes, blank, code_of

RING_PIXELS, IRIS_EDGE_PIXELS = 16, 3
SHAPE_NEAR = 0.12
IRIS_CLOSED_AT = 0.48
DIAGONAL = (0.94, -0.34)
SUBPIXEL_BITS = 4
Corners = Sequence[tuple[float, float]]


def shape_wipe(before: FrameMaker, after: FrameMaker, moment: Moment) -> Planes:
    """A circle, a slanted edge or a rectangle of the next shot grows over the last one, with a ring around it.

    The ring is filled first and the shot copied inside: drawing smooths the ring's outer edge, and its inner edge is drawn
    once more over the seam of the copy.
    """
    e = ease(moment.progress, IN_OUT)
    new = enlarge(after(), 1 + SHAPE_NEAR * (1 - e), moment.x, moment.y)
    frame = before().copy()
    ring = RING_PIXELS * unit_of(frame)
    reach = e * (_farthest(frame, moment) + 2 * ring)
    _draw(frame, moment, reach + ring, code_of(moment.colour), is_filled=True)
    mask = np.zeros_like(frame.y)
    _draw_on(mask, moment, reach, 255, 1.0, (frame.width, frame.height), is_filled=True)
    _copy_inside(frame, new, mask)
    _draw(frame, moment, reach, code_of(moment.colour), is_filled=False)
    return frame


def iris(before: FrameMaker, after: FrameMaker, moment: Moment) -> Planes:
    """A circle closes on the subject, and opens on the next shot."""
    is_old = moment.progress < IRIS_CLOSED_AT
    shot = before() if is_old else after()
    share = 1 - ease(moment.progress / IRIS_CLOSED_AT, IN_OUT) if is_old else ease((moment.progress - IRIS_CLOSED_AT) / (1 - IRIS_CLOSED_AT), IN_OUT)
    round_moment = moment._replace(shape="circle")
    edge = max(1.0, IRIS_EDGE_PIXELS * unit_of(shot))
    radius = share * (_farthest(shot, round_moment) + 2 * edge)
    code = code_of(moment.colour)
    frame = blank(shot.width, shot.height, code)
    mask = np.zeros_like(shot.y)
    _draw_on(mask, round_moment, radius, 255, 1.0, (shot.width, shot.height), is_filled=True)
    _copy_inside(frame, shot, mask)
    _draw(frame, round_moment, radius, code, is_filled=False, thickness=edge)
    return frame


def _farthest(frame: Planes, moment: Moment) -> float:
    """How far the shape must reach to cover the frame, pixels."""
    width, height = frame.width, frame.height
    if moment.shape == "diagonal":
        return DIAGONAL[0] * width - DIAGONAL[1] * height
    across, down = max(moment.x, 1 - moment.x), max(moment.y, 1 - moment.y)
    return max(across, down) * width if moment.shape == "rect" else math.hypot(across * width, down * height)


def _draw(frame: Planes, moment: Moment, reach: float, code: tuple[float, float, float], *, is_filled: bool, thickness: float = 2.0) -> None:
    for plane, value, scale in zip(frame, code, (1.0, 0.5, 0.5), strict=True):
        _draw_on(plane, moment, reach, round(value), scale, (frame.width, frame.height), is_filled=is_filled, thickness=thickness)


def _draw_on(plane: Plane, moment: Moment, reach: float, value: int, scale: float, canvas: tuple[int, int], *, is_filled: bool, thickness: float = 2.0) -> None:
    """One smooth shape on one plane, placed to a sixteenth of a pixel."""
    if reach <= 0:
        return
    smoothing = cv2.LINE_8 if is_filled and value == 255 else cv2.LINE_AA
    width = -1 if is_filled else max(1, round(thickness * scale))
    if moment.shape == "circle":
        middle = _fix(moment.x * canvas[0] * scale), _fix(moment.y * canvas[1] * scale)
        cv2.circle(plane, middle, _fix(reach * scale), value, width, smoothing, SUBPIXEL_BITS)
        return
    corners = np.array([[_fix(x * scale), _fix(y * scale)] for x, y in _corners(moment, reach, canvas)], np.int32)
    if is_filled:
        cv2.fillPoly(plane, [corners], value, smoothing, SUBPIXEL_BITS)
    else:
        cv2.polylines(plane, [corners], True, value, width, smoothing, SUBPIXEL_BITS)


def _corners(moment: Moment, reach: float, canvas: tuple[int, int]) -> Corners:
    width, height = canvas
    if moment.shape == "rect":
        x, y = moment.x * width, moment.y * height
        tall = reach * height / width
        return [(x - reach, y - tall), (x + reach, y - tall), (x + reach, y + tall), (x - reach, y + tall)]
    # The edge leans: nx·x + ny·y = reach − ny·(−height), so that it starts outside the lower left corner.
    nx, ny = DIAGONAL
    top, bottom = -4.0, height + 4.0
    edge = [((reach + ny * (height - y)) / nx, y) for y in (top, bottom)]
    corners = [(-8.0, top), edge[0], edge[1], (-8.0, bottom)]
    return [(width - x, y) for x, y in corners] if moment.direction == "left" else corners


def _copy_inside(frame: Planes, source: Planes, mask: Plane) -> None:
    cv2.copyTo(source.y, mask, frame.y)
    half = cv2.resize(mask, (frame.u.shape[1], frame.u.shape[0]), interpolation=cv2.INTER_NEAREST)
    for into, plane in zip(frame[1:], source[1:], strict=True):
        cv2.copyTo(plane, half, into)


def _fix(value: float) -> int:
    return round(value * (1 << SUBPIXEL_BITS))
