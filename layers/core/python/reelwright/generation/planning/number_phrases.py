"""Phrases that start with a number: "1,200 kilometres from Vienna to Naples", "14 months to build this kitchen"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reelwright.generation.planning import patterns
from reelwright.generation.planning.lexicon import Lexicon
from reelwright.generation.planning.words import bare, is_capitalised, lower, pauses_after

_YEAR = re.compile(r"^(?:19|20)\d\d$")
_PRICE_START = re.compile(r"[$€£]?\d")
_BEFORE_ONE = frozenset(["this", "that", "the", "each", "any", "every", "which", "no"])
_LIMITING = frozenset(
    ["only", "just", "over", "under", "about", "almost", "first", "last", "every", "solo", "casi", "nur", "fast", "seul", "seulement", "só", "quase", "quasi"]
)
_CLOCK = frozenset(["at", "à", "alle", "um", "às"])
_TOWARDS = frozenset(["to", "para", "per", "pour"])
_FOR = frozenset(["for", "por", "für", "pour", "per"])
_OF = frozenset(["of", "de", "di", "von"])
_NO_PLACE = frozenset(["since", "until", "till", "bis", "seit", "desde", "depuis"])


def number_phrases(words: list[str], lexicon: Lexicon) -> Iterator[list[str]]:
    """Each number with its noun and what belongs to it."""
    numbers = sum(lexicon.is_number(word) for word in words)
    if numbers > 1 and any(word.endswith(",") for word in words):
        return  # a list of figures: one alone would lose the others
    for at, word in enumerate(words):
        if not lexicon.is_number(word) or _YEAR.match(bare(word)):
            continue
        before = lower(words[at - 1]) if at else ""
        if (lower(word) == "one" and before in _BEFORE_ONE) or before in _CLOCK:
            continue
        if lexicon.language == "de" and lexicon.has(before, "prepositions") and before != "für":
            continue  # the noun stands in a case that needs its preposition: "Vor drei Jahren"
        phrase = _with_noun(words, at, lexicon)
        if phrase:
            yield (words[at - 1 : at] if before in _LIMITING else []) + phrase


def _with_noun(words: list[str], at: int, lexicon: Lexicon) -> list[str] | None:
    noun = _find_noun(words, at, lexicon)
    if noun is None:
        return None
    end = noun + 1
    if pauses_after(words[noun]) or end >= len(words):
        return words[at:end]
    return words[at : _tail_end(words, end, lexicon)]


def _find_noun(words: list[str], at: int, lexicon: Lexicon) -> int | None:
    """The first word within three that looks like a plural."""
    is_german = lexicon.language == "de"
    for place in range(at + 1, min(len(words), at + 4)):
        word = words[place]
        if lexicon.is_weak(word) or lexicon.is_verb_like(lower(word)):
            return place - 1 if lower(words[at]) == "one" and place > at + 1 else None
        if is_german and not is_capitalised(word) and not patterns.search(r"(?:e|en|er)$", word):
            return None
        if lexicon.is_plural_like(bare(word)) and (not is_german or is_capitalised(word)):
            return place
        if pauses_after(word):
            return place if lower(words[at]) == "one" else None
    return None


def _tail_end(words: list[str], start: int, lexicon: Lexicon) -> int:
    """Where the phrase ends when a preposition follows the noun at ``start - 1``."""
    preposition = lower(words[start])
    if not lexicon.has(preposition, "prepositions") or preposition in {"off", "down", "up"}:
        return start
    noun = start + 1
    while noun < min(len(words), start + 4) and lexicon.has(words[noun], "determiners"):
        noun += 1
    named = _name_end(words, noun)
    if named > noun and preposition not in _NO_PLACE:
        return _second_name_end(words, named, lexicon)
    if preposition in _TOWARDS and len(words) - start <= 5:
        return len(words)
    if preposition in _FOR and start + 1 < len(words) and _PRICE_START.match(words[start + 1]):
        return start + 3 if start + 2 < len(words) and patterns.match(r"€|euro", words[start + 2]) else start + 2
    return noun + 1 if preposition in _OF and _ends_phrase(words, noun, lexicon) else start


def _name_end(words: list[str], noun: int) -> int:
    end = noun
    while end < min(len(words), noun + 3) and is_capitalised(words[end]) and not (end > noun and pauses_after(words[end - 1])):
        end += 1
    return end


def _second_name_end(words: list[str], end: int, lexicon: Lexicon) -> int:
    goes_on = end + 1 < len(words) and lexicon.has(words[end], "prepositions") and is_capitalised(words[end + 1])
    return end + 2 if goes_on and not pauses_after(words[end - 1]) else end


def _ends_phrase(words: list[str], noun: int, lexicon: Lexicon) -> bool:
    if noun >= len(words) or lexicon.is_weak(words[noun]):
        return False
    return noun + 1 == len(words) or pauses_after(words[noun]) or lexicon.is_weak(words[noun + 1])
