"""The text gate: nothing on screen, in the voice or in a post that the creator did not give."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from reelwright.generation.planning import patterns
from reelwright.generation.planning.facts import find_names, find_numbers
from reelwright.generation.planning.languages import find_language
from reelwright.generation.planning.lexicon import RULED_LANGUAGES, Lexicon
from reelwright.generation.planning.said_numbers import says_number
from reelwright.generation.planning.words import bare, drop_ending, lower

MIN_TITLE_WORDS, MAX_TITLE_WORDS = 2, 8
MAX_CHARACTERS_PER_SECOND = 22.0
LEAST_JUDGED_WORDS, SHOWN_CHARACTERS = 8, 60
_LIST_NUMERAL = re.compile(r"^\d\. ")
_MAY_END = frozenset(
    [
        "up",
        "down",
        "off",
        "over",
        "inside",
        "outside",
        "behind",
        "near",
        "before",
        "after",
        "past",
        "along",
        "durante",
        "todo",
        "todos",
        "alles",
        "tout",
        "tudo",
        "tutto",
        "all",
        "alle",
        "each",
        "both",
        "some",
        "any",
    ]
)
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
    given = {lower(word) for word in patterns.findall(r"[\w'’]+", source)}
    known = given | {lower(word) for word in patterns.findall(r"[\w'’]+", " ".join(own))}
    numbers = set(find_numbers(source))
    faults: list[TextFault] = []
    for text in texts:
        if text in own:
            continue
        faults += _check_numbers(text, numbers) + _check_names(text, known) + _check_form(text, lexicon, source.lower()) + _check_claims(text, given, lexicon)
        faults += [TextFault("The name is not spelt as given", name, text) for name in glossary if name.lower() in text.lower() and name not in text]
    return faults


def check_title(text: str, seconds: float, sentences: Sequence[str], lexicon: Lexicon) -> list[TextFault]:
    """A title has two to eight words, can be read in its seconds, and points back to nothing, unless it is a whole sentence of the creator's."""
    words = text.split()
    is_whole = any(drop_ending(text).lower() == drop_ending(sentence).lower() for sentence in sentences)
    faults = []
    if not is_whole and not MIN_TITLE_WORDS <= len(words) <= MAX_TITLE_WORDS and not _LIST_NUMERAL.match(text):
        faults.append(TextFault("A title has two to eight words", words[0] if words else "", text))
    if len(text) > MAX_CHARACTERS_PER_SECOND * seconds:
        faults.append(TextFault("There is no time to read it", words[-1], text))
    if words and not is_whole and lexicon.has(words[0], "backward"):
        faults.append(TextFault("The title points back to something", words[0], text))
    return faults


def check_language(texts: Sequence[str], language: str) -> list[TextFault]:
    """Whether the texts together are in the language they should be in. Short texts and languages without rules are not judged."""
    joined = " ".join(texts)
    if language[:2] not in RULED_LANGUAGES or len(joined.split()) < LEAST_JUDGED_WORDS:
        return []
    found = find_language(joined)
    return [] if found == language[:2] else [TextFault(f"The text is not in the language of the reel, {language}", found, joined[:SHOWN_CHARACTERS])]


def find_lost_facts(shown: Iterable[str], content: str, lexicon: Lexicon) -> list[str]:
    """Numbers and names of the content that stand in none of the shown texts; a number may be said in words."""
    everything = " ".join(shown)
    numbers = [number for number in find_numbers(content) if not says_number(everything, number, lexicon.language)]
    names = [name for name in find_names(content, lexicon) if name.lower() not in everything.lower()]
    return list(dict.fromkeys([*numbers, *names]))


def _check_numbers(text: str, numbers: set[str]) -> list[TextFault]:
    body = _LIST_NUMERAL.sub("", text)
    return [TextFault("The number is not in your text", number, text) for number in find_numbers(body) if number not in numbers]


def _check_claims(text: str, given: set[str], lexicon: Lexicon) -> list[TextFault]:
    """Best, only, first, free and numbers in letters stand only where the creator says so."""
    words = [lower(word) for word in text.split()]
    claims = [TextFault("You did not say so", word, text) for word in words if lexicon.has(word, "claims") and word not in given]
    return claims + [TextFault("The number is not in your text", word, text) for word in words if lexicon.has(word, "numbers") and word not in given]


def _check_names(text: str, known: set[str]) -> list[TextFault]:
    faults = []
    for before, word in pairwise(_LIST_NUMERAL.sub("", text).split()):
        name = bare(word)
        begins = before.endswith((".", "!", "?", ":", "…", "·", "|", "—"))
        parts = {lower(part) for part in patterns.findall(r"[\w'’]+", name)}
        if name[:1].isupper() and not begins and not word.startswith(("#", "@")) and not parts <= known:
            faults.append(TextFault("The name is not in your text", name, text))
    return faults


def _check_form(text: str, lexicon: Lexicon, source: str = "") -> list[TextFault]:
    words = [lower(word) for word in _LIST_NUMERAL.sub("", text).split()]
    faults = [
        TextFault("A word stands twice", before, text) for before, after in pairwise(words) if before and before == after and not _is_doubled(before, source)
    ]
    dangles = bool(words) and lexicon.has(words[-1], "determiners", "conjunctions", "prepositions") and words[-1] not in _MAY_END
    is_given = bool(patterns.search(rf"{re.escape(_LIST_NUMERAL.sub('', text).lower())}\s*[.,;:!?)]", source))
    if dangles and not is_given and not _ends_with_particle(words, lexicon) and not patterns.search(r"[.?!…]$", text):
        faults.append(TextFault("The text ends in the middle", words[-1], text))
    return faults


def _is_doubled(word: str, source: str) -> bool:
    """Whether the creator wrote the word twice in a row, perhaps over a comma."""
    return bool(patterns.search(rf"(?<!\w){re.escape(word)}\W+{re.escape(word)}(?!\w)", source))


def _ends_with_particle(words: Sequence[str], lexicon: Lexicon) -> bool:
    """ "Morning light comes in", "turn it on", "come on in": the last word belongs to the verb."""
    if lexicon.language != "en" or len(words) < 2 or words[-1] not in _PARTICLES:
        return False
    before = words[-2]
    if before in _OBJECTS or before in _PARTICLES or lexicon.is_verb_like(before):
        return True
    is_named = len(words) > 2 and (lexicon.has(words[-3], "determiners", "possessives") or lexicon.is_number(words[-3]))
    return bool(_VERB_ENDING.search(before)) and not is_named and not lexicon.has(before, "determiners", "conjunctions", "prepositions")
