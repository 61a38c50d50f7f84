"""Parts of a long sentence that may each have their own picture: "a lamp, a red window, and a good chair"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from reelwright.generation.planning.beats_of_script import Draft
from reelwright.generation.planning.fitting import estimate_seconds
from reelwright.generation.planning.reading import Reading
from reelwright.generation.planning.words import breathes_after

MIN_PART_SECONDS = 0.9
SECONDS_PER_PICTURE = 1.3
MAX_PARTS = 3


@dataclass(frozen=True)
class Part:
    """A piece of the draft ``beat``, as a draft of its own."""

    beat: int
    draft: Draft


def split_into_parts(drafts: Sequence[Draft], media_count: int, reading: Reading) -> list[Part]:
    """The drafts in order, long sentences divided at their pauses as long as there is other material for the pieces."""
    spare = media_count - sum(draft.role != "silent" for draft in drafts)
    pieces: dict[int, list[str]] = {}
    for beat in sorted(range(1, len(drafts)), key=lambda number: -drafts[number].seconds):
        divided = _divide(drafts[beat], reading) if drafts[beat].sentences else []
        divided = _merge_to(divided, spare + 1)
        if len(divided) > 1:
            pieces[beat] = divided
            spare -= len(divided) - 1
    return [Part(beat, replace(draft, text=text)) for beat, draft in enumerate(drafts) for text in pieces.get(beat, [draft.text])]


def _divide(draft: Draft, reading: Reading) -> list[str]:
    phrases: list[list[str]] = [[]]
    for word in draft.text.split():
        phrases[-1].append(word)
        if breathes_after(word):
            phrases.append([])
    texts = [" ".join(phrase) for phrase in phrases if phrase]
    merged: list[str] = []
    for text in texts:
        if merged and min(_seconds(merged[-1], reading), _seconds(text, reading)) < MIN_PART_SECONDS:
            merged[-1] = f"{merged[-1]} {text}"
        else:
            merged.append(text)
    return _merge_to(merged, min(MAX_PARTS, max(1, int(draft.seconds / SECONDS_PER_PICTURE))))


def _merge_to(texts: list[str], count: int) -> list[str]:
    """The shortest neighbours are joined until there are at most ``count``."""
    joined = list(texts)
    while len(joined) > max(1, count):
        at = min(range(len(joined) - 1), key=lambda place: len(joined[place]) + len(joined[place + 1]))
        joined[at : at + 2] = [f"{joined[at]} {joined[at + 1]}"]
    return joined


def _seconds(text: str, reading: Reading) -> float:
    return estimate_seconds(text, reading) - 0.25
