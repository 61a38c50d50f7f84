"""Words that platforms are strict about: claims, money, gambling, alcohol, weapons, strong language. They are told, never changed."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from importlib import resources

from reelwright.generation.planning import patterns
from reelwright.generation.planning.lexicon import RULED_LANGUAGES

MAX_NAMED_WORDS = 3
HIDING_KINDS = frozenset(("health", "money", "swearing"))
"""A title, cover or post takes another sentence than one with these, where there is one."""


@dataclass(frozen=True)
class WordWarning:
    """The kind, the words as they stand, and what to do."""

    kind: str
    words: tuple[str, ...]
    sentence: str


def find_warnings(text: str, language: str) -> list[WordWarning]:
    """One warning for each kind that the text holds, in a fixed order. None in a language without a list."""
    advice, words = _load_lists()
    found = []
    for kind, pattern in words.get(language[:2], {}).items():
        held = list(dict.fromkeys(match.group().lower() for match in patterns.finditer(rf"(?<![\w@#.])(?:{pattern})(?!\w)", text, re.IGNORECASE)))
        if held:
            named = held[:MAX_NAMED_WORDS]
            found.append(WordWarning(kind, tuple(held), advice[kind].format(words="”, “".join(named))))
    return found


def is_risky(text: str, language: str) -> bool:
    """Whether the text holds strong language or a promise, so that another sentence is the better title or post."""
    return any(warning.kind in HIDING_KINDS for warning in find_warnings(text, language))


@cache
def _load_lists() -> tuple[dict[str, str], dict[str, dict[str, str]]]:
    text = resources.files("reelwright.generation.planning").joinpath("lexicons", "warnings.json").read_text(encoding="utf-8")
    row = json.loads(text)
    return row["kinds"], {language: row["words"][language] for language in RULED_LANGUAGES}
