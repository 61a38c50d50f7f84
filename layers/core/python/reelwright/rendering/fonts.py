"""Typefaces: the wished face for each stretch of a line, and another one where it lacks the script."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

import uharfbuzz

from reelwright.kit.errors import InvalidInput, PartMissing
from reelwright.kit.parts import FontFile, font_path
from reelwright.reels.reel import Font
from reelwright.rendering.typeface import Typeface

FALLBACK_FAMILIES = (
    "Inter",
    "Noto Sans",
    "Noto Sans Arabic",
    "Heebo",
    "Noto Sans Thai",
    "Noto Sans CJK JP",
    "Noto Sans CJK SC",
    "Noto Sans CJK KR",
)
NEAREST_FAMILIES = {
    "Playfair Display": ("Fraunces",),
    "Instrument Serif": ("Playfair Display",),
    "Fraunces": ("Playfair Display",),
    "Anton": ("Montserrat",),
    "Permanent Marker": ("Caveat",),
    "Share Tech": ("JetBrains Mono",),
    "Space Mono": ("JetBrains Mono",),
}
"""What a family's missing letters are taken from before the families for all."""

HEAVINESS = {"Anton": 900, "Permanent Marker": 700}
"""Families of one weight that looks like this one; their stand-ins take it."""

LANGUAGE_FAMILIES = {"zh": "Noto Sans CJK SC", "ko": "Noto Sans CJK KR", "ja": "Noto Sans CJK JP"}
NEVER_DRAWN = frozenset({"Cc", "Cn", "Co", "Cs"})
INVISIBLE = frozenset("\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\ufe0e\ufe0f\u2066\u2067\u2068\u2069\u202a\u202b\u202c\u202d\u202e")


@dataclass(frozen=True)
class Run:
    """A stretch of text that one face can draw, in one direction."""

    text: str
    face: Typeface
    is_right_to_left: bool = False


@dataclass(frozen=True)
class _Piece:
    text: str
    family: str
    is_right_to_left: bool


@dataclass
class FontShelf:
    """Opens faces once for one composer. Not to be shared between threads."""

    language: str = "en"
    _faces: dict[tuple[str, int, bool, int], Typeface] = field(default_factory=dict)
    _covered: dict[str, frozenset[int]] = field(default_factory=dict)

    def split_runs(self, text: str, font: Font, size: int) -> list[Run]:
        """The text as runs in reading order. Characters that no face knows are left out (emoji in a serif line, for one)."""
        families = self._families(font)
        pieces: list[_Piece] = []
        for word in _words_and_spaces(text):
            own = self._family_of_word(word, families)
            for character in word:
                if character in INVISIBLE and not (pieces and character in "\u200c\u200d"):
                    continue
                drawn = None if unicodedata.category(character) in NEVER_DRAWN else self._family_for(character, own, families, pieces)
                if drawn is not None:
                    _append(pieces, character, drawn, _direction_of(character, pieces[-1].is_right_to_left if pieces else is_right_to_left(text)))
        return [Run(piece.text, self.open_face(piece.family, _weight(piece.family, font), font.is_italic, size), piece.is_right_to_left) for piece in pieces]

    def stand_in(self, text: str, font: Font) -> Font:
        """The font, or the one that draws the whole text where it lacks some of its Latin letters: a line of two faces looks torn."""
        letters = {ord(character) for character in text if character.isalpha() and "LATIN" in unicodedata.name(character, "")}
        if not letters or all(self._has(font.family, code) for code in letters):
            return font
        family = next((one for one in self._families(font) if all(self._has(one, code) for code in letters)), font.family)
        return font.model_copy(update={"family": family, "weight": _weight(family, font)})

    def open_face(self, family: str, weight: int, is_italic: bool, size: int) -> Typeface:
        """The face, ready to draw. Raises PartMissing where neither it nor Inter is installed."""
        key = (family, weight, is_italic, size)
        if key not in self._faces:
            file = _find(family, weight, is_italic, size)
            self._faces[key] = Typeface(file, size)
        return self._faces[key]

    def _families(self, font: Font) -> tuple[str, ...]:
        own = LANGUAGE_FAMILIES.get(self.language[:2])
        return (font.family, *((own,) if own else ()), *NEAREST_FAMILIES.get(font.family, ()), *FALLBACK_FAMILIES)

    def _family_of_word(self, word: str, families: tuple[str, ...]) -> str | None:
        """The first family that has the whole word."""
        codes = [ord(character) for character in word if character not in INVISIBLE]
        return next((family for family in families if all(self._has(family, code) for code in codes)), None)

    def _family_for(self, character: str, own: str | None, families: tuple[str, ...], pieces: list[_Piece]) -> str | None:
        """The word's; where no family has all of it, marks and spaces stay with the run before them."""
        code = ord(character)
        if pieces and (character.isspace() or unicodedata.combining(character)) and self._has(pieces[-1].family, code):
            return pieces[-1].family
        return own or next((family for family in families if self._has(family, code)), None)

    def _has(self, family: str, code: int) -> bool:
        if family not in self._covered:
            self._covered[family] = _read_coverage(family)
        return code in self._covered[family]


def _append(pieces: list[_Piece], character: str, family: str, is_right_to_left: bool) -> None:
    """Adds a character to the last piece, or begins another one."""
    if pieces and (pieces[-1].family, pieces[-1].is_right_to_left) == (family, is_right_to_left):
        pieces[-1] = _Piece(pieces[-1].text + character, family, is_right_to_left)
    else:
        pieces.append(_Piece(character, family, is_right_to_left))


def _words_and_spaces(text: str) -> list[str]:
    return [piece for piece in re.split(r"(\s+)", text) if piece]


def _weight(family: str, font: Font) -> int:
    return font.weight if family == font.family else HEAVINESS.get(font.family, font.weight)


def _read_coverage(family: str) -> frozenset[int]:
    """The characters that a family's upright face can draw; none where it is not installed."""
    try:
        file = _find(family, 400, False, 40)
    except PartMissing:
        return frozenset()
    return frozenset(uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(file.path)), file.index).unicodes)


def _find(family: str, weight: int, is_italic: bool, size: int) -> FontFile:
    try:
        return font_path(family, weight, is_italic, size=size)
    except InvalidInput:
        return font_path("Inter", weight, is_italic, size=size)


def _direction_of(character: str, before: bool) -> bool:
    """Letters and digits have a direction (numbers run to the right in every script); what is neither follows what is before it."""
    direction = unicodedata.bidirectional(character)
    if direction in {"R", "AL"}:
        return True
    return False if direction in {"L", "EN", "AN"} else before


def is_right_to_left(text: str) -> bool:
    """Whether the first strong character belongs to a script written from the right."""
    for character in text:
        direction = unicodedata.bidirectional(character)
        if direction in {"R", "AL"}:
            return True
        if direction == "L":
            return False
    return False
