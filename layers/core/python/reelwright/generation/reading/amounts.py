"""Written numbers: what they are worth, and how they are said with their decimals, units, currencies and ordinals."""

from __future__ import annotations

import re
from dataclasses import dataclass

from reelwright.generation.reading.number_words import LARGEST, Gender, say_number, say_year
from reelwright.generation.reading.vocabulary import Measure, Vocabulary

LONGEST_DIGITS = 9
_GROUPED = re.compile(r"\d{1,3}(?:[.\u00a0\u202f ']\d{3})+")
_INDIAN = re.compile(r"\d{1,3}(?:,\d{2,3})+")
_DIGITS_ONE_BY_ONE = frozenset({"de", "hi"})


@dataclass(frozen=True)
class Amount:
    """A number as it is written: whole part, the digits behind the decimal sign, and whether it had a minus or grouped digits."""

    whole: int
    decimals: str = ""
    is_negative: bool = False
    is_grouped: bool = False

    @property
    def is_one(self) -> bool:
        return self.whole == 1 and not self.decimals.strip("0")


def parse_amount(text: str, language: str) -> Amount | None:
    """What a written number is worth; None where it is no number or one too large to say."""
    negative = text[:1] in {"-", "−"}
    body = text[1:] if negative else text
    if language == "hi":
        body = re.sub(_INDIAN, lambda found: found[0].replace(",", ""), body)
        whole, _, decimals = body.partition(".")
        grouped = body != text.lstrip("-−")
    else:
        whole, _, decimals = body.partition(",")
        grouped = bool(_GROUPED.fullmatch(whole))
        if grouped:
            whole = re.sub(r"\D", "", whole)
        elif not decimals and re.fullmatch(r"\d+\.\d{1,2}", whole):
            whole, _, decimals = whole.partition(".")
    if not whole.isdecimal() or (decimals and not decimals.isdecimal()) or len(whole) > LONGEST_DIGITS:
        return None
    return Amount(int(whole), decimals, negative, grouped)


def say_amount(amount: Amount, language: str, words: Vocabulary, gender: Gender = "m", is_counting: bool = False) -> str:
    """The number in words, decimals and minus included."""
    said = say_number(amount.whole, language, gender, is_counting and not amount.decimals)
    if not amount.is_grouped and not amount.decimals and 1100 <= amount.whole < 2000:
        said = say_year(amount.whole, language)
    if amount.decimals:
        said = f"{said} {words.decimal} {_say_decimals(amount.decimals, language)}"
    return f"{words.minus} {said}" if amount.is_negative else said


def _say_decimals(digits: str, language: str) -> str:
    if language in _DIGITS_ONE_BY_ONE or len(digits) > 2:
        return say_digits(digits, language)
    zeros = len(digits) - len(digits.lstrip("0"))
    rest = digits.lstrip("0")
    return " ".join([*[say_number(0, language)] * zeros, *([say_number(int(rest), language)] if rest else [])])


def say_digits(digits: str, language: str) -> str:
    """Digit by digit, as telephone numbers are."""
    return " ".join(say_number(int(digit), language) for digit in digits)


def say_measured(amount: Amount, measure: Measure, language: str, words: Vocabulary) -> tuple[str, str]:
    """The number and its unit, apart."""
    return say_amount(amount, language, words, measure.gender, is_counting=True), measure.one if amount.is_one else measure.many


def say_price(amount: Amount, currency: Measure, language: str, words: Vocabulary) -> str:
    """Two decimals are cents: "vier Euro fünfzig"."""
    number, name = say_measured(Amount(amount.whole, "", amount.is_negative, amount.is_grouped), currency, language, words)
    if not amount.decimals.strip("0"):
        return f"{number} {name}"
    if len(amount.decimals) != 2:
        return " ".join(say_measured(amount, currency, language, words))
    return " ".join(part for part in (number, name, words.cents, say_number(int(amount.decimals), language)) if part)


def say_ordinal(number: int, language: str, words: Vocabulary, gender: Gender = "m") -> str:
    """First, second … where the language has a short word; beyond that by rule, in Spanish and Portuguese the plain number."""
    known = words.ordinals[gender]
    if 1 <= number <= len(known):
        return known[number - 1]
    plain = say_number(min(number, LARGEST), language)
    if language == "fr":
        return re.sub(r"f$", "v", plain.removesuffix("e").removesuffix("s") if not plain.endswith("trois") else plain).replace("cinq", "cinqu") + "ième"
    if language == "it":
        return (plain.replace("tré", "tre") if plain.endswith("tré") else plain[:-1]) + ("esimo" if gender == "m" else "esima")
    if language == "de":
        return plain + ("te" if number % 100 < 20 else "ste")
    return f"{plain}वाँ" if language == "hi" else plain
