"""Beats are measured where they are, and a piece is fitted to a length without a click, on its bars."""

from __future__ import annotations

import numpy as np
import pytest

from reelwright.generation.beat_grid import BeatGrid, measure_grid
from reelwright.generation.fit_music import PRE_BEAT_SECONDS, fit_music
from reelwright.kit.loudness import measure_loudness, measure_true_peak

RATE = 48_000
Samples = np.ndarray


def make_drums(bpm: float, seconds: float, first_beat: float = 0.213, bar_starts_at: int = 2, swerve: float = 0.0) -> Samples:
    """Noise bursts on the beats, a low thump where bars start, a soft chord all along; ``swerve`` bends the tempo (seconds)."""
    samples = np.zeros((round(seconds * RATE), 2), np.float32)
    random = np.random.default_rng(1)
    burst = np.exp(-np.arange(4000) / 800).astype(np.float32)
    thump = np.sin(np.arange(4000) * 2 * np.pi * 60 / RATE) * burst
    for beat, time in enumerate(np.arange(first_beat, seconds - 0.2, 60 / bpm)):
        at = round((time + swerve * np.sin(time / seconds * 2 * np.pi)) * RATE)
        samples[at : at + 4000] += (random.standard_normal(4000) * burst * 0.3 + (thump if beat % 4 == bar_starts_at else 0))[:, None]
    time = np.arange(len(samples)) / RATE
    return (samples + 0.05 * np.sin(2 * np.pi * 330 * time)[:, None]).astype(np.float32)


@pytest.mark.parametrize("bpm", [68.0, 92.5, 120.3, 150.0])
def test_tempo_beats_and_bars_are_found(bpm: float) -> None:
    grid = measure_grid(make_drums(bpm, 24), bpm * 1.01)
    assert grid.bpm == pytest.approx(bpm, rel=3e-4)
    assert grid.first_beat == pytest.approx(0.213, abs=0.008)
    assert grid.first_bar == pytest.approx(0.213 + 2 * 60 / bpm, abs=0.008)
    assert grid.is_safe_for_cuts


def test_a_wandering_tempo_is_not_safe_for_cuts() -> None:
    assert not measure_grid(make_drums(100, 30, swerve=0.12), 100).is_safe_for_cuts


def test_sound_without_beats_is_not_safe_for_cuts() -> None:
    noise = np.random.default_rng(2).standard_normal((20 * RATE, 2)).astype(np.float32) * 0.1
    assert not measure_grid(noise, 100).is_safe_for_cuts


@pytest.mark.parametrize("seconds", [2.0, 7.31, 15, 20, 45, 60])
def test_the_length_is_exact_and_the_level_right(seconds: float) -> None:
    piece = make_drums(120, 24)
    fitted = fit_music(piece, measure_grid(piece, 120), seconds)
    assert fitted.samples.shape == (round(seconds * RATE), 2)
    assert measure_loudness(fitted.samples) == pytest.approx(-14, abs=0.5)
    assert measure_true_peak(fitted.samples) <= -1.49


@pytest.mark.parametrize("seconds", [15, 45, 60])
def test_the_beats_that_are_told_are_the_beats_that_are_heard(seconds: float) -> None:
    piece = make_drums(120, 24)
    fitted = fit_music(piece, measure_grid(piece, 120), seconds)
    assert fitted.beats[0] == PRE_BEAT_SECONDS
    assert np.diff(fitted.beats) == pytest.approx(np.full(len(fitted.beats) - 1, 0.5), abs=0.001)
    assert fitted.beats[-1] < seconds <= fitted.beats[-1] + 0.51
    heard = _find_attacks(fitted.samples)
    assert np.abs(heard[:, None] - np.array(fitted.beats)[None, :]).min(axis=1).max() < 0.012
    assert len(heard) > 0.85 * seconds / 0.5


def test_seams_lie_on_bar_lines_and_do_not_click() -> None:
    piece = make_drums(120, 24)
    fitted = fit_music(piece, measure_grid(piece, 120), 60)
    assert fitted.seams
    steps = np.abs(np.diff(fitted.samples[:, 0]))
    for seam in fitted.seams:
        assert (seam - PRE_BEAT_SECONDS) / 2.0 == pytest.approx(round((seam - PRE_BEAT_SECONDS) / 2.0), abs=0.002)
        before = round((seam - PRE_BEAT_SECONDS) * RATE)
        assert steps[before - 3000 : before - 20].max() <= np.percentile(steps, 99.9)


def test_the_end_is_faded_and_the_start_is_not() -> None:
    piece = make_drums(120, 24)
    fitted = fit_music(piece, measure_grid(piece, 120), 15).samples
    assert np.abs(fitted[-50:]).max() < 1e-3
    assert np.abs(fitted[: RATE // 20]).max() > 0.2
    assert np.abs(fitted[:2]).max() < 0.02


def test_a_piece_that_starts_on_its_bar_or_is_very_short_still_fits() -> None:
    at_once = BeatGrid(120, 0.0, 0.0, 0.0, 1.0)
    assert len(fit_music(make_drums(120, 24, 0.0, 0), at_once, 40).samples) == 40 * RATE
    assert len(fit_music(make_drums(120, 6, 0.0, 0), at_once, 40).samples) == 40 * RATE
    assert len(fit_music(make_drums(120, 3, 0.0, 0), at_once, 10).samples) == 10 * RATE


def _find_attacks(samples: Samples) -> Samples:
    """Times at which the level over 3 ms rises four-fold within 6 ms, at most one in 200 ms."""
    level = np.sqrt(np.convolve(np.diff(samples[:, 0], prepend=0) ** 2, np.full(144, 1 / 144), "same"))[::24]
    rises = np.flatnonzero(level[12:] > 4 * level[:-12] + 1e-4) + 6
    attacks = [rises[0]]
    for rise in rises:
        if (rise - attacks[-1]) * 24 / RATE > 0.2:
            attacks.append(rise)
    return np.array(attacks) * 24 / RATE
