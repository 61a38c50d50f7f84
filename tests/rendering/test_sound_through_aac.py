"""What players decode stays under the limit, not only what goes into the encoder."""

from __future__ import annotations

import numpy as np
import pytest

from reelwright.generation.providers.finished_tracks import FinishedTracks
from reelwright.kit.loudness import measure_loudness, measure_true_peak
from reelwright.rendering.sound import AAC_RUN_IN_SAMPLES, AAC_TOLERANCE_DB, _master_for_aac
from reelwright.rendering.through_aac import AUDIO_BITS_PER_SECOND, hear, pack_sound


@pytest.mark.parametrize(("mood", "bpm", "seed"), [("epic", 108.0, 4), ("calm", 90.0, 2), ("neutral", 100.0, 1)])
def test_the_sound_of_the_file_keeps_its_distance_from_the_limit(mood: str, bpm: float, seed: int) -> None:
    music = FinishedTracks().make(mood, bpm, 15.0, seed).samples
    mastered = _master_for_aac(music, -14.0, -1.0)
    assert measure_true_peak(hear(mastered.packed)) <= -1.0 - AAC_TOLERANCE_DB + 0.02
    assert abs(measure_loudness(mastered.samples) + 14.0) <= 0.5


def test_the_packets_are_those_of_the_samples_after_the_run_in() -> None:
    music = np.random.default_rng(3).normal(0, 0.1, (2 * 48_000, 2)).astype(np.float32)
    mastered = _master_for_aac(music, -14.0, -1.0)
    assert mastered.packed == pack_sound(mastered.samples[AAC_RUN_IN_SAMPLES:], AUDIO_BITS_PER_SECOND)


@pytest.mark.parametrize("seed", [7, 20, 37])
def test_clicks_that_aac_smears_are_under_the_limit_too(seed: int) -> None:
    noise = np.random.default_rng(seed)
    clicks = noise.normal(0, 0.02, (5 * 48_000, 2)).astype(np.float32)
    clicks[::9_600] = 1.0
    mastered = _master_for_aac(clicks, -14.0, -1.0)
    assert measure_true_peak(hear(mastered.packed)) <= -1.0 - AAC_TOLERANCE_DB + 0.02
