"""Effects: each kind sounds like itself, peaks as asked, is loudest at its moment, and is the same every time."""

from __future__ import annotations

import time
from fractions import Fraction
from typing import get_args

import numpy as np
import pytest

from reelwright.reels.reel import SoundEffect
from reelwright.rendering.effect_sounds import RECIPES, make_effect
from reelwright.rendering.effects import lay_effects

RATE = 48_000
KINDS = tuple(RECIPES)
CENTROIDS = {"impact": (30, 400), "pop": (300, 1500), "ding": (900, 3000), "whoosh": (800, 4500), "riser": (2500, 9000), "tick": (1500, 6000)}


def _effect(kind: str, at: Fraction = Fraction(2), **more: object) -> SoundEffect:
    return SoundEffect.model_validate({"kind": kind, "at": at, "peak_db": -14.0, **more})


def _loudest(samples: np.ndarray) -> float:
    power = np.convolve(np.square(samples).sum(axis=1), np.full(384, 1 / 384), "same")
    return float(np.argmax(power) / RATE)


def test_every_kind_of_the_document_has_a_recipe() -> None:
    assert set(KINDS) == set(get_args(SoundEffect.model_fields["kind"].annotation))


@pytest.mark.parametrize("kind", KINDS)
def test_the_peak_is_what_was_asked_for_and_the_sound_is_loudest_at_its_moment(kind: str) -> None:
    bus = lay_effects([_effect(kind)], 5 * RATE)
    assert 20 * np.log10(np.abs(bus).max()) == pytest.approx(-14.0, abs=0.05)
    assert _loudest(bus) == pytest.approx(2.0, abs=0.06 if kind == "riser" else 0.03)


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_seed_gives_the_same_sound_and_another_seed_another(kind: str) -> None:
    first, again, other = (make_effect(_effect(kind, seed=seed)).samples for seed in (7, 7, 8))
    assert np.array_equal(first, again)
    assert not np.array_equal(first, other)


@pytest.mark.parametrize("kind", KINDS)
def test_no_effect_clicks_at_its_ends_or_is_lost_on_one_loudspeaker(kind: str) -> None:
    samples = make_effect(_effect(kind)).samples.astype(np.float64)
    assert np.abs(samples[:2]).max() < 0.15
    assert np.abs(samples[-2:]).max() < 0.01
    assert abs(samples.mean()) < 0.01
    both, one = np.square(samples).sum() / 2, np.square(samples.mean(axis=1)).sum()
    assert 10 * np.log10(one / both) > -2.0


@pytest.mark.parametrize(("kind", "band"), CENTROIDS.items())
def test_each_kind_lies_where_its_name_says(kind: str, band: tuple[float, float]) -> None:
    samples = make_effect(_effect(kind)).samples.mean(axis=1)
    power = np.square(np.abs(np.fft.rfft(samples)))
    centroid = float((np.fft.rfftfreq(len(samples), 1 / RATE) * power).sum() / power.sum())
    assert band[0] < centroid < band[1]


def test_a_riser_climbs_and_ends_at_its_moment() -> None:
    bus = lay_effects([_effect("riser", duration=Fraction(3, 2))], 5 * RATE)
    early, late = (np.square(bus[round(begin * RATE) : round((begin + 0.3) * RATE)]).mean() for begin in (0.7, 1.65))
    assert late > 10 * early
    after = np.square(bus[round(2.05 * RATE) : round(2.3 * RATE)]).mean()
    assert after < late / 30


def test_a_whoosh_lasts_as_long_as_it_is_asked_to() -> None:
    short, long = (len(make_effect(_effect("whoosh", duration=seconds)).samples) for seconds in (Fraction(1, 4), Fraction(2, 5)))
    assert long - short == round(0.15 * RATE)


def test_what_reaches_beyond_the_reel_is_cut_without_a_click() -> None:
    bus = lay_effects([_effect("whoosh", Fraction(0)), _effect("impact", Fraction(1))], RATE + 4800)
    assert bus.shape == (RATE + 4800, 2)
    assert np.abs(bus[0]).max() < 1e-4
    assert np.abs(bus[-1]).max() < 1e-3
    assert not lay_effects([_effect("pop", Fraction(9))], RATE).any()


def test_forty_effects_cost_less_than_a_second_of_the_processor() -> None:
    effects = [_effect(KINDS[place % len(KINDS)], Fraction(3 * place, 2), seed=place) for place in range(40)]
    begun = time.process_time()
    lay_effects(effects, 60 * RATE)
    assert time.process_time() - begun < 2.0
