"""Chords by name, and voicings that move as little as they can from one chord to the next."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_NOTES = {"C": 0, "Db": 1, "D": 2, "Eb": 3, "E": 4, "F": 5, "Gb": 6, "G": 7, "Ab": 8, "A": 9, "Bb": 10, "B": 11, "F#": 6, "C#": 1, "G#": 8}
_QUALITIES = {
    "": (0, 4, 7), "m": (0, 3, 7), "7": (0, 4, 7, 10), "m7": (0, 3, 7, 10), "maj7": (0, 4, 7, 11), "maj9": (0, 4, 7, 11, 14), "m9": (0, 3, 7, 10, 14),
    "13": (0, 4, 10, 14, 21), "add9": (0, 4, 7, 14), "sus4": (0, 5, 7), "sus2": (0, 2, 7), "6": (0, 4, 7, 9), "m6": (0, 3, 7, 9), "9": (0, 4, 7, 10, 14),
}  # fmt: skip
_NAME = re.compile(r"([A-G][b#]?)(.*)")
DISTANCE_FROM_CENTRE_COST = 1.5


@dataclass(frozen=True)
class Chord:
    """``root`` is a pitch class 0..11, ``tones`` the distances from it in half steps."""

    root: int
    tones: tuple[int, ...]

    @property
    def classes(self) -> tuple[int, ...]:
        return tuple((self.root + tone) % 12 for tone in self.tones)


def parse_chord(name: str) -> Chord:
    """ "Dm9" or "Bbmaj7". Raises KeyError for one that is not known."""
    found = _NAME.fullmatch(name)
    if found is None:
        raise KeyError(name)
    return Chord(_NOTES[found[1]], _QUALITIES[found[2]])


def parse_key(name: str) -> int:
    """The pitch class of a key."""
    return _NOTES[name]


def voice_chord(chord: Chord, centre: int, before: Sequence[int] | None, count: int = 4) -> list[int]:
    """MIDI notes of a chord near ``centre``, as close as can be to those of the chord before. Rich chords leave their root to the bass."""
    classes = list(chord.classes)
    if len(classes) > count:
        classes = [one for place, one in enumerate(classes) if place != 0][:count]
    options = []
    for turn in range(len(classes)):
        for octave in (-12, 0, 12):
            notes = _stack(classes[turn:] + classes[:turn], centre - 7 + octave)
            middle = sum(notes) / len(notes)
            moved = sum(abs(a - b) for a, b in zip(notes, before, strict=True)) if before and len(before) == len(notes) else 3 * abs(middle - centre)
            options.append((moved + DISTANCE_FROM_CENTRE_COST * abs(middle - centre), notes))
    return min(options)[1]


def _stack(classes: Sequence[int], low: int) -> list[int]:
    notes: list[int] = []
    last = low
    for one in classes:
        note = last + (one - last) % 12
        note = note if not notes or note > last else note + 12
        notes.append(note)
        last = note
    return notes
