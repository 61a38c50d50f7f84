"""Facts that stand only in the prompt of a spoken reel, as cards over the voice: in the order of the brief, the most useful where not all fit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from reelwright.generation.planning import patterns
from reelwright.generation.planning.beats_of_script import Draft
from reelwright.generation.planning.facts import find_numbers
from reelwright.generation.planning.number_words import heard_numbers
from reelwright.generation.planning.pieces import (
    COUNT,
    MAX_JOINED_CHARACTERS,
    OTHER,
    STEM_LETTERS,
    TOPIC,
    Piece,
    find_contact,
    join_texts,
    list_pieces,
)
from reelwright.generation.planning.placements import wants_all_late
from reelwright.generation.planning.reading import Reading
from reelwright.generation.planning.words import capitalise, lower

READ_START_SECONDS, READ_CHARACTERS_PER_SECOND = 0.35, 20.0
OVERLAP_GAIN, MAX_OVERLAP = 0.5, 2
MIN_CARD_SECONDS = 1.2
TITLE_COST = 0.6
LATE_SHARE = 0.55
MAX_END_CHARACTERS, MAX_ADDED_LINES = 84, 2
MAX_ROUNDS = 12


@dataclass(frozen=True)
class Placed:
    """What of the facts has no card and stands on the end card instead, as one line with the call."""

    call: str
    left: tuple[str, ...] = ()


def show_over_voice(drafts: Sequence[Draft], call: str, hook: str, deck: str, reading: Reading) -> Placed:
    """Gives the drafts their cards; what a viewer needs to get in touch, and what finds no room, joins the call.

    ``deck`` stands under the title already.
    """
    if not reading.lexicon.is_ruled:
        return Placed(call)
    known = " ".join([call, hook, deck, *(draft.title or "" for draft in drafts if draft.is_chapter)]).lower()
    pieces = list_pieces(reading, known)
    pieces = pieces if any(piece.value > OTHER for piece in pieces) else [piece for piece in pieces if piece.value >= TOPIC]
    if wants_all_late(reading.prompt):
        pieces = [replace(piece, is_late=True) for piece in pieces]
    call, pieces = _answer(call, pieces)
    slots = [draft for draft in drafts[1:] if not draft.is_chapter and draft.role in {"build", "payoff", "silent"}]
    cards, left = _fit(pieces, slots, reading)
    for at, piece in cards:
        slots[at].cards, slots[at].title = (piece.shown,), None
    return _add_to_end(call, left)


def _answer(call: str, pieces: list[Piece]) -> tuple[str, list[Piece]]:
    """A call without a number or address ("Give me a ring") takes the one that the prompt has."""
    contact = next((piece for piece in pieces if find_contact(piece.text)), None)
    if not contact or find_contact(call):
        return call, pieces
    told = find_contact(contact.text) if call else contact.text
    return " · ".join(filter(None, [call, capitalise(told) if not call else told])), [piece for piece in pieces if piece is not contact]


def _add_to_end(call: str, left: Sequence[Piece]) -> Placed:
    rest: list[str] = []
    added = 0
    for piece in sorted(left, key=lambda one: -one.value):
        longer = " · ".join(filter(None, [call, piece.text if call else piece.shown]))
        if COUNT <= piece.value < TOPIC and added < MAX_ADDED_LINES and len(longer) <= MAX_END_CHARACTERS:
            call, added = longer, added + 1
        else:
            rest.append(piece.text)
    return Placed(call, tuple(rest))


def _fit(pieces: list[Piece], slots: Sequence[Draft], reading: Reading) -> tuple[list[tuple[int, Piece]], list[Piece]]:
    """The best cards for the slots, and the pieces without one. Neighbours share a card where that shows more."""
    best = _assign(pieces, slots, reading)
    for _ in range(MAX_ROUNDS):
        lost = [at for at in range(len(pieces)) if at not in {place for _, place in best[1]}]
        ways = [way for at in lost for way in (_join(pieces, at - 1, reading), _join(pieces, at, reading)) if way]
        rated = [(way, _assign(way, slots, reading)) for way in ways]
        better = max(rated, key=lambda row: row[1][0], default=None)
        if better is None or better[1][0] <= best[0]:
            break
        pieces, best = better
    shown = {place for _, place in best[1]}
    return [(slot, pieces[place]) for slot, place in best[1]], [piece for at, piece in enumerate(pieces) if at not in shown]


def _join(pieces: list[Piece], at: int, reading: Reading) -> list[Piece] | None:
    if at < 0 or at + 1 >= len(pieces) or pieces[at].stands_alone or pieces[at + 1].stands_alone or pieces[at].is_late != pieces[at + 1].is_late:
        return None
    if pieces[at].text in reading.places and pieces[at + 1].text in reading.places:
        return None  # each stands at a picture of its own
    text = join_texts(pieces[at].text, pieces[at + 1].text, reading)
    is_loose = " · " in text and min(pieces[at].value, pieces[at + 1].value) < COUNT
    if len(text) > MAX_JOINED_CHARACTERS or is_loose:
        return None
    return [*pieces[:at], replace(pieces[at], text=text, value=pieces[at].value + pieces[at + 1].value), *pieces[at + 2 :]]


def _assign(pieces: Sequence[Piece], slots: Sequence[Draft], reading: Reading) -> tuple[float, list[tuple[int, int]]]:
    """Slot and piece of each card, both in order, with the greatest gain."""
    best: list[list[tuple[float, list[tuple[int, int]]]]] = [[(0.0, [])] * (len(pieces) + 1)]
    for slot in range(len(slots)):
        row: list[tuple[float, list[tuple[int, int]]]] = [(0.0, [])]
        for place, piece in enumerate(pieces):
            gain = _gain(piece, slot, slots, reading)
            taken = (best[slot][place][0] + gain, [*best[slot][place][1], (slot, place)])
            row.append(max(best[slot][place + 1], row[place], taken, key=lambda way: way[0]))
        best.append(row)
    return best[-1][-1]


def _gain(piece: Piece, slot: int, slots: Sequence[Draft], reading: Reading) -> float:
    """How much a card gives there; below zero where it cannot be read in the time or comes too early."""
    draft = slots[slot]
    if draft.seconds < MIN_CARD_SECONDS or draft.seconds < READ_START_SECONDS + len(piece.text) / READ_CHARACTERS_PER_SECOND:
        return -1.0
    if piece.is_late and slot < LATE_SHARE * len(slots):
        return -1.0
    place = (slot + 1) / (len(slots) + 1)
    early = 0.2 * (1 - place) if piece.value >= TOPIC else 0.1 * place
    overlap = 0 if draft.role == "silent" else min(MAX_OVERLAP, _overlap(piece.text, draft.text, reading))
    return piece.value + OVERLAP_GAIN * overlap + early - TITLE_COST * bool(draft.title)


def _overlap(text: str, spoken: str, reading: Reading) -> int:
    """How many words or numbers card and sentence share."""
    words = {lower(word)[:STEM_LETTERS] for word in patterns.findall(r"[^\W\d_]{4,}", text) if not reading.lexicon.is_weak(word)}
    said = {lower(word)[:STEM_LETTERS] for word in patterns.findall(r"[^\W\d_]{4,}", spoken)}
    return len(words & said) + len(set(find_numbers(text)) & heard_numbers(spoken, reading.language))
