"""Hashtags: the creator's own first, then brand, title, places and topics that the brief names. Better none than an empty one."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from importlib import resources

from reelwright.generation.planning import patterns
from reelwright.generation.planning.facts import find_numbers, is_calendar_word
from reelwright.generation.planning.instructions import load_vocabulary
from reelwright.generation.planning.offers import find_addressed, is_contact
from reelwright.generation.planning.post_words import load_post_words
from reelwright.generation.planning.reading import Reading
from reelwright.generation.planning.sentences import split_sentences
from reelwright.generation.planning.things import is_thing
from reelwright.generation.planning.words import bare, capitalise, lower

MAX_HASHTAGS = 5
MIN_TAG_CHARACTERS = 3
MAX_TAG_CHARACTERS = 24
MAX_PLACES, MAX_PLACE_WORDS = 2, 2
MAX_TOPICS = 2
FIRST_WORDS = 3
MAX_BRANDS = 2
MAX_PHRASE_WORDS = 4
MAX_COMPOUND_WORDS = 2
REPEATED, STEM_LETTERS = 2, 5
_SUBJECTS = frozenset(
    [
        "i",
        "me",
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
        "my-self",
    ]
)
_PLURAL_SUBJECTS = frozenset(("we", "wir", "nous", "on", "noi", "nós", "nosotros"))
_LINKS = frozenset(["de", "des", "du", "del", "della", "delle", "dei", "do", "da", "dos", "das", "di"])
_AFTER_TIME = frozenset(
    ["after", "before", "since", "until", "après", "avant", "nach", "vor", "seit", "después", "antes", "desde", "hasta", "dopo", "prima", "depois", "até"]
)
_TOP_DOMAIN = re.compile(r"\.(?:com|at|de|pt|it|fr|es|org|net|co|uk|eu|io)$")
_TRAVEL_TO = (
    r"\b(?:trip|journey|holiday|weekend|days|week|viaje|viajes|días|escapada|reise|urlaub|sommer|tage|woche|voyage|séjour|jours|vacances|viaggio|vacanze|giorni|viagem|férias|dias)"
    r"\s+(?:to|in|a|al|en|por|nach|auf|à|au|aux|para|em|no|na)\s+(?:the |la |el |der |die |den )?([^\W\d_]{4,})"
)
_TAGGED_INTENTS = frozenset(("travel", "recipe", "dayinlife", "beforeafter"))


@dataclass(frozen=True)
class TagWords:
    """Words that make a tag on their own, words that never do, and what has a title: "novel", "Ausstellung"."""

    crafts: frozenset[str]
    empty: frozenset[str]
    works: str


@cache
def load_tag_words(language: str) -> TagWords:
    """The words for one of the six ruled languages."""
    text = resources.files("reelwright.generation.planning").joinpath("lexicons", "tags.json").read_text(encoding="utf-8")
    row = json.loads(text)
    return TagWords(frozenset(row["crafts"].get(language, "").split()), frozenset(row["empty"].split()), row["works"])


def find_hashtags(reading: Reading) -> tuple[str, ...]:
    """Between none and five hashtags, each with its ``#``."""
    wished = list(reading.facts.get("tag", []))
    named = [*find_brands(reading), *_find_works(reading), *_find_tagged_places(reading), *_topics(reading)]
    if not named:
        named = _things(reading)
    intent_tag = _intent_tag(reading)
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
    houses = [name for name in reading.names if any(word in reading.shared.houses for word in name.lower().split()) and len(name.split()) > 1]
    called = patterns.findall(rf"\b(?:{reading.shared.called})\s+[\"“«„]?((?:[A-ZÀ-Ý][\wÀ-ÿ'’-]*\s?){{2,4}})", text)
    handle = patterns.sub(r"[\W_]", "", reading.handle.lower())
    owners = [name for name in reading.names if len(name.split()) > 1 and handle.endswith(patterns.sub(r"\W", "", name.lower()))]
    return list(dict.fromkeys(name.strip() for name in [*_find_addresses(text), *(owners[:1] or houses[:1]), *called[:1]]))[:MAX_BRANDS]


