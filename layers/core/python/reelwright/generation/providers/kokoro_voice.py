"""Voices of six languages and more English ones: Kokoro-82M, with word times from the model's own durations. Parts, added on wish.

https://huggingface.co/hexgrad/Kokoro-82M describes the model (Apache-2.0); everything here comes from packages.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from reelwright.generation.align_words import Span
from reelwright.generation.join_sentences import join_sentences
from reelwright.generation.place_words import SoundOfWords, trim_to_words
from reelwright.generation.provider import Samples, SpokenVoice
from reelwright.generation.providers.english_reading import EnglishReader
from reelwright.generation.providers.espeak_reading import EspeakReader
from reelwright.generation.providers.japanese_reading import JapaneseReader
from reelwright.generation.sentence_cache import SentenceCache
from reelwright.generation.speak_phonemes import WORD_SHIFT_SECONDS, Reading, encode_phonemes, split_readings, time_readings
from reelwright.generation.voice_catalogue import Voice, find_voice
from reelwright.kit.errors import InvalidInput, PartMissing
from reelwright.kit.neural_model import open_model
from reelwright.kit.parts import describe_missing_voice, find_part, is_installed
from reelwright.kit.voice_parts import VOICE_MODEL, VOICE_VECTORS, VOICE_VOCABULARY

SAMPLE_RATE = 24_000
DURATIONS = "/encoder/Clip_output_0"  # frames per sign
MAX_PHONEMES = 380  # the model takes 510
STYLE_LENGTH = 256
MOST_THREADS = 2
VERSION = "1.0-int8"


class Reader(Protocol):
    """How a language is read aloud."""

    def divide(self, text: str) -> Iterator[list[str]]:
        """The words that captions show, sentence by sentence."""
        ...

    def read(self, script: Sequence[str]) -> list[Reading]:
        """The words that are said."""
        ...

    def spread(self, script: Sequence[str], readings: Sequence[Reading], times: Sequence[Span | None]) -> list[Span | None]:
        """The times of what is said as times of the script's words."""
        ...


class KokoroVoice:
    """The model (about 0.4 GB of memory) is loaded at the first sentence and kept. Not for several threads at once."""

    name = "kokoro"

    def __init__(
        self,
        cache: Path | None = None,
        threads: int = min(MOST_THREADS, os.cpu_count() or 1),
        word_shift_seconds: float = WORD_SHIFT_SECONDS,
        follows_onsets: bool = True,
    ) -> None:
        self._cache = cache
        self._threads = threads
        self._word_shift_seconds = word_shift_seconds
        self._follows_onsets = follows_onsets
        self._sentences = SentenceCache(None if cache is None else cache / "voice")
        self._readers: dict[str, Reader] = {}

    def speak(self, sentences: Sequence[str], language: str, voice: str = "") -> SpokenVoice | None:
        """Speaks the sentences with a pause between them; the words given back are exactly the script's.

        Japanese has no blanks: its words are phrases, which joined give the script. None where there is nothing to speak. Raises
        PartMissing where the language or the voice is not here, ProviderUnavailable.
        """
        return self.speak_telling(sentences, language, voice, lambda done, total: None)

    def speak_telling(self, sentences: Sequence[str], language: str, voice: str, tell: Callable[[int, int], None]) -> SpokenVoice | None:
        """The same; ``tell`` hears after each sentence how many are done, and of how many: the model takes about as long as it speaks."""
        chosen = self._choose(language, voice)
        reader = self._reader_of(chosen)
        scripts = [list(reader.divide(sentence)) for sentence in sentences if sentence.split()]
        total = sum(map(len, scripts))
        spoken: list[list[SoundOfWords]] = []
        done = 0
        for script in scripts:
            spoken.append([])
            for words in script:
                spoken[-1].append(self._speak_or_remember(chosen, reader, words))
                done += 1
                tell(done, total)
        if not any(piece.samples.size for sentence in spoken for piece in sentence):
            return None
        samples, timed, bounds = join_sentences(spoken, SAMPLE_RATE)
        return SpokenVoice(samples, SAMPLE_RATE, timed, self.name, chosen.id, bounds, chosen.by, chosen.licence)

    def _choose(self, language: str, wish: str) -> Voice:
        try:
            chosen = find_voice(language, wish)
        except InvalidInput as error:
            raise PartMissing(error.detail) from None
        if chosen is None or chosen.provider != self.name:
            raise PartMissing(f"The voice “{self.name}” does not speak “{wish or language}”.")
        if not is_installed(chosen.part):
            raise PartMissing(describe_missing_voice(language))
        return chosen

    def _reader_of(self, voice: Voice) -> Reader:
        key = voice.model_name[0]
        if key not in self._readers:
            if voice.language == "en":
                self._readers[key] = EnglishReader(is_british=key == "b")
            else:
                self._readers[key] = JapaneseReader() if voice.language == "ja" else EspeakReader(voice.language, self._cache)
        return self._readers[key]

    def _speak_or_remember(self, voice: Voice, reader: Reader, script: Sequence[str]) -> SoundOfWords:
        made_from = (self.name, voice.model_name, VERSION, voice.speed, self._word_shift_seconds, float(self._follows_onsets))
        return self._sentences.get_or_speak(made_from, script, lambda: self._speak_words(voice, reader, script))

    def _speak_words(self, voice: Voice, reader: Reader, script: Sequence[str]) -> SoundOfWords:
        readings = reader.read(script)
        samples: list[Samples] = []
        times: list[Span | None] = []
        start = 0.0
        for part in split_readings(readings, MAX_PHONEMES):
            sound, spans = self._synthesise(voice, part)
            samples.append(sound)
            times += [None if span is None else (start + span[0], start + span[1]) for span in spans]
            start += len(sound) / SAMPLE_RATE
        whole = np.concatenate(samples) if samples else np.zeros(0, np.float32)
        return trim_to_words(whole, SAMPLE_RATE, script, reader.spread(script, readings, times), self._follows_onsets)

    def _synthesise(self, voice: Voice, readings: Sequence[Reading]) -> tuple[Samples, list[Span | None]]:
        identifiers, places = encode_phonemes(readings, self._identifiers)
        if not any(places):
            return np.zeros(0, np.float32), [None] * len(readings)
        styles = self._styles_of(voice.model_name)
        style = styles[min(len(identifiers) - 2, len(styles)) - 1][None]
        request = {"tokens": np.array([identifiers], np.int64), "style": style, "speed": np.array([voice.speed], np.float32)}
        answer = self._model.run(None, request)
        sound = np.asarray(answer[0], np.float32).reshape(-1)
        return sound, time_readings(np.asarray(answer[1]).reshape(-1), len(sound) / SAMPLE_RATE, places, self._word_shift_seconds)

    def _styles_of(self, name: str) -> Samples:
        path = find_part(name, self._cache, VOICE_VECTORS)
        return np.fromfile(path, "<f4").reshape(-1, STYLE_LENGTH)

    @cached_property
    def _identifiers(self) -> dict[str, int]:
        path = find_part("vocabulary", self._cache, VOICE_VOCABULARY)
        return dict(json.loads(path.read_text(encoding="utf-8"))["vocab"])

    @cached_property
    def _model(self) -> Any:
        return open_model(find_part(VOICE_MODEL, self._cache), threads=self._threads, visible=DURATIONS)
