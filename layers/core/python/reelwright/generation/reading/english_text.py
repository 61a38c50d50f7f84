"""English signs that the dictionary's own normaliser leaves: handles, addresses, short units, hours and Latin abbreviations."""

from __future__ import annotations

import re

_PLAIN = (
    ("e.g.", "for example"), ("i.e.", "that is"), ("etc.", "et cetera."), ("vs.", "versus"), ("24/7", "twenty four seven"), ("w/", "with "),
)  # fmt: skip
_ADDRESS = re.compile(
    r"(?<![\w@.])(?:https?://)?(?:www\.)?((?:[a-z0-9-]+\.)+(?:com|org|net|io|co|uk|de|fr|es|it|app|shop|cafe|tv|me|eu|br|in|jp))(/[\w./-]*)?", re.IGNORECASE
)
_MAIL = re.compile(r"([\w.+-]+)@((?:[\w-]+\.)+[a-z]{2,8})", re.IGNORECASE)
_HANDLE = re.compile(r"(?<!\w)@([\w.]*\w)")
_HOUR = re.compile(r"\b(\d{1,2})\s?([ap])\.?m\b\.?", re.IGNORECASE)
_RATIO = re.compile(r"\b(\d{1,2}):(\d)\b(?!\d)")
_UNITS = (("g", "gram"), ("l", "liter"), ("L", "liter"), ("ml", "milliliter"), ("GB", "gigabyte"))


def spell_english(text: str) -> str:
    """The text with those signs as words; all else stays."""
    for sign, words in _PLAIN:
        text = text.replace(sign, words)
    text = _MAIL.sub(lambda found: f"{_dots(found[1])} at {_dots(found[2])}", text)
    text = _ADDRESS.sub(lambda found: _dots(found[1]) + _dots((found[2] or "").rstrip("/")), text)
    text = _HANDLE.sub(lambda found: f"at {_dots(found[1])}", text)
    text = _HOUR.sub(lambda found: f"{found[1]} {found[2].upper()}M", text)
    text = _RATIO.sub(r"\1 by \2", text)
    for unit, name in _UNITS:
        text = re.sub(rf"\b1\s?{unit}\b(?![./])", f"1 {name}", text)
        text = re.sub(rf"\b(\d[\d.,]*)\s?{unit}\b(?![./])", rf"\1 {name}s", text)
    return re.sub(r"\b(\d+)x\b", r"\1 times", text)


def _dots(text: str) -> str:
    return text.replace(".", " dot ").replace("/", " slash ").replace("_", " ").replace("-", " dash ")
