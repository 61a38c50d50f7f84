"""Music on sampled instruments, where their part is installed."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from reelwright.generation.music.cut_sound_font import keep_instruments
from reelwright.generation.music.play_sound_font import HEADROOM_DB, SoundFont, list_presets
from reelwright.generation.music.score import Note
from reelwright.generation.music.style import load_style
from reelwright.generation.providers.composer import Composer
from reelwright.kit.parts import find_part, is_installed
from tests.generation.music_checks import RATE, check_beats, check_made

if not is_installed("composer"):
    pytest.skip("the part composer is not installed here: reelwright parts add composer", allow_module_level=True)

import tinysoundfont  # a package of that part


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


def test_a_font_with_the_instruments_of_the_styles_alone_sounds_as_the_whole_one() -> None:
    stem = load_style("travel").stems[0]
    notes = [Note(at / 4, 0.3, 60 + at, 90) for at in range(8)]
    general, pianos = find_part("composer"), find_part("composer-pianos")
    whole = SoundFont(general, pianos)
    whole._open["general"] = _open_whole(general)
    whole._presets["general"] = {(stem.bank, stem.program)}
    expected = whole.play(stem, notes, 3 * RATE, 1)
    assert np.abs(expected).max() > 0.01
    assert np.abs(SoundFont(general, pianos).play(stem, notes, 3 * RATE, 1) - expected).max() < 1e-4


def test_a_font_is_left_whole_where_an_instrument_is_not_in_it_or_it_is_no_font() -> None:
    font = find_part("composer-pianos").read_bytes()
    assert keep_instruments(font, {(77, 3)}) == font
    assert keep_instruments(b"RIFF" + bytes(40), list_presets("pianos")) == b"RIFF" + bytes(40)
    assert keep_instruments(font, list_presets("pianos")) != font


def _open_whole(path: Path) -> tuple[object, int]:
    synth = tinysoundfont.Synth(samplerate=RATE, gain=HEADROOM_DB)
    return synth, synth.sfload(str(path))
