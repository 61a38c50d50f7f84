"""Word times without a voice: a language that nobody speaks here gets captions in reading rhythm."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from reelwright.generation.composing.caption_pieces import divide_unspaced
from reelwright.generation.elements import PlacedVoice, SpokenWord
from reelwright.reels.reel import SoundReference

CHARACTERS_PER_SECOND = 13.0
WORD_SECONDS = 0.12
SENTENCE_PAUSE_SECONDS = 0.35


def estimate_voice(sentences: Sequence[str], language: str = "en") -> PlacedVoice:
    """A voice without sound: each word, or piece of a script without blanks, lasts as long as it takes to read."""
    words: list[SpokenWord] = []
    spans: list[tuple[int, int]] = []
    at = 0.0
    for sentence in sentences:
        first = len(words)
        for word in divide_unspaced(sentence, language):
            seconds = WORD_SECONDS + len(word) / CHARACTERS_PER_SECOND
            words.append(SpokenWord(text=word, start=round(at, 3), end=round(at + seconds, 3)))
            at += seconds
        if len(words) > first:
            spans.append((first, len(words) - 1))
        at += SENTENCE_PAUSE_SECONDS
    duration = Fraction(round(at * 1000) + 1, 1000)
    return PlacedVoice(reference=SoundReference(file="", duration=duration), words=tuple(words), sentences=tuple(spans))
