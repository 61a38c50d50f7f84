"""How Spanish, French, Italian, Portuguese and Hindi are read: eSpeak NG's phonemes, in the signs that the voice model knows.

eSpeak NG runs in a process of its own (GPL-3.0); only phonemes come back.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from reelwright.generation.align_words import Span
from reelwright.generation.providers.espeak_program import ask_espeak
from reelwright.generation.reading.read_aloud import read_aloud
from reelwright.generation.speak_phonemes import Reading, split_sentences
from reelwright.kit.parts import find_part
from reelwright.kit.voice_parts import LAST_RESORT

TIME_LIMIT_SECONDS = 30.0
VOICES: Mapping[str, str] = {"es": "es", "fr": "fr", "it": "it", "pt": "pt-br", "hi": "hi"}
# Sounds of two letters that the model knows as one sign.
_PAIRS: Mapping[str, str] = {
    "a^ɪ": "I", "a^ʊ": "W", "d^z": "ʣ", "d^ʒ": "ʤ", "e^ɪ": "A", "o^ʊ": "O", "ə^ʊ": "Q", "s^s": "S", "t^s": "ʦ", "t^ʃ": "ʧ", "ɔ^ɪ": "Y",
}  # fmt: skip
_OTHER_LANGUAGE = re.compile(r"\([a-z-]+\)")  # eSpeak NG says where it reads a word as another language's
_END = re.compile(r"([,;:.!?…—।]+)[\"”’»)\]]*$")
_PAUSES: Mapping[str, str] = {"।": ".", "–": "—"}


@dataclass(frozen=True)
class _SpokenWord:
    """What is said for one word of the script, and the sign behind it."""

    text: str
    sign: str


class EspeakReader:
    """One language. Every script word becomes one reading, however many words are said for it."""

    def __init__(self, language: str, cache: Path | None = None) -> None:
        self._language = language
        self._cache = cache

    def divide(self, text: str) -> Iterator[list[str]]:
        """The script's words, sentence by sentence."""
        return split_sentences(text.replace("।", "। ")) if self._language == "hi" else split_sentences(text)

    def read(self, script: Sequence[str]) -> list[Reading]:
        """The phonemes of each script word; none for signs. Raises PartMissing, ProviderUnavailable."""
        words = [_SpokenWord(text, _sign_behind(word)) for word, text in zip(script, read_aloud(script, self._language), strict=True)]
        clauses = list(_clauses(words))
        answers = self._ask([" ".join(words[place].text for place in clause) for clause in clauses])
        phonemes = [""] * len(words)
        joined: list[int] = []
        for clause, answer in zip(clauses, answers, strict=True):
            parts = answer.split()
            counts = [len(words[place].text.split()) for place in clause]
            if sum(counts) != len(parts):  # some neighbours were read as one word
                joined += clause
                continue
            for place, count in zip(clause, counts, strict=True):
                phonemes[place], parts = " ".join(parts[:count]), parts[count:]
        if joined:
            for place, answer in zip(joined, self._ask([words[place].text for place in joined]), strict=True):
                phonemes[place] = answer
        return [Reading(word.text, sounds + word.sign) for word, sounds in zip(words, phonemes, strict=True)]

    def spread(self, script: Sequence[str], readings: Sequence[Reading], times: Sequence[Span | None]) -> list[Span | None]:
        """One reading is one word."""
        return list(times)

    def _ask(self, texts: Sequence[str]) -> list[str]:
        request = {"voice": VOICES[self._language], "is_phonemes": True, "sentences": list(texts)}
        answer = ask_espeak(request, find_part(LAST_RESORT, self._cache), TIME_LIMIT_SECONDS)
        return [_into_signs(text) for text in answer["phonemes"]]


def _sign_behind(word: str) -> str:
    """The pause that the model makes behind a word."""
    found = _END.search(word)
    if found is not None:
        return _PAUSES.get(found[1][0], found[1][0])
    return "—" if word in {"–", "—", "-"} else ""


def _clauses(words: Sequence[_SpokenWord]) -> Iterator[list[int]]:
    """Places of neighbouring words that are said, up to a sign."""
    clause: list[int] = []
    for place, word in enumerate(words):
        if word.text:
            clause.append(place)
        if word.sign and clause:
            yield clause
            clause = []
    if clause:
        yield clause


def _into_signs(phonemes: str) -> str:
    text = _OTHER_LANGUAGE.sub("", phonemes)
    for pair, sign in _PAIRS.items():
        text = text.replace(pair, sign)
    return " ".join(text.replace("^", "").replace("-", "").replace("_", "").split())
