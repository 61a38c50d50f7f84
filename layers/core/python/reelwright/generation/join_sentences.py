"""Spoken sentences one after the other, with a pause between: one sound, its words, and which words each sentence holds."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from reelwright.generation.elements import SpokenWord
from reelwright.generation.place_words import LEAD_SECONDS, SoundOfWords
from reelwright.generation.provider import Samples

PAUSE_SECONDS = 0.34
TAIL_SECONDS = 0.25
PEAK = 0.7  # -3 dBFS


def join_sentences(spoken: Sequence[Sequence[SoundOfWords]], sample_rate: int) -> tuple[Samples, tuple[SpokenWord, ...], tuple[tuple[int, int], ...]]:
    """The pieces of all sentences joined and raised to ``PEAK``; the words, and the first and last word of each sentence."""
    pause = np.zeros(round(PAUSE_SECONDS * sample_rate) - 2 * round(LEAD_SECONDS * sample_rate), np.float32)
    samples: list[Samples] = []
    words: list[SpokenWord] = []
    bounds: list[tuple[int, int]] = []
    length = 0
    for sentence in spoken:
        first = len(words)
        for piece in sentence:
            if samples and piece.samples.size:
                samples.append(pause)
                length += len(pause)
            start = length / sample_rate
            words += [SpokenWord(text=word.text, start=round(start + word.start, 4), end=round(start + word.end, 4)) for word in piece.words]
            samples.append(piece.samples)
            length += len(piece.samples)
        bounds.append((first, len(words) - 1))
    samples.append(np.zeros(round((TAIL_SECONDS - LEAD_SECONDS) * sample_rate), np.float32))
    joined = np.concatenate(samples)
    return joined * np.float32(PEAK / max(np.abs(joined).max(), 1e-6)), tuple(words), tuple(bounds)
