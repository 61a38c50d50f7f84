"""The offer of a brief as short lines for a post: dates, prices, numbers, addresses, names and credits, cut out as they stand."""

from __future__ import annotations

import re
from collections.abc import Sequence

from reelwright.generation.planning import patterns
from reelwright.generation.planning.facts import fact_pattern, find_numbers
from reelwright.generation.planning.instructions import is_instruction, is_style_word, load_vocabulary, rescue_facts
from reelwright.generation.planning.reading import Reading
from reelwright.generation.planning.words import capitalise, drop_ending, lower

MAX_LINE_WORDS, MAX_LINE_CHARACTERS = 13, 90
MAX_LINES = 12
MAX_GAP = 5
MIN_WORD_LETTERS = 4
_CREDIT = re.compile(
    r"\b(?:fotos?|photos?|bild(?:er)?|images?|imagens?|crédits?|créditos?|credits?)\s?[:©]\s?(?:[^()\n;,.]|(?<!\w\w)\.|\.(?=\w))+", re.IGNORECASE
)
_ADDRESS = re.compile(r"\S+@\S+\.\w+|\b[\w-]{3,}\.[a-z]{2,}\b|(?<!\w)@\w+", re.IGNORECASE)
_LOUD = re.compile(r"\b[A-ZÀ-Ý]{2,}\b|!!")
_ONLY_NUMBER = re.compile(r"[\d.,:\s]{1,6}")


def find_offer_lines(reading: Reading, told: str) -> list[str]:
    """The pieces of the prompt that hold an offer's facts and are not told yet, in the order of the brief.

    None in a language without rules, where wishes and content cannot be told apart.
    """
    if not reading.lexicon.is_ruled:
        return []
    credits_ = [
        match.group().strip()
        for match in patterns.finditer(_CREDIT.pattern, reading.prompt, re.IGNORECASE)
        if len(patterns.findall(r"\b[A-ZÀ-Ý]", match.group())) > 1
    ]
    pieces = [piece for piece in _pieces_of(reading) if not any(drop_ending(piece.split("(")[0]).strip() in credit for credit in credits_)]
    is_talk = [is_instruction(piece, reading.lexicon, reading.shared) for piece in pieces]
    marks = [not told and (holds_offer(piece, reading) or piece in reading.content.late_items) for told, piece in zip(is_talk, pieces, strict=True)]
    chosen = [piece for at, piece in enumerate(pieces) if marks[at] or (_stands_between(marks, at, pieces) and not _speaks_of_film(piece, reading))]
    lines: list[str] = []
    for piece in [*chosen, *credits_]:
        for text in _shorten(piece, reading):
            known = f"{told} {' '.join(lines)}".lower()
            if not is_told(text, known):
                lines.append(capitalise(text))
    return lines[:MAX_LINES]


def holds_offer(text: str, reading: Reading) -> bool:
    """Whether the text holds a number, date, price, address, words in capitals or a name."""
    if _ONLY_NUMBER.fullmatch(text):
        return False
    if find_numbers(text) or fact_pattern().search(text) or _ADDRESS.search(text) or _LOUD.search(text):
        return True
    if reading.lexicon.has(text.split(maxsplit=1)[0], "prepositions", "anaphora", "backward"):
        return False
    named = [name for name in reading.names if reading.language != "de" or name == text]
    return any(patterns.search(rf"(?<!\w){re.escape(name)}(?!\w)", text) for name in named)


def is_told(text: str, known: str) -> bool:
    """Whether a text, or all its numbers and longer words, stand in what is told (in small letters)."""
    if text.lower() in known:
        return True
    told = set(patterns.findall(r"\w+", known))
    wanted = [lower(word) for word in patterns.findall(r"\w+", text) if len(word) >= MIN_WORD_LETTERS or word.isdigit()]
    return bool(wanted) and all(word in told for word in wanted)


def _pieces_of(reading: Reading) -> list[str]:
    content = reading.content
    head = content.head
    is_copy = (
        bool(head) and not reading.lexicon.has(head.split()[0], "prepositions") and (bool(find_numbers(head)) or any(name in head for name in reading.names))
    )
    pieces = [head, *content.items] if is_copy else list(content.items)
    return [text for piece in pieces if (text := drop_ending(piece)) and patterns.search(r"\w", text)]


def _stands_between(marks: Sequence[bool], at: int, pieces: Sequence[str]) -> bool:
    """A piece among the facts of an offer belongs to it: "gas safe registered" behind a telephone number."""
    before = next((step for step in range(1, MAX_GAP + 1) if at - step >= 0 and marks[at - step]), 0)
    after = next((step for step in range(1, MAX_GAP + 1) if at + step < len(marks) and marks[at + step]), 0)
    if _ONLY_NUMBER.fullmatch(pieces[at]):
        return False
    ends = before == 1 and sum(marks) > 1 and len(pieces[at].split()) > 1 and all(len(piece.split()) == 1 for piece in pieces[at + 1 :])
    return bool(before and after and before + after <= MAX_GAP + 1) or ends


def _speaks_of_film(piece: str, reading: Reading) -> bool:
    """A wish or a style word between the facts is no part of the offer."""
    wish = load_vocabulary(reading.language).wish if reading.lexicon.is_ruled else ""
    words = piece.split()
    is_wish = bool(wish) and patterns.search(rf"^(?:{wish})\b", piece, re.IGNORECASE) is not None
    return is_wish or reading.lexicon.has(words[0], "self") or any(is_style_word(lower(word), reading.lexicon, reading.shared) for word in words)


def _shorten(piece: str, reading: Reading) -> list[str]:
    """The piece where it is short, else what of it wants to be seen; nothing where it tells how the film should be."""
    if is_instruction(piece, reading.lexicon, reading.shared):
        return []
    if len(piece.split()) > MAX_LINE_WORDS or len(piece) > MAX_LINE_CHARACTERS:
        return rescue_facts(piece, reading.lexicon)
    return [piece]
