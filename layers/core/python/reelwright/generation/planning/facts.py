"""Facts that are kept in one piece: prices, times, dates, names, places, quotes."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache, lru_cache

from reelwright.generation.planning import patterns
from reelwright.generation.planning.lexicon import RULED_LANGUAGES, Lexicon, load_lexicon
from reelwright.generation.planning.sentences import split_sentences
from reelwright.generation.planning.words import bare, drop_ending, lower, pauses_after

MAX_REMEMBERED_TEXTS = 4096
NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")
PRICE = r"(?:R\$ ?|[$€£¥₹]\s?)\d+(?:[.,]\d+)?|\b\d+(?:[.,]\d+)? ?(?:€|euros?\b|dollars?\b|pounds?\b|francs?\b|reais\b)"
PERCENT = r"\d+(?:[.,]\d+)? ?%"
QUOTE = r"[\"“«„]\s?([^\"”»“]{3,200}?)\s?[\"”»“]"
_REACHED = re.compile(r"\S+@\S+\.\w|\b[\w-]{2,}\.(?:com|de|at|ch|es|fr|it|pt|org|net|co\.uk|uk|eu|ie|shop|example|br)\b|\b[A-ZÀ-Ý]{2,}\b|!!")
_BRIDGES = frozenset(["de", "da", "di", "do", "del", "della", "du", "des", "la", "le", "von", "van", "der", "the", "of", "y", "e"])
_TITLES = frozenset(["St.", "Mr.", "Mrs.", "Ms.", "Dr.", "Sr.", "Sra.", "Prof.", "Mme.", "M.", "Sig.", "San", "Santa"])
_SHORT_DAYS = frozenset(
    [
        "mon",
        "tue",
        "tues",
        "wed",
        "weds",
        "thu",
        "thur",
        "thurs",
        "fri",
        "sat",
        "sun",
        "lun",
        "mar",
        "mié",
        "jue",
        "vie",
        "sáb",
        "sab",
        "dom",
        "mo",
        "di",
        "mi",
        "do",
        "fr",
        "sa",
        "so",
        "mer",
        "jeu",
        "ven",
        "sam",
        "dim",
        "seg",
        "ter",
        "qua",
        "qui",
        "sex",
        "gio",
    ]
)
_SELF = frozenset(("i", "i'm", "i've", "i'll", "i'd"))


@cache
def day_pattern() -> str:
    """A day's name in any of the six languages."""
    return "|".join(sorted({day for language in RULED_LANGUAGES for day in load_lexicon(language).words["days"]}, key=len, reverse=True))


@cache
def month_pattern() -> str:
    """A month's name in any of the six languages."""
    return "|".join(sorted({month for language in RULED_LANGUAGES for month in load_lexicon(language).words["months"]}, key=len, reverse=True))


@cache
def date_pattern() -> str:
    """A date such as "14 de diciembre", "June 5", "5. Juni"."""
    months = month_pattern()
    return rf"\b\d{{1,2}}(?:st|nd|rd|th|er|\.|º)? (?:de |di )?(?:{months})\b|\b(?:{months}) \d{{1,2}}(?:st|nd|rd|th)?\b"


@cache
def time_pattern() -> str:
    """A time of day such as "at 9", "18 Uhr", "9 a.m."."""
    before = "|".join(sorted({rf"{phrase} " for language in RULED_LANGUAGES for phrase in load_lexicon(language).phrases("clock")}, key=len, reverse=True))
    half_day = r"(?:a\.? ?m\.?|p\.? ?m\.?|uhr|h\b)"
    clock = r"\d{1,2}(?:[:.h]\d{2})?"
    return (
        rf"(?:(?<!\w)(?:{before}))?{clock} ?{half_day}? ?[-–] ?{clock} ?{half_day}|(?:(?<!\w)(?:{before}))?\d{{1,2}}(?:[:.h]\d{{2}})? ?(?:a\.? ?m\.?|p\.? ?m\.?|uhr|h\b)"
        rf"|(?<!\w)(?:{before})\d{{1,2}}(?:[:.]\d{{2}})?(?![\w.,]*\d)\b(?! (?!a\.|p\.)\w*[a-z]{{3}})|\bnoon\b|\bmidnight\b|\bmediodía\b"
    )


@cache
def when_pattern() -> str:
    """A day or date with its small words and its time: "until Sunday", "Sábado 14 de diciembre"."""
    before = "|".join(sorted({re.escape(phrase) for language in RULED_LANGUAGES for phrase in load_lexicon(language).phrases("when")}, key=len, reverse=True))
    day, date, time = day_pattern(), date_pattern(), time_pattern()
    return rf"(?:(?<!\w)(?:{before})\s+)?(?:\b(?:{day})s?\b(?:,? (?:{date}))?|{date})(?:,?\s*(?:{time}))?"


