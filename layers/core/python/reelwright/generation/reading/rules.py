"""The rules by which a written word becomes spoken ones. Each looks at one place of a line and says what is said for one or more words there."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from reelwright.generation.reading.amounts import Amount, parse_amount, say_amount, say_digits, say_measured, say_ordinal, say_price
from reelwright.generation.reading.number_words import Gender, say_number, say_year
from reelwright.generation.reading.vocabulary import Vocabulary

Said = tuple[str, ...]
"""What is said for the word at the place, and for each of those behind it that the rule covers."""

_NUMBER = r"[-−]?\d[\d.,'\u00a0\u202f]*"
_URL = re.compile(r"(?:https?://)?((?:[\w-]+\.)+[a-z]{2,8})(/[\w./-]*)?", re.IGNORECASE)
_EMAIL = re.compile(r"[\w.+-]+@(?:[\w-]+\.)+[a-z]{2,8}", re.IGNORECASE)
_CLOCK = re.compile(r"(\d{1,2})(?:[:.h]|h)(\d{2})")
_HOUR = re.compile(r"(\d{1,2})h")
_DATE = re.compile(r"(\d{1,2})[./](\d{1,2})(?:[./](\d{2}|\d{4})?)?")
_ISO_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_RANGE = re.compile(rf"({_NUMBER})[–—-](\d[\d.,]*)")
ROUND_THE_CLOCK = "24/7"
_FRACTIONS = {"1/2": "half", "½": "half", "1/3": "third", "⅓": "third", "1/4": "quarter", "¼": "quarter"}
_ORDINALS = {
    "es": re.compile(r"(\d{1,4})\.?([ºª°])"), "it": re.compile(r"(\d{1,4})([ºª°])"), "pt": re.compile(r"(\d{1,4})\.?([ºª°])"),
    "fr": re.compile(r"(\d{1,4})(ers?|res?|ères?|e|ème|èmes|nde?)"), "hi": re.compile(r"(\d{1,4})(वाँ|वां|वीं|वें)"), "de": re.compile(r"(\d{1,4})(\.)"),
}  # fmt: skip
_ROMANCE_FEMALE = re.compile(r"(?:as?|ção|ções|dad|dades|ción|ciones)$")
_FEMALE_ENDINGS = {"es": _ROMANCE_FEMALE, "it": _ROMANCE_FEMALE, "pt": _ROMANCE_FEMALE, "de": re.compile(r"^[A-ZÄÖÜ].*(?:[a-df-zß]e|ung|heit|keit)$")}
_GERMAN_DATIVE = frozenset({"am", "vom", "zum", "im", "beim", "dem", "den", "ab", "seit", "bis", "nach", "vor", "zur", "der"})
_GERMAN_WEAK = frozenset({"der", "die", "das", "jeder", "jede"})


@dataclass(frozen=True)
class Line:
    """A sentence's words without the signs around them. ``written`` are the words as the script has them."""

    written: Sequence[str]
    cores: Sequence[str]
    language: str
    words: Vocabulary

    def core(self, place: int) -> str:
        return self.cores[place] if 0 <= place < len(self.cores) else ""


def read_address(line: Line, place: int) -> Said | None:
    """Mail and web addresses, @handles and #words."""
    core, words = line.core(place), line.words
    if _EMAIL.fullmatch(core):
        return (_spell_address(core, words),)
    if core.startswith("@") and len(core) > 1:
        return (f"{words.at} {_spell_address(core[1:], words)}",)
    if core.startswith("#") and len(core) > 1:
        return (f"{words.hash} {_split_camel(core[1:]).replace('_', ' ')}",)
    found = _URL.fullmatch(core)
    if found and not core[0].isdigit() and ("/" in core or core.lower().startswith("www.") or core.islower()):
        path = (found[2] or "").rstrip("/")
        return (_spell_address(found[1].removeprefix("www.") + path, words),)
    return None


def _spell_address(text: str, words: Vocabulary) -> str:
    for sign, name in (("@", words.at), (".", words.dot), ("/", words.slash), ("-", words.dash), ("_", " "), ("+", words.plus)):
        text = text.replace(sign, f" {name} ")
    return " ".join(text.split())


def _split_camel(text: str) -> str:
    return re.sub(r"(?<=[a-zà-ÿ])(?=[A-ZÀ-Ý])", " ", text)


def read_abbreviation(line: Line, place: int) -> Said | None:
    """As the language's document has them, with or without the point that ends a sentence; two words at most."""
    known = line.words.abbreviations
    here = line.written[place].lstrip('("“«¿¡').rstrip(',;:!?)"”»…')
    pair = f"{here} {line.written[place + 1].rstrip(',;:!?)')}" if place + 1 < len(line.written) else ""
    if pair in known:
        return known[pair], ""
    small = here[:1].lower() + here[1:]
    return (known[here],) if here in known else (known[small],) if small in known and len(small) > 2 else None


