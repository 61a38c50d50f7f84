"""Kokoro itself, where its parts are installed: times, pace, phrases."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from scipy import signal

from reelwright.generation.provider import SpokenVoice
from reelwright.generation.providers.japanese_reading import JapaneseReader
from reelwright.generation.providers.kokoro_voice import SAMPLE_RATE, KokoroVoice
from reelwright.generation.speak_phonemes import WORD_SHIFT_SECONDS
from reelwright.generation.voice_catalogue import USUAL_PACE
from reelwright.kit.parts import is_installed
from reelwright.rendering.onsets import find_onsets

if not (is_installed("voice-es") and is_installed("voice-ja")):
    pytest.skip("the parts voice-es, voice-ja are not installed here: reelwright parts add voice-es, reelwright parts add voice-ja", allow_module_level=True)

STORY = (
    "Buenos días, vecinos, pasen, tenemos pan.",
    "Pan caliente, tarta dulce, café negro, té verde.",
    "Todo cuesta 4,50 €, gracias, vuelvan pronto.",
)


SIBILANTS = ("Si subo solo sabe que siempre suena.", "Susana sale sin su sombrero, señora.")


def _sibilant_errors(spoken: SpokenVoice | None) -> np.ndarray:
    """Word start minus the rise of the hiss, for words that begin with s behind a sound that does not hiss."""
    assert spoken is not None
    hiss = signal.sosfiltfilt(signal.butter(4, 4500, "high", fs=SAMPLE_RATE, output="sos"), spoken.samples)
    level = np.sqrt(np.convolve(hiss**2, np.full(120, 1 / 120), "same"))
    errors = []
    for before, word in pairwise(spoken.words):
        if word.text[0] in "sS" and before.text.rstrip(",.")[-1] not in "szc":
            first = max(0, round((word.start - 0.15) * SAMPLE_RATE))
            near = level[first : round((word.start + 0.15) * SAMPLE_RATE)] > level.max() / 4
            rises = np.flatnonzero(near[1:] & ~near[:-1])
            if rises.size:
                errors.append(min((word.start - (first + rise) / SAMPLE_RATE for rise in rises), key=abs))
    return np.array(errors)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("voices")


@pytest.fixture(scope="module")
def story(kept: Path) -> SpokenVoice:
    spoken = KokoroVoice(kept).speak(STORY, "es")
    assert spoken is not None
    return spoken


class TestSpanish:
    def test_the_words_given_back_are_exactly_the_scripts_in_order(self, story: SpokenVoice) -> None:
        assert [word.text for word in story.words] == " ".join(STORY).split()
        assert all(0 <= word.start <= word.end for word in story.words)
        assert all(before.end <= after.start + 1e-3 for before, after in pairwise(story.words))
        assert [(first, last) for first, last in story.sentences] == [(0, 5), (6, 13), (14, 20)]

    def test_a_price_lasts_as_long_as_it_is_read(self, story: SpokenVoice) -> None:
        price = next(word for word in story.words if word.text == "4,50")
        assert price.end - price.start > 1.0

    def test_onsets_after_pauses_are_met_within_60_ms(self, story: SpokenVoice) -> None:
        onsets = find_onsets(story.samples, SAMPLE_RATE)
        assert len(onsets) >= len(STORY)
        assert all(min(abs(word.start - onset) for word in story.words) <= 0.06 for onset in onsets)

    def test_the_models_own_times_need_their_shift_within_running_speech(self) -> None:
        met = {}
        for shift in (0.0, WORD_SHIFT_SECONDS):
            voice = KokoroVoice(word_shift_seconds=shift, follows_onsets=False)
            errors = np.concatenate([_sibilant_errors(voice.speak([sentence], "es")) for sentence in SIBILANTS])
            assert len(errors) >= 8
            met[shift] = np.mean(np.abs(errors) <= 0.06)
        assert met[0.0] <= 0.75
        assert met[WORD_SHIFT_SECONDS] >= 0.95

    def test_a_sentence_that_was_spoken_before_is_remembered_sample_by_sample(self, story: SpokenVoice, kept: Path) -> None:
        again = KokoroVoice(kept)
        remembered = again.speak(STORY, "es")
        assert remembered is not None
        assert np.array_equal(remembered.samples, story.samples)
        assert remembered.words == story.words
        assert "_model" not in vars(again), "the model was not even loaded"

    def test_levels_are_safe(self, story: SpokenVoice) -> None:
        assert 0.5 < np.abs(story.samples).max() <= 0.71
        assert np.isfinite(story.samples).all()


def test_japanese_phrases_joined_are_the_script_and_each_has_sounds() -> None:
    reader = JapaneseReader()
    text = "今日は、静かなカフェで本を読みました。2024年に1,250円のコーヒーを3つ！"
    phrases = [phrase for sentence in reader.divide(text) for phrase in sentence]
    assert "".join(phrases) == text
    assert phrases[:4] == ["今日は、", "静かな", "カフェで", "本を"]
    assert [reading.phonemes for reading in reader.read(phrases[:4])] == ["kʲoː βa,", "ɕizɨka na", "kaɸe de", "hoɴ o"]


@pytest.mark.parametrize("name", ["es-dora", "es-alex"])
def test_every_voice_speaks_at_its_languages_usual_pace(name: str, kept: Path) -> None:
    sentence = "Hay un rincón tranquilo en cada ciudad, y este huele a café."
    spoken = KokoroVoice(kept).speak([sentence], "es", name)
    assert spoken is not None
    letters = sum(len(word.text) for word in spoken.words)
    assert letters / (spoken.words[-1].end - spoken.words[0].start) == pytest.approx(USUAL_PACE["es"], rel=0.12)
