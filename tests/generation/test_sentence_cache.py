"""Spoken sentences are kept by what they were made from, and never served for anything else."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from reelwright.generation.elements import SpokenWord
from reelwright.generation.place_words import SoundOfWords
from reelwright.generation.sentence_cache import SentenceCache

SCRIPT = ("Hello", "there.")


class Speaker:
    def __init__(self) -> None:
        self.times = 0

    def speak(self) -> SoundOfWords:
        self.times += 1
        words = (SpokenWord(text="Hello", start=0.06, end=0.4), SpokenWord(text="there.", start=0.4, end=0.9))
        return SoundOfWords(np.linspace(-0.5, 0.5, 24_000, dtype=np.float32), words)


@pytest.fixture
def speaker() -> Speaker:
    return Speaker()


def test_the_same_sentence_is_spoken_once(tmp_path: Path, speaker: Speaker) -> None:
    first = SentenceCache(tmp_path).get_or_speak(("kokoro", 1.0), SCRIPT, speaker.speak)
    again = SentenceCache(tmp_path).get_or_speak(("kokoro", 1.0), SCRIPT, speaker.speak)
    assert speaker.times == 1
    assert np.array_equal(first.samples, again.samples)
    assert again.words == first.words


@pytest.mark.parametrize(("made_from", "script"), [(("kokoro", 1.1), SCRIPT), (("hibari", 1.0), SCRIPT), (("kokoro", 1.0), ("Hello", "here."))])
def test_another_voice_pace_or_text_is_spoken_anew(tmp_path: Path, speaker: Speaker, made_from: tuple[str, float], script: tuple[str, ...]) -> None:
    cache = SentenceCache(tmp_path)
    cache.get_or_speak(("kokoro", 1.0), SCRIPT, speaker.speak)
    cache.get_or_speak(made_from, script, speaker.speak)
    assert speaker.times == 2


def test_a_damaged_file_is_spoken_anew_and_the_oldest_are_forgotten(tmp_path: Path, speaker: Speaker) -> None:
    cache = SentenceCache(tmp_path, most=3)
    cache.get_or_speak(("a",), SCRIPT, speaker.speak)
    next(tmp_path.glob("*.npz")).write_bytes(b"damaged")
    cache.get_or_speak(("a",), SCRIPT, speaker.speak)
    assert speaker.times == 2
    for name in "bcdef":
        cache.get_or_speak((name,), SCRIPT, speaker.speak)
    assert len(list(tmp_path.glob("*.npz"))) == 3


def test_without_a_folder_or_with_one_that_cannot_be_written_it_simply_speaks(tmp_path: Path, speaker: Speaker) -> None:
    file = tmp_path / "file"
    file.write_text("no folder")
    for cache in (SentenceCache(None), SentenceCache(file)):
        cache.get_or_speak(("a",), SCRIPT, speaker.speak)
        cache.get_or_speak(("a",), SCRIPT, speaker.speak)
    assert speaker.times == 4
