"""Sentences that lean on the one before: they are taken only together with it."""

from __future__ import annotations

from collections.abc import Sequence

from reelwright.generation.planning.reading import Reading
from reelwright.generation.planning.words import lower

MAX_ELLIPSIS_WORDS = 2
MAX_LOOSE_WORDS = 7
_GERMAN_POINTERS = frozenset(["daran", "darauf", "daraus", "darin", "darunter", "darüber", "davon", "dran", "drauf", "drin"])


def leans(sentence: str, before: str, reading: Reading) -> bool:
    """Whether a sentence answers a question, points back with its first word, goes on a row ("First tooth. First steps.", "She fell. She fell again."), or is left unfinished ("We don't.")."""
    words = sentence.split()
    if not before or not words:
        return False
    is_elliptic = len(words) <= MAX_ELLIPSIS_WORDS and reading.lexicon.has(words[-1], "auxiliaries")
    is_loose = sentence.endswith(".") and len(words) <= MAX_LOOSE_WORDS and reading.lexicon.has(words[0], "prepositions") and not _holds_verb(words, reading)
    points = reading.language == "de" and any(lower(word) in _GERMAN_POINTERS for word in words)
    begins_alike = lower(words[0]) == lower(before.split(maxsplit=1)[0])
    is_row = begins_alike and (reading.lexicon.starts_step(sentence) is not None or len(before.split()) <= MAX_ELLIPSIS_WORDS)
    return before.rstrip().endswith("?") or is_elliptic or is_row or is_loose or points or reading.lexicon.has(words[0], "anaphora", "backward")


def _holds_verb(words: Sequence[str], reading: Reading) -> bool:
    return any(reading.lexicon.has(word, "auxiliaries") or reading.lexicon.is_verb_like(lower(word)) for word in words)


def chain_of(sentence: str, sentences: Sequence[str], reading: Reading) -> list[str]:
    """The sentence and those before it that it leans on, in order."""
    at = sentences.index(sentence)
    chain = [sentence]
    while at and leans(sentences[at], sentences[at - 1], reading):
        at -= 1
        chain.insert(0, sentences[at])
    return chain