def camel_case(text: str) -> str:
    """ "Café Luna" → "CaféLuna"; capitals are kept where a word is short, and softened where a whole title is loud."""
    words = [bare(word) for word in patterns.split(r"[\s\-'’&.]+", _TOP_DOMAIN.sub("", text)) if bare(word)]
    is_loud = len(words) > 1 and all(word.isupper() for word in words)
    return "".join(capitalise(word.lower() if is_loud else word) for word in words)


def _find_addresses(text: str) -> list[str]:
    """The web address without mail addresses: they name the provider."""
    return [match.group() for match in patterns.finditer(r"(?<![@\w.])[\w-]{3,}\.(?:com|at|de|pt|it|fr|es|org|net|co|eu)\b(?!@)", text)][:1]


def _find_works(reading: Reading) -> list[str]:
    """The title of what the brief is about: "my novel, THE TIDE CLERK", "Sonderausstellung „Salz. Macht. Stadt.“"."""
    works = load_tag_words(reading.language).works
    quoted = r"(?:[\"“«„]\s?([^\"”»“]{3,30}?)\s?[\"”»“]|['‘]([^'’]{3,30})['’])"
    named = rf"\b(?i:{works})\b[,:]?\s+(?:{quoted}|((?:[A-ZÀ-Ý]{{2,}}\s?){{2,4}})\b)|{quoted}\s+(?:by|von|de|di|par|por)\s+[A-ZÀ-Ý]"
    found = [next(group for group in match.groups() if group).strip() for match in patterns.finditer(named, reading.prompt)]
    return [title for title in found if not any(is_calendar_word(word) or lower(word) in {"out", "now"} for word in title.split())][:1]


def _find_tagged_places(reading: Reading) -> list[str]:
    """Places of the prompt, else the first of the script; none that somebody left, and no street."""
    content = reading.content
    copy = " ".join([content.head, *content.items, content.call, content.title, find_addressed(reading, "")]).lower()
    copy = patterns.sub(r"\((?:\S+\s+){3,}[^()]*\)", " ", copy)
    prompted = [place for place in reading.places if place.lower() in copy]
    towards = patterns.findall(_TRAVEL_TO, reading.prompt, re.IGNORECASE) if reading.intent == "travel" else []
    named = prompted or [place for place in towards if not is_calendar_word(place)] or [place for place in reading.places[:1] if place in reading.script]
    empty = load_tag_words(reading.language).empty
    named = [patterns.sub(r"^.*\(([^)\d]+)\)?.*$", r"\1", patterns.sub(r"\s*\([^)]*\d[^)]*\)?", "", place)) for place in named]
    short = [place for place in named if len(place.split()) <= MAX_PLACE_WORDS or lower(place.split()[0]) in {"the", "la", "el", "le", "il"}]
    return [place for place in short if not _is_left(place, reading) and not any(word.lower() in empty for word in place.split())][:MAX_PLACES]


def _is_left(place: str, reading: Reading) -> bool:
    if not reading.lexicon.is_ruled:
        return False
    leaving = load_post_words(reading.language).leaving
    sentences = [sentence for sentence in split_sentences(f"{reading.prompt}. {reading.script}") if place in sentence]
    return bool(sentences) and all(patterns.search(rf"(?<!\w)(?:{leaving})(?!\w)", sentence, re.IGNORECASE) for sentence in sentences)


def _intent_tag(reading: Reading) -> str:
    """The tag of a kind of reel, where the brief is clearly of that kind: steps for instructions, no family day."""
    is_howto = reading.intent == "howto" and (sum(bool(reading.lexicon.starts_step(one)) for one in reading.sentences) > 1 or _says_how(reading))
    if reading.intent not in _TAGGED_INTENTS and not is_howto:
        return ""
    if reading.intent == "recipe" and not patterns.search(reading.shared.intents["recipe"][0][0], reading.prompt, re.IGNORECASE):
        return ""
    return str(reading.lexicon.texts.get("intent_tags", {}).get(reading.intent, ""))


def _says_how(reading: Reading) -> bool:
    text = f"{reading.prompt} {reading.content.title}"
    return (
        patterns.search(
            r"\b(?:how to|tip|tips|step by step|cómo (?!ayudar)|consejos?|so (?:geht|machst)|anleitung|tipps?|comment|astuces?|tuto|come (?:fare|si)|consigli|dicas?|como fazer)\b",
            text,
            re.IGNORECASE,
        )
        is not None
    )


