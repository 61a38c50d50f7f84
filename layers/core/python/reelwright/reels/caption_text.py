"""The words of captions as they are shown: their script, their capitals, their marks, and how they are joined."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Literal

Script = Literal["latin", "greek", "cyrillic", "arabic", "hebrew", "cjk", "devanagari", "thai"]

_RANGES: tuple[tuple[int, int, Script], ...] = (
    (0x0370, 0x03FF, "greek"),
    (0x0400, 0x052F, "cyrillic"),
    (0x0590, 0x05FF, "hebrew"),
    (0x0600, 0x08FF, "arabic"),
    (0x0900, 0x097F, "devanagari"),
    (0x0E00, 0x0E7F, "thai"),
    (0x1100, 0x11FF, "cjk"),
    (0x1F00, 0x1FFF, "greek"),
    (0x2E80, 0xA4CF, "cjk"),
    (0xAC00, 0xD7AF, "cjk"),
    (0xF900, 0xFAFF, "cjk"),
    (0xFB1D, 0xFB4F, "hebrew"),
    (0xFB50, 0xFDFF, "arabic"),
    (0xFE70, 0xFEFF, "arabic"),
    (0xFF00, 0xFFEF, "cjk"),
    (0x20000, 0x3FFFF, "cjk"),
)
_HANGUL = ((0x1100, 0x11FF), (0x3130, 0x318F), (0xAC00, 0xD7AF))
SCRIPTS_WITH_CAPITALS: frozenset[Script] = frozenset({"latin", "greek", "cyrillic"})
DROPPED_MARKS = ".,;:、。，；：؛،।"
"""What pop and box leave out at the end of a word: a line break says it already."""

OPENING_MARKS = "([{«‹“‘「『（【〈《¿¡"
CLOSING_MARKS = ".,;:!?…)]}»›”’、。，．！？；：」』）】〉》ー々ぁぃぅぇぉっゃゅょァィゥェォッャュョ％%ๆฯ"
KEPT_WORDS = 1024  # dividing captions asks for the same words again and again
_JOINER, _EMOJI_LOOK, _KEYCAP = "\u200d", "\ufe0f", "\u20e3"


def script_of(text: str) -> Script:
    """The script that most letters of the text belong to."""
    counts: dict[Script, int] = {}
    for character in text:
        if unicodedata.category(character)[0] in "LM":
            script = _script_of_letter(ord(character))
            counts[script] = counts.get(script, 0) + 1
    return max(counts, key=lambda script: counts[script], default="latin")


def is_unspaced(character: str) -> bool:
    """Whether a letter or mark belongs to a script that writes no blanks between its words (Chinese, Japanese, Thai)."""
    code = ord(character)
    if any(low <= code <= high for low, high in _HANGUL):
        return False
    return _script_of_letter(code) in {"cjk", "thai"}


def join_words(words: Iterable[str]) -> str:
    """The words as running text: with blanks, but for scripts that write none."""
    text = ""
    for word in words:
        if word:
            text += word if not text or has_no_blank_between(text, word) else f" {word}"
    return text


def has_no_blank_between(before: str, after: str) -> bool:
    """Whether two words stand without a further blank: both belong to a script that writes none, or the first brings its own.

    Thai has blanks between clauses: its pieces keep them at their end.
    """
    return bool(before) and bool(after) and (before[-1] == " " or (is_unspaced(before[-1]) and is_unspaced(after[0])))


def show_word(word: str, *, is_upper: bool, drops_marks: bool, language: str = "en", is_name: bool = False) -> str:
    """A word as a caption shows it: without emoji, in capitals where the look wants them, without stops where it drops them.

    A name that is spelt in mixed capitals ("iPhone") keeps its spelling.
    """
    shown = take_out_emoji(word) + " " * (word[-1:] == " ")
    if drops_marks:
        shown = shown.rstrip(DROPPED_MARKS) or shown
    if not is_upper or script_of(shown) not in SCRIPTS_WITH_CAPITALS or (is_name and _is_mixed(shown)):
        return shown
    return to_capitals(shown, language)


def to_capitals(text: str, language: str) -> str:
    """Capitals as the language writes them: Turkish keeps the dot, Greek drops the accents."""
    if language[:2] in {"tr", "az"}:
        return text.replace("i", "İ").upper()
    if language[:2] == "el":
        bare = "".join(character for character in unicodedata.normalize("NFD", text) if character != "\u0301")
        return unicodedata.normalize("NFC", bare).upper()
    return text.upper()


@lru_cache(maxsize=KEPT_WORDS)
def take_out_emoji(text: str) -> str:
    """The text without its emoji; nothing where only marks would be left of it."""
    kept, number = "", 0
    emoji = find_emoji(text)
    while number < len(text):
        found = next((one for one in emoji if text.startswith(one, number)), None)
        kept, number = (kept, number + len(found)) if found else (kept + text[number], number + 1)
    return "" if emoji and not any(character.isalnum() for character in kept) else kept.strip()


def find_emoji(text: str) -> list[str]:
    """The emoji of a text in order, joined sequences and flags whole."""
    if text.isascii():
        return []
    found: list[str] = []
    number = 0
    while number < len(text):
        length = _emoji_length(text, number)
        if length:
            found.append(text[number : number + length])
        number += length or 1
    return found


def count_characters(words: Sequence[str]) -> int:
    """How many characters must be read, blanks included."""
    return len(join_words(words))


def _script_of_letter(code: int) -> Script:
    return next((script for low, high, script in _RANGES if low <= code <= high), "latin")


def _is_mixed(word: str) -> bool:
    letters = [character for character in word if character.isalpha()]
    return any(character.isupper() for character in letters[1:]) and any(character.islower() for character in letters)


def _emoji_length(text: str, start: int) -> int:
    """How many characters of an emoji begin here; 0 for none."""
    end = _one_emoji(text, start)
    while end > start and end < len(text) - 1 and text[end] == _JOINER and _one_emoji(text, end + 1) > end + 1:
        end = _one_emoji(text, end + 1)
    return end - start


def _one_emoji(text: str, start: int) -> int:
    """The end of one unjoined emoji, or ``start`` where there is none."""
    character = text[start]
    after = text[start + 1 : start + 3]
    if character in "0123456789#*":
        return start + 3 if after == _EMOJI_LOOK + _KEYCAP else start
    if _is_flag_letter(character):
        return start + 2 if after[:1] and _is_flag_letter(after[0]) else start
    if not _is_pictograph(character) and not after.startswith(_EMOJI_LOOK):
        return start
    end = start + 1
    while end < len(text) and (text[end] == _EMOJI_LOOK or 0x1F3FB <= ord(text[end]) <= 0x1F3FF or 0xE0020 <= ord(text[end]) <= 0xE007F):
        end += 1
    return end


def _is_flag_letter(character: str) -> bool:
    return 0x1F1E6 <= ord(character) <= 0x1F1FF


def _is_pictograph(character: str) -> bool:
    code = ord(character)
    return 0x1F300 <= code <= 0x1FAFF or code in {
        0x2728,
        0x2705,
        0x274C,
        0x274E,
        0x2B50,
        0x2B55,
        0x26A1,
        0x231A,
        0x231B,
        0x23F0,
        0x26BD,
        0x2615,
        0x2757,
        0x2753,
    }
