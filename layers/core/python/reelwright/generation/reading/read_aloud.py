"""What is said for each word of a script. Captions keep the written form; a word that is not said (an emoji, a dash) is empty."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from reelwright.generation.reading.japanese_text import spell_japanese
from reelwright.generation.reading.rules import RULES, Line
from reelwright.generation.reading.vocabulary import LANGUAGES, load_vocabulary

_DEVANAGARI_DIGITS = str.maketrans("०१२३४५६७८९", "0123456789")
_KEPT_AT_BEGIN = frozenset("@#€$£¥₹-−+°%&=½⅓¼")
_KEPT_AT_END = frozenset("%€$£¥₹°ºª²&+=½⅓¼")


def read_aloud(script: Sequence[str], language: str) -> list[str]:
    """One entry per word of the script, in words that a voice of the language reads as they stand.

    Languages without rules here come back as they are, without the signs around them.
    """
    primary = language.split("-", maxsplit=1)[0].lower()
    if primary == "ja":
        return [spell_japanese(phrase) for phrase in script]
    written = [word.translate(_DEVANAGARI_DIGITS) for word in script]
    cores = [_take_signs(word) for word in written]
    if primary not in LANGUAGES:
        return cores
    line = Line(written, cores, primary, load_vocabulary(primary))
    said: list[str] = []
    while len(said) < len(cores):
        said += _read(line, len(said))
    return [_plain(text) for text in said]


def _read(line: Line, place: int) -> Sequence[str]:
    for rule in RULES:
        found = rule(line, place)
        if found is not None:
            return found
    return (line.core(place),)


def _take_signs(word: str) -> str:
    """Without quotation marks, brackets and stops around it."""
    begin, end = 0, len(word)
    while begin < end and not _is_spoken(word[begin]) and word[begin] not in _KEPT_AT_BEGIN:
        begin += 1
    while end > begin and not _is_spoken(word[end - 1]) and word[end - 1] not in _KEPT_AT_END:
        end -= 1
    return word[begin:end]


def _is_spoken(sign: str) -> bool:
    """Letters, digits, and the marks that belong to letters (Devanagari vowels)."""
    return unicodedata.category(sign)[0] in "LNM"


def _plain(text: str) -> str:
    """Letters, marks, hyphens and apostrophes: what a phoneme dictionary takes."""
    kept = "".join(sign if _is_spoken(sign) or sign in "'’- " else " " for sign in text)
    return re.sub(r"(?:^|(?<= ))[-'’]+|[-]+(?= |$)", "", " ".join(kept.split()))
