"""The five joins: they begin as one shot and end as the other."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from reelwright.reels.reel import Transition
from reelwright.rendering.compose import Composer
from reelwright.rendering.joins import JOINS, Moment, join_frames
from reelwright.rendering.planes import Planes, blank, code_of

RED, BLUE = blank(270, 480, code_of("#C03020")), blank(270, 480, code_of("#2030C0"))


def _textured(seed: int) -> Planes:
    random = np.random.default_rng(seed)
    luma = random.integers(30, 220, (48, 27)).repeat(10, 0).repeat(10, 1).astype(np.uint8)
    return Planes(luma, np.full((240, 135), 110 + seed, np.uint8), np.full((240, 135), 140 - seed, np.uint8))


def _gap(one: Planes, other: Planes) -> float:
    return float(np.abs(one.y.astype(int) - other.y.astype(int)).mean())


@pytest.mark.parametrize("kind", sorted(JOINS))
def test_a_join_begins_near_the_first_shot_and_ends_near_the_second(kind: str) -> None:
    before, after = _textured(1), _textured(9)
    first = join_frames(kind, before, after, Moment(0.02, 15, "#F3EEE4"))
    last = join_frames(kind, before, after, Moment(0.98, 15, "#F3EEE4"))
    assert _gap(first, before) < 0.45 * _gap(after, before)
    assert _gap(last, after) < 0.45 * _gap(after, before)


@pytest.mark.parametrize("kind", sorted(JOINS))
@pytest.mark.parametrize("progress", [0.0, 0.03, 0.3, 0.5, 0.7, 0.97, 1.0])
def test_a_join_gives_whole_frames_in_limited_range(kind: str, progress: float) -> None:
    frame = join_frames(kind, _textured(1), _textured(9), Moment(progress, 15, "#B5402A"))
    assert [plane.shape for plane in frame] == [(480, 270), (240, 135), (240, 135)]
    assert frame.y.min() >= 10
    assert frame.y.max() <= 240


@pytest.mark.parametrize("kind", ["dissolve", "blur_dissolve"])
def test_halfway_a_dissolve_is_the_mean_of_both(kind: str) -> None:
    frame = join_frames(kind, RED, BLUE, Moment(0.5, 15, "#000000"))
    assert abs(float(frame.v.mean()) - (float(RED.v.mean()) + float(BLUE.v.mean())) / 2) < 3


def test_a_dip_reaches_its_colour_in_the_middle() -> None:
    frame = join_frames("dip", RED, BLUE, Moment(0.46, 15, "#F3EEE4"))
    assert np.abs(frame.y.astype(float) - code_of("#F3EEE4")[0]).max() <= 1.5


def test_a_push_brings_the_next_shot_from_below() -> None:
    frame = join_frames("slide_push", RED, BLUE, Moment(0.45, 15, "#000000"))
    top, bottom = float(frame.v[4].mean()), float(frame.v[-4].mean())
    assert abs(top - RED.v[0, 0]) < 3
    assert abs(bottom - BLUE.v[0, 0]) < 3


def test_a_page_split_shows_the_next_shot_between_the_halves() -> None:
    frame = join_frames("page_split", RED, BLUE, Moment(0.45, 16, "#000000"))
    assert abs(int(frame.v[120, 60]) - int(BLUE.v[0, 0])) < 20
    assert abs(int(frame.v[2, 60]) - int(RED.v[0, 0])) < 4
    assert abs(int(frame.v[-3, 60]) - int(RED.v[0, 0])) < 4


def test_a_slow_push_moves_by_parts_of_a_pixel() -> None:
    before, after = _textured(1), _textured(9)
    near = [join_frames("slide_push", before, after, Moment(p, 400, "#000000")) for p in (0.02, 0.0225, 0.025)]
    assert 0 < _gap(near[0], near[1]) < 6
    assert 0 < _gap(near[1], near[2]) < 6


@pytest.mark.parametrize("kind", sorted(JOINS))
def test_a_join_in_a_reel_is_centred_on_the_cut(maker: Any, kind: str) -> None:
    reel = maker.reel([[maker.flat("#202020")], [maker.flat("#E0E0E0")]], [Transition(kind=kind, duration=Fraction(2, 5), colour="#808080")])
    with Composer(reel, maker.files) as composer:
        dark, start, end, light = (float(composer.frame(n).y.mean()) for n in (23, 24, 35, 36))
        middle = [float(composer.frame(n).y.std() + abs(composer.frame(n).y.mean() - dark)) for n in range(27, 33)]
    assert dark == round(code_of("#202020")[0])
    assert light == round(code_of("#E0E0E0")[0])
    assert start <= light
    assert end >= dark
    assert max(middle) > 5


def test_a_cut_is_hard(maker: Any) -> None:
    reel = maker.reel([[maker.flat("#202020")], [maker.flat("#E0E0E0")]])
    with Composer(reel, maker.files) as composer:
        assert composer.frame(29).y.max() == round(code_of("#202020")[0])
        assert composer.frame(30).y.min() == round(code_of("#E0E0E0")[0])
