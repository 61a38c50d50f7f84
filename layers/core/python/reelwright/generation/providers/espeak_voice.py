"""The last-resort voice without a key: eSpeak NG, robotic, in the languages that have no better one. A part of its own, added on wish.

https://github.com/espeak-ng/espeak-ng (GPL-3.0). The library is loaded by ``espeak_process.py`` in a process of its own, never here.
"""

from __future__ import annotations

import tempfile
import unicodedata
import wave
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from reelwright.generation.align_words import Span
from reelwright.generation.join_sentences import join_sentences
from reelwright.generation.place_words import SoundOfWords, trim_to_words
from reelwright.generation.provider import Samples, SpokenVoice
from reelwright.generation.providers.espeak_program import ask_espeak
from reelwright.kit.errors import PartMissing, ProviderRefused
from reelwright.kit.part_catalogue import LAST_RESORT_LANGUAGES, PARTS, Part
from reelwright.kit.parts import describe_missing_voice, find_part, is_installed

PART = "last-resort-voice"
TIME_LIMIT_SECONDS = 60.0
MAX_SCRIPT_CHARACTERS = 20_000
WORDS_PER_MINUTE = 160
_VOICES = {"en": "en-us", "no": "nb", "pt": "pt-br", "pt-pt": "pt", "es-es": "es", "en-gb": "en-gb"}
_LATIN_AMERICA = frozenset(f"es-{place}" for place in ("419", "ar", "bo", "cl", "co", "cr", "cu", "do", "ec", "mx", "pe", "us", "uy", "ve"))
# Symbols that it would read by name ("party popper"); dashes and quotation marks it knows as signs.
_NOT_READ = frozenset({"So", "Sk", "Cs", "Co", "Cn", "Cf", "Cc"})


@dataclass(frozen=True)
class _Answer:
    samples: Samples
    sample_rate: int
    sentences: Sequence[Mapping[str, Any]]


class EspeakVoice:
    """One process per script; nothing is kept between scripts."""

    name = "espeak"
    by = "eSpeak NG"
    licence = "GPL-3.0 (the program, not its sound)"

    def __init__(self, cache: Path | None = None, time_limit_seconds: float = TIME_LIMIT_SECONDS, parts: Mapping[str, Part] = PARTS) -> None:
        self._cache = cache
        self._time_limit_seconds = time_limit_seconds
        self._parts = parts

    def speak(self, sentences: Sequence[str], language: str, voice: str = "") -> SpokenVoice | None:
        """Speaks the sentences with a pause between them; the words given back are exactly the script's.

        None where there is nothing to speak. Raises PartMissing where the part is not installed or does not know the language,
        for another voice than its own, ProviderRefused for a script that is too long, ProviderUnavailable where the program fails or exceeds its time limit.
        """
        if language.split("-", maxsplit=1)[0].lower() not in LAST_RESORT_LANGUAGES or not is_installed(PART, self._parts):
            raise PartMissing(describe_missing_voice(language, self._parts))
        if voice and not voice.endswith(f"-{self.name}"):
            raise PartMissing(f"The voice “{self.name}” is not “{voice}”.")
        scripts = [sentence.split() for sentence in sentences if sentence.split()]
        texts = [_hide_symbols(" ".join(script)) for script in scripts]
        if not any(letter.isalnum() for text in texts for letter in text):
            return None
        if sum(map(len, texts)) > MAX_SCRIPT_CHARACTERS:
            raise ProviderRefused(f"The script is longer than {MAX_SCRIPT_CHARACTERS} characters, more than this voice takes.")
        spoken_as = choose_voice(language)
        answer = self._ask(texts, spoken_as)
        spoken = [[_place(script, sentence, answer)] for script, sentence in zip(scripts, answer.sentences, strict=True)]
        if not any(piece.samples.size for (piece,) in spoken):
            return None
        samples, words, bounds = join_sentences(spoken, answer.sample_rate)
        return SpokenVoice(samples, answer.sample_rate, words, self.name, spoken_as, bounds, self.by, self.licence)

    def _ask(self, texts: Sequence[str], voice: str) -> _Answer:
        library = find_part(PART, self._cache, self._parts)
        with tempfile.TemporaryDirectory(prefix="reelwright-voice-") as folder:
            out = Path(folder) / "voice.wav"
            request = {"voice": voice, "words_per_minute": WORDS_PER_MINUTE, "out": str(out), "sentences": list(texts)}
            answer = ask_espeak(request, library, self._time_limit_seconds)
            with wave.open(str(out), "rb") as file:
                samples = np.frombuffer(file.readframes(file.getnframes()), "<i2").astype(np.float32) / np.float32(32768)
        return _Answer(samples, answer["sample_rate"], answer["sentences"])


def choose_voice(language: str) -> str:
    """eSpeak NG's name for the voice of a language, "es-MX" or "es"."""
    wanted = language.lower().replace("_", "-")
    if wanted in _LATIN_AMERICA:
        return "es-419"
    primary = wanted.split("-", maxsplit=1)[0]
    return _VOICES.get(wanted) or _VOICES.get(primary) or primary


def _hide_symbols(text: str) -> str:
    """Emoji and control characters become blanks, so that all other characters keep their places."""
    return "".join(" " if unicodedata.category(sign) in _NOT_READ else sign for sign in text)


def _place(script: Sequence[str], sentence: Mapping[str, Any], answer: _Answer) -> SoundOfWords:
    samples = answer.samples[sentence["start"] : sentence["end"]]
    if not samples.any():  # signs alone: a pause
        return trim_to_words(samples[:0], answer.sample_rate, script, [None] * len(script))
    heard = [(int(position), (start - sentence["start"]) / answer.sample_rate) for position, _, start in sentence["words"]]
    return trim_to_words(samples, answer.sample_rate, script, find_spans(script, heard, len(samples) / answer.sample_rate))


def find_spans(script: Sequence[str], heard: Sequence[tuple[int, float]], length: float) -> list[Span | None]:
    """From when to when each script word is heard, in seconds; None for signs without sound.

    ``heard`` are the voice's words: place of the first character in the script joined by blanks, and start. It reads some words
    as several ("1.250") and some neighbours as one ("of the"): the first start counts, and neighbours share the time by length.
    """
    ends = np.cumsum([len(word) + 1 for word in script]) - 1
    starts: dict[int, float] = {}
    latest = 0.0
    for position, start in heard:
        # A place on the blank belongs to the word behind it.
        place = min(int(np.searchsorted(ends, position, side="right")), len(script) - 1)
        latest = max(latest, start)
        if place >= max(starts, default=0):
            starts.setdefault(place, latest)
    spans: list[Span | None] = [None] * len(script)
    borders = [*sorted(starts), len(script)]
    for first, following in pairwise(borders):
        _share(spans, script, (first, following), (starts[first], starts.get(following, length)))
    return spans


def _share(spans: list[Span | None], script: Sequence[str], places: tuple[int, int], time: Span) -> None:
    """The time of a word of the voice, divided among the script words that it covers by their letters."""
    first, following = places
    sounding = [place for place in range(first, following) if place == first or any(map(str.isalnum, script[place]))]
    letters = sum(len(script[place]) for place in sounding)
    edges = np.cumsum([0, *(len(script[place]) for place in sounding)]) / letters
    for place, (begin, end) in zip(sounding, pairwise(np.interp(edges, [0, 1], time).tolist()), strict=True):
        spans[place] = (begin, end)
