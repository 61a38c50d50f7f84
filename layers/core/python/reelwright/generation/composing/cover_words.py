"""The words of a cover: two to four of the hook's that say something on their own, never a sentence cut in its middle."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from reelwright.generation.planning.lexicon import Lexicon, load_lexicon
from reelwright.generation.planning.words import drop_ending

MIN_WORDS, MAX_WORDS = 2, 5
MAX_CHARACTERS = 26
MAX_UNSPACED_CHARACTERS = 14
MAX_WHOLE_CHARACTERS = 60
_CLAUSE_ENDS = re.compile(r"(?<=[:;.!?–—|·])\s+|(?<=[。！？])\s*")
_ENDS = " ,.:;–—|·。、"


def cover_words(title: str, emphasis: Sequence[str], language: str) -> str:
    """The shortest part that stands on its own; the whole title where it has none. Empty without a title."""
    title = " ".join(title.split())
    if not title:
        return ""
    lexicon = load_lexicon(language)
    parts = [part for part in _parts(title, lexicon) if _is_short(part)]
    if not parts:
        return _tidy(title) if len(title) <= MAX_WHOLE_CHARACTERS else _tidy(next(_clauses(title)))
    stressed = {word.casefold() for phrase in emphasis for word in phrase.split()}
    return max(parts, key=lambda part: (_weight(part, stressed), -parts.index(part)))


def first_clause(words: str) -> str:
    """What stands before the first mark that ends a thought; the words themselves where there is none."""
    return _tidy(next(_clauses(words), words))


def _weight(part: str, stressed: set[str]) -> int:
    return sum(word.strip(_ENDS).casefold() in stressed for word in part.split())


def _parts(title: str, lexicon: Lexicon) -> Iterator[str]:
    """The whole, its clauses, and what stands before the first small word of each."""
    yield _tidy(title)
    for clause in _clauses(title):
        yield _tidy(clause)
    if not lexicon.is_ruled:
        return
    for clause in _clauses(title):
        words = clause.split()
        for place in range(MIN_WORDS, len(words)):
            if _may_end(words[:place], lexicon) and lexicon.has(words[place], "prepositions", "conjunctions", "relatives"):
                yield _tidy(" ".join(words[:place]))
                break


def _may_end(words: Sequence[str], lexicon: Lexicon) -> bool:
    """Whether the words say something: two of them carry meaning, numbers not counted, the last one among them."""
    carrying = [word for word in words if lexicon.is_content(word) and not lexicon.is_number(word)]
    return len(carrying) >= MIN_WORDS and lexicon.is_content(words[-1])


def _clauses(title: str) -> Iterator[str]:
    yield from (clause for clause in _CLAUSE_ENDS.split(title) if clause.strip(_ENDS))


def _is_short(part: str) -> bool:
    if len(part.split()) == 1:
        return 0 < len(part) <= MAX_UNSPACED_CHARACTERS
    return MIN_WORDS <= len(part.split()) <= MAX_WORDS and len(part) <= MAX_CHARACTERS


def _tidy(part: str) -> str:
    """Without the marks at its end that stand for what followed; question and exclamation marks stay."""
    part = part.strip()
    return part if part.endswith(("?", "!", "？", "！")) else drop_ending(part).rstrip(_ENDS)
