"""Numbers said in words: "twenty two", "setenta e oito", "ottantasei" are 22, 78 and 86."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from reelwright.generation.planning import patterns
from reelwright.generation.planning.facts import find_numbers

MAX_WORDS = 7
THOUSANDS = 9
YEARS = (1100, 2100)
_WORD = re.compile(r"[^\W\d_]+|\d+")


@dataclass(frozen=True)
class _Names:
    """The number words of a language. ``tens`` starts with twenty; ``tie`` stands between tens and ones, ``hundred_tie`` behind hundreds."""

    small: str
    tens: str
    tie: str
    hundred: str
    thousand: str
    hundred_tie: str = " "
    hundreds: str = ""


_NAMES = {
    "en": _Names(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen",
        "twenty thirty forty fifty sixty seventy eighty ninety",
        " ",
        "hundred",
        "thousand",
        " and ",
    ),
    "es": _Names(
        "cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis diecisiete dieciocho diecinueve",
        "veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa",
        " y ",
        "cien",
        "mil",
        hundreds="ciento doscientos trescientos cuatrocientos quinientos seiscientos setecientos ochocientos novecientos",
    ),
    "pt": _Names(
        "zero um dois três quatro cinco seis sete oito nove dez onze doze treze catorze quinze dezesseis dezessete dezoito dezenove",
        "vinte trinta quarenta cinquenta sessenta setenta oitenta noventa",
        " e ",
        "cem",
        "mil",
        " e ",
        hundreds="cento duzentos trezentos quatrocentos quinhentos seiscentos setecentos oitocentos novecentos",
    ),
    "fr": _Names(
        "zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept dix-huit dix-neuf",
        "vingt trente quarante cinquante soixante - - -",
        " ",
        "cent",
        "mille",
    ),
    "it": _Names(
        "zero uno due tre quattro cinque sei sette otto nove dieci undici dodici tredici quattordici quindici sedici diciassette diciotto diciannove",
        "venti trenta quaranta cinquanta sessanta settanta ottanta novanta",
        "",
        "cento",
        "mille",
        "",
    ),
    "de": _Names(
        "null eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn",
        "zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig",
        "und",
        "hundert",
        "tausend",
        "",
    ),
}
_HALF = {"en": r"\bhalf past (\w+)", "de": r"\bhalb (\w+)"}
_ONE = {
    "en": ("one",),
    "es": ("un", "una", "uno"),
    "pt": ("um", "uma"),
    "fr": ("un", "une"),
    "it": ("un", "una", "uno"),
    "de": ("ein", "eine", "einen", "eins"),
}
_ALSO = {
    "es": {"veintidós": 22, "veintitrés": 23, "veintiséis": 26, "veintiuna": 21, "veintiun": 21},
    "pt": {"dezasseis": 16, "dezassete": 17, "dezanove": 19, "duas": 2},
}


def heard_numbers(text: str, language: str) -> frozenset[str]:
    """All numbers of a text in digits, whether it has them in digits or in words; none in words without rules for the language."""
    found = set(find_numbers(text))
    values = _values(language[:2])
    words = [word.lower() for word in _WORD.findall(text)]
    at = 0
    while at < len(words) and values:
        size = next((size for size in range(min(MAX_WORDS, len(words) - at), 0, -1) if " ".join(words[at : at + size]) in values), 0)
        if size:
            found.add(str(values[" ".join(words[at : at + size])]))
        at += max(1, size)
    return frozenset(found) | _clock(text, language, values)


def _clock(text: str, language: str, values: dict[str, int]) -> frozenset[str]:
    """ "Half past eight" is 8.30; in German "halb neun" is."""
    pattern = _HALF.get(language[:2])
    hours = [values[word.lower()] for word in (patterns.findall(pattern, text, re.IGNORECASE) if pattern else ()) if word.lower() in values]
    hours = [hour - 1 for hour in hours] if language[:2] == "de" else hours
    return frozenset(f"{hour}{mark}30" for hour in hours for mark in ".:")


@cache
def _values(language: str) -> dict[str, int]:
    """The number words of a language, in small letters and single spaces, with what they mean."""
    names = _NAMES.get(language)
    if not names:
        return {}
    values = {words: number for number in range(2, 1000) for words in _write(number, language, names)}
    for number in range(1, THOUSANDS + 1):
        for word in _write(number, language, names):
            values[_plain(f"{word} {names.thousand}" if number > 1 else names.thousand)] = 1000 * number
    if language == "en":
        values |= {words: year for year in range(*YEARS) for words in _write_year(year, names)}
    return {**_ALSO.get(language, {}), **values, **dict.fromkeys(_ONE[language][:1] if language == "en" else (), 1)}


def _write(number: int, language: str, names: _Names) -> Iterator[str]:
    """The ways to say a number below a thousand; for Spanish and Portuguese with the endings for women too."""
    for words in _say(number, language, names):
        yield _plain(words)
        if language in {"es", "pt"}:
            yield _plain(patterns.sub(r"(cient|zent|hent|cent|nient)os\b", r"\1as", words))
        if language == "es":
            yield _plain(patterns.sub(r"\buno$", "una", words))
            yield _plain(patterns.sub(r"\buno$", "un", words))


def _say(number: int, language: str, names: _Names) -> Iterator[str]:
    if number < 100:
        yield from _below_hundred(number, language, names)
        return
    hundreds, rest = divmod(number, 100)
    if names.hundreds:
        head = names.hundreds.split()[hundreds - 1] if rest or hundreds > 1 else names.hundred
    else:
        joint = "" if language in {"de", "it"} else " "
        head = names.hundred if hundreds == 1 and language != "en" else f"{names.small.split()[hundreds]}{joint}{names.hundred}"
    if language == "de" and hundreds == 1:
        head = "hundert"
    if language == "fr" and hundreds > 1 and not rest:
        yield f"{head}s"
    for tail in _below_hundred(rest, language, names) if rest else ("",):
        yield f"{head}{names.hundred_tie}{tail}" if tail else head
        if tail and language == "en":
            yield f"{head} {tail}"


def _below_hundred(number: int, language: str, names: _Names) -> Iterator[str]:
    small = names.small.split()
    if number < 20:
        yield small[number]
        return
    tens, ones = divmod(number, 10)
    if language == "fr" and tens >= 7:
        yield from _french(number, small)
        return
    name = names.tens.split()[tens - 2]
    if not ones:
        yield name
    elif language == "de":
        yield f"{'ein' if ones == 1 else small[ones]}und{name}"
    elif language == "it":
        yield f"{name[:-1] if ones in {1, 8} else name}{small[ones]}"
    elif language == "es" and tens == 2:
        yield f"veinti{small[ones]}"
    else:
        yield f"{name}{' et ' if language == 'fr' and ones == 1 else names.tie}{small[ones]}"


def _french(number: int, small: list[str]) -> Iterator[str]:
    """From 70 on French counts in twenties."""
    if number < 80:
        yield f"soixante {'et ' if number == 71 else ''}{small[number - 60]}"
    else:
        yield "quatre vingts" if number == 80 else f"quatre vingt {small[number - 80]}"


def _write_year(year: int, names: _Names) -> Iterator[str]:
    """ "Nineteen sixty three", "nineteen oh five"."""
    first, second = divmod(year, 100)
    if second and first != 20:
        for head in _below_hundred(first, "en", names):
            for tail in _below_hundred(second, "en", names):
                yield f"{head} {tail}" if second > 9 else f"{head} oh {tail}"


def _plain(words: str) -> str:
    return " ".join(word.lower() for word in _WORD.findall(words))
