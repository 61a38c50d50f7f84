"""The text beside a video where only a line is read: the hook, then what the viewer needs to come, buy or call."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product

from reelwright.generation.planning import patterns
from reelwright.generation.planning.facts import fact_pattern, holds_facts
from reelwright.generation.planning.leaning import leans
from reelwright.generation.planning.offers import is_contact
from reelwright.generation.planning.reading import Reading
from reelwright.generation.planning.sentences import split_sentences
from reelwright.generation.planning.words import capitalise, lower

MAX_SHORT_CHARACTERS = 150
MAX_SENTENCES = 3
LEAST_OF_ROW, LEAST_STANDING_WORDS = 2, 5
NUMERAL = re.compile(r"^\d\. ")
_WHEN, _WHAT, _PRICE, _CONTACT, _WHERE, _ROW_OF_LINES, _OTHER, _SENTENCE = range(8)
_WORTHS = {_WHAT: 1.0, _WHEN: 1.2, _PRICE: 0.8, _CONTACT: 0.5, _WHERE: 0.7}
NO_CALL_COST, MAX_ECHOED_WORDS = 0.7, 3
DOUBLED_COST, TWICE_WORDS, SUBJECT_FIRST_VALUE = 0.5, 3, 0.02
CONTACT_VALUE, WHOLE_LINE_VALUE, FIRST_LINE_VALUE = 1.0, 0.2, 0.25
HOUSE_NUMBER = re.compile(r"\b[A-ZÀ-Ý][\w'’-]{2,} \d{1,4}\b(?!\s?(?:%|€|°))")
_HOUR = re.compile(r"\b\d{1,2}(?:[:.h]\d{2}| ?(?:am|pm|a\.m|p\.m|h|uhr))\b", re.IGNORECASE)
_HOURS = re.compile(r"\D{0,24}\d")  # a day with its number or hours: "sabato 10-18"
_ROW = re.compile(r"([^\W\d_]+) \d{1,2}\b(?![.:]\d)")
_STREET = re.compile(
    r"\b(?:via|rue|calle|c/|rua|av\.|avenida|piazza|plaza|place|platz|straße|str\.|gasse|weg|street|st\.|road|rd\.?|lane|square|hall|park)\b|\w+(?:straße|gasse|platz|weg)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class _Unit:
    """A part of the post that may stand in the short text: its rank (small first) and its place."""

    rank: int
    place: tuple[int, int]
    text: str


def shorten_post(lines: Sequence[str], title: str, call: str, offers: Sequence[str], reading: Reading, subject: str = "") -> str:
    """The hook and the call, then date, price, place and contact, then what else the limit holds, in the order of the post."""
    if len(lines) < 2:
        return "".join(lines)
    if lines[1].startswith("— "):
        return f"{lines[0]} {lines[1]}"
    call = call if call in lines[1:] else ""
    units = sorted(_promote_times(list(_units(lines, call, offers, subject, reading)), lines[0], reading), key=lambda unit: unit.rank)
    reached = sorted(units, key=lambda unit: unit.rank if unit.rank != _CONTACT else _WHEN)
    contact_first = sorted(units, key=lambda unit: -1 if unit.rank == _CONTACT else unit.rank)
    best: list[_Unit] = []
    most = (False, 0.0)
    for opening, asked, order in product(_openings_of(lines[0], title, offers, subject), _calls_of(call), (units, reached, contact_first)):
        chosen = [_Unit(-1, (0, 0), opening), *([_Unit(-1, (lines.index(call), 0), asked)] if asked else [])]
        for unit in order:
            is_next = leans(unit.text, lines[0], reading) or len(unit.text.split()) < LEAST_STANDING_WORDS
            leaned_on = unit.rank == _SENTENCE and opening != lines[0] and is_next
            echoes = unit.text == subject and _echoes(unit.text, chosen, reading)
            if not leaned_on and not echoes and _length([*chosen, unit]) <= MAX_SHORT_CHARACTERS and not _repeats(unit.text, chosen):
                chosen.append(unit)
        worth = _worth(chosen, lines, offers, call, reading)
        worths = (
            worth[0],
            worth[1]
            - NO_CALL_COST * bool(call and not asked)
            - DOUBLED_COST * _says_twice(chosen)
            + SUBJECT_FIRST_VALUE * bool(subject and opening == subject),
        )
        if not best or worths > most:
            best, most = chosen, worths
    if _length(best) > MAX_SHORT_CHARACTERS:
        best = [unit for unit in best if unit.text == call] or best
    return " ".join(close(unit.text) for unit in sorted(best, key=lambda unit: unit.place))


def close(part: str) -> str:
    """The part with a full stop where it has no ending of its own; emoji and a kiss are endings."""
    needs_stop = part[-1:].isalnum() or part[-1:] in ")%€$£\"'"
    return f"{part}." if needs_stop and not part.endswith((" x", " xx")) else part


def _calls_of(call: str) -> list[str]:
    """The call, and where it has several parts the one that says how to get in touch, else the first: "Bizum 00000" of "Bizum 00000 · or come by"."""
    parts = [part.strip() for part in call.split(" · ")]
    short = next((part for part in parts if is_contact(part)), parts[0])
    told = [call, short] if len(parts) > 1 and len(short.split()) > 1 else [call]
    return told if not call or holds_facts(call) else [*told, ""]


def _openings_of(first: str, title: str, offers: Sequence[str], subject: str) -> list[str]:
    """The first line, the shorter title, what it is about, and the line of the offer that holds the title; a story keeps its first line."""
    if not offers and len(first) <= MAX_SHORT_CHARACTERS:
        return [first]
    told = [line for line in offers if title.lower() in line.lower() or _shares_run(title, line)]
    return list(dict.fromkeys(filter(None, [first, title, *told, subject])))


def _promote_times(units: list[_Unit], first: str, reading: Reading) -> list[_Unit]:
    """Where the first line says when, other days come later; where nothing names a day, the part with an hour says when."""
    if _rank(first, reading) == _WHEN:
        return [replace(unit, rank=_OTHER) if unit.rank == _WHEN else unit for unit in units]
    if any(unit.rank == _WHEN for unit in units):
        return units
    return [replace(unit, rank=_WHEN) if unit.rank == _OTHER and _HOUR.search(unit.text) else unit for unit in units]


def _units(lines: Sequence[str], call: str, offers: Sequence[str], subject: str, reading: Reading) -> Iterator[_Unit]:
    is_numbered = sum(bool(NUMERAL.match(line)) for line in lines) > 1
    sentences = 0
    counted = [line for line in lines if _is_counted(line, lines)]
    for at, line in enumerate(lines):
        if counted and line == counted[0]:
            yield _Unit(_ROW_OF_LINES, (at, 0), " ".join(close(one) for one in counted))
            continue
        if not at or line == call or line in counted[1:] or (is_numbered and NUMERAL.match(line)) or (" · " in line and is_numbered):
            continue
        if line in offers:
            yield _Unit(_WHAT if line == subject else _rank(line, reading), (at, 0), line)
            parts = _parts_of(line)
            yield from (
                _Unit(_rank(part, reading), (at, place), capitalise(part))
                for place, part in enumerate(parts)
                if len(parts) > 1 and len(part.split()) > 1 and _rank(part, reading) < _OTHER
            )
            continue
        for place, sentence in enumerate(_standing(split_sentences(line), reading)):
            sentences += 1
            if sentences <= MAX_SENTENCES:
                yield _Unit(_SENTENCE, (at, place), sentence)


def _is_counted(line: str, lines: Sequence[str]) -> bool:
    """Whether the line is one of a row such as "Day 1 …", "Day 2 …", which is told as a whole or not at all."""
    rows = [found.group(1) for other in (line, *lines) if (found := _ROW.match(other))]
    return _ROW.match(line) is not None and rows[1:].count(rows[0]) >= LEAST_OF_ROW


def _rank(text: str, reading: Reading) -> int:
    kinds = {match.lastgroup for match in fact_pattern().finditer(text) if match.lastgroup not in {"when", "time"} or _HOURS.match(text, match.start())}
    if is_contact(text):
        return _CONTACT
    if "when" in kinds:
        return _WHEN
    if kinds & {"price", "percent"}:
        return _PRICE
    is_place = any(place.lower() in text.lower() for place in reading.places) or bool(_STREET.search(text) or HOUSE_NUMBER.search(text))
    return _WHERE if is_place else _OTHER


def _parts_of(line: str) -> list[str]:
    """The parts of a line between commas, outside brackets and numbers."""
    return [part.strip() for part in patterns.split(r"(?:(?<!\d)[,:]\s+|[,:]\s+(?!\d))(?![^(]*\))", line) if part.strip()]


def _standing(sentences: Sequence[str], reading: Reading) -> list[str]:
    """The sentences of a line up to the first that leans on the one before."""
    count = next((at for at in range(1, len(sentences)) if leans(sentences[at], sentences[at - 1], reading)), len(sentences))
    is_open = bool(sentences) and count < len(sentences) and (sentences[count - 1].endswith("?") or _shares_start(sentences[count - 1 : count + 1]))
    return list(sentences[: count - 1 if is_open else count])


def _shares_start(pair: Sequence[str]) -> bool:
    """ "First tooth. First steps.": the first of a row is nothing alone."""
    return len({lower(sentence.split(maxsplit=1)[0]) for sentence in pair}) == 1


def _length(units: Sequence[_Unit]) -> int:
    return len(" ".join(close(unit.text) for unit in units))


def _echoes(subject: str, chosen: Sequence[_Unit], reading: Reading) -> bool:
    """Whether what the reel is about says little more than what is chosen: "Mi erasmus en Cracovia" behind "Diez meses en Cracovia"."""
    told = {lower(word) for unit in chosen for word in unit.text.split()}
    words = [lower(word) for word in subject.split() if reading.lexicon.is_content(word)]
    return len(words) <= MAX_ECHOED_WORDS and 2 * sum(word in told for word in words) >= len(words)


def _says_twice(chosen: Sequence[_Unit]) -> bool:
    """Whether the opening and another part hold the same three words: a name that is told twice."""
    return any(_shares_run(chosen[0].text, unit.text) for unit in chosen[1:])


def _shares_run(one: str, other: str) -> bool:
    words, flat = [lower(word) for word in one.split()], f" {' '.join(lower(word) for word in other.split())} "
    return any(f" {' '.join(words[at : at + TWICE_WORDS])} " in flat for at in range(len(words) - TWICE_WORDS + 1))


def _repeats(text: str, chosen: Sequence[_Unit]) -> bool:
    return any(text.lower() in unit.text.lower() or unit.text.lower() in text.lower() for unit in chosen)


def _worth(chosen: Sequence[_Unit], lines: Sequence[str], offers: Sequence[str], call: str, reading: Reading) -> tuple[bool, float]:
    """Whether it fits, and how much of what a viewer needs it holds; without a call the number or address is what counts most."""
    ranks = {unit.rank for unit in chosen} | {_rank(unit.text, reading) for unit in chosen if unit.rank < 0}
    value = sum(worth for rank, worth in _WORTHS.items() if rank in ranks) + (CONTACT_VALUE if _CONTACT in ranks and not call else 0.0)
    value += WHOLE_LINE_VALUE * sum(unit.text in offers for unit in chosen)
    value += WHOLE_LINE_VALUE * any(unit.rank < 0 and unit.text == call for unit in chosen if call)
    opens_whole = any(unit.rank < 0 and unit.text == lines[0] for unit in chosen)
    return _length(chosen) <= MAX_SHORT_CHARACTERS, value + FIRST_LINE_VALUE * opens_whole
