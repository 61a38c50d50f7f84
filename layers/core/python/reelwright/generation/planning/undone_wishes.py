"""Wishes that are read and not done: colours of a brand, counters, blurring, slow motion, logos. The creator is told which."""

from __future__ import annotations

import json
import re
from functools import cache
from importlib import resources

from reelwright.generation.planning import patterns
from reelwright.generation.planning.facts import find_numbers
from reelwright.generation.planning.reading import Reading
from reelwright.generation.planning.sentences import split_sentences
from reelwright.generation.planning.words import drop_ending

MAX_TOLD_CHARACTERS = 110
_REFUSED = re.compile(r"\b(?:no|not|don't|dont|without|never|sin|nada de|kein\w*|ohne|pas|sans|niente|senza|sem|nem)\b[^,;.]*$", re.IGNORECASE)


def find_undone_wishes(reading: Reading, shown: str) -> list[str]:
    """The sentences of the prompt that ask for what no plan holds. What is refused is done by leaving it out."""
    if not reading.lexicon.is_ruled:
        return []
    kinds = _load_kinds()[reading.language[:2]]
    told = []
    for sentence in split_sentences(reading.prompt, is_prompt=True):
        found = patterns.search(rf"(?<!\w)(?:{kinds})(?!\w)", sentence, re.IGNORECASE)
        if found and not _REFUSED.search(sentence[: found.start()]) and not _is_shown(sentence, shown):
            told.append(_piece_around(sentence, found.start(), found.end()))
    return list(dict.fromkeys(told))


def asks_undone(piece: str, language: str) -> bool:
    """Whether a piece asks for what no plan does: "counter going up"."""
    kinds = _load_kinds().get(language[:2])
    return kinds is not None and patterns.search(rf"(?<!\w)(?:{kinds})(?!\w)", piece, re.IGNORECASE) is not None


def _is_shown(sentence: str, shown: str) -> bool:
    """A counter or years whose numbers all stand on screen are done."""
    numbers = find_numbers(sentence)
    return len(numbers) > 1 and all(number in shown for number in numbers)


def _piece_around(sentence: str, start: int, end: int) -> str:
    """The sentence, or of a long one the part between commas that holds the wish."""
    if len(sentence) <= MAX_TOLD_CHARACTERS:
        return drop_ending(sentence)
    begin = max(sentence.rfind(mark, 0, start) for mark in (",", ";", "(")) + 1
    ends = [at for mark in (",", ";", ")") if (at := sentence.find(mark, end)) >= 0]
    return drop_ending(sentence[begin : min(ends, default=len(sentence))].strip())


@cache
def _load_kinds() -> dict[str, str]:
    text = resources.files("reelwright.generation.planning").joinpath("lexicons", "undone.json").read_text(encoding="utf-8")
    return {str(language): str(pattern) for language, pattern in json.loads(text).items()}
