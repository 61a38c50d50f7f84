"""The English voice without a key: hibari's voice "heart", with word times from the model's own durations.

Package `hibari-tts` (Apache-2.0, code and weights).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from reelwright.generation.align_words import Span
from reelwright.generation.join_sentences import join_sentences
from reelwright.generation.place_words import SoundOfWords, trim_to_words
from reelwright.generation.provider import Samples, SpokenVoice
from reelwright.generation.providers.english_reading import EnglishReader
from reelwright.generation.sentence_cache import SentenceCache
from reelwright.generation.speak_phonemes import WORD_SHIFT_SECONDS, Reading, encode_phonemes, split_readings, split_sentences, time_readings
from reelwright.kit.errors import PartMissing
from reelwright.kit.neural_model import open_model
from reelwright.kit.parts import find_part

SAMPLE_RATE = 24_000
DURATIONS = "/Clip_output_0"  # frames per phoneme
MAX_PHONEMES = 380  # the model takes 510; long sentences sound better in pieces
NOISE_SEED = 0
VERSION = "0.2.1"


class HibariVoice:
    """The model and its dictionary are loaded at the first sentence and kept. Not for several threads at once."""

    name = "hibari"
    voice = "heart"
    by = "Maureese Williams (hibari)"
    licence = "Apache-2.0"

    def __init__(self, cache: Path | None = None, threads: int = 1, word_shift_seconds: float = WORD_SHIFT_SECONDS, follows_onsets: bool = True) -> None:
        self._cache = cache
        self._threads = threads
        self._word_shift_seconds = word_shift_seconds
        self._follows_onsets = follows_onsets
        self._reader = EnglishReader()
        self._sentences = SentenceCache(None if cache is None else cache / "voice")

    def speak(self, sentences: Sequence[str], language: str, voice: str = "") -> SpokenVoice | None:
        """Speaks the sentences with a pause between them; the words given back are exactly the script's.

        None where there is nothing to speak. Raises PartMissing for other languages than English and for another voice.
        """
        if language.split("-", maxsplit=1)[0].lower() != "en":
            raise PartMissing(f"The voice “{self.name}” speaks English only, not “{language}”.")
        if voice not in {"", f"en-{self.voice}"}:
            raise PartMissing(f"The voice “{self.name}” is not “{voice}”.")
        spoken = [[self._speak_or_remember(words) for words in split_sentences(sentence)] for sentence in sentences if sentence.split()]
        if not any(piece.samples.size for sentence in spoken for piece in sentence):
            return None
        samples, words, bounds = join_sentences(spoken, SAMPLE_RATE)
        return SpokenVoice(samples, SAMPLE_RATE, words, self.name, self.voice, bounds, self.by, self.licence)

    @cached_property
    def _model_path(self) -> Path:
        return find_part("voice-en", self._cache)

    @cached_property
    def _model(self) -> Any:
        return open_model(self._model_path, threads=self._threads, visible=DURATIONS)

    @cached_property
    def _identifiers(self) -> dict[str, int]:
        return dict(json.loads((self._model_path.parent / "vocab.json").read_text(encoding="utf-8")))

    def _speak_or_remember(self, script: Sequence[str]) -> SoundOfWords:
        return self._sentences.get_or_speak((self.name, self.voice, VERSION, self._word_shift_seconds), script, lambda: self._speak_words(script))

    def _speak_words(self, script: Sequence[str]) -> SoundOfWords:
        """A whole sentence: read, synthesised in pieces that the model can take, words timed in the script's spelling."""
        readings = self._reader.read(script)
        samples: list[Samples] = []
        times: list[Span | None] = []
        start = 0.0
        for part in split_readings(readings, MAX_PHONEMES):
            sound, spans = self._synthesise(part)
            samples.append(sound)
            times += [None if span is None else (start + span[0], start + span[1]) for span in spans]
            start += len(sound) / SAMPLE_RATE
        whole = np.concatenate(samples) if samples else np.zeros(0, np.float32)
        spans = self._reader.spread(script, readings, times)
        return trim_to_words(whole, SAMPLE_RATE, script, spans, self._follows_onsets)

    def _synthesise(self, readings: Sequence[Reading]) -> tuple[Samples, list[Span | None]]:
        """Sound of the readings, and from when to when each is heard (None: it has no sound)."""
        from hibari import dsp  # noqa: PLC0415

        identifiers, places = encode_phonemes(readings, self._identifiers)
        if not any(places):
            return np.zeros(0, np.float32), [None] * len(readings)
        answer = self._model.run(None, {"ids": np.array([identifiers], np.int64), "speed": np.ones(1, np.float32)})
        sound = np.asarray(dsp.synth(*(part[0] for part in answer[:6]), np.random.default_rng(NOISE_SEED)), np.float32)
        return sound, time_readings(answer[6].reshape(-1), len(sound) / SAMPLE_RATE, places, self._word_shift_seconds)
