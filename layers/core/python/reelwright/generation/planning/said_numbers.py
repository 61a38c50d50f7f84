"""Numbers of a prompt that the voice says in words: "41 years" is told where "forty one years" is said."""

from __future__ import annotations

from functools import lru_cache

from reelwright.generation.planning import patterns
from reelwright.generation.reading.number_words import say_number

LARGEST_SAID = 9999
LEAST_YEAR = 1100
MAX_REMEMBERED_NUMBERS = 4096
_ONES = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["_", "_", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_SAID_LANGUAGES = frozenset(("es", "fr", "it", "pt", "de"))
_NOT_A_LETTER = r"[\s-]+"


def says_number(text: str, number: str, language: str) -> bool:
    """Whether the text holds the number in digits or in words. Decimals and telephone numbers are found in digits only."""
    if patterns.search(rf"(?<![\d.,:]){number.replace('.', '[.]')}(?!\d|[.,:]\d)", text):
        return True
    if not number.isdigit() or not 0 < int(number) <= LARGEST_SAID or (number.startswith("0") and len(number) > 1):
        return False
    flat = patterns.sub(_NOT_A_LETTER, " ", text.lower())
    return any(patterns.search(rf"(?<!\w){words}(?!\w)", flat) for words in _words_of(int(number), language[:2]))


@lru_cache(MAX_REMEMBERED_NUMBERS)
def _words_of(number: int, language: str) -> tuple[str, ...]:
    """The ways to say a number; years also in pairs."""
    if language == "en":
        said = [_english(number), _english(number).replace(" and ", " ")]
        if number >= LEAST_YEAR and number % 100 >= 10:
            said.append(f"{_english(number // 100)} {_english(number % 100)}")
    elif language in _SAID_LANGUAGES:
        said = [say_number(number, language), say_number(number, language, "f", is_counting=True)]
    else:
        said = []
    return tuple(dict.fromkeys(patterns.sub(_NOT_A_LETTER, " ", words) for words in said if words))


def _english(number: int) -> str:
    if number < 20:
        return _ONES[number]
    if number < 100:
        return _TENS[number // 10] + (f" {_ONES[number % 10]}" if number % 10 else "")
    size, name = (100, "hundred") if number < 1000 else (1000, "thousand")
    rest = number % size
    joint = " and " if rest and rest < 100 else " "
    return f"{_english(number // size)} {name}" + (f"{joint}{_english(rest)}" if rest else "")
