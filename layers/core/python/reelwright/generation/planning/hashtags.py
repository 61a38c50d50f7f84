"""Hashtags: the creator's own first, then brand, places and topics that the brief names. Never padded."""

from __future__ import annotations

import re

from reelwright.generation.planning import patterns
from reelwright.generation.planning.facts import is_calendar_word
from reelwright.generation.planning.instructions import load_vocabulary
from reelwright.generation.planning.reading import Reading
from reelwright.generation.planning.things import is_thing
from reelwright.generation.planning.words import bare, capitalise, lower

MAX_HASHTAGS = 5
MIN_TAG_CHARACTERS = 3
MAX_TAG_CHARACTERS = 24
MAX_PLACES = 2
MAX_TOPICS = 2
MAX_BRANDS = 2
LEAST_NAMED = 2
MAX_PHRASE_WORDS = 4
_EMPTY_WORDS = frozenset(
    [
        "person",
        "people",
        "water",
        "time",
        "times",
        "course",
        "house",
        "home",
        "page",
        "thing",
        "things",
        "place",
        "year",
        "years",
        "way",
        "day",
        "life",
        "fête",
        "people",
        "persona",
        "gente",
        "cosa",
        "casa",
        "agua",
        "mensch",
        "menschen",
        "wasser",
        "haus",
        "personne",
        "gens",
        "eau",
        "maison",
        "chose",
        "acqua",
        "persone",
        "água",
        "pessoa",
        "coisa",
        "facebook",
        "insta",
        "instagram",
        "tiktok",
        "youtube",
        "whatsapp",
        "vid",
        "vids",
        "apto",
    ]
)
_SUBJECTS = frozenset(
    [
        "i",
        "we",
        "you",
        "they",
        "he",
        "she",
        "on",
        "nous",
        "vous",
        "je",
        "tu",
        "il",
        "elle",
        "ils",
        "elles",
        "wir",
        "ich",
        "ihr",
        "sie",
        "er",
        "noi",
        "io",
        "nós",
        "eu",
        "nosotros",
        "yo",
    ]
)
_TOP_DOMAIN = re.compile(r"\.(?:com|at|de|pt|it|fr|es|org|net|co|uk|eu|io)$")


def find_hashtags(reading: Reading) -> tuple[str, ...]:
    """Between none and five hashtags, each with its ``#``."""
    wished = list(reading.facts.get("tag", []))
    named = [*find_brands(reading), *reading.places[:MAX_PLACES], *_topics(reading)]
    if len(named) < LEAST_NAMED:
        named += _things(reading)
    intent_tag = reading.lexicon.texts.get("intent_tags", {}).get(reading.intent)
    candidates = [*wished, *("#" + camel_case(name) for name in named), *(["#" + intent_tag] if intent_tag else [])]
    tags: dict[str, str] = {}
    for tag in candidates:
        key = tag[1:].lower()
        if _is_tag(key) and (tag in wished or key not in reading.shared.banned_tags):
            tags.setdefault(key, tag)
    return tuple(list(tags.values())[:MAX_HASHTAGS])


def find_brands(reading: Reading) -> list[str]:
    """The web address that the brief names stands for the brand; else a named house ("Café Luna"); and what something is called."""
    text = f"{reading.prompt} {reading.script}"
    houses = [name for name in reading.names if any(word in reading.shared.houses for word in name.lower().split())]
    called = patterns.findall(rf"\b(?:{reading.shared.called})\s+[\"“«„]?((?:[A-ZÀ-Ý][\wÀ-ÿ'’-]*\s?){{2,4}})", text)
    return list(dict.fromkeys(name.strip() for name in [*_find_addresses(text), *houses[:1], *called[:1]]))[:MAX_BRANDS]


def _find_addresses(text: str) -> list[str]:
    return [match.group() for match in patterns.finditer(r"\b[\w-]{3,}\.(?:com|at|de|pt|it|fr|es|org|net|co|eu)\b", text)][:1]


def camel_case(text: str) -> str:
    """ "Café Luna" → "CaféLuna"."""
    return "".join(capitalise(bare(word)) for word in patterns.split(r"[\s\-'’&.]+", _TOP_DOMAIN.sub("", text)) if bare(word))


def _is_tag(key: str) -> bool:
    return MIN_TAG_CHARACTERS <= len(key) <= MAX_TAG_CHARACTERS and not key.isdigit() and patterns.fullmatch(r"\w+", key) is not None


def _topics(reading: Reading) -> list[str]:
    """What the reel is about: noun-like words of the prompt's head that are no names of people."""
    if reading.intent in {"quote", "sale"} or not reading.lexicon.is_ruled:
        return []
    words = reading.content.head.split()
    if reading.sentences and any(reading.lexicon.has(word, "auxiliaries", "self", "pronouns") for word in words[:2]) and len(words) > MAX_PHRASE_WORDS:
        return []
    runs = _noun_runs(reading.content.head, reading)
    if reading.intent == "list":
        runs = runs[-1:]
    named = " ".join([*reading.places, *reading.names]).lower()
    topics = [topic for topic in runs if _is_topic(topic, named, reading)]
    return topics[:MAX_TOPICS]


def _things(reading: Reading) -> list[str]:
    """The first everyday thing that the beginning of the script names: "tomatoes"."""
    words = [bare(word) for sentence in reading.sentences[:2] for word in sentence.split()]
    return [word for word in words if is_thing(word, reading.language) and lower(word) not in reading.shared.people | _EMPTY_WORDS][:1]


def _noun_runs(head: str, reading: Reading) -> list[str]:
    head = patterns.sub(r"[\"“”«»].*", "", head)
    head = patterns.sub(r"^how to \w+\s+", "", head, flags=re.IGNORECASE)
    runs: list[list[str]] = [[]]
    for word in patterns.findall(r"[\wÀ-ÿ'’-]+", patterns.sub(r"\b[ldLD]['’](?=\w)", "", head)):
        is_border = reading.lexicon.is_stop_word(word) or reading.lexicon.is_number(word) or patterns.search(r"['’]s$", word)
        if is_border:
            runs.append([])
        elif not reading.lexicon.has(word, "adjectives") and lower(word) not in {"same", "own", "other"} and not _follows_subject(word, head):
            runs[-1].append(word)
    return [_core_of(run, reading) for run in runs if _core_of(run, reading)]


def _follows_subject(word: str, head: str) -> bool:
    """ "on rouvre", "we reopen": the word behind a pronoun that begins the text is a verb."""
    words = head.split()
    at = next((place for place, one in enumerate(words) if bare(one) == word), 0)
    return at == 1 and lower(words[0]) in _SUBJECTS


def _core_of(run: list[str], reading: Reading) -> str:
    words = [word for word in run if not patterns.search(r"\d", word)]
    if reading.lexicon.language == "en":
        return " ".join(words[-2:])
    if reading.lexicon.language == "de":
        return next((word for word in words if word[:1].isupper()), "")
    return words[0] if words else ""


def _is_topic(topic: str, named: str, reading: Reading) -> bool:
    words = [lower(word) for word in topic.split()]
    last = words[-1]
    if last in _EMPTY_WORDS or words[0] in _EMPTY_WORDS:
        return False
    if any(word in named for word in words) or len(topic) < MIN_TAG_CHARACTERS or is_calendar_word(last):
        return False
    if reading.lexicon.is_ruled and any(word in load_vocabulary(reading.language).production for word in words):
        return False
    return last not in reading.shared.banned_tags and last not in reading.shared.people and not reading.lexicon.is_verb_like(last)
