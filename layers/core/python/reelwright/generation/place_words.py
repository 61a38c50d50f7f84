"""The words of a spoken sentence on its sound: silence cut away, onsets after pauses taken from the sound itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reelwright.generation.align_words import Span
from reelwright.generation.elements import SpokenWord
from reelwright.generation.provider import Samples

LEAD_SECONDS = 0.06
EDGE_SECONDS = 0.005
QUIET_BELOW_PEAK_DB = 42.0
LEVEL_WINDOW_SECONDS = 0.01
GAP_BETWEEN_WORDS_SECONDS = 0.12  # a shorter gap belongs to the word in front of it
PAUSE_BEFORE_ONSET_SECONDS = 0.1
ONSET_MAY_LAG_SECONDS = 0.13
ONSET_MAY_LEAD_SECONDS = 0.06

Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class SoundOfWords:
    """Sound of some words with ``LEAD_SECONDS`` of quiet around it; word times from its first sample."""

    samples: Samples
    words: tuple[SpokenWord, ...]


def _level(samples: Samples, rate: int) -> Samples:
    """RMS over ``LEVEL_WINDOW_SECONDS`` around each sample."""
    width = round(LEVEL_WINDOW_SECONDS * rate)
    power = np.convolve(np.square(samples, dtype=np.float64), np.full(width, 1 / width), "same")
    return np.asarray(np.sqrt(np.maximum(power, 0)), np.float32)


def trim_to_words(samples: Samples, rate: int, script: Sequence[str], spans: Sequence[Span | None], follows_onsets: bool = True) -> SoundOfWords:
    """Cuts the silence around, ends each word where its sound ends, and gives words without sound the next one's start."""
    if not samples.size:
        return SoundOfWords(samples, tuple(SpokenWord(text=text, start=0.0, end=0.0) for text in script))
    is_heard = _level(samples, rate) > np.abs(samples).max() * 10 ** (-QUIET_BELOW_PEAK_DB / 20) / np.sqrt(2)
    loud = np.flatnonzero(is_heard)
    first = max(0, int(loud[0]) - round(LEAD_SECONDS * rate))
    kept = samples[first : int(loud[-1]) + round(LEAD_SECONDS * rate)].copy()
    fade = np.linspace(0, 1, round(EDGE_SECONDS * rate), dtype=np.float32)
    kept[: len(fade)] *= fade
    kept[-len(fade) :] *= fade[::-1]
    starts = [span[0] if span else None for span in spans]
    starts = _move_to_onsets(starts, is_heard, rate) if follows_onsets else starts
    words = _place_words(script, spans, starts, is_heard, rate, first / rate, len(kept) / rate)
    return SoundOfWords(kept, tuple(words))


def _place_words(
    script: Sequence[str], spans: Sequence[Span | None], starts: Sequence[float | None], is_heard: Mask, rate: int, offset: float, length: float
) -> list[SpokenWord]:
    """Word times of the trimmed sound, which begins at ``offset`` and is ``length`` long."""
    words: list[SpokenWord] = []
    following = length
    for text, span, begin in zip(reversed(script), reversed(spans), reversed(starts), strict=True):
        if span is None or begin is None:
            words.append(SpokenWord(text=text, start=following, end=following))
            continue
        start = round(min(max(0.0, begin - offset), following), 4)
        end = _find_end(is_heard, rate, offset + start, max(span[1], offset + start), offset + following) - offset
        words.append(SpokenWord(text=text, start=start, end=round(max(start, end), 4)))
        following = start
    return words[::-1]


def _move_to_onsets(starts: Sequence[float | None], is_heard: Mask, rate: int) -> list[float | None]:
    """After a pause the sound itself says where a word begins; each such onset belongs to the one word nearest to it."""
    changes = np.flatnonzero(np.diff(is_heard.astype(np.int8), prepend=0, append=0))
    onsets, offsets = changes[::2] / rate, changes[1::2] / rate
    moved = list(starts)
    for onset, silent_from in zip(onsets, np.concatenate([[-np.inf], offsets[:-1]]), strict=True):
        if onset - silent_from < PAUSE_BEFORE_ONSET_SECONDS:
            continue
        near = [
            (abs(start - onset), place)
            for place, start in enumerate(starts)
            if start is not None and -ONSET_MAY_LAG_SECONDS <= start - onset <= ONSET_MAY_LEAD_SECONDS
        ]
        if near:
            moved[min(near)[1]] = float(onset)
    return moved


def _find_end(is_heard: Mask, rate: int, start: float, end: float, following: float) -> float:
    """The next word's start where the sound runs on until then, else the last sound of the word."""
    heard = np.flatnonzero(is_heard[round(start * rate) : round(following * rate)])
    sounds_until = start + (int(heard[-1]) + 1) / rate if heard.size else end
    return following if following - sounds_until < GAP_BETWEEN_WORDS_SECONDS else sounds_until
