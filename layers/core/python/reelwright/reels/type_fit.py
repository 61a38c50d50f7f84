"""Fitting type: how wide a text is, where its lines break, how large it may be. By a table of measured advance widths."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from itertools import pairwise

from reelwright.reels.reel import Font

DESCENT = 0.24
ACCENT_RISE = 0.22
DEEP_DESCENT = 0.4
_EM = 1000.0
_WIDE_EM, _UNKNOWN_EM = 1.0, 0.62
_ORPHAN_SHARE = 0.45
SAFETY = 1.02
LEAST_PIECE_LETTERS = 6
ABOVE_CLASS = 230
"""Unicode's combining classes from here on stand above their letter."""

_STAND_IN = "Inter"


@dataclass(frozen=True)
class FittedText:
    """Lines, and the size at which they fit."""

    lines: tuple[str, ...]
    size: int


def measure(text: str, font: Font, size: float, tracking: float = 0.0) -> float:
    """The width in pixels, kerning left out (it makes text a little narrower). ``tracking`` is a share of the size."""
    return _advance(text, font.family, font.weight, font.is_italic) / _EM * size + tracking * size * max(0, len(text) - 1)


@lru_cache(maxsize=4096)
def _advance(text: str, family: str, weight: int, is_italic: bool) -> float:
    """The width in thousandths of the size."""
    widths = _find_face(family, weight, is_italic).widths
    return sum(width if (width := widths.get(character)) is not None else _fallback(character) for character in text)


def is_measured(font: Font) -> bool:
    """Whether the font's family is in the table; else Inter stands in for it."""
    return font.family in _families()


def cap_height(font: Font, size: float) -> float:
    """The height of a capital letter in pixels."""
    return _face_of(font).capital / _EM * size


def accent_rise(text: str, size: float) -> float:
    """How far marks on capitals stand above the capitals, in pixels; 0 where no capital has one."""
    return ACCENT_RISE * size if any(_is_marked_capital(character) for character in unicodedata.normalize("NFC", text)) else 0.0


def deep_descent(text: str, size: float) -> float:
    """How far letters of a script without capitals (Arabic, Devanagari, Thai) hang below the baseline, in pixels; else 0."""
    is_deep = any(unicodedata.bidirectional(character) == "AL" or "\u0900" <= character <= "\u0eff" for character in text)
    return DEEP_DESCENT * size if is_deep else 0.0


def _is_marked_capital(character: str) -> bool:
    parts = unicodedata.normalize("NFD", character)
    return len(parts) > 1 and parts[0].isupper() and any(unicodedata.combining(mark) >= ABOVE_CLASS for mark in parts[1:])


def fit_text(text: str, font: Font, width: float, sizes: tuple[int, int], max_lines: int, tracking: float = 0.0) -> FittedText:
    """The text at the largest size from ``sizes`` (least, greatest) at which at most ``max_lines`` balanced lines fit.

    Where nothing fits, the least size and as many lines as it takes; words that are wider than a line are divided.
    """
    least, greatest = sizes
    words = text.split()
    for size in range(greatest, least - 1, -2):
        lines = break_lines(words, font, size, width, tracking)
        if len(lines) <= max_lines and all(measure(line, font, size, tracking) * SAFETY <= width for line in lines):
            return FittedText(tuple(lines), size)
    divided = [piece for word in words for piece in divide_word(word, font, least, width, tracking)]
    return FittedText(tuple(break_lines(divided, font, least, width, tracking)), least)


