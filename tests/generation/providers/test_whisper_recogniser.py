"""What the recogniser asks of its model, and what becomes of the answer."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from reelwright.generation.providers.whisper_recogniser import WhisperRecogniser
from reelwright.generation.transcribe import LISTEN_RATE
from reelwright.kit.errors import ProviderAnswerInvalid


def word(text: str, start: float, end: float, probability: float = 0.9) -> SimpleNamespace:
    return SimpleNamespace(word=text, start=start, end=end, probability=probability)


def segment(*words: SimpleNamespace, no_speech: float = 0.0, likely: float = -0.2) -> SimpleNamespace:
    return SimpleNamespace(words=words, no_speech_prob=no_speech, avg_logprob=likely)


@dataclass
class FakeModel:
    answers: list[list[SimpleNamespace]]
    asked: list[dict[str, Any]] = field(default_factory=list)

    def transcribe(self, samples: np.ndarray, **wishes: Any) -> tuple[list[SimpleNamespace], SimpleNamespace]:
        self.asked.append({"seconds": len(samples) / LISTEN_RATE, **wishes})
        return self.answers[len(self.asked) - 1], SimpleNamespace(language="sl")


SOUND = np.zeros(10 * LISTEN_RATE, np.float32)


def test_words_get_the_times_of_the_clip_not_of_the_stretch() -> None:
    model = FakeModel([[segment(word(" Dober", 0.2, 0.6), word(" dan.", 0.6, 1.0))], [segment(word(" Hvala.", 0.3, 0.8))]])
    heard = WhisperRecogniser(model=model).transcribe(SOUND, [(1.0, 2.0), (5.0, 6.0)], None, ())
    assert [(one.text, one.start) for one in heard.words] == [("Dober", 1.0), ("dan.", 1.4), ("Hvala.", 5.1)]
    assert model.asked[0]["seconds"] == pytest.approx(1.4)


def test_the_language_is_found_out_once_and_kept_for_the_clip() -> None:
    model = FakeModel([[segment(word(" Dan", 0.2, 0.6))], [segment(word(" Hvala", 0.3, 0.8))]])
    heard = WhisperRecogniser(model=model).transcribe(SOUND, [(1.0, 2.0), (5.0, 6.0)], None, ())
    assert [asked["language"] for asked in model.asked] == [None, "sl"]
    assert heard.language == "sl"


def test_names_of_the_creator_are_given_to_the_model() -> None:
    model = FakeModel([[]])
    WhisperRecogniser(model=model).transcribe(SOUND, [(1.0, 2.0)], "en", ("Piran", "Nejka"))
    assert (model.asked[0]["initial_prompt"], model.asked[0]["language"], model.asked[0]["temperature"]) == ("Piran, Nejka", "en", 0.0)


def test_what_is_no_speech_is_left_out_and_no_word_comes_twice() -> None:
    noise = segment(word(" you", 0.1, 0.3), no_speech=0.9, likely=-1.6)
    model = FakeModel([[segment(word(" one", 0.2, 0.6), word(" two", 0.6, 1.2)), noise], [segment(word(" two", 0.0, 0.1), word(" three", 0.5, 0.9))]])
    heard = WhisperRecogniser(model=model).transcribe(SOUND, [(1.0, 2.0), (2.0, 3.0)], "en", ())
    assert [one.text for one in heard.words] == ["one", "two", "three"]
    starts = [one.start for one in heard.words]
    assert starts == sorted(starts)


def test_a_word_without_a_time_is_an_invalid_answer() -> None:
    model = FakeModel([[segment(word(" one", float("nan"), 0.6))]])
    with pytest.raises(ProviderAnswerInvalid):
        WhisperRecogniser(model=model).transcribe(SOUND, [(1.0, 2.0)], "en", ())
