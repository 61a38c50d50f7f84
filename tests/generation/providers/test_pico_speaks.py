"""Pico itself, where its part is installed: times, words, silence."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from scipy import signal

from reelwright.generation.provider import SpokenVoice
from reelwright.generation.providers.pico_voice import PicoVoice
from reelwright.kit.parts import is_installed

if not (is_installed("voice-de")):
    pytest.skip("the parts voice-de are not installed here: reelwright parts add voice-de", allow_module_level=True)

HISSING = (
    "Schnee schmilzt schon schnell, aber Schatten schlafen.",
    "Die schöne Schwester schenkt ihrer Schule schwarze Schuhe.",
    "Hier stehen Schiffe, da schwimmt ein Schwan, dort scheint die Sonne.",
)


def _hiss_errors(spoken: SpokenVoice) -> list[float]:
    """Word start minus the rise of the hiss, for words that begin with sch or st behind a sound that does not hiss."""
    rate = spoken.sample_rate
    hiss = signal.sosfiltfilt(signal.butter(4, 2500, "high", fs=rate, output="sos"), spoken.samples)
    level = np.sqrt(np.convolve(hiss**2, np.full(96, 1 / 96), "same"))
    errors = []
    for before, word in pairwise(spoken.words):
        if word.text.lower().startswith(("sch", "st")) and before.text.rstrip(".,")[-1] not in "sztxß":
            first = max(0, round((word.start - 0.2) * rate))
            loud = level[first : round((word.start + 0.2) * rate)] > level.max() / 4
            rises = np.flatnonzero(loud[1:] & ~loud[:-1])
            errors += [min((word.start - (first + rise) / rate for rise in rises), key=abs)] if rises.size else []
    return errors


def test_word_times_are_where_the_words_are_heard_within_60_ms() -> None:
    voice = PicoVoice(follows_onsets=False)
    errors: list[float] = []
    for sentence in HISSING:
        spoken = voice.speak([sentence], "de")
        assert spoken is not None
        errors += _hiss_errors(spoken)
    assert len(errors) >= 10
    assert np.mean(np.abs(errors) <= 0.06) >= 0.95


def test_the_script_comes_back_and_a_second_time_nothing_is_spoken(tmp_path: Path) -> None:
    script = ("Am 3. Mai um 9:30 Uhr gibt es 1.250 Brötchen für 2,50 € — z. B. mit Käse.", "Bis bald! 🎉")
    spoken = PicoVoice(tmp_path).speak(script, "de-AT")
    assert spoken is not None
    assert [word.text for word in spoken.words] == " ".join(script).split()
    assert all(before.end <= after.start + 1e-3 for before, after in pairwise(spoken.words))
    assert 0.5 < np.abs(spoken.samples).max() <= 0.71
    number = next(word for word in spoken.words if word.text == "1.250")
    assert number.end - number.start > 1.0
    again = PicoVoice(tmp_path).speak(script, "de")
    assert again is not None
    assert np.array_equal(again.samples, spoken.samples)
    assert len(list((tmp_path / "voice").glob("*.npz"))) == 3


def test_nothing_to_say_is_no_voice() -> None:
    assert PicoVoice().speak(["🎉 —"], "de") is None
