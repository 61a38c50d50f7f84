"""Numbers as words in Spanish, French, Italian, Portuguese, German and Hindi, up to 999,999,999."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Literal

Gender = Literal["m", "f"]
LARGEST = 999_999_999


def _list(words: str) -> list[str]:
    return words.split()


_ES = _list(
    "cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis diecisiete dieciocho diecinueve veinte "
       "veintiuno veintidós veintitrés veinticuatro veinticinco veintiséis veintisiete veintiocho veintinueve"
)  # fmt: skip
_ES_TENS = _list("_ _ _ treinta cuarenta cincuenta sesenta setenta ochenta noventa")
_ES_HUNDREDS = _list("_ ciento doscientos trescientos cuatrocientos quinientos seiscientos setecientos ochocientos novecientos")
_FR = _list("zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept dix-huit dix-neuf")
_FR_TENS = _list("_ _ vingt trente quarante cinquante soixante soixante quatre-vingt quatre-vingt")
_IT = _list("zero uno due tre quattro cinque sei sette otto nove dieci undici dodici tredici quattordici quindici sedici diciassette diciotto diciannove")
_IT_TENS = _list("_ _ venti trenta quaranta cinquanta sessanta settanta ottanta novanta")
_PT = _list("zero um dois três quatro cinco seis sete oito nove dez onze doze treze catorze quinze dezesseis dezessete dezoito dezenove")
_PT_TENS = _list("_ _ vinte trinta quarenta cinquenta sessenta setenta oitenta noventa")
_PT_HUNDREDS = _list("_ cento duzentos trezentos quatrocentos quinhentos seiscentos setecentos oitocentos novecentos")
_DE = _list("null eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn")
_DE_TENS = _list("_ _ zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig")
_HI = _list(
    "शून्य एक दो तीन चार पाँच छह सात आठ नौ दस ग्यारह बारह तेरह चौदह पंद्रह सोलह सत्रह अठारह उन्नीस बीस इक्कीस बाईस तेईस चौबीस पच्चीस छब्बीस सत्ताईस अट्ठाईस उनतीस तीस "
    "इकतीस बत्तीस तैंतीस चौंतीस पैंतीस छत्तीस सैंतीस अड़तीस उनतालीस चालीस इकतालीस बयालीस तैंतालीस चौवालीस पैंतालीस छियालीस सैंतालीस अड़तालीस उनचास पचास इक्यावन बावन "
    "तिरपन चौवन पचपन छप्पन सत्तावन अट्ठावन उनसठ साठ इकसठ बासठ तिरसठ चौंसठ पैंसठ छियासठ सड़सठ अड़सठ उनहत्तर सत्तर इकहत्तर बहत्तर तिहत्तर चौहत्तर पचहत्तर छिहत्तर "
    "सतहत्तर अठहत्तर उन्यासी अस्सी इक्यासी बयासी तिरासी चौरासी पचासी छियासी सत्तासी अट्ठासी नवासी नब्बे इक्यानवे बानवे तिरानवे चौरानवे पचानवे छियानवे सत्तानवे अट्ठानवे निन्यानवे"
)


def say_number(number: int, language: str, gender: Gender = "m", is_counting: bool = False) -> str:
    """The words of a whole number, 0 to ``LARGEST``. ``is_counting``: a thing follows, so that one is "un", not "uno"."""
    return _SPEAKERS[language](number, gender, is_counting)


def _spanish(number: int, gender: Gender, is_counting: bool) -> str:
    if number >= 1_000_000:
        millions = number // 1_000_000
        head = "un millón" if millions == 1 else f"{_spanish(millions, 'm', True)} millones"
        return _with_rest(head, number % 1_000_000, lambda rest: _spanish(rest, gender, is_counting))
    if number >= 1000:
        thousands = number // 1000
        head = "mil" if thousands == 1 else f"{_spanish(thousands, gender, True)} mil"
        return _with_rest(head, number % 1000, lambda rest: _spanish(rest, gender, is_counting))
    if number == 100:
        return "cien"
    if number > 100:
        head = _ES_HUNDREDS[number // 100]
        if gender == "f" and number >= 200:
            head = head.removesuffix("os") + "as"
        return _with_rest(head, number % 100, lambda rest: _spanish(rest, gender, is_counting))
    if number % 10 == 1 and number != 11 and (is_counting or gender == "f"):
        one = "una" if gender == "f" else "un"
        return one if number == 1 else ("veintiuna" if gender == "f" else "veintiún") if number == 21 else f"{_ES_TENS[number // 10]} y {one}"
    if number < 30:
        return _ES[number]
    return _with_rest(_ES_TENS[number // 10], number % 10, lambda rest: f"y {_ES[rest]}")


def _french(number: int, gender: Gender, is_counting: bool) -> str:
    if number >= 1_000_000:
        millions = number // 1_000_000
        return _with_rest(f"{_french(millions, 'm', True)} million{'s' * (millions > 1)}", number % 1_000_000, lambda rest: _french(rest, gender, False))
    if number >= 1000:
        thousands = number // 1000
        head = (
            "mille"
            if thousands == 1
            else f"{_french(thousands, 'm', True).removesuffix('s') if thousands % 100 in {0, 80} else _french(thousands, 'm', True)} mille"
        )
        return _with_rest(head, number % 1000, lambda rest: _french(rest, gender, False))
    if number >= 100:
        hundreds, rest = divmod(number, 100)
        head = "cent" if hundreds == 1 else f"{_FR[hundreds]} cent{'s' * (rest == 0)}"
        return _with_rest(head, rest, lambda part: _french(part, gender, False))
    if number < 20:
        return "une" if number == 1 and gender == "f" else _FR[number]
    tens, ones = divmod(number, 10)
    if tens in {7, 9}:
        return f"{_FR_TENS[tens]} et onze" if number == 71 else f"{_FR_TENS[tens]}-{_FR[10 + ones]}"
    if ones == 0:
        return _FR_TENS[tens] + "s" * (tens == 8)
    one = "une" if gender == "f" and ones == 1 else _FR[ones]
    return f"{_FR_TENS[tens]} et {one}" if ones == 1 and tens < 8 else f"{_FR_TENS[tens]}-{one}"


def _italian(number: int, gender: Gender, is_counting: bool) -> str:
    if number == 1:
        return ("una" if gender == "f" else "un") if is_counting else ("una" if gender == "f" else "uno")
    if number >= 1_000_000:
        millions = number // 1_000_000
        head = "un milione" if millions == 1 else f"{_italian(millions, 'm', False)} milioni"
        return _with_rest(head, number % 1_000_000, lambda rest: _italian(rest, "m", False))
    if number >= 1000:
        thousands = number // 1000
        return ("mille" if thousands == 1 else f"{_italian(thousands, 'm', False)}mila") + (_italian(number % 1000, "m", False) if number % 1000 else "")
    if number >= 100:
        hundreds = number // 100
        return ("" if hundreds == 1 else _IT[hundreds]) + "cento" + (_italian(number % 100, "m", False) if number % 100 else "")
    if number < 20:
        return _IT[number]
    tens, ones = divmod(number, 10)
    head = _IT_TENS[tens][:-1] if ones in {1, 8} else _IT_TENS[tens]
    return head + ("" if ones == 0 else "tré" if ones == 3 else _IT[ones])


def _portuguese(number: int, gender: Gender, is_counting: bool) -> str:
    if number >= 1_000_000:
        millions = number // 1_000_000
        head = f"{_portuguese(millions, 'm', True)} {'milhão' if millions == 1 else 'milhões'}"
        return _with_rest(head, number % 1_000_000, lambda rest: _portuguese(rest, gender, is_counting))
    if number >= 1000:
        thousands, rest = divmod(number, 1000)
        head = "mil" if thousands == 1 else f"{_portuguese(thousands, gender, True)} mil"
        joint = "e " if rest < 100 or rest % 100 == 0 else ""
        return _with_rest(head, rest, lambda part: joint + _portuguese(part, gender, is_counting))
    if number == 100:
        return "cem"
    if number > 100:
        head = _PT_HUNDREDS[number // 100]
        if gender == "f" and number >= 200:
            head = head.removesuffix("os") + "as"
        return _with_rest(head, number % 100, lambda rest: f"e {_portuguese(rest, gender, is_counting)}")
    if number < 20:
        return {1: "uma", 2: "duas"}.get(number, _PT[number]) if gender == "f" else _PT[number]
    return _with_rest(_PT_TENS[number // 10], number % 10, lambda rest: f"e {_portuguese(rest, gender, is_counting)}")


def _german(number: int, gender: Gender, is_counting: bool) -> str:
    if number >= 1_000_000:
        millions = number // 1_000_000
        head = "eine Million" if millions == 1 else f"{_german(millions, 'f', False)} Millionen"
        return _with_rest(head, number % 1_000_000, lambda rest: _german(rest, gender, is_counting))
    if number == 1:
        return ("eine" if gender == "f" else "ein") if is_counting else "eins"
    if number >= 1000:
        return _german_joined(number // 1000, "tausend", number % 1000)
    if number >= 100:
        return _german_joined(number // 100, "hundert", number % 100)
    if number < 20:
        return _DE[number]
    tens, ones = divmod(number, 10)
    return _DE_TENS[tens] if ones == 0 else f"{'ein' if ones == 1 else _DE[ones]}und{_DE_TENS[tens]}"


def _german_joined(head: int, unit: str, rest: int) -> str:
    return ("ein" if head == 1 else _german(head, "m", True)) + unit + (_german(rest, "m", False) if rest else "")


def _hindi(number: int, gender: Gender, is_counting: bool) -> str:
    for size, name in ((10_000_000, "करोड़"), (100_000, "लाख"), (1000, "हज़ार"), (100, "सौ")):
        if number >= size:
            return _with_rest(f"{_hindi(number // size, gender, True)} {name}", number % size, lambda rest: _hindi(rest, gender, is_counting))
    return _HI[number]


def _with_rest(head: str, rest: int, say: Callable[[int], str]) -> str:
    return head if rest == 0 else f"{head} {say(rest)}"


def say_year(number: int, language: str) -> str:
    """A year: in German the eleven to nineteen hundreds are said as such."""
    if language == "de" and 1100 <= number < 2000:
        return f"{_german(number // 100, 'm', True)}hundert{_german(number % 100, 'm', False) if number % 100 else ''}"
    return say_number(number, language)


_SPEAKERS: Mapping[str, Callable[[int, Gender, bool], str]] = {
    "es": _spanish, "fr": _french, "it": _italian, "pt": _portuguese, "de": _german, "hi": _hindi,
}  # fmt: skip
