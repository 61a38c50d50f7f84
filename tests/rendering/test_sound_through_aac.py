"""What players decode stays under the limit, not only what goes into the encoder."""

from __future__ import annotations

import pytest

from reelwright.generation.providers.finished_tracks import FinishedTracks
from reelwright.kit.loudness import master, measure_loudness, measure_true_peak
from reelwright.rendering.sound import AAC_BITS_PER_SECOND, _master_for_aac
from reelwright.rendering.through_aac import hear_through_aac


@pytest.mark.parametrize(("mood", "bpm", "seed"), [("epic", 108.0, 4), ("calm", 90.0, 2)])
def test_a_track_whose_peaks_aac_lifts_is_mastered_lower(mood: str, bpm: float, seed: int) -> None:
    music = FinishedTracks().make(mood, bpm, 15.0, seed).samples
    plain = measure_true_peak(hear_through_aac(master(music, -14.0, -1.5), AAC_BITS_PER_SECOND))
    mastered = _master_for_aac(music, -14.0, -1.0)
    assert measure_true_peak(hear_through_aac(mastered, AAC_BITS_PER_SECOND)) <= min(-1.0, max(plain, -1.05))
    assert abs(measure_loudness(mastered) + 14.0) <= 0.5
