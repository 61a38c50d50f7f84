"""Quotes and brackets in a prompt: what stands in them is never divided."""

from __future__ import annotations

import re

from reelwright.generation.planning import patterns
from reelwright.generation.planning.sentences import split_sentences

QUOTED = r"(?:«[^»]+»|„[^“”]+[“”]|“[^”]+”|\"[^\"]+\")"
COMMA = r"(?<![\d.]),\s+|(?<=[\d.]),\s+(?!\d{1,2}\.?(?:st|nd|rd|th)?(?:,\s?\d|,?\s(?:and|e|y|und|et|&|\+)\s\d))"
"""A comma between parts, but not between the days of a date: "7, 8 and 14 March"."""
_SPAN = re.compile(rf"{QUOTED}|\([^()]*\)|https?://\S+|\b[\w.+-]+@[\w-]+\.[\w.]+")
_MARK = re.compile(r"\x02(\d+)\x02(?:\x03\.)?")


def unquote(text: str) -> str:
    """The text without the quotation marks around it."""
    return patterns.sub(r"^[\"“”«»„\s]+|[\"“”«»„\s]+$", "", text)


def find_quotes(text: str) -> list[re.Match[str]]:
    """The quoted phrases, marks and all."""
    return list(patterns.finditer(rf"(?<![\w\"”»“]){QUOTED}(?!\w)", text))


def split_outside(text: str, pattern: str) -> list[str]:
    """The text divided at the pattern, but never inside quotes or brackets."""
    masked, spans = _mask(text)
    return [_unmask(piece, spans) for piece in patterns.split(pattern, masked) if piece is not None]


def split_prompt(text: str) -> list[str]:
    """The sentences of a prompt; a quoted phrase stays whole."""
    masked, spans = _mask(text)
    return [_unmask(sentence, spans) for sentence in split_sentences(masked, is_prompt=True)]


def _mask(text: str) -> tuple[str, list[str]]:
    spans: list[str] = []

    def hide(match: re.Match[str]) -> str:
        spans.append(match.group())
        ends = patterns.search(r"[.!?…][\"”»]?$", match.group()) and patterns.match(r"\s+[A-ZÀ-Ý]", text[match.end() :])
        return f"\x02{len(spans) - 1}\x02" + ("\x03." if ends else "")

    return _SPAN.sub(hide, text), spans


def _unmask(text: str, spans: list[str]) -> str:
    return _MARK.sub(lambda match: spans[int(match.group(1))], text)
