"""Names of the creator's glossary: heard words that are meant to be one get its spelling, and captions keep it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from reelwright.generation.elements import SpokenWord
from reelwright.reels.reel import Captions, CaptionWord

LEAST_LIKENESS = 0.74
LEAST_LIKENESS_OF_OTHERS = 0.86
"""Of short names, and of names that were heard as more or fewer words."""

SHORT_LETTERS = 5
SAME_CONSONANTS_LIKENESS = 0.8
_VOWELS = re.compile(r"[aeiou]")
_EDGES = re.compile(r"^(\W*)(.*?)(\W*(?:['’]s\W*)?)$", re.DOTALL)


class _Match(NamedTuple):
    """Words ``first`` to ``last`` (excluded) may be the name."""

    likeness: float
    first: int
    last: int
    name: str


def correct_names(words: Sequence[SpokenWord], glossary: Sequence[str], common: frozenset[str] = frozenset()) -> tuple[SpokenWord, ...]:
    """The words with names of the glossary spelt as it spells them, where they sound alike in writing.

    A name of several words may have been heard as more or fewer; times are shared by letters then. Words in ``common`` (folded)
    are never taken for a name by themselves, unless they are spelt the same.
    """
    found = list(words)
    for match in sorted(_choose(_find(words, glossary, common)), key=lambda one: -one.first):
        found[match.first : match.last] = _respell(found[match.first : match.last], match.name.split())
    return tuple(found)


def protect_names(captions: Captions, glossary: Sequence[str]) -> Captions:
    """Captions whose names have the glossary's capitals and keep them."""
    words = list(captions.words)
    for name in sorted(glossary, key=lambda one: -len(one)):
        parts = name.split()
        for place in range(len(words) - len(parts) + 1 if parts else 0):
            window = words[place : place + len(parts)]
            if [_fold(word.text) for word in window] == [_fold(part) for part in parts]:
                words[place : place + len(parts)] = [_protected(word, part) for word, part in zip(window, parts, strict=True)]
    return captions.model_copy(update={"words": tuple(words)})


def find_inner_words(texts: Sequence[str], names: Sequence[str]) -> frozenset[int]:
    """The places of words after which a name goes on: between them and the next word no caption should end."""
    folded = [_fold(text) for text in texts]
    inner: set[int] = set()
    for name in names:
        parts = [_fold(part) for part in name.split()]
        for place in range(len(folded) - len(parts) + 1 if len(parts) > 1 and all(parts) else 0):
            if folded[place : place + len(parts)] == parts:
                inner.update(range(place, place + len(parts) - 1))
    return frozenset(inner)


def _find(words: Sequence[SpokenWord], glossary: Sequence[str], common: frozenset[str]) -> Iterator[_Match]:
    """Everywhere that a name may have been said, with how alike it looks."""
    folded = [_fold(word.text) for word in words]
    for name in glossary:
        count = len(name.split())
        wanted = "".join(_fold(part) for part in name.split())
        for length in sorted({count, count + 1, max(1, count - 1)}) if wanted else ():
            least = LEAST_LIKENESS if length == count and len(wanted) >= SHORT_LETTERS else LEAST_LIKENESS_OF_OTHERS
            for first in range(len(words) - length + 1):
                window = folded[first : first + length]
                likeness = _likeness("".join(window), wanted) if all(window) else 0.0
                if likeness >= least and (likeness == 1 or not common.intersection(window)):
                    yield _Match(likeness, first, first + length, name)


def _choose(matches: Iterator[_Match]) -> list[_Match]:
    """The most alike first, each word for one name only."""
    chosen: list[_Match] = []
    for match in sorted(matches, key=lambda one: (-one.likeness, one.first, one.name)):
        if all(match.last <= other.first or match.first >= other.last for other in chosen):
            chosen.append(match)
    return chosen


def _likeness(heard: str, wanted: str) -> float:
    """1 for the same letters; letters that sound alike count as the same, and vowels are easily misheard."""
    if heard == wanted:
        return 1.0
    one, other = _sounds(heard), _sounds(wanted)
    alike = max(SequenceMatcher(a=heard, b=wanted, autojunk=False).ratio(), 0.99 * SequenceMatcher(a=one, b=other, autojunk=False).ratio())
    bones, others = _VOWELS.sub("", one), _VOWELS.sub("", other)
    has_same = len(bones) > 2 and bones == others and len(one) == len(other) and one[0] == other[0]
    return max(alike, SAME_CONSONANTS_LIKENESS) if has_same else alike


def _sounds(word: str) -> str:
    """The letters with those that sound alike made equal, doubled ones once."""
    for written, heard in (
        ("ph", "f"),
        ("ck", "k"),
        ("qu", "k"),
        ("sh", "s"),
        ("ch", "s"),
        ("c", "k"),
        ("q", "k"),
        ("z", "s"),
        ("y", "i"),
        ("w", "v"),
        ("h", ""),
    ):
        word = word.replace(written, heard)
    return re.sub(r"(.)\1+", r"\1", word)


def _respell(heard: Sequence[SpokenWord], parts: Sequence[str]) -> list[SpokenWord]:
    """The name's words over the time of what was heard; marks at the edges stay."""
    before, _, _ = _split(heard[0].text)
    _, _, after = _split(heard[-1].text)
    texts = [(before if number == 0 else "") + part + (after if number == len(parts) - 1 else "") for number, part in enumerate(parts)]
    if len(heard) == len(parts):
        return [word.model_copy(update={"text": text}) for word, text in zip(heard, texts, strict=True)]
    start, whole = heard[0].start, heard[-1].end - heard[0].start
    letters = sum(len(part) for part in parts)
    found = []
    for text, part in zip(texts, parts, strict=True):
        end = start + whole * len(part) / letters
        found.append(SpokenWord(text=text, start=round(start, 3), end=round(end, 3)))
        start = end
    return found


def _protected(word: CaptionWord, part: str) -> CaptionWord:
    before, _, after = _split(word.text)
    return word.model_copy(update={"text": f"{before}{part}{after}", "is_name": True})


def _split(text: str) -> tuple[str, str, str]:
    """Marks in front, the word, marks (and a genitive) behind."""
    found = _EDGES.match(text)
    return (found[1], found[2], found[3]) if found else ("", text, "")


def _fold(text: str) -> str:
    """The word's letters without marks, accents and capitals."""
    plain = unicodedata.normalize("NFD", _split(text)[1].casefold())
    return "".join(character for character in plain if character.isalnum())
