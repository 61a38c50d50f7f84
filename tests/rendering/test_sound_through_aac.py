"""What players decode stays under the limit, not only what goes into the encoder."""

from __future__ import annotations

import numpy as np
import pytest

from reelwright.generation.providers.finished_tracks import FinishedTracks
from reelwright.kit.loudness import measure_loudness, measure_true_peak
from reelwright.rendering.sound import AAC_BITS_PER_SECOND, AAC_RUN_IN_SAMPLES, AAC_TOLERANCE_DB, _master_for_aac
from reelwright.rendering.through_aac import hear_through_aac


@pytest.mark.parametrize(("mood", "bpm", "seed"), [("epic", 108.0, 4), ("calm", 90.0, 2), ("neutral", 100.0, 1)])
def test_the_sound_of_the_file_keeps_its_distance_from_the_limit(mood: str, bpm: float, seed: int) -> None:
    music = FinishedTracks().make(mood, bpm, 15.0, seed).samples
    mastered = _master_for_aac(music, -14.0, -1.0)
    written = hear_through_aac(mastered[AAC_RUN_IN_SAMPLES:], AAC_BITS_PER_SECOND)
    assert measure_true_peak(written) <= -1.0 - AAC_TOLERANCE_DB + 0.02
    assert abs(measure_loudness(mastered) + 14.0) <= 0.5


def test_clicks_that_aac_smears_are_under_the_limit_too() -> None:
    noise = np.random.default_rng(7)
    clicks = noise.normal(0, 0.02, (5 * 48_000, 2)).astype(np.float32)
    clicks[::9_600] = 1.0
    mastered = _master_for_aac(clicks, -14.0, -1.0)
    assert measure_true_peak(hear_through_aac(mastered[AAC_RUN_IN_SAMPLES:], AAC_BITS_PER_SECOND)) <= -1.0
