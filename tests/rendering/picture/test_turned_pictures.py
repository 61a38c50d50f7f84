"""A picture that stands turned is turned once and then viewed: it must lie where a warp of every frame puts it."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest

from reelwright.reels.reel import Shade
from reelwright.rendering.camera import add_border
from reelwright.rendering.planes import Planes
from reelwright.rendering.shades import shade_sprite
from reelwright.rendering.turned_view import Turn, turn_whole, view_turned, view_upright
from reelwright.rendering.warping import bounds_after, turning, warp

RECT = (60, 80, 240, 300)
STEP = 1.27
MOST_SHIFT_PIXELS = 0.06


def _texture() -> Planes:
    random = np.random.default_rng(5)
    luma = cv2.GaussianBlur(random.integers(16, 236, (460, 380)).astype(np.uint8), (0, 0), 2.2)
    luma = cv2.normalize(luma, None, 20, 230, cv2.NORM_MINMAX)
    half = cv2.resize(luma, (190, 230), interpolation=cv2.INTER_AREA)
    return add_border(Planes(luma, half, cv2.bitwise_not(half)))


def _inner(plane: np.ndarray) -> np.ndarray:
    """What lies well inside the turned rectangle."""
    height, width = plane.shape
    return np.ascontiguousarray(plane[height // 4 : 3 * height // 4, width // 4 : 3 * width // 4], np.float32)


@pytest.mark.parametrize("degrees", [-7.0, 2.0, 6.0, 31.0])
@pytest.mark.parametrize("sight", [(190.0, 230.0), (186.37, 233.81), (194.2, 226.55)])
def test_a_view_of_the_turned_picture_lies_where_the_warp_lies(degrees: float, sight: tuple[float, float]) -> None:
    bordered = _texture()
    matrix = turning((170.0, 240.0), degrees)
    turn = Turn(RECT, matrix, bounds_after(matrix, RECT), is_lasting=True)
    warped = view_turned(bordered, STEP, *sight, turn)
    viewed = view_upright(turn_whole(bordered, turn), STEP, *sight, turn)
    for before, after in zip(warped, viewed, strict=True):
        (dx, dy), _ = cv2.phaseCorrelate(_inner(before), _inner(after))
        assert max(abs(dx), abs(dy)) <= MOST_SHIFT_PIXELS
        assert np.abs(_inner(before) - _inner(after)).mean() <= 4.0


def test_a_picture_that_was_turned_is_known_by_its_angle() -> None:
    bordered = _texture()
    turns = [Turn(RECT, turning((170.0, 240.0), degrees / 4), RECT, is_lasting=True) for degrees in range(-40, 41)]
    turned = [turn_whole(bordered, turn) for turn in turns]
    for place, one in enumerate(turned):
        assert [other for other, turn in enumerate(turns) if one.stands_as(turn)] == [place]


def test_a_picture_that_is_only_scaled_needs_no_warp_and_lies_where_the_warp_lies() -> None:
    bordered = _texture()
    upright, hardly_turned = turning((180.0, 230.0), 0.0, 0.8, 3.0, -2.0), turning((180.0, 230.0), 1e-6, 0.8, 3.0, -2.0)
    box = bounds_after(upright, RECT)
    viewed, warped = (view_turned(bordered, STEP, 188.2, 231.4, Turn(RECT, matrix, box)) for matrix in (upright, hardly_turned))
    for before, after in zip(warped, viewed, strict=True):
        assert np.abs(before.astype(int) - after).mean() <= 2.0


def test_a_soft_shadow_that_moves_at_a_quarter_of_its_size_looks_the_same() -> None:
    mask = np.full((240, 200), 255, np.uint8)
    shadow = shade_sprite(mask, Shade(opacity=0.4, sigma=24), 120, 160)
    matrix = turning((220.0, 280.0), 4.0, 1.21, 3.3, -1.7)
    assert shadow.is_soft
    small, whole = warp(shadow, matrix), warp(replace(shadow, is_soft=False), matrix)
    assert (small.x, small.y, small.width, small.height) == (whole.x, whole.y, whole.width, whole.height)
    for before, after in zip(whole.holes, small.holes, strict=True):
        assert np.abs(before.astype(int) - after).max() <= 2
