"""Words as the rules see them: split at spaces, bared of punctuation, in lower case."""

from __future__ import annotations

import re
from functools import lru_cache

from reelwright.generation.planning import patterns

_EDGES = re.compile(r"^[\W_]+|[\W_]+$")
_TRAILING = re.compile(r"[\s.,;:–—-]+$")
_ABBREVIATED_HALF_DAY = re.compile(r"\b([ap])\.m$")
_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+\.\w|@\w")
_PAUSE = re.compile(r"[,.;:!?]$")
_LONG_PAUSE = re.compile(r"[,;:!?.…—–]$")


MAX_REMEMBERED_WORDS = 32768


@lru_cache(MAX_REMEMBERED_WORDS)
def bare(word: str) -> str:
    """The word without the punctuation around it."""
    return _EDGES.sub("", word)


@lru_cache(MAX_REMEMBERED_WORDS)
def lower(word: str) -> str:
    """The bare word in lower case, with the straight apostrophe that the lexicons use."""
    return bare(word).lower().replace("’", "'")


def capitalise(text: str) -> str:
    """The text with its first letter as a capital; the rest is kept, and so is a mail address."""
    first = patterns.search(r"[^\W_]", text)
    if first is None or _ADDRESS.match(text):
        return text
    at = first.start()
    return text[:at] + text[at].upper() + text[at + 1 :]


def drop_ending(text: str) -> str:
    """The text without its closing full stop, comma or dash; ``?`` and ``!`` stay."""
    return _ABBREVIATED_HALF_DAY.sub(r"\1.m.", _TRAILING.sub("", text))


def tidy(text: str) -> str:
    """One line with single spaces."""
    return " ".join(text.split())


def pauses_after(word: str) -> bool:
    """Whether a comma, stop or the like follows the word."""
    return bool(_PAUSE.search(word))


def breathes_after(word: str) -> bool:
    """Whether the voice pauses after the word: punctuation of any kind, dashes too."""
    return bool(_LONG_PAUSE.search(word.rstrip('"”’»)')))


def is_capitalised(word: str) -> bool:
    """Whether the bare word starts with a capital letter."""
    return bare(word)[:1].isupper()
