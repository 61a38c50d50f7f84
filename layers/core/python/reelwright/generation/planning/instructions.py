"""What of a prompt tells how the reel shall be, and is no text for it."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from importlib import resources

from reelwright.generation.planning.intents import is_mood_word
from reelwright.generation.planning.lexicon import Lexicon, SharedLexicon
from reelwright.generation.planning.words import capitalise, lower

MAX_INSTRUCTION_WORDS = 10
MAX_STYLE_WORDS = 5
_EMOJI = re.compile(r"[\U0001F000-\U0001FAFF\u2600-\u27BF\uFE0F\u200D]+")


@dataclass(frozen=True)
class Vocabulary:
    """The words of one language that speak of a film and not of its subject."""

    production: frozenset[str]
    alone: frozenset[str]
    qualifiers: frozenset[str]
    live: frozenset[str]
    style: frozenset[str]
    wish: str
    show: str
    labels: str
    feel: str


@cache
def load_vocabulary(language: str) -> Vocabulary:
    """The vocabulary of one of the six ruled languages."""
    text = resources.files("reelwright.generation.planning").joinpath("lexicons", "instructions.json").read_text(encoding="utf-8")
    row = json.loads(text)[language]
    words = {name: frozenset(row[name].split()) for name in ("production", "alone", "qualifiers", "live", "style")}
    return Vocabulary(**words, wish=row["wish"], show=row["show"], labels=row["labels"], feel=row["feel"])


def is_instruction(piece: str, lexicon: Lexicon, shared: SharedLexicon) -> bool:
    """Whether a piece tells us how the reel shall be."""
    text = _EMOJI.sub("", piece).strip(" .!…")
    if _speaks_of_live_music(text, lexicon):
        return False
    if any(re.search(lexicon.texts[name], text, re.IGNORECASE) for name in ("music_pattern", "style_pattern", "photo_pattern")):
        return True
    if re.search(load_vocabulary(lexicon.language).feel, text, re.IGNORECASE) or _is_length(text, lexicon):
        return True
    return _is_of_film_words(text, lexicon, shared)


def is_style_word(word: str, lexicon: Lexicon, shared: SharedLexicon) -> bool:
    """Whether a word names how the reel feels: a mood, or one of the language's style words."""
    return is_mood_word(lower(word), shared) or lower(word) in load_vocabulary(lexicon.language).style


def strip_lead(text: str, lexicon: Lexicon) -> str:
    """ "Mention that lunch is 11 €" → "Lunch is 11 €"; "Topic: my morning" → "My morning"."""
    vocabulary = load_vocabulary(lexicon.language)
    bare_text = re.sub(rf"^(?:{vocabulary.labels})\s*:\s+", "", text, flags=re.IGNORECASE)
    shorter = re.sub(rf"^(?:{vocabulary.show})\s+(?=\w+\s)", "", bare_text, flags=re.IGNORECASE)
    return capitalise(shorter) if shorter != text else text


def split_wishes(sentence: str, lexicon: Lexicon, shared: SharedLexicon) -> tuple[str, list[str]]:
    """A sentence without the wishes that are joined to it by "and" or a comma, and those wishes.

    "We just opened a bar in Utrecht and I'd love a reel that makes people hungry" keeps its first half.
    """
    vocabulary = load_vocabulary(lexicon.language)
    joined = rf"(?:,\s*|\s+)(?:{lexicon.texts['and_word']}|but|so|aber|mais|mas|pero|ma)\s+(?={vocabulary.wish}\b)|,\s+(?={vocabulary.wish}\b)"
    pieces = re.split(joined.replace(f"(?={vocabulary.wish}", f"(?=(?:{vocabulary.wish})"), sentence, flags=re.IGNORECASE)
    told = [piece for piece in pieces[1:] if _is_wish(piece, lexicon, shared)]
    kept = [pieces[0], *(piece for piece in pieces[1:] if piece not in told)]
    return (", ".join(kept), told) if told else (sentence, [])


def is_wish(sentence: str, lexicon: Lexicon, shared: SharedLexicon) -> bool:
    """Whether a whole sentence starts as a wish and speaks of the film: "I want people to feel how quiet it is"."""
    wish = load_vocabulary(lexicon.language).wish
    return bool(re.match(rf"(?:{wish})\b", sentence, re.IGNORECASE)) and _is_wish(sentence, lexicon, shared)


def _is_wish(text: str, lexicon: Lexicon, shared: SharedLexicon) -> bool:
    vocabulary = load_vocabulary(lexicon.language)
    has_noun = re.search(rf"\b(?:{lexicon.texts['request']['nouns']})\b", text, re.IGNORECASE) and re.search(vocabulary.feel, text, re.IGNORECASE)
    return bool(has_noun) or is_instruction(text, lexicon, shared)


def _is_of_film_words(text: str, lexicon: Lexicon, shared: SharedLexicon) -> bool:
    vocabulary = load_vocabulary(lexicon.language)
    words = [lower(word) for word in re.split(r"[\s/&+]+", text) if lower(word)]
    content = [word for word in words if word not in shared.fillers and not (lexicon.is_stop_word(word) and word not in vocabulary.qualifiers)]
    if not content or len(words) > MAX_INSTRUCTION_WORDS:
        return bool(words) and len(words) <= 2 and all(word in shared.fillers for word in words)
    styles = [word for word in content if is_style_word(word, lexicon, shared)]
    films = [word for word in content if word in vocabulary.production]
    rest = [word for word in content if word not in styles and word not in films and word not in vocabulary.qualifiers and not re.fullmatch(r"\d+s?", word)]
    if rest:
        return False
    if len(words) == 1:
        return bool(styles) or words[0] in vocabulary.alone
    return bool(films) or (bool(styles) and len(words) <= MAX_STYLE_WORDS) or _is_refused(words, content, vocabulary)


def _is_refused(words: list[str], content: list[str], vocabulary: Vocabulary) -> bool:
    """ "Nothing hectic", "not too fast": a negation and only qualifiers."""
    negations = {
        "no",
        "not",
        "nothing",
        "none",
        "nada",
        "sin",
        "ohne",
        "nichts",
        "nicht",
        "kein",
        "keine",
        "pas",
        "rien",
        "sans",
        "não",
        "sem",
        "non",
        "niente",
        "senza",
    }
    return words[0] in negations and len(content) >= 2 and all(word in vocabulary.qualifiers for word in content)


def _speaks_of_live_music(text: str, lexicon: Lexicon) -> bool:
    live = load_vocabulary(lexicon.language).live
    return any(lower(word) in live for word in text.split())


def _is_length(text: str, lexicon: Lexicon) -> bool:
    seconds = "|".join(sorted(lexicon.words["seconds"], key=len, reverse=True))
    return bool(re.fullmatch(rf"(?:about |around |max\.? |ca\.? |etwa |unos |maybe |circa |environ )?\d+[ -]?(?:{seconds})\b\.?", text, re.IGNORECASE))