@cache
def fact_pattern() -> re.Pattern[str]:
    """Any fact, in named groups: price, percent, when, time, handle, tag, quote."""
    return re.compile(
        rf"(?P<price>{PRICE})|(?P<percent>{PERCENT})|(?P<when>{when_pattern()})|(?P<time>{time_pattern()})"
        rf"|(?P<handle>@[\w.]+)|(?P<tag>#\w+)|[\"“«„](?P<quote>[^\"”»“]{{3,200}})[\"”»“]",
        re.IGNORECASE,
    )


def find_facts(text: str) -> dict[str, list[str]]:
    """The facts by their kind, in order."""
    found: dict[str, list[str]] = {}
    for match in fact_pattern().finditer(text):
        if match.lastgroup:
            found.setdefault(match.lastgroup, []).append(match.group(match.lastgroup).strip())
    return found


def holds_facts(text: str) -> bool:
    """Whether the text holds a number, a date, a price, a contact or words in capitals."""
    return bool(NUMBER.search(text) or fact_pattern().search(text) or _REACHED.search(text))


def is_whole_fact(text: str) -> bool:
    """Whether the text is nothing but one fact."""
    return fact_pattern().fullmatch(text.strip()) is not None


def is_calendar_word(word: str) -> bool:
    """Whether the word is the name of a day or month."""
    return patterns.fullmatch(rf"(?:{day_pattern()}|{month_pattern()})s?", lower(word)) is not None


def is_day_name(word: str) -> bool:
    """Whether the word is a day's name or its abbreviation: "dom", "Tue", "sáb"."""
    bare_word = lower(word)
    return bare_word in _SHORT_DAYS or patterns.fullmatch(rf"(?:{day_pattern()})s?", bare_word) is not None


def find_names(text: str, lexicon: Lexicon) -> list[str]:
    """Names: runs of capitalised words that are not just the beginning of a sentence."""
    names: list[str] = []
    for sentence in split_sentences(text):
        words = sentence.split()
        at = 0
        while at < len(words):
            end = _name_end(words, at)
            if end == at:
                at += 1
                continue
            name = _name_from(words, at, end, lexicon)
            if name:
                names.append(name)
            at = end
    return list(dict.fromkeys(names))


def find_places(text: str, lexicon: Lexicon) -> list[str]:
    """Names that stand after in, at, to … and are not somebody one is with."""
    if not lexicon.is_ruled:
        return []
    before = "|".join(lexicon.words["place_prepositions"])
    with_ = re.escape(lexicon.texts["with_word"])
    places = []
    for name in find_names(text, lexicon):
        here = patterns.search(rf"\b(?:{before})\s+(?:the |la |le |el |il |lo |o )?{re.escape(name)}", text, re.IGNORECASE)
        if here and not patterns.search(rf"\b{with_}\s+(?:\w+\s+){{0,2}}{re.escape(name)}", text, re.IGNORECASE):
            places.append(name)
    return places


def count_topics(text: str, lexicon: Lexicon) -> Counter[str]:
    """How often each content word occurs."""
    words = patterns.findall(r"[^\W\d_][\w'’-]+", text.lower())
    return Counter(word for word in words if len(word) > 2 and not lexicon.is_stop_word(word))


@lru_cache(MAX_REMEMBERED_TEXTS)
def find_topics(text: str, language: str) -> frozenset[str]:
    """The content words of a text; a script is asked for those of each sentence many times over."""
    return frozenset(count_topics(text, load_lexicon(language)))


def _name_end(words: list[str], at: int) -> int:
    if not words[at][:1].strip('"“«„(¿¡') and len(words[at]) < 2:
        return at
    first = bare(words[at])
    if not first[:1].isupper() or lower(first) in _SELF or is_calendar_word(first):
        return at
    end = at + 1
    while end < len(words) and (words[end - 1] in _TITLES or not pauses_after(words[end - 1])):
        bridges = lower(words[end]) in _BRIDGES and end + 1 < len(words) and bare(words[end + 1])[:1].isupper()
        if not bridges and not (bare(words[end])[:1].isupper() and lower(words[end]) not in _SELF):
            break
        end += 1
    return end


def _name_from(words: list[str], at: int, end: int, lexicon: Lexicon) -> str | None:
    if lexicon.language == "de" and not _is_german_name(words, at, end):
        return None
    if at == 0 and (end == 1 or (end == 2 and is_calendar_word(words[1]))):
        return None
    if at == 0 and lexicon.is_stop_word(words[0]):
        at += 1
    name = patterns.sub(r"^\W+|[^\w)]+$", "", " ".join(words[at:end]))
    name = patterns.sub(r"['’]s$", "", name)
    if not name or lexicon.is_stop_word(name) or is_whole_fact(name):
        return None
    return name


def _is_german_name(words: list[str], at: int, end: int) -> bool:
    after_preposition = at > 0 and lower(words[at - 1]) in {"in", "nach", "aus", "von", "bei"}
    return after_preposition or end - at > 1 or "&" in words[at:end]


def find_numbers(text: str) -> list[str]:
    """The numbers in digits, as they are written."""
    return [drop_ending(number) for number in NUMBER.findall(text)]
