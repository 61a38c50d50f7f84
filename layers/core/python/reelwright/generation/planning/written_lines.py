"""Pieces of a prompt put together again as the creator wrote them: "aceite, leche y legumbres" is one line and not three."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from reelwright.generation.planning import patterns
from reelwright.generation.planning.lexicon import RULED_LANGUAGES, load_lexicon
from reelwright.generation.planning.post_words import load_post_words
from reelwright.generation.planning.reading import Reading
from reelwright.generation.planning.words import tidy

MAX_JOINED_CHARACTERS = 96
MAX_LABEL_WORDS = 8
_QUOTES = frozenset('"“«„')
_QUOTED_END = re.compile(r"[\"”»“'’]\)?$|[)]$")


@dataclass(frozen=True)
class Written:
    """A line as it stands in the prompt, with the pieces it holds."""

    text: str
    parts: tuple[str, ...]
    start: int = -1
    end: int = -1


def join_as_written(pieces: Sequence[str], reading: Reading) -> list[Written]:
    """The pieces in the order of the prompt; neighbours of one enumeration become one line, as far as a line can be long."""
    joined: list[Written] = []
    for piece in _locate(pieces, reading.prompt):
        before = joined[-1] if joined else None
        together = _join(before, piece, reading) if before else None
        if together:
            joined[-1] = together
        else:
            joined.append(_with_label(piece, reading))
    return joined


def _locate(pieces: Sequence[str], prompt: str) -> list[Written]:
    """Where each piece stands in the prompt; one that is not found (a repaired phrase) stays behind the one before it."""
    found: list[Written] = []
    taken: list[tuple[int, int]] = []
    for piece in pieces:
        words = r"\s+".join(re.escape(word) for word in piece.split())
        pattern = rf"(?<!\w){words}(?!\w)"
        places = [match.span() for match in patterns.finditer(pattern, prompt, re.IGNORECASE)]
        free = next((span for span in places if all(span[1] <= start or span[0] >= end for start, end in taken)), None)
        if free:
            taken.append(free)
        start, end = free or (-1, -1)
        found.append(Written(tidy(prompt[start:end]) if free else piece, (piece,), start, end))
    order: list[tuple[int, int]] = []
    last = -1
    for at, one in enumerate(found):
        last = one.start if one.start >= 0 else last
        order.append((last, at))
    return [found[at] for _, at in sorted(order)]


def _join(before: Written, piece: Written, reading: Reading) -> Written | None:
    if before.start < 0 or piece.start < before.end or not _is_joint(before, reading.prompt[before.end : piece.start], piece.text):
        return None
    text = tidy(reading.prompt[before.start : piece.end])
    if text.count("(") > text.count(")") and reading.prompt[piece.end : piece.end + 1] == ")":
        text = f"{text})"
    if len(text) > MAX_JOINED_CHARACTERS or text.count("(") != text.count(")"):
        return None
    return Written(text, (*before.parts, *piece.parts), before.start, piece.end)


def _is_joint(before: Written, gap: str, after: str) -> bool:
    """Whether what stands between two pieces joins them: a comma, "and", a colon behind a few words, a dash behind a quotation."""
    if "\n" in gap or " / " in gap or (_QUOTED_END.search(before.text) and after[:1] in _QUOTES):
        return False
    words = "|".join(sorted({re.escape(load_lexicon(language).texts["and_word"]) for language in RULED_LANGUAGES} | set(_THEN), key=len, reverse=True))
    if patterns.fullmatch(rf"\s*[,;/&+·|]\s*(?:(?:{words})\s+)*|\s+(?:{words})\s+", gap, re.IGNORECASE):
        return True
    if patterns.fullmatch(r"\s*:\s*", gap):
        return len(before.text.split()) <= MAX_LABEL_WORDS
    return bool(patterns.fullmatch(r"\s*[—–-]\s*", gap)) and bool(_QUOTED_END.search(before.text))


def _with_label(piece: Written, reading: Reading) -> Written:
    """ "adresse: Unterried 7": the label that stands before the fact is kept."""
    if piece.start < 0 or ":" in piece.text:
        return piece
    label = patterns.search(rf"(?:^|[\n.,;!(]\s*|\s)((?:{load_post_words(reading.language).labels})\s*:\s*)$", reading.prompt[: piece.start], re.IGNORECASE)
    if not label:
        return piece
    return Written(tidy(reading.prompt[label.start(1) : piece.end]), piece.parts, label.start(1), piece.end)


_THEN = ("then", "luego", "después", "dann", "puis", "ensuite", "depois", "poi", "plus", "or", "o", "oder", "ou", "and then")
