"""The text gate: nothing on screen, in the voice or in a post that the creator did not give."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from reelwright.generation.planning.facts import find_names, find_numbers
from reelwright.generation.planning.lexicon import Lexicon
from reelwright.generation.planning.words import bare, lower

_LIST_NUMERAL = re.compile(r"^\d\. ")
_MAY_END = frozenset(["up", "down", "off", "over", "inside", "outside", "behind", "near", "before", "after", "past", "along", "durante"])
_PARTICLES = frozenset(["in", "up", "out", "on", "off", "over", "down", "away", "back"])
_OBJECTS = frozenset(["it", "them", "us", "me", "you", "him", "her"])
_VERB_ENDING = re.compile(r"(?:[^s]s|ed|ing)$")


@dataclass(frozen=True)
class TextFault:
    """One fault: the rule, the word, the text it stands in."""

    rule: str
    word: str
    text: str

    @property
    def sentence(self) -> str:
        """The fault in words."""
        return f"{self.rule}: “{self.word}” in “{self.text}”."


def check_texts(texts: Iterable[str], source: str, lexicon: Lexicon, *, fixed_lines: Iterable[str] = (), glossary: Sequence[str] = ()) -> list[TextFault]:
    """Holds each text against the creator's words. ``fixed_lines`` are the product's own and pass as they are."""
    own = set(fixed_lines)
    known = {lower(word) for word in re.findall(r"[\w'’]+", " ".join([source, *own]))}
    numbers = set(find_numbers(source))
    faults: list[TextFault] = []
    for text in texts:
        if text in own:
            continue
        faults += _check_numbers(text, numbers) + _check_names(text, known) + _check_form(text, lexicon)
        faults += [TextFault("The name is not spelt as given", name, text) for name in glossary if name.lower() in text.lower() and name not in text]
    return faults


def find_lost_facts(shown: Iterable[str], content: str, lexicon: Lexicon) -> list[str]:
    """Numbers and names of the content that stand in none of the shown texts."""
    everything = " ".join(shown)
    numbers = [number for number in find_numbers(content) if number not in everything]
    names = [name for name in find_names(content, lexicon) if name.lower() not in everything.lower()]
    return list(dict.fromkeys([*numbers, *names]))


def _check_numbers(text: str, numbers: set[str]) -> list[TextFault]:
    body = _LIST_NUMERAL.sub("", text)
    return [TextFault("The number is not in your text", number, text) for number in find_numbers(body) if number not in numbers]


def _check_names(text: str, known: set[str]) -> list[TextFault]:
    faults = []
    for before, word in pairwise(_LIST_NUMERAL.sub("", text).split()):
        name = bare(word)
        begins = before.endswith((".", "!", "?", ":", "…", "·", "|", "—"))
        parts = {lower(part) for part in re.findall(r"[\w'’]+", name)}
        if name[:1].isupper() and not begins and not word.startswith(("#", "@")) and not parts <= known:
            faults.append(TextFault("The name is not in your text", name, text))
    return faults


def _check_form(text: str, lexicon: Lexicon) -> list[TextFault]:
    words = [lower(word) for word in text.split()]
    faults = [TextFault("A word stands twice", before, text) for before, after in pairwise(words) if before and before == after]
    dangles = bool(words) and lexicon.has(words[-1], "determiners", "conjunctions", "prepositions") and words[-1] not in _MAY_END
    if dangles and not _ends_with_particle(words, lexicon) and not re.search(r"[.?!…]$", text):
        faults.append(TextFault("The text ends in the middle", words[-1], text))
    return faults


def _ends_with_particle(words: Sequence[str], lexicon: Lexicon) -> bool:
    """ "Morning light comes in", "turn it on", "come on in": the last word belongs to the verb."""
    if lexicon.language != "en" or len(words) < 2 or words[-1] not in _PARTICLES:
        return False
    before = words[-2]
    if before in _OBJECTS or before in _PARTICLES or lexicon.is_verb_like(before):
        return True
    is_named = len(words) > 2 and (lexicon.has(words[-3], "determiners", "possessives") or lexicon.is_number(words[-3]))
    return bool(_VERB_ENDING.search(before)) and not is_named and not lexicon.has(before, "determiners", "conjunctions", "prepositions")
