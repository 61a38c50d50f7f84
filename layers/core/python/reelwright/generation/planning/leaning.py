"""Sentences that lean on the one before: they are taken only together with it."""

from __future__ import annotations

from collections.abc import Sequence

from reelwright.generation.planning.reading import Reading

MAX_ELLIPSIS_WORDS = 2


def leans(sentence: str, before: str, reading: Reading) -> bool:
    """Whether a sentence answers a question, points back with its first word, or is left unfinished ("We don't.")."""
    words = sentence.split()
    if not before or not words:
        return False
    is_elliptic = len(words) <= MAX_ELLIPSIS_WORDS and reading.lexicon.has(words[-1], "auxiliaries")
    return before.rstrip().endswith("?") or is_elliptic or reading.lexicon.has(words[0], "anaphora", "backward")


def chain_of(sentence: str, sentences: Sequence[str], reading: Reading) -> list[str]:
    """The sentence and those before it that it leans on, in order."""
    at = sentences.index(sentence)
    chain = [sentence]
    while at and leans(sentences[at], sentences[at - 1], reading):
        at -= 1
        chain.insert(0, sentences[at])
    return chain
