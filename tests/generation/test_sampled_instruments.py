"""Music on sampled instruments, where their part is installed."""

from __future__ import annotations

import numpy as np
import pytest

from reelwright.generation.music.play_sound_font import SoundFont
from reelwright.generation.music.style import load_style
from reelwright.generation.providers.composer import Composer
from reelwright.kit.parts import find_part, is_installed
from tests.generation.music_checks import RATE, check_beats, check_made

if not is_installed("composer"):
    pytest.skip("the part composer is not installed here: reelwright parts add composer", allow_module_level=True)


def _loudness_by_second(samples: np.ndarray) -> np.ndarray:
    return np.array([20 * np.log10(np.sqrt(np.square(samples[start : start + RATE]).mean()) + 1e-9) for start in range(0, len(samples) - RATE + 1, RATE)])


@pytest.mark.parametrize("name", ["hype", "travel"])
def test_on_instruments_the_music_starts_softer_builds_and_rings_out(name: str) -> None:
    style = load_style(name)
    made = Composer().make(style.words[0], style.bpm, 16.0, 2)
    check_made(made, 16.0)
    levels = _loudness_by_second(made.samples)
    assert levels[0] > -40, "sound from the first moment on"
    assert levels[7:13].mean() > levels[0] + 1
    assert levels[-1] < levels[7:13].mean() - 3


def test_the_beats_that_are_told_are_heard_on_instruments() -> None:
    check_beats(SoundFont(find_part("composer"), find_part("composer-pianos")))
