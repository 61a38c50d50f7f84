"""Which language a text is in."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from py3langid import langid

from reelwright.generation.planning import patterns
from reelwright.generation.planning.lexicon import RULED_LANGUAGES, Lexicon, load_lexicon

DEFAULT_LANGUAGE = "en"
RIGHT_TO_LEFT_LANGUAGES = frozenset({"ar", "he", "fa", "ur"})
_SCRIPTS = (("ja", r"[ぁ-ヿ]"), ("hi", r"[ऀ-ॿ]"), ("he", r"[֐-׿]"), ("ar", r"[؀-ۿ]"), ("ko", r"[가-힣]"), ("zh", r"[一-鿿]"))


def find_language(text: str) -> str:
    """The language code. Scripts speak for themselves; Latin text is one of the six languages that have rules."""
    letters = [character for character in text if character.isalpha()]
    for language, pattern in _SCRIPTS:
        if len(patterns.findall(pattern, text)) > len(letters) * 0.3:
            return language
    words = patterns.findall(r"\w+", text.lower())
    if not words:
        return DEFAULT_LANGUAGE
    probabilities = _rank(text)
    lexicons = {language: load_lexicon(language) for language in RULED_LANGUAGES}
    return max(RULED_LANGUAGES, key=lambda language: probabilities.get(language, 0.0) + _closed_class_share(words, lexicons[language]))


def choose_language(wanted: str | None, text: str) -> str:
    """The language that was asked for, else the one found in the text."""
    return wanted[:2].lower() if wanted else find_language(text)


def is_right_to_left(language: str) -> bool:
    """Whether the language is written from right to left."""
    return language[:2] in RIGHT_TO_LEFT_LANGUAGES


def _closed_class_share(words: list[str], lexicon: Lexicon) -> float:
    return sum(lexicon.has(word, "determiners", "prepositions", "auxiliaries") for word in words) / len(words)


def _rank(text: str) -> dict[str, float]:
    return {language: float(probability) for language, probability in _identifier().rank(text)}


@cache
def _identifier() -> Any:
    """The language model, read once: it takes a third of a second."""
    model = next(Path(langid.__file__).parent.rglob("model.npz.xz"))
    identifier = langid.LanguageIdentifier.from_modelpath(model, norm_probs=True)
    identifier.set_languages(list(RULED_LANGUAGES))
    return identifier
