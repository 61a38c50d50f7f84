"""Each entry at three moments, as it looked when it was judged; and how it feels, in figures."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from fractions import Fraction
from typing import Any, get_args

import cv2
import numpy as np
import pytest

from reelwright.reels.reel import Art, Entry, Font, Marquee, Picture, Point, ProgressBar, Rect, Shade, Stroke, Text
from reelwright.rendering.compose import Composer
from reelwright.rendering.entries import REST, pose_at
from reelwright.rendering.planes import to_bgr

KINDS = [kind for kind in get_args(Entry.model_fields["kind"].annotation) if kind != "none"]
FRAME = 1 / 30
BLACK, PAPER = "#000000", "#F3EEE4"


def _frames(maker: Any, layers: list[Any], *numbers: int) -> list[np.ndarray]:
    with Composer(maker.reel([layers]), maker.files) as composer:
        return [to_bgr(composer.frame(n)) for n in numbers]


@pytest.mark.parametrize("kind", KINDS)
def test_each_entry_looks_as_it_did(maker: Any, kind: str, check_golden: Callable[[str, np.ndarray], None]) -> None:
    maker.photo("one")
    entry = Entry(kind=kind, duration=Fraction(2, 5))
    layers = [
        maker.flat(PAPER),
        Picture(media_id="one", rect=Rect(x=40, y=120, width=140, height=180), is_graded=False, radius=12, shadow=Shade(opacity=0.4, sigma=8), entry=entry),
        Text(text="Quiet rooms", font=Font(family="Fraunces", weight=500), size=40, colour="#16130F", x=20, y=90, entry=entry),
        Stroke(points=(Point(x=30, y=340), Point(x=130, y=320), Point(x=240, y=360)), colour="#B5402A", width=6, gap=14, entry=entry),
    ]
    strip = np.hstack([frame[40:370] for frame in _frames(maker, layers, 1, 4, 8)])
    check_golden(f"entry_{kind}", cv2.resize(strip, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA))


@pytest.mark.parametrize("kind", KINDS)
def test_an_entry_settles_without_a_jump(kind: str) -> None:
    entry = Entry(kind=kind, duration=Fraction(1))
    last = pose_at(entry, 0.999 - FRAME, FRAME)
    assert last is not None
    assert last == pytest.approx(REST, abs=0.02)


def test_a_pop_overshoots_a_little_and_only_once() -> None:
    entry = Entry(kind="pop", duration=Fraction(1, 4))
    scales = [pose.scale for n in range(8) if (pose := pose_at(entry, n * FRAME, FRAME)) is not None]
    assert 1.01 < max(scales) < 1.06
    peak = scales.index(max(scales))
    assert scales[: peak + 1] == sorted(scales[: peak + 1])
    assert scales[peak:] == sorted(scales[peak:], reverse=True)


def test_a_stamp_comes_down_faster_and_faster_and_springs_back() -> None:
    entry = Entry(kind="stamp", duration=Fraction(1))
    scales = [pose.scale for n in range(30) if (pose := pose_at(entry, n * FRAME, FRAME)) is not None]
    falls = np.diff(scales[:20])
    assert (np.diff(falls) <= 1e-9).all()
    assert min(scales) == pytest.approx(0.97, abs=0.005)


def test_a_pin_falls_from_above_and_everything_else_drops_from_the_front() -> None:
    entry = Entry(kind="drop", duration=Fraction(1))
    falling, dropping = pose_at(entry, 0.2, FRAME, falls=True), pose_at(entry, 0.2, FRAME)
    assert falling is not None
    assert dropping is not None
    assert falling.dy < -1
    assert falling.scale == 1
    assert dropping.scale > 1
    assert dropping.dy == 0


def test_ways_are_shorter_on_smaller_canvases() -> None:
    entry = Entry(kind="slide_up", duration=Fraction(1))
    large, small = pose_at(entry, 0.1, FRAME), pose_at(entry, 0.1, FRAME, factor=0.25)
    assert large is not None
    assert small is not None
    assert small.dy == pytest.approx(large.dy / 4, abs=0.01)


def test_slides_go_where_they_say() -> None:
    poses = {kind: pose_at(Entry(kind=kind, duration=Fraction(1)), 0.1, FRAME) for kind in ("slide_left", "slide_right", "slide_up")}
    assert poses["slide_left"] is not None
    assert poses["slide_left"].dx > 0
    assert poses["slide_right"] is not None
    assert poses["slide_right"].dx < 0
    assert poses["slide_up"] is not None
    assert poses["slide_up"].dy > 0


def test_a_line_is_drawn_from_its_first_point(maker: Any) -> None:
    points = (Point(x=20, y=400), Point(x=60, y=200), Point(x=150, y=300), Point(x=250, y=80))
    stroke = Stroke(points=points, colour="#FFFFFF", width=6, entry=Entry(kind="draw", duration=Fraction(9, 10)))
    frames = [frame.min(2) > 128 for frame in _frames(maker, [maker.flat(BLACK), stroke], 0, 8, 14, 20, 29)]
    assert frames[0][396:404, 16:24].any()
    for earlier, later in itertools.pairwise(frames):
        assert (later | ~earlier).all()
        assert later.sum() > earlier.sum()
    assert frames[-1][78:86, 246:252].any()


def test_a_dotted_line_is_dots_at_even_distances(maker: Any) -> None:
    stroke = Stroke(points=(Point(x=20, y=100), Point(x=250, y=100)), colour="#FFFFFF", width=8, gap=23, is_smooth=False)
    row = _frames(maker, [maker.flat(BLACK), stroke], 3)[0][100, :, 1] > 128
    starts = np.flatnonzero(np.diff(row.astype(int)) == 1)
    assert len(starts) == 11
    assert set(np.diff(starts)) == {23}


def test_a_marquee_drifts_evenly_and_its_rows_against_each_other(maker: Any) -> None:
    marquee = Marquee(text="MORE", font=Font(family="Anton"), size=50, colour="#FFFFFF", pitch=60, speed=60, stroke=0)
    first, later = (frame[..., 1].astype(float) for frame in _frames(maker, [maker.flat(BLACK), marquee], 3, 6))
    moves = []
    for top in range(0, 480, 2):
        rows = first[top : top + 2], later[top : top + 2]
        if min(row.std() for row in rows) > 60:
            costs = [np.abs(rows[0][:, 40:-40] - np.roll(rows[1], -way, 1)[:, 40:-40]).mean() for way in range(-12, 13)]
            moves.append(int(np.argmin(costs)) - 12)
    assert {moves.count(6) > 10, moves.count(-6) > 10} == {True}


def test_a_marquee_covers_the_whole_canvas_at_every_time(maker: Any) -> None:
    marquee = Marquee(text="MORE", font=Font(family="Anton"), size=50, colour="#FFFFFF", pitch=60, speed=300, stroke=2, rotation=-8.0)
    for frame in _frames(maker, [maker.flat(BLACK), marquee], 0, 9, 17, 29):
        blocks = frame[..., 1].reshape(4, 120, 3, 90).max(axis=(1, 3))
        assert (blocks > 128).all()


def test_progress_is_even_and_full_when_it_ends(maker: Any) -> None:
    bar = ProgressBar(rect=Rect(x=20, y=60, width=230, height=8), colour="#FFFFFF", track_opacity=0.2)
    lights = [float((frame[64, :, 1] / 255).sum()) for frame in _frames(maker, [maker.flat(BLACK), bar], *range(30))]
    assert np.diff(lights)[:-1] == pytest.approx(np.full(28, 230 / 30 * 0.8), abs=0.6)
    assert lights[-1] == pytest.approx(230, abs=1.5)


def test_segments_fill_one_after_the_other(maker: Any) -> None:
    borders = (Fraction(0), Fraction(1, 3), Fraction(2, 3), Fraction(1))
    bar = ProgressBar(rect=Rect(x=20, y=60, width=230, height=8), colour="#FFFFFF", borders=borders, gap=10, radius=0)
    early, middle, end = (frame[64, :, 1] for frame in _frames(maker, [maker.flat(BLACK), bar], 5, 15, 29))
    thirds = [slice(22, 88), slice(104, 166), slice(184, 248)]
    assert [bool((early[third] > 200).any()) for third in thirds] == [True, False, False]
    assert [bool((middle[third] > 200).any()) for third in thirds] == [True, True, False]
    assert (end[thirds[2]] > 200).all()
    assert (end[94:98] < 20).all()


def test_a_layer_that_began_before_frame_0_is_settled_there(maker: Any) -> None:
    for kind in KINDS:
        entry = Entry(kind=kind, start=Fraction(-1, 2), duration=Fraction(2, 5))
        art = Art(name="burst", rect=Rect(x=60, y=60, width=120, height=120), colour="#FF2E63", entry=entry)
        first, later = _frames(maker, [maker.flat(BLACK), art], 0, 20)
        assert (first == later).all(), kind
