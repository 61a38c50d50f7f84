"""Speed ramps and held pictures: which second of a clip is seen when."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from reelwright.reels.reel import SpeedPoint
from reelwright.rendering.compose import Composer
from reelwright.rendering.speed import SourceClock, hold

RAMP = ((0.0, 1.0), (0.25, 3.0), (0.45, 3.0), (0.75, 0.8))
"""The ramp of the craft: up in a quarter of a second, held, and slow on the beat."""


def test_source_time_is_the_integral_of_the_speed() -> None:
    clock = SourceClock(1.0, ramp=RAMP)
    times = np.linspace(0, 1.2, 2401)
    speeds = np.array([clock.speed_at(t) for t in times])
    summed = 1.0 + np.concatenate([[0], np.cumsum((speeds[1:] + speeds[:-1]) / 2 * np.diff(times))])
    assert np.abs(summed - [clock(t) for t in times]).max() < 1e-4


def test_a_ramp_never_runs_backwards_and_its_speed_never_jumps() -> None:
    clock = SourceClock(0.5, ramp=RAMP)
    steps = np.diff([clock(n / 300) for n in range(-60, 400)])
    assert steps.min() > 0
    assert np.abs(np.diff(steps)).max() * 300 < 0.25


def test_the_speed_holds_before_the_first_point_and_after_the_last() -> None:
    clock = SourceClock(2.0, ramp=((0.5, 2.0), (1.0, 0.5)))
    assert clock(0.0) == pytest.approx(2.0)
    assert clock(-0.5) == pytest.approx(1.0)
    assert clock(2.0) - clock(1.5) == pytest.approx(0.25)


def test_a_clip_never_begins_before_its_beginning() -> None:
    assert SourceClock(0.1, 1.0)(-3.0) == 0.0


def test_held_pictures_change_so_many_times_a_second() -> None:
    assert len({hold(n / 30, 18) for n in range(30)}) == 18
    assert len({SourceClock(0.0, held=12)(n / 30) for n in range(30)}) == 12
    assert hold(0.123, 0) == 0.123


def test_a_fast_part_averages_two_or_three_frames_and_a_slow_one_none() -> None:
    clock = SourceClock(1.0, ramp=RAMP)
    shutter = clock.find_shutter([n / 30 for n in range(36)], 1 / 30)
    assert len(shutter(clock(0.35))) == 3
    assert len(shutter(clock(1.1))) == 1
    assert max(shutter(clock(0.35))) < 0.1


def test_a_ramp_in_a_reel_shows_the_frames_of_its_clock(maker: Any) -> None:
    maker.clip("film")
    ramp = (SpeedPoint(at=Fraction(0), speed=0.8), SpeedPoint(at=Fraction(1), speed=1.2))
    layer = maker.picture("film", is_graded=False, ramp=ramp)
    clock = SourceClock(0.0, ramp=((0.0, 0.8), (1.0, 1.2)))
    with Composer(maker.reel([[layer]]), maker.files) as composer:
        for n in (3, 15, 27):
            luma = float(composer.frame(n).y[300:420].mean())
            assert round((luma - 40) / 3) == int(clock(n / 30) * 30 + 1e-3)
