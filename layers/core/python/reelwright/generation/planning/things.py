"""The English names of everyday things in the other five languages: what is seen in pictures is named in English."""

from __future__ import annotations

import json
from functools import cache, lru_cache
from importlib import resources

from reelwright.generation.planning.words import MAX_REMEMBERED_WORDS, lower

MIN_STEM_LETTERS = 4
MAX_ENDING_LETTERS = 2


@lru_cache(MAX_REMEMBERED_WORDS)
def name_in_english(word: str, language: str) -> str | None:
    """The English word for a thing, also from its plural; None where it is not known or the text is English."""
    names = _names_for(word, language)
    wanted = lower(word)
    if wanted in names:
        return names[wanted]
    for cut in range(1, MAX_ENDING_LETTERS + 1):
        stem = wanted[:-cut]
        if len(stem) >= MIN_STEM_LETTERS and stem in names:
            return names[stem]
    return next((names[known] for known in names if len(known) >= MIN_STEM_LETTERS and known[:-1] == wanted[:-1] and len(known) == len(wanted)), None)


def is_thing(word: str, language: str) -> bool:
    """Whether the word names an everyday thing, in the singular or plural."""
    if language[:2] == "en":
        known = {english for rows in _load_names().values() for english in rows.values()}
        wanted = lower(word)
        return bool({wanted, wanted.removesuffix("s"), wanted.removesuffix("es")} & known)
    return name_in_english(word, language) is not None


def put_in_english(text: str, language: str) -> str:
    """The things that a text names, in English, for comparing it with what pictures show; the text itself where none is known."""
    if language[:2] == "en" and text.isascii():
        return text
    found = [name for word in text.split() if (name := name_in_english(word, language))]
    plain = f"{text} " if language[:2] == "en" else ""
    return (plain + " ".join(dict.fromkeys(found))).strip() or text


def _names_for(word: str, language: str) -> dict[str, str]:
    """The names of the language; in an English text a word with letters that English does not have may be from any ("pastéis")."""
    if language[:2] != "en":
        return _load_names().get(language[:2], {})
    return {} if word.isascii() else {known: english for rows in _load_names().values() for known, english in rows.items()}


@cache
def _load_names() -> dict[str, dict[str, str]]:
    text = resources.files("reelwright.generation.planning").joinpath("lexicons", "things.json").read_text(encoding="utf-8")
    return {language: {word: english for english, words in rows.items() for word in words.split()} for language, rows in json.loads(text).items()}
