"""Finished music: chosen by mood and tempo, measured again, exactly as long as asked."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from reelwright.generation.beat_grid import measure_grid
from reelwright.generation.providers.finished_tracks import TRACKS, FinishedTracks, Track, rank_tracks
from reelwright.kit.errors import PartMissing, ProviderRefused
from reelwright.kit.loudness import measure_loudness, measure_true_peak
from reelwright.kit.parts import find_part
from reelwright.kit.sound_file import read_sound

RATE = 48_000


@pytest.mark.parametrize("track", TRACKS, ids=lambda track: track.name)
def test_every_piece_keeps_an_even_beat_at_its_stated_tempo(track: Track) -> None:
    grid = measure_grid(read_sound(find_part(f"track-{track.name}")), track.bpm)
    assert grid.is_safe_for_cuts
    assert grid.bpm == pytest.approx(track.bpm, rel=0.015)


@pytest.mark.parametrize(
    ("mood", "bpm", "expected"),
    [
        ("warm acoustic", 92, "tender"),
        ("calm piano", 72, "calm"),
        ("playful pop", 120, "happy"),
        ("driving house", 128, "energetic"),
        ("lo-fi tape", 94, "nostalgic"),
        ("cinematic build", 96, "energetic"),
        ("nothing known", 90, "tender"),
    ],
)
def test_the_mood_decides_first(mood: str, bpm: float, expected: str) -> None:
    assert rank_tracks(TRACKS, mood, bpm, seed=0)[0].mood == expected


def test_the_seed_turns_among_pieces_that_fit_equally_well() -> None:
    chosen = {rank_tracks(TRACKS, "warm acoustic", 92, seed)[0].name for seed in range(6)}
    assert len(chosen) == 3
    assert all(name.startswith("tender") for name in chosen)


@pytest.mark.parametrize("seconds", [15.0, 45.0])
def test_music_is_exactly_as_long_as_asked_and_ready_to_mix(seconds: float) -> None:
    made = FinishedTracks().make("warm acoustic", 92, seconds, seed=1)
    assert made.samples.shape == (round(seconds * RATE), 2)
    assert made.samples.dtype == np.float32
    assert measure_loudness(made.samples) == pytest.approx(-14, abs=0.5)
    assert measure_true_peak(made.samples) <= -1.49
    assert made.title
    assert made.licence == "MIT"
    assert "AI" in made.by
    assert made.is_ai_made
    assert all(later - earlier == pytest.approx(60 / made.bpm, abs=0.001) for earlier, later in pairwise(made.beats))
    assert np.abs(made.samples[-20:]).max() < 1e-3


def test_the_same_wish_gives_the_same_music() -> None:
    first, second = (FinishedTracks().make("playful pop", 120, 6, seed=3) for _ in range(2))
    assert np.array_equal(first.samples, second.samples)


def test_a_length_that_makes_no_sense_is_refused_in_words() -> None:
    with pytest.raises(ProviderRefused, match=r"not 0\.5"):
        FinishedTracks().make("warm", 90, 0.5, 0)


def test_without_the_package_the_missing_part_is_named() -> None:
    with pytest.raises(PartMissing, match="track-calm_piano_9"):
        FinishedTracks(tracks=(Track("calm_piano_9", "calm", 70),)).make("calm", 70, 10, 0)


def test_a_piece_with_a_wandering_beat_is_passed_over() -> None:
    wandering, even = Track("tender_electronic_s411", "tender", 99), Track("happy_acoustic_1", "happy", 110)
    assert FinishedTracks(tracks=(wandering, even)).make("tender", 99, 6, 0).title == "Happy acoustic 1"
    with pytest.raises(ProviderRefused, match="even beat"):
        FinishedTracks(tracks=(wandering,)).make("tender", 99, 6, 0)
