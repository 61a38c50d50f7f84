"""Ornaments fill their rectangle, look as they did, and differ only where they are asked to."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any, get_args

import numpy as np
import pytest

from reelwright.reels.reel import Art, ArtName, Rect
from reelwright.rendering.art import DRAWERS, draw_art
from reelwright.rendering.compose import Composer
from reelwright.rendering.planes import Planes, blank, code_of, to_bgr
from reelwright.rendering.sprites import blend

NAMES = get_args(ArtName)
RECTS = {
    "pin": (20, 10, 110, 110), "sparkle": (20, 10, 100, 100), "burst": (10, 10, 140, 140), "stamp_ring": (10, 10, 160, 160), "quote_mark": (10, 10, 160, 100),
    "tape": (10, 10, 180, 56), "film_frame": (0, 0, 270, 480), "film_holes": (0, 0, 270, 480), "contours": (0, 0, 270, 480), "wave": (0, 20, 270, 60),
    "underline": (10, 20, 240, 40), "ring": (10, 10, 120, 120), "noise": (0, 0, 270, 200),
}  # fmt: skip
VARYING = {"stamp_ring", "tape", "contours", "underline", "noise"}
GROUND = "#F3EEE4"


def _art(name: str, **options: Any) -> Art:
    x, y, width, height = RECTS[name]
    second = {"pin": "#FFFFFF", "noise": "#FFFFFF"}.get(name)
    return Art(name=name, rect=Rect(x=x, y=y, width=width, height=height), colour=options.pop("colour", "#B5402A"), second=second, **options)


def _draw(layer: Art) -> Planes:
    rect = layer.rect
    width, height = max(180, rect.x + rect.width), rect.y + rect.height + 10
    frame = blank(width // 2 * 2, min(480, height // 2 * 2), code_of(GROUND))
    blend(frame, draw_art(layer))
    return frame


def test_every_name_has_its_drawer() -> None:
    assert set(DRAWERS) == set(NAMES) == set(RECTS)


@pytest.mark.parametrize("name", NAMES)
def test_each_ornament_looks_as_it_did(name: str, check_golden: Callable[[str, np.ndarray], None]) -> None:
    check_golden(f"art_{name}", to_bgr(_draw(_art(name, seed=4))))


@pytest.mark.parametrize("name", NAMES)
def test_an_ornament_stays_inside_its_rectangle_and_fills_it(name: str) -> None:
    layer = _art(name)
    sprite = draw_art(layer)
    rect = layer.rect
    assert sprite.x >= rect.x
    assert sprite.y >= rect.y
    assert sprite.x + sprite.width <= rect.x + rect.width
    assert sprite.y + sprite.height <= rect.y + rect.height
    alpha = 255 - np.asarray(sprite.holes[0])
    assert sprite.width >= 0.62 * rect.width
    assert sprite.height >= 0.5 * rect.height
    assert alpha.max() > (200 if name not in {"tape", "noise"} else 8)


@pytest.mark.parametrize("name", NAMES)
def test_the_same_seed_is_the_same_ornament_and_another_differs_where_it_should(name: str) -> None:
    first, again, other = (_draw(_art(name, seed=seed)).y for seed in (1, 1, 2))
    assert (first == again).all()
    assert (first == other).all() == (name not in VARYING)


@pytest.mark.parametrize("name", NAMES)
def test_opacity_thins_an_ornament(name: str) -> None:
    full = np.asarray(draw_art(_art(name)).holes[0]).astype(int)
    thin = np.asarray(draw_art(_art(name, opacity=0.5)).holes[0]).astype(int)
    if full.shape == thin.shape:
        assert (255 - thin).sum() == pytest.approx((255 - full).sum() / 2, rel=0.12)
    else:
        assert (255 - thin).sum() < (255 - full).sum()


def test_a_pin_without_a_second_colour_has_a_hole_and_ends_in_a_point() -> None:
    sprite = draw_art(_art("pin").model_copy(update={"second": None}))
    alpha = 255 - np.asarray(sprite.holes[0])
    middle = sprite.width // 2
    assert alpha[int(0.37 * 110), middle] == 0
    assert (alpha[-8] > 128).sum() < 0.12 * sprite.width < (alpha[int(0.3 * 110)] > 128).sum()


def test_a_burst_has_two_dozen_teeth() -> None:
    alpha = 255 - np.asarray(draw_art(_art("burst")).holes[0])
    turns = np.linspace(0, 2 * np.pi, 720)
    x, y = (alpha.shape[1] / 2 + 65.5 * np.cos(turns)).astype(int), (alpha.shape[0] / 2 + 65.5 * np.sin(turns)).astype(int)
    inside = alpha[y, x] > 128
    assert 20 <= (np.diff(inside.astype(int)) == 1).sum() <= 26


def test_a_film_has_a_window_and_holes_that_lie_outside_it() -> None:
    alpha = 255 - np.asarray(draw_art(_art("film_frame")).holes[0])
    assert alpha[240, 135] == 0
    assert (alpha[:40] == 255).all()
    holes = 255 - np.asarray(draw_art(_art("film_holes")).holes[0])
    assert not holes[:, 24:246].any()
    assert (holes > 128).sum() > 20 * 8 * 12


def test_map_lines_are_thin_everywhere() -> None:
    alpha = 255 - np.asarray(draw_art(_art("contours")).holes[0])
    assert 0.005 < (alpha > 128).mean() < 0.08


@pytest.mark.parametrize(("width", "height"), [(270, 480), (480, 270)])
def test_a_film_weaves_by_parts_of_a_pixel_and_shows_no_end(maker: Any, width: int, height: int) -> None:
    maker.width, maker.height = width, height
    film = Art(name="film_holes", rect=maker.full, colour="#FFFFFF")
    with Composer(maker.reel([[maker.flat("#000000"), film]]), {}) as still:
        resting = still.frame(0).y.astype(float)
    with Composer(maker.reel([[maker.flat("#000000"), film.model_copy(update={"weave": 2.0})]]), {}) as composer:
        frames = [composer.frame(n).y.astype(float) for n in range(30)]
        assert np.array_equal(composer.frame(7).y, frames[7].astype(np.uint8)), "any frame can be drawn by itself"
    assert all(frame.mean() == pytest.approx(resting.mean(), rel=0.03) for frame in frames), "no hole is cut, none is added"
    ways = [_way(resting, frame, width > height) for frame in frames]
    assert max(ways) - min(ways) > 1.0
    assert max(abs(way) for way in ways) <= 2.0
    assert max(abs(after - before) for before, after in pairwise(ways)) < 1.5, "it never jumps"
    assert len({frame.tobytes() for frame in frames}) == 18, "it is held as old film is"


def _way(resting: np.ndarray, frame: np.ndarray, is_lying: bool) -> float:
    """How far the left row of holes has moved to the right; of a film that lies on its side, the upper one down."""
    strips = (picture[:60].sum(1) if is_lying else picture[:, :60].sum(0) for picture in (resting, frame))
    before, after = (float((np.arange(60) * (strip - strip.min())).sum() / (strip - strip.min()).sum()) for strip in strips)
    return after - before
