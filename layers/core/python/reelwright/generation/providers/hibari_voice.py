"""The English voice without a key: hibari's voice "heart", with word times from the model's own durations.

Package `hibari-tts` (Apache-2.0, code and weights).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from reelwright.generation.align_words import Span, spread_times
from reelwright.generation.join_sentences import join_sentences
from reelwright.generation.place_words import SoundOfWords, trim_to_words
from reelwright.generation.provider import Samples, SpokenVoice
from reelwright.kit.errors import PartMissing
from reelwright.kit.neural_model import open_model
from reelwright.kit.parts import find_part

SAMPLE_RATE = 24_000
DURATIONS = "/Clip_output_0"  # frames per phoneme
# The model's durations run ahead of its sound by three frames of 25 ms: measured on the onsets after pauses.
WORD_SHIFT_SECONDS = -0.075
MAX_PHONEMES = 380  # the model takes 510; long sentences sound better in pieces
NOISE_SEED = 0


_SILENT_SIGNS = frozenset(' ;:,.!?—…"“”()')
_CLAUSE_END = re.compile(r"[,;:—…]$")
_SENTENCE_END = re.compile(r"[.!?…][\"”’')\]]*$")
_TITLE = re.compile(r"^[(\"“'‘]*(?:[A-Z]|Mrs?|Ms|Dr|Prof|St|Sr|Jr|No|vs|etc|e\.g|i\.e)\.$")


@dataclass(frozen=True)
class _Reading:
    """One spoken word: its text and phonemes, with the signs that follow it."""

    text: str
    phonemes: str


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

    def speak(self, sentences: Sequence[str], language: str) -> SpokenVoice | None:
        """Speaks the sentences with a pause between them; the words given back are exactly the script's.

        None where there is nothing to speak. Raises PartMissing for other languages than English.
        """
        if language.split("-", maxsplit=1)[0].lower() != "en":
            raise PartMissing(f"The voice “{self.name}” speaks English only, not “{language}”.")
        spoken = [[self._speak_words(words) for words in _split_sentences(sentence)] for sentence in sentences if sentence.split()]
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

    @cached_property
    def _dictionary(self) -> Any:
        from hibari.g2p import G2P  # noqa: PLC0415  # a second and 100 MB, only for those who speak

        return G2P()

    def _speak_words(self, script: Sequence[str]) -> SoundOfWords:
        """A whole sentence: read, synthesised in pieces that the model can take, words timed in the script's spelling."""
        readings = self._read(" ".join(script))
        samples: list[Samples] = []
        times: list[Span | None] = []
        start = 0.0
        for part in _split_readings(readings):
            sound, spans = self._synthesise(part)
            samples.append(sound)
            times += [None if span is None else (start + span[0], start + span[1]) for span in spans]
            start += len(sound) / SAMPLE_RATE
        whole = np.concatenate(samples) if samples else np.zeros(0, np.float32)
        spans = spread_times(script, [reading.text for reading in readings], times, self._spell_out)
        return trim_to_words(whole, SAMPLE_RATE, script, spans, self._follows_onsets)

    def _spell_out(self, word: str) -> str:
        from hibari.g2p.normalize import normalize  # noqa: PLC0415

        return str(normalize(_without_links(word)))

    def _read(self, sentence: str) -> list[_Reading]:
        """The words as they are spoken, numbers and signs spelt out."""
        tokens = self._dictionary.phonemize_tokens(self._dictionary.tokenize(self._spell_out(sentence)))
        readings: list[_Reading] = []
        text = phonemes = ""
        for token in tokens:
            text, phonemes = text + token.text, phonemes + (token.phonemes or "")
            if token.whitespace:
                readings.append(_Reading(text, phonemes))
                text = phonemes = ""
        return [*readings, _Reading(text, phonemes)] if text else readings

    def _synthesise(self, readings: Sequence[_Reading]) -> tuple[Samples, list[Span | None]]:
        """Sound of the readings, and from when to when each is heard (None: it has no sound)."""
        from hibari import dsp  # noqa: PLC0415

        identifiers, places = self._encode(readings)
        if not any(places):
            return np.zeros(0, np.float32), [None] * len(readings)
        answer = self._model.run(None, {"ids": np.array([identifiers], np.int64), "speed": np.ones(1, np.float32)})
        sound = np.asarray(dsp.synth(*(part[0] for part in answer[:6]), np.random.default_rng(NOISE_SEED)), np.float32)
        durations = answer[6].reshape(-1)
        edges = np.concatenate([[0.0], np.cumsum(durations)]) * (len(sound) / SAMPLE_RATE / durations.sum())
        edges = np.maximum(edges + self._word_shift_seconds, 0.0)
        return sound, [(float(edges[place[0]]), float(edges[place[-1] + 1])) if place else None for place in places]

    def _encode(self, readings: Sequence[_Reading]) -> tuple[list[int], list[list[int]]]:
        """Phoneme numbers between two pads, and for each reading the places of those that are heard."""
        known = self._identifiers
        identifiers, places = [0], []
        for reading in readings:
            place = []
            for sign in reading.phonemes:
                if sign in known:
                    if sign not in _SILENT_SIGNS:
                        place.append(len(identifiers))
                    identifiers.append(known[sign])
            places.append(place)
            if identifiers[-1] not in (0, known[" "]):
                identifiers.append(known[" "])
        while identifiers[-1] == known[" "]:
            identifiers.pop()
        return [*identifiers, 0], places


def _without_links(text: str) -> str:
    """The dictionary reads "[word](/sounds/)" as an order; a script has none."""
    return text.replace("](", "] (")


def _split_sentences(text: str) -> Iterator[list[str]]:
    """The script's words, sentence by sentence."""
    words = text.split()
    sentence: list[str] = []
    for place, word in enumerate(words):
        sentence.append(word)
        follows = words[place + 1] if place + 1 < len(words) else ""
        if follows and _SENTENCE_END.search(word) and not _TITLE.match(word) and not follows[0].islower() and any(map(str.isalnum, word)):
            yield sentence
            sentence = []
    if sentence:
        yield sentence


def _split_readings(readings: Sequence[_Reading]) -> Iterator[list[_Reading]]:
    """Pieces of at most ``MAX_PHONEMES``, cut after a comma where there is one in the last half."""
    piece: list[_Reading] = []
    length = 0
    for reading in readings:
        if piece and length + len(reading.phonemes) > MAX_PHONEMES:
            yield piece
            piece, length = [], 0
        piece.append(reading)
        length += len(reading.phonemes) + 1
        if length > MAX_PHONEMES / 2 and _CLAUSE_END.search(reading.phonemes):
            yield piece
            piece, length = [], 0
    if piece:
        yield piece
