"""Pieces of a prompt put together again as the creator wrote them: "aceite, leche y legumbres" is one line and not three."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from reelwright.generation.planning import patterns
from reelwright.generation.planning.facts import find_numbers
from reelwright.generation.planning.lexicon import RULED_LANGUAGES, load_lexicon
from reelwright.generation.planning.post_words import load_post_words
from reelwright.generation.planning.reading import Reading
from reelwright.generation.planning.words import tidy

MAX_JOINED_CHARACTERS = 98
LEAST_WORDS_OF_A_LINE = 4
MAX_SHORT_WORDS = 4
MAX_LABEL_WORDS = 8
_WITH_TITLE = r"\s+(?:[\"“«„][^\"”»“]{3,60}[\"”»“]\s+)?"
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
    """The pieces in the order of the prompt; those of one enumeration are one line, or a line each where that would be too long."""
    groups: list[list[Written]] = []
    for piece in _locate(pieces, reading.prompt):
        before = groups[-1][-1] if groups else None
        if before and before.start >= 0 and piece.start >= before.end and _is_joint(before, reading.prompt[before.end : piece.start], piece.text):
            groups[-1].append(piece)
        else:
            groups.append([_with_label(piece, reading)])
    return [line for group in groups for line in _lines_of(group, reading)]


def _lines_of(group: Sequence[Written], reading: Reading) -> list[Written]:
    whole = _together(group, reading)
    if len(group) == 1 or (whole and len(whole.text) <= MAX_JOINED_CHARACTERS):
        return [whole or group[0]]
    words = sum(len(piece.text.split()) for piece in group) / len(group)
    if words >= LEAST_WORDS_OF_A_LINE:
        return _join_short_ones(group, reading)
    lines: list[list[Written]] = [[group[0]]]
    for piece in group[1:]:
        together = _together([*lines[-1], piece], reading)
        if together and len(together.text) <= MAX_JOINED_CHARACTERS:
            lines[-1].append(piece)
        else:
            lines.append([piece])
    return [_together(line, reading) or line[0] for line in lines]


def _join_short_ones(group: Sequence[Written], reading: Reading) -> list[Written]:
    """Long pieces on lines of their own, short ones that stand side by side on one: "Son artesanos, con nata, trufa o sin relleno"."""
    lines: list[Written] = []
    is_open = False
    for piece in group:
        is_short = len(piece.text.split()) <= MAX_SHORT_WORDS and not find_numbers(piece.text)
        together = _together([lines[-1], piece], reading) if lines and is_short and is_open else None
        if together and len(together.text) <= MAX_JOINED_CHARACTERS:
            lines[-1] = together
        else:
            lines.append(piece)
        is_open = is_short
    return lines


def _together(group: Sequence[Written], reading: Reading) -> Written | None:
    """The pieces with what stands between them; None where a bracket would be torn."""
    first, last = group[0], group[-1]
    if len(group) == 1:
        return first
    text = tidy(reading.prompt[first.start : last.end])
    if text.count("(") > text.count(")") and reading.prompt[last.end : last.end + 1] == ")":
        text = f"{text})"
    return Written(text, tuple(part for piece in group for part in piece.parts), first.start, last.end) if text.count("(") == text.count(")") else None


def _locate(pieces: Sequence[str], prompt: str) -> list[Written]:
    """Where each piece stands in the prompt; one that is not found (a repaired phrase) stays behind the one before it."""
    found: list[Written] = []
    taken: list[tuple[int, int]] = []
    for piece in pieces:
        words = _WITH_TITLE.join(re.escape(word) for word in piece.split())
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


def _is_joint(before: Written, gap: str, after: str) -> bool:
    """Whether what stands between two pieces joins them: a comma, "and", a colon behind a few words, a dash behind a quotation."""
    if "\n" in gap or " / " in gap or (_QUOTED_END.search(before.text) and after[:1] in _QUOTES):
        return False
    words = "|".join(sorted({re.escape(load_lexicon(language).texts["and_word"]) for language in RULED_LANGUAGES} | set(_THEN), key=len, reverse=True))
    if patterns.fullmatch(rf"\s*[,;/&+·|]\s*(?:(?:{words})\s+)*|\s+(?:{words})\s+", gap, re.IGNORECASE):
        return True
    if patterns.fullmatch(r"\s*(?:\.{3}|…)\s*", gap):
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
