"""A script's own words against the words that a voice really speaks ("$9.99" is four of them), so that captions keep the spelling."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

Span = tuple[float, float]

_NOT_LETTERS = re.compile(r"[^\w]+")


@dataclass(frozen=True)
class _Run:
    """Script words ``script[0]:script[1]`` are spoken as words ``spoken[0]:spoken[1]``."""

    script: tuple[int, int]
    spoken: tuple[int, int]


def spread_times(script: Sequence[str], spoken: Sequence[str], times: Sequence[Span | None], spell_out: Callable[[str], str]) -> list[Span | None]:
    """The time of each script word, from the times of the spoken words; None where nothing of it is heard.

    ``times`` has one entry for each of ``spoken``, None for one without sound. ``spell_out`` says how the voice reads one
    script word by itself. The times come back in order and do not overlap where the given ones do not.
    """
    found: list[Span | None] = [None] * len(script)
    for run in _match(script, spoken):
        first, last = run.script
        groups = _divide(script[first:last], run.spoken, spell_out)
        for place, (start, end) in enumerate(groups):
            heard = [span for span in times[start:end] if span is not None]
            if heard:
                found[first + place] = (heard[0][0], heard[-1][1])
        _share(found, run, times, groups, script)
    return found


def _match(script: Sequence[str], spoken: Sequence[str]) -> list[_Run]:
    """Runs in order that cover both texts: equal words one by one, all else in blocks."""
    matcher = SequenceMatcher(a=[_plain(word) for word in script], b=[_plain(word) for word in spoken], autojunk=False)
    runs: list[_Run] = []
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            runs += [_Run((a + place, a + place + 1), (c + place, c + place + 1)) for place in range(b - a)]
        else:
            runs.append(_Run((a, b), (c, d)))
    return runs


def _plain(word: str) -> str:
    return _NOT_LETTERS.sub("", word).casefold() or word


def _divide(script: Sequence[str], spoken: tuple[int, int], spell_out: Callable[[str], str]) -> list[tuple[int, int]]:
    """Which spoken words belong to each script word of a block; empty ranges where that cannot be told."""
    counts = [max(1, len(spell_out(word).split())) for word in script]
    start, end = spoken
    if sum(counts) != end - start:
        return [(start, end)] if len(script) == 1 else [(start, start)] * len(script)
    groups = []
    for count in counts:
        groups.append((start, start + count))
        start += count
    return groups


def _share(found: list[Span | None], run: _Run, times: Sequence[Span | None], groups: Sequence[tuple[int, int]], script: Sequence[str]) -> None:
    """Where a block could not be divided by words, its time is divided by the length of the script words."""
    if any(start != end for start, end in groups):
        return
    heard = [span for span in times[slice(*run.spoken)] if span is not None]
    if not heard:
        return
    begin, whole = heard[0][0], heard[-1][1] - heard[0][0]
    letters = [len(word) for word in script[slice(*run.script)]]
    for place, length in enumerate(letters):
        share = whole * length / sum(letters)
        found[run.script[0] + place] = (begin, begin + share)
        begin += share
