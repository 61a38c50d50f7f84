"""The joins: they begin as one shot and end as the other, and each looks as it did."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any, get_args

import cv2
import numpy as np
import pytest

from local.samples import list_sample_photos
from reelwright.reels.reel import Transition, TransitionKind
from reelwright.rendering.compose import Composer
from reelwright.rendering.joins import BEGIN_AT_CUT, JOINS, join_colour, join_frames, join_span
from reelwright.rendering.moment import Moment
from reelwright.rendering.planes import Planes, blank, code_of, from_bgr, to_bgr

RED, BLUE = blank(270, 480, code_of("#C03020")), blank(270, 480, code_of("#2030C0"))
CENTRED = sorted(set(JOINS) - BEGIN_AT_CUT)
SECONDS = {
    "beat_cut": 0.2, "whip_pan": 0.3, "zoom_through": 0.4, "match_flash": 0.2, "film_burn": 0.6, "shape_wipe": 0.55, "glitch_slice": 0.23, "slide_push": 0.5,
    "luma_wipe": 0.6, "spin": 0.4, "cross_zoom": 0.45, "page_split": 0.55, "dip": 0.5, "iris": 0.7, "blur_dissolve": 0.5, "dissolve": 0.5,
}  # fmt: skip
SIZE = (180, 320)


def _join(kind: str, before: Planes, after: Planes, moment: Moment) -> Planes:
    return join_frames(kind, lambda: before, lambda: after, moment)


def _textured(seed: int) -> Planes:
    random = np.random.default_rng(seed)
    luma = random.integers(30, 220, (48, 27)).repeat(10, 0).repeat(10, 1).astype(np.uint8)
    return Planes(luma, np.full((240, 135), 110 + seed, np.uint8), np.full((240, 135), 140 - seed, np.uint8))


def _gap(one: Planes, other: Planes) -> float:
    return float(np.abs(one.y.astype(int) - other.y.astype(int)).mean())


def _load(path: Path) -> Planes:
    return from_bgr(cv2.resize(cv2.imread(str(path), cv2.IMREAD_REDUCED_COLOR_4), SIZE, interpolation=cv2.INTER_AREA))


def _unknown() -> Planes:
    raise AssertionError("this shot is not needed")


def test_every_kind_of_the_document_can_be_drawn() -> None:
    assert set(JOINS) | {"cut"} == set(get_args(TransitionKind))


@pytest.mark.parametrize("kind", CENTRED)
def test_a_join_begins_near_the_first_shot_and_ends_near_the_second(kind: str) -> None:
    before, after = _textured(1), _textured(9)
    first = _join(kind, before, after, Moment(0.02, 15, "#F3EEE4"))
    last = _join(kind, before, after, Moment(0.98, 15, "#F3EEE4"))
    assert _gap(first, before) < 0.45 * _gap(after, before)
    assert _gap(last, after) < 0.45 * _gap(after, before)


@pytest.mark.parametrize("kind", sorted(BEGIN_AT_CUT))
def test_a_join_on_the_beat_shows_only_the_second_shot_and_calms_down(kind: str) -> None:
    after = _textured(9)
    gaps = [_gap(join_frames(kind, _unknown, lambda: after, Moment((n + 0.5) / 6, 6, "#000000")), after) for n in range(6)]
    assert gaps == sorted(gaps, reverse=True)
    assert gaps[-1] < 0.25 * gaps[0]


@pytest.mark.parametrize("kind", sorted(JOINS))
@pytest.mark.parametrize("progress", [0.0, 0.03, 0.3, 0.5, 0.7, 0.97, 1.0])
def test_a_join_gives_whole_frames_in_limited_range(kind: str, progress: float) -> None:
    frame = _join(kind, _textured(1), _textured(9), Moment(progress, 15, "#B5402A"))
    assert [plane.shape for plane in frame] == [(480, 270), (240, 135), (240, 135)]
    assert frame.y.min() >= 10
    assert frame.y.max() <= 240


@pytest.mark.parametrize("kind", sorted(JOINS))
@pytest.mark.parametrize("size", [(480, 270), (270, 270), (270, 338)])
def test_a_join_works_in_other_shapes(kind: str, size: tuple[int, int]) -> None:
    before, after = blank(*size, code_of("#C03020")), blank(*size, code_of("#2030C0"))
    for progress in (0.1, 0.5, 0.9):
        assert _join(kind, before, after, Moment(progress, 15, "#B5402A", "left", "diagonal", seed=4)).y.shape == size[::-1]


@pytest.mark.parametrize("kind", sorted(JOINS))
def test_a_join_leaves_its_shots_as_they_were(kind: str) -> None:
    before, after = _textured(1), _textured(9)
    _join(kind, before, after, Moment(0.45, 15, "#B5402A"))
    assert _gap(before, _textured(1)) == 0
    assert _gap(after, _textured(9)) == 0


@pytest.mark.parametrize("kind", ["dissolve", "blur_dissolve"])
def test_halfway_a_dissolve_is_the_mean_of_both(kind: str) -> None:
    frame = _join(kind, RED, BLUE, Moment(0.5, 15, "#000000"))
    assert abs(float(frame.v.mean()) - (float(RED.v.mean()) + float(BLUE.v.mean())) / 2) < 3


def test_a_dip_reaches_its_colour_in_the_middle() -> None:
    for progress in (0.43, 0.49):
        frame = _join("dip", RED, BLUE, Moment(progress, 15, "#F3EEE4"))
        assert np.abs(frame.y.astype(float) - code_of("#F3EEE4")[0]).max() <= 1.5


@pytest.mark.parametrize("kind", ["slide_push", "whip_pan"])
@pytest.mark.parametrize(("direction", "old", "new"), [("up", (4, 67), (-4, 67)), ("down", (-4, 67), (4, 67)), ("left", (120, 3), (120, -3)), ("right", (120, -3), (120, 3))])  # fmt: skip
def test_a_sliding_join_goes_where_it_is_told(kind: str, direction: Any, old: tuple[int, int], new: tuple[int, int]) -> None:
    frame = _join(kind, RED, BLUE, Moment(0.45 if kind == "slide_push" else 0.5, 30, "#000000", direction))
    assert abs(float(frame.v[old]) - RED.v[0, 0]) < 8
    assert abs(float(frame.v[new]) - BLUE.v[0, 0]) < 8


def test_a_page_split_shows_the_next_shot_between_the_halves() -> None:
    frame = _join("page_split", RED, BLUE, Moment(0.45, 16, "#000000"))
    assert abs(int(frame.v[120, 60]) - int(BLUE.v[0, 0])) < 20
    assert abs(int(frame.v[2, 60]) - int(RED.v[0, 0])) < 4
    assert abs(int(frame.v[-3, 60]) - int(RED.v[0, 0])) < 4


@pytest.mark.parametrize("kind", ["slide_push", "whip_pan"])
@pytest.mark.parametrize("direction", ["up", "left"])
def test_a_slow_slide_moves_by_parts_of_a_pixel(kind: str, direction: Any) -> None:
    before, after = _textured(1), _textured(9)
    near = [_join(kind, before, after, Moment(p, 400, "#000000", direction)) for p in (0.05, 0.0525, 0.055)]
    assert 0 < _gap(near[0], near[1]) < 6
    assert 0 < _gap(near[1], near[2]) < 6


@pytest.mark.parametrize("shape", ["circle", "diagonal", "rect"])
def test_a_shape_wipe_grows_a_ring_of_its_colour(shape: Any) -> None:
    grey, ring = blank(270, 480, code_of("#808080")), round(code_of("#FFE14A")[0])
    areas = []
    for progress in (0.3, 0.5, 0.7, 1.0):
        frame = _join("shape_wipe", grey, BLUE, Moment(progress, 16, "#FFE14A", shape=shape))
        areas.append(float((frame.y == BLUE.y[0, 0]).mean()))
        if 0.05 < areas[-1] < 0.9:
            assert (frame.y == ring).sum() > 100
    assert areas == sorted(areas)
    assert areas[-1] == 1.0


def test_an_iris_is_black_in_the_middle_and_round_its_subject() -> None:
    closing = _join("iris", RED, BLUE, Moment(0.3, 21, "#000000", x=0.3, y=0.7))
    assert closing.y[int(0.7 * 480), int(0.3 * 270)] == RED.y[0, 0]
    assert closing.y[40, 200] == 16
    assert _join("iris", RED, BLUE, Moment(0.478, 21, "#000000")).y.mean() < 17


def test_a_flash_over_a_bright_shot_is_held_back() -> None:
    dark, bright = blank(270, 480, code_of("#505050")), blank(270, 480, code_of("#D0D0D0"))
    moment = Moment(0.5 / 6, 6, "#000000")
    assert (_join("match_flash", RED, bright, moment).y.max() - bright.y[0, 0]) < 0.6 * (_join("match_flash", RED, dark, moment).y.max() - dark.y[0, 0])


def test_film_burns_warm_even_on_white() -> None:
    white = blank(270, 480, code_of("#FFFFFF"))
    frame = to_bgr(_join("film_burn", white, white, Moment(0.5, 18, "#000000", seed=3))).astype(int)
    assert (frame[..., 2] - frame[..., 0]).max() > 25
    assert (frame[..., 0] - frame[..., 2]).max() <= 4


def test_a_glitch_is_new_in_each_frame_and_the_same_each_time() -> None:
    frames = [_join("glitch_slice", _textured(1), _textured(9), Moment((n + 0.5) / 7, 7, "#000000", seed=2)) for n in (2, 3, 3)]
    assert _gap(frames[0], frames[1]) > 3
    assert _gap(frames[1], frames[2]) == 0


def test_light_parts_turn_first_in_a_wipe_by_light() -> None:
    before = blank(270, 480, code_of("#303030"))
    before.y[:240] = 220
    frame = _join("luma_wipe", before, RED, Moment(0.45, 18, "#000000"))
    assert abs(float(frame.v[20].mean()) - float(RED.v[0, 0])) < abs(float(frame.v[-20].mean()) - float(RED.v[0, 0]))


def test_joins_have_their_own_colours() -> None:
    assert join_colour(Transition(kind="iris"), "#F3EEE4") == "#000000"
    assert join_colour(Transition(kind="dip"), "#F3EEE4") == "#F3EEE4"
    assert join_colour(Transition(kind="iris", colour="#112233"), "#F3EEE4") == "#112233"


def test_joins_on_the_beat_begin_at_the_cut_and_the_others_are_centred_on_it() -> None:
    half = Fraction(1, 5)
    assert join_span(Transition(kind="cut", duration=2 * half)) == (0, 0)
    assert join_span(Transition(kind="beat_cut", duration=2 * half)) == (0, 2 * half)
    assert join_span(Transition(kind="match_flash", duration=2 * half)) == (0, 2 * half)
    assert join_span(Transition(kind="whip_pan", duration=2 * half)) == (half, half)


@pytest.mark.parametrize("kind", sorted(JOINS))
def test_a_join_in_a_reel_lies_where_it_should(maker: Any, kind: str) -> None:
    reel = maker.reel([[maker.flat("#202020")], [maker.flat("#E0E0E0")]], [Transition(kind=kind, duration=Fraction(2, 5), colour="#808080")])
    first, last = (30, 41) if kind in BEGIN_AT_CUT else (24, 35)
    with Composer(reel, maker.files) as composer:
        dark, light = composer.frame(first - 1), composer.frame(last + 1)
        assert (dark.y.min(), dark.y.max()) == (round(code_of("#202020")[0]),) * 2
        assert (light.y.min(), light.y.max()) == (round(code_of("#E0E0E0")[0]),) * 2
        during = [composer.frame(n) for n in range(first, last + 1)]
    if kind not in {"beat_cut", "spin"}:  # one colour enlarged or turned is one colour
        assert any(_gap(frame, dark) > 1 and _gap(frame, light) > 1 for frame in during)


def test_a_cut_is_hard(maker: Any) -> None:
    reel = maker.reel([[maker.flat("#202020")], [maker.flat("#E0E0E0")]])
    with Composer(reel, maker.files) as composer:
        assert composer.frame(29).y.max() == round(code_of("#202020")[0])
        assert composer.frame(30).y.min() == round(code_of("#E0E0E0")[0])


@pytest.mark.parametrize("kind", sorted(JOINS))
def test_each_join_looks_as_it_did(kind: str, check_golden: Callable[[str, np.ndarray], None]) -> None:
    photos = list_sample_photos()
    before, after = _load(photos[7]), _load(photos[30])
    frames = round(SECONDS[kind] * 30)
    places = (0.5, 1.5) if kind in BEGIN_AT_CUT else (0.3 * frames, 0.58 * frames)
    colour = join_colour(Transition(kind=kind), "#F3EEE4")
    drawn = [to_bgr(_join(kind, before, after, Moment(place / frames, frames, colour, seed=5))) for place in places]
    check_golden(f"join_{kind}", np.hstack(drawn))