def read_price(line: Line, place: int) -> Said | None:
    """€5, 5€, 4,50 € and US$5."""
    core, follows = line.core(place), line.core(place + 1)
    for sign, currency in line.words.currencies.items():
        body = core.removeprefix(sign).strip() if core.startswith(sign) else core.removesuffix(sign) if core.endswith(sign) else ""
        amount = parse_amount(body, line.language) if body else None
        if amount is not None:
            return (say_price(amount, currency, line.language, line.words),)
        alone = parse_amount(core, line.language)
        if alone is not None and follows == sign:
            return say_price(alone, currency, line.language, line.words), ""
        if core == sign and (behind := parse_amount(follows, line.language)) is not None:
            return say_price(behind, currency, line.language, line.words), ""
    return None


def read_percent(line: Line, place: int) -> Said | None:
    """50% and 50 %."""
    core = line.core(place)
    amount = parse_amount(core.removesuffix("%"), line.language)
    if amount is None:
        return None
    said = say_amount(amount, line.language, line.words)
    if core.endswith("%"):
        return (f"{said} {line.words.percent}",)
    return (said, line.words.percent) if line.core(place + 1) == "%" else None


def read_clock(line: Line, place: int) -> Said | None:
    """9:30, 9h30, 21h; in German "9:30 Uhr" says the hour's word once."""
    core, language = line.core(place), line.language
    found = _CLOCK.fullmatch(core) or (_HOUR.fullmatch(core) if language in {"fr", "pt", "es"} else None)
    if found is None or int(found[1]) > 24 or ("." in core and line.core(place + 1) not in {"Uhr", "uhr"}):
        return None
    hour, minutes = int(found[1]), int(found[2]) if found.re is _CLOCK else 0
    if minutes > 59:
        return None
    said = _say_clock(hour, minutes, line)
    follows = line.core(place + 1)
    if language == "de" and follows.lower() == "uhr":
        return said, ""
    if language == "hi" and follows == "बजे":
        return " ".join([say_number(hour, "hi"), *([say_number(minutes, "hi")] if minutes else [])]), follows
    return (said,)


def _say_clock(hour: int, minutes: int, line: Line) -> str:
    words, language = line.words, line.language
    names = words.clock_hours.split()
    parts = [say_number(hour, language, words.clock_gender, is_counting=language in {"de", "fr"})]
    if names and (language != "pt" or not minutes) and not (language == "hi" and minutes):
        parts.append(names[0] if hour == 1 else names[1])
    if minutes:
        parts += [words.clock_and, say_number(minutes, language)]
        parts += ["मिनट"] if language == "hi" else []
    return " ".join(part for part in parts if part)


def read_date(line: Line, place: int) -> Said | None:
    """12/05/2024, 12.5., 2024-05-12."""
    core = line.core(place)
    if core in _FRACTIONS or core == ROUND_THE_CLOCK:
        return None
    iso, usual = _ISO_DATE.fullmatch(core), _DATE.fullmatch(core)
    if line.language == "de" and usual is None:
        usual = _DATE.fullmatch(line.written[place].rstrip(",;:!?)"))
    if iso:
        return _say_date(int(iso[3]), int(iso[2]), int(iso[1]), line, place)
    if usual is None or (line.language == "de") != ("." in core):
        return None
    if "." in core and not usual[3] and not re.fullmatch(r"\d{1,2}\.\d{1,2}\.", line.written[place].rstrip(",;:!?)")):
        return None
    year = int(usual[3]) if usual[3] else None
    return _say_date(int(usual[1]), int(usual[2]), 2000 + year if year is not None and year < 100 else year, line, place)


def _say_date(day: int, month: int, year: int | None, line: Line, place: int) -> Said | None:
    if not (1 <= day <= 31 and 1 <= month <= 12):
        return None
    words, language = line.words, line.language
    first = words.first if day == 1 and words.first else say_number(day, language)
    parts = [_german_ordinal(day, line, place) if language == "de" else first, words.date_of, words.months[month - 1]]
    if year is not None:
        parts += [words.year_of, say_year(year, language)]
    return (" ".join(part for part in parts if part),)