def divide_word(word: str, font: Font, size: float, width: float, tracking: float = 0.0) -> list[str]:
    """The word, or where it is wider than a line its pieces, about equally long, each but the last with a hyphen."""
    letters = word.rstrip(".,;:!?…")
    if not letters.isalpha() or deep_descent(word, size):
        return [word]
    for count in range(1, len(letters) // LEAST_PIECE_LETTERS + 1):
        ends = [round(len(letters) * place / count) for place in range(count)] + [len(word)]
        pieces = [word[start:end] + ("-" if end < len(word) else "") for start, end in pairwise(ends)]
        if all(measure(piece, font, size, tracking) * SAFETY <= width for piece in pieces):
            return pieces
    return [word]


def fill_width(text: str, font: Font, width: float, sizes: tuple[int, int], tracking: float = 0.0) -> FittedText | None:
    """One line as wide as ``width``, within the sizes; None where it would be smaller than the least."""
    size = int(width / (measure(text, font, 1.0, tracking) * SAFETY or 1.0))
    size = min(size, sizes[1])
    return FittedText((text,), size) if size >= sizes[0] else None


def break_lines(words: Sequence[str], font: Font, size: float, width: float, tracking: float = 0.0) -> list[str]:
    """As few lines as possible, as equally wide as possible; a word alone on the last line is avoided."""
    count = len(_greedy(words, font, size, width, tracking))
    if count <= 1:
        return [" ".join(words)] if words else []
    best = _balanced(tuple(words), count, font, size, width, tracking)
    return best or _greedy(words, font, size, width, tracking)


def _greedy(words: Sequence[str], font: Font, size: float, width: float, tracking: float) -> list[str]:
    lines: list[str] = []
    for word in words:
        if lines and measure(f"{lines[-1]} {word}", font, size, tracking) * SAFETY <= width:
            lines[-1] = f"{lines[-1]} {word}"
        else:
            lines.append(word)
    return lines


def _balanced(words: tuple[str, ...], count: int, font: Font, size: float, width: float, tracking: float) -> list[str] | None:
    """The split into ``count`` lines whose widest line is narrowest; a short last line costs."""
    if count == 1:
        line = " ".join(words)
        return [line] if measure(line, font, size, tracking) * SAFETY <= width else None
    best: tuple[float, list[str]] | None = None
    for cut in range(1, len(words) - count + 2):
        head = " ".join(words[:cut])
        if measure(head, font, size, tracking) * SAFETY > width:
            break
        rest = _balanced(words[cut:], count - 1, font, size, width, tracking)
        if rest is None:
            continue
        lines = [head, *rest]
        measured = [measure(line, font, size, tracking) for line in lines]
        cost = max(measured) + (0.25 * width if measured[-1] < _ORPHAN_SHARE * max(measured) else 0.0)
        if best is None or cost < best[0]:
            best = (cost, lines)
    return best[1] if best else None


def _fallback(character: str) -> float:
    if unicodedata.combining(character):
        return 0.0
    return (_WIDE_EM if unicodedata.east_asian_width(character) in {"W", "F"} else _UNKNOWN_EM) * _EM


@dataclass(frozen=True)
class _Face:
    """Thousandths of the size."""

    weight: int
    is_italic: bool
    capital: int
    widths: Mapping[str, int]


def _face_of(font: Font) -> _Face:
    return _find_face(font.family, font.weight, font.is_italic)


def _find_face(family: str, weight: int, is_italic: bool) -> _Face:
    """The measured face nearest to the wish; Inter stands in for families that were not measured."""
    faces = _families().get(family) or _families()[_STAND_IN]
    return min(faces, key=lambda face: (face.is_italic != is_italic, abs(face.weight - weight)))


@cache
def _families() -> dict[str, tuple[_Face, ...]]:
    table = json.loads(resources.files("reelwright.reels").joinpath("advance_widths.json").read_text(encoding="utf-8"))
    families: dict[str, tuple[_Face, ...]] = {}
    for name, measured in table["faces"].items():
        family, weight = name.removesuffix(" italic").rsplit(" ", 1)
        face = _Face(int(weight), name.endswith(" italic"), measured["capital"], dict(zip(table["characters"], measured["widths"], strict=True)))
        families[family] = (*families.get(family, ()), face)
    return families
