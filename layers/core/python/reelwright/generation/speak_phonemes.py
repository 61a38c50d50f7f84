"""What voices that speak phonemes have in common: encoding, cutting into pieces that a model takes, and times from its durations."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from reelwright.generation.align_words import Span

SILENT_SIGNS = frozenset(' ;:,.!?—…"“”()')
# The models' durations run ahead of their sound by three frames of 25 ms: measured on the onsets after pauses.
WORD_SHIFT_SECONDS = -0.075
_CLAUSE_END = re.compile(r"[,;:—…]$")
_ORDINAL = re.compile(r"\d{1,3}\.")
_SENTENCE_END = re.compile(r"[.!?…][\"”’')\]»]*$")
_TITLE = re.compile(r"^[(\"“'‘«]*(?:[A-ZÀ-Ýa-z]|Mrs?|Ms|Dr|Prof|St|Sr|Sra|Jr|No|vs|etc|e\.g|i\.e|z\.B|d\.h|ca|bzw|Nr|M|Mme|Dra|pág|núm|Ud|Uds|sig|dott)\.$")


@dataclass(frozen=True)
class Reading:
    """One word as it is spoken: its text and phonemes, with the signs that follow it."""

    text: str
    phonemes: str


def encode_phonemes(readings: Sequence[Reading], identifiers: Mapping[str, int]) -> tuple[list[int], list[list[int]]]:
    """Phoneme numbers between two pads, and for each reading the places of those that are heard."""
    encoded, places = [0], []
    for reading in readings:
        place = []
        for sign in reading.phonemes:
            if sign in identifiers:
                if sign not in SILENT_SIGNS:
                    place.append(len(encoded))
                encoded.append(identifiers[sign])
        places.append(place)
        if encoded[-1] not in (0, identifiers[" "]):
            encoded.append(identifiers[" "])
    while encoded[-1] == identifiers[" "]:
        encoded.pop()
    return [*encoded, 0], places


def time_readings(durations: NDArray[Any], seconds: float, places: Sequence[Sequence[int]], shift_seconds: float = WORD_SHIFT_SECONDS) -> list[Span | None]:
    """From when to when each reading is heard (None: it has no sound). ``durations``: frames per encoded sign, ``seconds`` long together."""
    edges = np.concatenate([[0.0], np.cumsum(durations)]) * (seconds / durations.sum())
    edges = np.maximum(edges + shift_seconds, 0.0)
    return [(float(edges[place[0]]), float(edges[place[-1] + 1])) if place else None for place in places]


def split_readings(readings: Sequence[Reading], most_phonemes: int) -> Iterator[list[Reading]]:
    """Pieces of at most so many phonemes, cut after a comma where there is one in the last half."""
    piece: list[Reading] = []
    length = 0
    for reading in readings:
        if piece and length + len(reading.phonemes) > most_phonemes:
            yield piece
            piece, length = [], 0
        piece.append(reading)
        length += len(reading.phonemes) + 1
        if length > most_phonemes / 2 and _CLAUSE_END.search(reading.phonemes):
            yield piece
            piece, length = [], 0
    if piece:
        yield piece


def split_sentences(text: str, has_ordinals: bool = False) -> Iterator[list[str]]:
    """The script's words, sentence by sentence. ``has_ordinals``: in this language "3." is third, not an end."""
    words = text.split()
    sentence: list[str] = []
    for place, word in enumerate(words):
        sentence.append(word)
        follows = words[place + 1] if place + 1 < len(words) else ""
        if (
            follows
            and _SENTENCE_END.search(word)
            and not _TITLE.match(word)
            and not follows[0].islower()
            and any(map(str.isalnum, word))
            and not (has_ordinals and _ORDINAL.fullmatch(word))
        ):
            yield sentence
            sentence = []
    if sentence:
        yield sentence
