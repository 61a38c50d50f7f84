"""The clauses of a sentence: pieces between pauses, conjunctions with a verb behind them, subordinators, relative words."""

from __future__ import annotations

import re
from dataclasses import dataclass

from reelwright.generation.planning import patterns
from reelwright.generation.planning.lexicon import Lexicon
from reelwright.generation.planning.words import lower

_JOINING = frozenset(["and", "or", "y", "o", "e", "ed", "und", "oder", "et", "ou", "nor", "ni", "né"])
_SUBJECTS = frozenset(("i", "we", "she", "he", "they"))
_FRENCH_PARTICIPLE = re.compile(r"(?:é|i)$")


@dataclass(frozen=True)
class Clause:
    """Words, and what led to them: ``start``, ``pause``, ``subject``, or the word that opened them."""

    lead: str
    words: list[str]


def split_clauses(words: list[str], lexicon: Lexicon) -> list[Clause]:
    """The clauses in order; together they hold all words."""
    clauses: list[Clause] = []
    current: list[str] = []
    lead = "start"
    for at, word in enumerate(words):
        opening = _opening(words, at, current, lexicon)
        if opening:
            clauses.append(Clause(lead, current))
            current, lead = [], opening
        current = [*current, word]
    return [*clauses, Clause(lead, current)]


def _opening(words: list[str], at: int, current: list[str], lexicon: Lexicon) -> str | None:
    if not current:
        return None
    before, word = words[at - 1], words[at]
    if patterns.search(r"[,;:!?]$|^[–—-]$", before):
        return _opening_word(words, at, current, lexicon) or "pause"
    return _opening_word(words, at, current, lexicon) or ("subject" if _starts_with_subject(word, before, current, lexicon) else None)


def _opening_word(words: list[str], at: int, current: list[str], lexicon: Lexicon) -> str | None:
    word, before = lower(words[at]), words[at - 1]
    if not lexicon.has(word, "conjunctions", "subordinators", "relatives"):
        return None
    if lexicon.language == "de" and (lexicon.has(word, "relatives") or word == "als") and not before.endswith(","):
        return None
    if before.endswith(","):
        return None if lexicon.has(word, "conjunctions") else word
    if word in _JOINING and not _verb_follows(words, at, current, lexicon):
        return None
    return word


def _verb_follows(words: list[str], at: int, current: list[str], lexicon: Lexicon) -> bool:
    following = lower(words[at + 1]) if at + 1 < len(words) else ""
    if lexicon.has(following, "pronouns"):
        return lexicon.language != "en" or _has_verb(current, lexicon)
    if lexicon.has(following, "auxiliaries") or lexicon.is_verb_like(following):
        return True
    return lexicon.language == "fr" and bool(_FRENCH_PARTICIPLE.search(following))


def _has_verb(words: list[str], lexicon: Lexicon) -> bool:
    return any(lexicon.has(word, "auxiliaries") or lexicon.is_verb_like(lower(word)) for word in words)


def _starts_with_subject(word: str, before: str, current: list[str], lexicon: Lexicon) -> bool:
    """English leaves out "that": "the first thing you notice | I …"."""
    if lexicon.language != "en" or lower(word) not in _SUBJECTS or len(current) < 2:
        return False
    return not lexicon.has(before, "auxiliaries", "conjunctions") and not _has_verb(current, lexicon)
