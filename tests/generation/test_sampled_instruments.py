"""Music on sampled instruments, where their part is installed."""

from __future__ import annotations

import numpy as np
import pytest

from reelwright.generation.music.compose import compose
from reelwright.generation.music.play_sound_font import SoundFont
from reelwright.generation.music.style import load_style
from reelwright.generation.provider import MadeMusic
from reelwright.generation.providers.composer import Composer
from reelwright.kit.loudness import measure_loudness, measure_true_peak
from reelwright.kit.parts import find_part, is_installed

if not is_installed("composer"):
    pytest.skip("the part composer is not installed here: reelwright parts add composer", allow_module_level=True)

RATE = 48_000


def _loudness_by_second(samples: np.ndarray) -> np.ndarray:
    return np.array([20 * np.log10(np.sqrt(np.square(samples[start : start + RATE]).mean()) + 1e-9) for start in range(0, len(samples) - RATE + 1, RATE)])


def _check(made: MadeMusic, seconds: float) -> None:
    samples = made.samples
    assert samples.shape == (round(seconds * RATE), 2)
    assert np.isfinite(samples).all()
    assert measure_loudness(samples) == pytest.approx(-14, abs=0.5)
    assert measure_true_peak(samples) <= -1.3
    assert np.abs(samples[:3]).max() < 0.05
    assert np.abs(samples[-3:]).max() < 0.001
    loss = 10 * np.log10(np.square(samples).mean() / np.square(samples.mean(axis=1)).mean())
    assert loss < 2


@pytest.mark.parametrize("name", ["hype", "travel"])
def test_on_instruments_the_music_starts_softer_builds_and_rings_out(name: str) -> None:
    style = load_style(name)
    made = Composer().make(style.words[0], style.bpm, 16.0, 2)
    _check(made, 16.0)
    levels = _loudness_by_second(made.samples)
    assert levels[0] > -40, "sound from the first moment on"
    assert levels[7:13].mean() > levels[0] + 1
    assert levels[-1] < levels[7:13].mean() - 3


def test_the_beats_that_are_told_are_heard_on_instruments() -> None:
    """On instruments the kick drum alone is heard within 15 ms of its beats."""
    style = load_style("hype")
    score = compose(style, 10.0, 132, 3)
    beats = np.array(score.form.beats)
    assert beats[0] == 0
    assert np.allclose(np.diff(beats), 60 / score.form.bpm, atol=1e-3)
    drums = next(stem for stem in style.stems if stem.name == "drums")
    kicks = [note for note in score.notes["drums"] if note.pitch == 36]
    player = SoundFont(find_part("composer"), find_part("composer-pianos"))
    played = np.abs(player.play(drums, kicks, 10 * RATE, 3)).max(axis=1)
    attacks = [beat for beat in beats if np.abs(np.array(score.kicks) - beat).min() < 0.001]
    assert len(attacks) >= 12
    for beat in attacks:
        first = round((beat - 0.02) * RATE) if beat > 0.02 else 0
        loud = np.flatnonzero(played[first : first + round(0.06 * RATE)] > 0.3 * played.max())
        assert abs((first + loud[0]) / RATE - beat) < 0.015