def _is_tag(key: str) -> bool:
    return MIN_TAG_CHARACTERS <= len(key) <= MAX_TAG_CHARACTERS and not key.isdigit() and patterns.fullmatch(r"\w+", key) is not None


def _topics(reading: Reading) -> list[str]:
    """What the reel is about: noun-like words of the prompt's head that are no names of people."""
    if reading.intent in {"quote", "sale"} or not reading.lexicon.is_ruled:
        return []
    head = reading.content.head
    words = head.split()
    if len(words) > MAX_PHRASE_WORDS and lower(words[0]) in _PLURAL_SUBJECTS:
        head, words = " ".join(words[2:]), words[2:]
    if not words or lower(words[0]) in _SUBJECTS or patterns.match(load_post_words(reading.language).introduces, head, re.IGNORECASE):
        return []
    runs = _noun_runs(head, reading)
    if reading.intent == "list":
        runs = runs[-1:]
    named = {word for name in [*reading.places, *reading.names] for word in name.lower().split()} - load_tag_words(reading.language).crafts
    topics = [topic for at, run in enumerate(runs) if (topic := _topic_of(run, named, head, reading)) and (not at or _is_sure(topic, reading))]
    return topics[:MAX_TOPICS]


def _things(reading: Reading) -> list[str]:
    """The first craft, dish or thing that the beginning of the script or a card names: "tomatoes"."""
    if not reading.lexicon.is_ruled or patterns.search(rf"(?<!\w)(?:{load_post_words(reading.language).solemn})(?!\w)", reading.prompt, re.IGNORECASE):
        return []
    texts = (
        [*reading.sentences[:2]]
        if reading.sentences
        else [" ".join(item.split()[:FIRST_WORDS]) if find_numbers(item) else item for item in reading.content.items[:1]]
    )
    words = [bare(word) for text in texts for word in text.split()]
    if reading.sentences and (reading.facts.get("price") or is_contact(reading.prompt)):
        words = [word for word in words if lower(word).removesuffix("s") in reading.prompt.lower()]  # a story beside an offer has things that are not sold
    tags = load_tag_words(reading.language)
    return [word for word in words if _is_subject(word, reading, tags) and lower(word) not in reading.shared.people][:1]


def _noun_runs(head: str, reading: Reading) -> list[list[str]]:
    """Words that stand together between small words, numbers and names' owners; "fête des mères" is one run."""
    head = patterns.sub(r"[\"“”«»(].*", "", head)
    head = patterns.sub(r"^how to \w+\s+", "", head, flags=re.IGNORECASE)
    runs: list[list[str]] = [[]]
    words = patterns.findall(r"[\wÀ-ÿ'’-]+", patterns.sub(r"\b[ldLD]['’](?=\w)", "", head))
    for at, word in enumerate(words):
        if runs[-1] and at + 1 < len(words) and _is_link(word, words[at + 1], reading):
            runs[-1].append(word)
        elif reading.lexicon.is_stop_word(word) or reading.lexicon.is_number(word) or patterns.search(r"['’]s$|\d", word):
            runs.append([])
        elif lower(word) not in {"same", "own", "other"} and not _follows_subject(at, words) and not (at and lower(words[at - 1]) in _AFTER_TIME):
            runs[-1].append(word)
    return [run for run in runs if run]


def _is_link(word: str, following: str, reading: Reading) -> bool:
    return reading.language in {"es", "fr", "it", "pt"} and lower(word) in _LINKS and not reading.lexicon.is_stop_word(following) and following[:1].isalpha()


def _follows_subject(at: int, words: list[str]) -> bool:
    """ "on rouvre", "we reopen": the word behind a pronoun that begins the text is a verb."""
    return at == 1 and lower(words[0]) in _SUBJECTS