def read_ordinal(line: Line, place: int) -> Said | None:
    """1º, 2ª, 1er, 5वाँ; in German "3. Mai" and "2. Platz", not the end of a sentence."""
    language = line.language
    if language == "de":
        found = _ORDINALS["de"].fullmatch(line.written[place])
        return (_german_ordinal(int(found[1]), line, place),) if found and line.core(place + 1)[:1].isupper() else None
    found = _ORDINALS[language].fullmatch(line.core(place))
    if found is None:
        return None
    is_female = found[2] in {"ª", "re", "res", "ère", "ères", "nde", "वीं"}
    return (say_ordinal(int(found[1]), language, line.words, "f" if is_female else "m"),)


def _german_ordinal(number: int, line: Line, place: int) -> str:
    """First, with the ending that the word in front of it asks for."""
    stem = say_ordinal(number, "de", line.words)
    before = line.core(place - 1).lower() if place else ""
    return stem if before in _GERMAN_WEAK else stem + "n" if before in _GERMAN_DATIVE else stem + "r"


def read_range(line: Line, place: int) -> Said | None:
    """5–7, with a unit behind it where there is one."""
    found = _RANGE.fullmatch(line.core(place))
    ends = [parse_amount(part, line.language) for part in found.groups()] if found else []
    if len(ends) != 2 or ends[0] is None or ends[1] is None or (ends[0].decimals == "" == ends[1].decimals and ends[0].whole >= ends[1].whole):
        return None
    unit = line.words.units.get(line.core(place + 1))
    gender: Gender = unit.gender if unit else "m"
    said = f" {line.words.to} ".join(say_amount(end, line.language, line.words, gender) for end in ends if end is not None)
    return (said, unit.many) if unit else (said,)


def read_measure(line: Line, place: int) -> Said | None:
    """5km, 20°C, 5 km, 250 g."""
    core, units = line.core(place), line.words.units
    found = re.fullmatch(rf"({_NUMBER})([^\d.,]+)", core)
    if found and found[2] in units and (amount := parse_amount(found[1], line.language)) is not None:
        return (" ".join(say_measured(amount, units[found[2]], line.language, line.words)),)
    alone = parse_amount(core, line.language)
    unit = units.get(line.core(place + 1)) or units.get(line.core(place + 1) + ".") if alone is not None else None
    return say_measured(alone, unit, line.language, line.words) if unit and alone is not None else None


def read_number(line: Line, place: int) -> Said | None:
    """Plain, grouped, with decimals, negative, fractions, 3x, telephone numbers."""
    core, words, language = line.core(place), line.words, line.language
    if core in _FRACTIONS:
        return (str(getattr(words, _FRACTIONS[core])),)
    if (re.fullmatch(r"\+?\d{7,15}", core) and parse_amount(core, language) is None) or (core.startswith("+") and core[1:].isdecimal()):
        return (" ".join([*([words.plus] if core[0] == "+" else []), say_digits(core.lstrip("+"), language)]),)
    if language == "fr" and re.fullmatch(r"\d{1,3}", core) and re.fullmatch(r"\d{3}(?:,\d+)?", line.core(place + 1)):
        joined = parse_amount(core + line.core(place + 1), language)
        return (say_amount(joined, language, words), "") if joined is not None and core != "0" else None
    found = re.fullmatch(rf"({_NUMBER})[x×]", core)
    if found and (amount := parse_amount(found[1], language)) is not None:
        return (f"{say_amount(amount, language, words)} {words.times}",)
    amount = parse_amount(core, language)
    return (_say_counted(amount, line, place),) if amount is not None else None


def _say_counted(amount: Amount, line: Line, place: int) -> str:
    """A number before a thing: its gender is guessed from the thing's ending, in languages that change the number with it."""
    follows = line.core(place + 1)
    is_counting = follows[:1].isalpha() and line.written[place].rstrip(")") == line.core(place)
    ending = _FEMALE_ENDINGS.get(line.language)
    is_female = is_counting and ending is not None and ending.search(follows) is not None
    return say_amount(amount, line.language, line.words, "f" if is_female else "m", is_counting=is_counting)


def read_mixed(line: Line, place: int) -> Said | None:
    """Letters and digits in one word (4K, B12, 24/7), and signs that are words (&, +)."""
    core, words = line.core(place), line.words
    if core in {"&", "+", "="}:
        return ({"&": words.conjunction, "+": words.plus, "=": ""}[core],)
    if not any(map(str.isdigit, core)) and "&" not in core:
        return None
    parts = re.findall(r"\d+|&|[^\W\d_]+", core)
    said = [words.conjunction if part == "&" else say_number(int(part), line.language) if part.isdecimal() and len(part) < 10 else part for part in parts]
    return (" ".join(said),)


RULES: Sequence[Callable[[Line, int], Said | None]] = (
    read_address, read_abbreviation, read_price, read_percent, read_date, read_clock, read_ordinal, read_range, read_measure, read_number, read_mixed,
)  # fmt: skip
