"""Word times without a voice: a language that nobody speaks here gets captions in reading rhythm."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from reelwright.generation.elements import PlacedVoice, SpokenWord
from reelwright.reels.reel import SoundReference

CHARACTERS_PER_SECOND = 13.0
WORD_SECONDS = 0.12
SENTENCE_PAUSE_SECONDS = 0.35
MAX_PIECE_CHARACTERS = 8
_UNSPACED = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")


def estimate_voice(sentences: Sequence[str]) -> PlacedVoice:
    """A voice without sound: each word lasts as long as it takes to read."""
    words: list[SpokenWord] = []
    spans: list[tuple[int, int]] = []
    at = 0.0
    for sentence in sentences:
        first = len(words)
        for word in _pieces(sentence):
            seconds = WORD_SECONDS + len(word) / CHARACTERS_PER_SECOND
            words.append(SpokenWord(text=word, start=round(at, 3), end=round(at + seconds, 3)))
            at += seconds
        if len(words) > first:
            spans.append((first, len(words) - 1))
        at += SENTENCE_PAUSE_SECONDS
    duration = Fraction(round(at * 1000) + 1, 1000)
    return PlacedVoice(reference=SoundReference(file="", duration=duration), words=tuple(words), sentences=tuple(spans))


def _pieces(sentence: str) -> Iterator[str]:
    """The words; a script without spaces is divided at its punctuation and every few characters."""
    for word in sentence.split():
        if not _UNSPACED.search(word):
            yield word
            continue
        for phrase in re.findall(r"[^、。！？]+[、。！？]*|[、。！？]+", word):
            yield from (phrase[start : start + MAX_PIECE_CHARACTERS] for start in range(0, len(phrase), MAX_PIECE_CHARACTERS))
