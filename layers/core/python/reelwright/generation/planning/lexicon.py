"""What the rules know of a language: its closed-class words, its patterns and the few fixed lines of the product."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Literal

from reelwright.generation.planning import patterns
from reelwright.generation.planning.words import lower
from reelwright.reels.reel import LookName

RULED_LANGUAGES = ("en", "es", "de", "fr", "pt", "it")
_NOT_ORDINAL = r"(?!thing|time|day|of|customer|year|día|vez|mal|fois|giorno|volta)"
_STARTS_WITH_DIGIT = re.compile(r"^[$€£¥₹]?\d")

Kind = Literal[
    "prepositions", "conjunctions", "subordinators", "relatives", "determiners", "pronouns", "auxiliaries", "adverbs",
    "hot", "numbers", "self", "backward", "possessives", "objects", "anaphora", "adjectives", "because", "that",
    "days", "months", "place_prepositions", "seconds", "contrast", "claims",
]  # fmt: skip
_STANDING_PRONOUNS = frozenset(
    ["me", "him", "us", "them", "myself", "there", "here", "you", "mí", "mich", "uns", "euch", "moi", "toi", "nous", "vous", "lui", "loro", "noi"]
)


@dataclass(frozen=True)
class Lexicon:
    """One language. ``is_ruled`` is false where there are no rules for titles: only whole sentences serve then."""

    language: str
    words: dict[str, frozenset[str]]
    texts: dict[str, Any]
    is_ruled: bool = True

    def has(self, word: str, *kinds: Kind) -> bool:
        """Whether the word belongs to one of the classes."""
        bare_word = lower(word)
        return any(bare_word in self.words.get(kind, frozenset()) for kind in kinds)

    def is_weak(self, word: str) -> bool:
        """Whether a title must not end with the word."""
        if self.has(word, "prepositions", "conjunctions", "determiners", "auxiliaries", "subordinators", "relatives", "adverbs"):
            return True
        return self.has(word, "pronouns") and lower(word) not in _STANDING_PRONOUNS

    def is_content(self, word: str) -> bool:
        """Whether the word carries meaning of its own."""
        return not self.is_weak(word) and not self.has(word, "pronouns")

    def is_stop_word(self, word: str) -> bool:
        """Whether the word is left out when topics are counted."""
        return self.is_weak(word) or self.has(word, "pronouns", "subordinators", "relatives")

    def is_number(self, word: str) -> bool:
        """Whether the word is a number in digits or letters."""
        bare_word = lower(word)
        return bool(_STARTS_WITH_DIGIT.match(bare_word)) or self.has(word, "numbers") or (self.language == "en" and bare_word == "one")

    def is_verb_like(self, word: str) -> bool:
        """Whether the word looks like a verb form by its ending."""
        return self._matches("verb_pattern", lower(word))

    def is_plural_like(self, word: str) -> bool:
        """Whether the word looks like a plural noun by its ending."""
        return self._matches("plural_pattern", word)

    def calls_to_act(self, text: str) -> re.Match[str] | None:
        """Where the text asks the viewer to do something; "if you come by, …" does not."""
        pattern = self.texts.get("call_pattern")
        if not pattern:
            return None
        clause, pause, _ = text.partition(",")
        condition = clause if pause and self.has(clause.split(" ", maxsplit=1)[0], "subordinators") else ""
        return next((found for found in patterns.finditer(pattern, text, re.IGNORECASE) if found.start() >= len(condition)), None)

    def phrases(self, name: str) -> list[str]:
        """The phrases of a list such as ``openings``, longest first."""
        return sorted(filter(None, self.texts.get(name, "").split("|")), key=len, reverse=True)

    def starts_step(self, sentence: str) -> re.Match[str] | None:
        """The words that make the sentence one of several steps: "First, ", "Two: ", "Number one, ", "Rule 1: "; None where there are none."""
        if not self.is_ruled:
            return None
        counting = self.texts.get("counting", "one")
        numbered = rf"{self.one_of('step_words')} (?:(?:{self.texts['step_numbers']})\s?[,:.–—-]|(?:n[.º°] ?)?\d{{1,2}}\s?[,:.)–—-]?)\s+"
        pattern = rf"^(?:{numbered}|{self.one_of('ordinals')}[,:]?\s+{_NOT_ORDINAL}|(?:{counting})\s?[,:]\s+)"
        return patterns.match(pattern, sentence, re.IGNORECASE)

    def one_of(self, name: str) -> str:
        """A pattern that matches any phrase of a list. A phrase may hold ``\\d`` and classes."""
        return "(?:" + "|".join(phrase if "\\" in phrase else re.escape(phrase) for phrase in self.phrases(name)) + ")"

    def _matches(self, name: str, word: str) -> bool:
        pattern = self.texts.get(name)
        return bool(pattern and patterns.search(pattern, word))


@cache
def load_lexicon(language: str) -> Lexicon:
    """The lexicon of a language; one without rules where there is none."""
    short = language[:2].lower()
    if short not in RULED_LANGUAGES:
        return Lexicon(short, {}, {"words_per_second": 2.6}, is_ruled=False)
    texts = _read(f"{short}.json")
    sets = {name: frozenset(value.split()) for name, value in texts.items() if isinstance(value, str)}
    return Lexicon(short, sets, texts)


@dataclass(frozen=True)
class SharedLexicon:
    """What holds in every language: moods, intents, greetings, words that are no hashtags."""

    moods: dict[str, tuple[str, ...]]
    intents: dict[str, tuple[tuple[str, float], ...]]
    greeting: str
    people: frozenset[str]
    families: frozenset[str]
    fillers: frozenset[str]
    banned_tags: frozenset[str]
    templates: dict[str, tuple[str, float]]
    mood_templates: dict[str, tuple[str, float]]
    music: dict[str, str]
    neighbours: dict[str, tuple[str, ...]]
    look_wishes: dict[LookName, str]
    intent_names: dict[str, str]
    houses: frozenset[str]
    called: str

    def greets(self, sentence: str) -> bool:
        """Whether the sentence is a greeting or an announcement that carries nothing."""
        return bool(patterns.search(self.greeting, sentence, re.IGNORECASE))


@cache
def load_shared_lexicon() -> SharedLexicon:
    """The lexicon that all languages share."""
    texts = _read("common.json")
    return SharedLexicon(
        moods={mood: tuple(stems.split()) for mood, stems in texts["moods"].items()},
        intents={intent: tuple((pattern, float(weight)) for pattern, weight in rows) for intent, rows in texts["intents"].items()},
        greeting=texts["greeting"],
        people=frozenset(texts["people"].split()),
        families=frozenset(texts["families"].split()),
        fillers=frozenset(texts["fillers"].split()),
        banned_tags=frozenset(texts["banned_tags"].split()),
        templates={key: (str(name), float(bpm)) for key, (name, bpm) in texts["templates"].items()},
        mood_templates={key: (str(name), float(bpm)) for key, (name, bpm) in texts["moods_override"].items()},
        music=texts["music"],
        neighbours={intent: tuple(names) for intent, names in texts["neighbours"].items()},
        look_wishes=texts["look_wishes"],
        intent_names=texts["intent_names"],
        houses=frozenset(texts["houses"].split()),
        called=texts["called"],
    )


def _read(name: str) -> dict[str, Any]:
    text = resources.files("reelwright.generation.planning").joinpath("lexicons", name).read_text(encoding="utf-8")
    return dict(json.loads(text))