def _topic_of(run: list[str], named: set[str], head: str, reading: Reading) -> str:
    """The tag of a run of words; empty where none of them says what the brief is about."""
    tags, language = load_tag_words(reading.language), reading.language
    words = [word for word in run if not reading.lexicon.has(word, "adjectives")]
    if any(lower(word) in named for word in words):
        words = [word for word in words[:1] if lower(word) not in named]
    if not words or any(is_calendar_word(lower(word)) for word in words) or (_is_banned(words[-1], reading) and language == "en"):
        return ""
    if language == "en":
        return _english_topic(words, len(run), head, reading)
    if language == "de":
        return next((word for word in words if _is_german_topic(word, head, reading)), "")
    if any(lower(word) in _LINKS for word in words):
        is_about = any(_is_subject(word, reading, tags) or _recurs(word, reading) for word in words)
        short = words[0] if _is_subject(words[0], reading, tags) else ""
        return " ".join(words) if is_about and len(words) <= MAX_PHRASE_WORDS else short
    return next((word for word in words if _is_subject(word, reading, tags) or (_is_owned(word, head, reading) and _recurs(word, reading))), "")


def _is_sure(topic: str, reading: Reading) -> bool:
    """Behind the first words of a head only known crafts and things of English and German are taken: stems mislead ("ar livre")."""
    return reading.language in {"en", "de"} or lower(topic) in load_tag_words(reading.language).crafts or " " in topic


def _is_german_topic(word: str, head: str, reading: Reading) -> bool:
    """A noun, with its capital or among the crafts that people type without one."""
    tags, plain = load_tag_words("de"), lower(word)
    if plain in tags.empty or _is_banned(word, reading) or not (word[:1].isupper() or plain in tags.crafts):
        return False
    return _is_subject(word, reading, tags) or _is_owned(word, head, reading) or _recurs(word, reading)


def _english_topic(words: list[str], width: int, head: str, reading: Reading) -> str:
    tags, last = load_tag_words("en"), words[-1]
    is_subject = _is_subject(last, reading, tags)
    if lower(last) in tags.empty and not (len(words) > 1 and _is_owned(words[0], head, reading) and is_thing(last, "en")):
        return ""
    is_pair = len(words) == MAX_COMPOUND_WORDS and width <= MAX_COMPOUND_WORDS + 1 and _is_owned(words[0], head, reading)
    if len(words) > 1 and (is_subject or is_pair) and (_is_owned(words[-2], head, reading) or not reading.lexicon.is_verb_like(lower(words[-2]))):
        return " ".join(words if len(words) <= MAX_COMPOUND_WORDS + 1 and is_subject and _is_owned(words[0], head, reading) else words[-MAX_COMPOUND_WORDS:])
    return last if is_subject or _is_owned(last, head, reading) or _recurs(last, reading) else ""


def _is_subject(word: str, reading: Reading, tags: TagWords) -> bool:
    plain = lower(word)
    is_known = plain in tags.crafts or plain.removesuffix("s") in tags.crafts or is_thing(word, reading.language)
    return is_known and plain not in tags.empty and plain.removesuffix("s") not in tags.empty


def _is_owned(word: str, head: str, reading: Reading) -> bool:
    """ "my new lavender soap", "unsere Töpferei": what somebody calls his own is what he speaks of."""
    own = patterns.search(
        rf"(?<!\w)(?:my|our|mein\w*|unser\w*|mi|mis|nuestr[oa]s?|mon|ma|mes|notre|nos|mi[oae]|nostr[oaie]|meu|minha|noss[oa]s?)\s+(?:first\s+)?(?:\w+\s+)?{re.escape(word)}(?!\w)",
        head,
        re.IGNORECASE,
    )
    return own is not None and lower(word) not in load_tag_words(reading.language).empty


def _recurs(word: str, reading: Reading) -> bool:
    """Whether prompt, script and handle come back to the word."""
    stem = lower(word)[: max(STEM_LETTERS, len(word) - 2)]
    return len(stem) >= STEM_LETTERS and f"{reading.prompt} {reading.script} {reading.handle}".lower().count(stem) >= REPEATED


def _is_banned(word: str, reading: Reading) -> bool:
    plain = lower(word)
    if plain in reading.shared.banned_tags or plain in reading.shared.people or is_calendar_word(plain):
        return True
    return plain in load_vocabulary(reading.language).production or (
        reading.language == "en" and reading.lexicon.is_verb_like(plain) and not plain.endswith("ing")
    )
