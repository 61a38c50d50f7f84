"""The German voice: the script comes back word by word, numbers read, and another reading's times fit its sound."""

from __future__ import annotations

import numpy as np
import pytest

from reelwright.generation.providers.pico_voice import PicoVoice
from reelwright.generation.warp_times import match_frames, warp_spans
from reelwright.kit.errors import PartMissing


@pytest.mark.parametrize(("language", "voice"), [("es", ""), ("de", "de-nobody"), ("nl", "")])
def test_other_languages_and_voices_are_left_to_others(language: str, voice: str) -> None:
    with pytest.raises(PartMissing):
        PicoVoice().speak(["Hallo."], language, voice)


def test_a_sound_that_was_stretched_is_matched_to_its_stretch() -> None:
    rate = 16_000
    hertz = np.array([300, 900, 2400, 500, 3600, 1500.0])
    known, heard = (np.concatenate([np.sin(2 * np.pi * tone * np.arange(round(seconds * rate)) / rate) for tone in hertz]) for seconds in (0.2, 0.3))
    spans = [(0.2 * place, 0.2 * place + 0.2) for place in range(len(hertz))]
    warped = warp_spans(list(spans), known.astype(np.float32), rate, heard.astype(np.float32), rate)
    assert all(span is not None and abs(span[0] - 0.3 * place) < 0.03 for place, span in enumerate(warped))
    assert warp_spans([None], known.astype(np.float32), rate, heard.astype(np.float32), rate) == [None]


def test_the_way_through_two_equal_sounds_is_straight() -> None:
    rows = np.eye(12)
    assert np.array_equal(match_frames(rows, rows), np.repeat(np.arange(12)[:, None], 2, axis=1))
