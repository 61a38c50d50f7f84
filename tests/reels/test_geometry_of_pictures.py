from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reelwright.media.analysis import Box
from reelwright.reels.geometry import (
    CAPTION_ZONE,
    SAFE,
    TITLE_ZONE,
    Area,
    Size,
    caption_place,
    clamp_view,
    cover_scale,
    crop_centre,
    enlargement,
    place_box,
    visible_faces,
    window_of,
    zoom_limit,
)
from reelwright.reels.reel import Rect, View

FULL = Rect(x=0, y=0, width=1080, height=1920)
shares = st.floats(0, 1)


@settings(max_examples=100, deadline=None)
@given(st.integers(200, 6000), st.integers(200, 6000), shares, shares, st.floats(1.0, 4.0))
def test_a_clamped_view_never_sees_beyond_the_picture(width: int, height: int, x: float, y: float, scale: float) -> None:
    picture = Size(width, height)
    view = clamp_view(View(x=x, y=y, scale=scale), picture, FULL)
    across, down = window_of(picture, FULL, scale)
    assert view.x - across / 2 >= -1e-6
    assert view.x + across / 2 <= 1 + 1e-6
    assert view.y - down / 2 >= -1e-6
    assert view.y + down / 2 <= 1 + 1e-6


def test_a_landscape_picture_fills_the_height_and_shows_a_third_of_its_width() -> None:
    picture = Size(3000, 2000)
    assert cover_scale(picture, FULL) == pytest.approx(0.96)
    assert window_of(picture, FULL, 1.0) == (pytest.approx(0.375), 1.0)
    assert enlargement(picture, FULL, 2.0) == pytest.approx(1.92)


@settings(max_examples=100, deadline=None)
@given(st.floats(0.0, 0.9), st.floats(0.02, 0.25), shares, st.floats(0.35, 1.0))
def test_a_face_that_fits_is_whole_in_the_crop(left: float, width: float, wanted: float, window: float) -> None:
    face = Box(x=min(left, 1 - width), y=0.3, width=width, height=0.2)
    x, _ = crop_centre((wanted, 0.5), (window, 1.0), (face,))
    assert x - window / 2 <= face.x + 1e-6
    assert x + window / 2 >= face.x + face.width - 1e-6


def test_of_faces_too_far_apart_the_largest_is_kept() -> None:
    large, small = Box(x=0.7, y=0.2, width=0.2, height=0.3), Box(x=0.05, y=0.2, width=0.08, height=0.1)
    x, _ = crop_centre((0.5, 0.5), (0.375, 1.0), (small, large))
    assert x - 0.1875 <= 0.7
    assert x + 0.1875 >= 0.9


def test_a_box_lies_where_the_view_shows_it() -> None:
    area = place_box(Box(x=0.25, y=0.25, width=0.5, height=0.5), Size(1080, 1920), FULL, View())
    assert area == Area(270, 480, 810, 1440)


def test_faces_outside_the_crop_are_not_seen() -> None:
    far = Box(x=0.0, y=0.4, width=0.05, height=0.1)
    assert visible_faces((far,), Size(3000, 2000), FULL, (View(x=0.7),)) == []


BLOCK = Area(192, 1080, 888, 1220)


def test_captions_keep_their_place_without_faces() -> None:
    assert caption_place(BLOCK, (), ()) == 1150


def test_captions_leave_a_face() -> None:
    face = Area(400, 1000, 700, 1300)
    middle = caption_place(BLOCK, (face,), ())
    assert middle is not None
    block = Area(192, middle - 70, 888, middle + 70)
    assert block.overlap(face) == 0
    assert SAFE.top <= block.top


def test_captions_have_no_place_where_faces_and_titles_take_all() -> None:
    assert caption_place(BLOCK, (Area(0, 900, 1080, 1900),), (Area(72, 288, 1008, 800),)) is None


def test_zones_lie_inside_each_other_as_platforms_want_it() -> None:
    assert SAFE.holds(CAPTION_ZONE)
    assert TITLE_ZONE.top == SAFE.top


def test_pictures_with_few_pixels_zoom_less() -> None:
    assert zoom_limit(Size(640, 427), FULL, 1.05, 1.12) == 1.06
    assert zoom_limit(Size(4000, 6000), FULL, 1.05, 1.12) == 1.12
