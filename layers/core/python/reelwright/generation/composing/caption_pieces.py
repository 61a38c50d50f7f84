"""Where text of scripts without blanks may be divided, so that captions never break a word: by BudouX's models, else by marks."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import budoux

from reelwright.reels.caption_text import CLOSING_MARKS, OPENING_MARKS, is_unspaced

MAX_PIECE_CHARACTERS = 10
_LONG_ENOUGH = 4
_LEANS_FORWARD = frozenset("和与與跟在把被不很最太一每这這那是从從对對向到给給比也都就还還又再")
"""Chinese words of one sign that belong to what follows them."""

_TRADITIONAL = frozenset({"zh-TW", "zh-HK", "zh-MO"})


def divide_unspaced(text: str, language: str) -> tuple[str, ...]:
    """The text in pieces that belong together; text with blanks between its words comes back word by word.

    No piece begins with a closing mark, a small kana or a repetition sign, none ends with an opening bracket. In Thai the last
    piece before a blank keeps it: it divides clauses.
    """
    pieces: list[str] = []
    words = text.split()
    for number, word in enumerate(words):
        parts = _join_small(_keep_marks(_parse(word, language))) if any(is_unspaced(character) for character in word) else [word]
        if language[:2] == "th" and number + 1 < len(words) and parts:
            parts[-1] += " "
        pieces += parts
    return tuple(pieces)


def _parse(word: str, language: str) -> list[str]:
    parser = _parser_for(language)
    parts = [part for part in parser.parse(word) if part.strip()] if parser is not None else [word]
    return [part[start : start + MAX_PIECE_CHARACTERS] for part in parts for start in range(0, len(part), MAX_PIECE_CHARACTERS)]


def _keep_marks(parts: Sequence[str]) -> list[str]:
    """Closing marks go to the piece before them, opening ones to the piece behind."""
    kept: list[str] = []
    opening = ""
    for part in parts:
        whole, opening = opening + part, ""
        while whole and whole[-1] in OPENING_MARKS:
            whole, opening = whole[:-1], whole[-1] + opening
        while kept and whole and whole[0] in CLOSING_MARKS:
            kept[-1], whole = kept[-1] + whole[0], whole[1:]
        if whole:
            kept.append(whole)
    if opening and kept:
        kept[-1] += opening
    return kept or [opening]


def _join_small(parts: Sequence[str]) -> list[str]:
    """A piece of one letter stays with the piece before it, or behind it where it leans forward; marks divide."""
    joined: list[str] = []
    leaning = ""
    for part in parts:
        whole, leaning = leaning + part, ""
        letters = whole.rstrip(CLOSING_MARKS)
        if part in _LEANS_FORWARD:
            leaning = whole
        elif joined and len(letters) <= 1 and len(joined[-1]) < _LONG_ENOUGH and joined[-1][-1] not in CLOSING_MARKS:
            joined[-1] += whole
        else:
            joined.append(whole)
    if leaning:
        joined[-1:] = [joined[-1] + leaning] if joined else [leaning]
    return joined


@lru_cache(maxsize=8)
def _parser_for(language: str) -> budoux.Parser | None:
    makers = {
        "ja": budoux.load_default_japanese_parser,
        "zh": budoux.load_default_traditional_chinese_parser if language in _TRADITIONAL else budoux.load_default_simplified_chinese_parser,
        "th": budoux.load_default_thai_parser,
    }
    maker = makers.get(language[:2])
    return maker() if maker is not None else None
