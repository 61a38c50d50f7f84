"""What holds for music however it is played: its level, its ends, its beats."""

from __future__ import annotations

import numpy as np
import pytest

from reelwright.generation.music.compose import compose
from reelwright.generation.music.play_sound_font import SoundFont
from reelwright.generation.music.play_synth import PlainSynth
from reelwright.generation.music.style import load_style
from reelwright.generation.provider import MadeMusic
from reelwright.kit.loudness import measure_loudness, measure_true_peak

RATE = 48_000


def check_made(made: MadeMusic, seconds: float) -> None:
    samples = made.samples
    assert samples.shape == (round(seconds * RATE), 2)
    assert np.isfinite(samples).all()
    assert measure_loudness(samples) == pytest.approx(-14, abs=0.5)
    assert measure_true_peak(samples) <= -1.3
    assert np.abs(samples[:3]).max() < 0.05
    assert np.abs(samples[-3:]).max() < 0.001
    loss = 10 * np.log10(np.square(samples).mean() / np.square(samples.mean(axis=1)).mean())
    assert loss < 2


def check_beats(player: SoundFont | PlainSynth) -> None:
    """The kick drum alone is heard within 15 ms of its beats."""
    style = load_style("hype")
    score = compose(style, 10.0, 132, 3)
    beats = np.array(score.form.beats)
    assert beats[0] == 0
    assert np.allclose(np.diff(beats), 60 / score.form.bpm, atol=1e-3)
    drums = next(stem for stem in style.stems if stem.name == "drums")
    kicks = [note for note in score.notes["drums"] if note.pitch == 36]
    played = np.abs(player.play(drums, kicks, 10 * RATE, 3)).max(axis=1)
    attacks = [beat for beat in beats if np.abs(np.array(score.kicks) - beat).min() < 0.001]
    assert len(attacks) >= 12
    for beat in attacks:
        first = round((beat - 0.02) * RATE) if beat > 0.02 else 0
        loud = np.flatnonzero(played[first : first + round(0.06 * RATE)] > 0.3 * played.max())
        assert abs((first + loud[0]) / RATE - beat) < 0.015
