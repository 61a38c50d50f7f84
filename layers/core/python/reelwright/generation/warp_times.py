"""Times of one reading of a sentence laid onto another reading of it: the two sounds are matched frame by frame (dynamic time warping)."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy import signal

from reelwright.generation.align_words import Span
from reelwright.generation.provider import Samples

HOP_SECONDS = 0.01
WINDOW_SECONDS = 0.025
BANDS = 26
LOWEST_HERTZ, HIGHEST_HERTZ = 120.0, 7200.0
STRAY_COST = 0.04  # of one frame in one sound alone: the way stays near the diagonal

Features = NDArray[np.float64]


def warp_spans(spans: list[Span | None], known: Samples, known_rate: int, heard: Samples, heard_rate: int) -> list[Span | None]:
    """``spans`` are times in ``known``; the same words' times in ``heard``, another voice saying the same."""
    way = match_frames(_features(known, known_rate), _features(heard, heard_rate))
    from_frames, to_frames = way[:, 0] * HOP_SECONDS, way[:, 1] * HOP_SECONDS

    def warp(at: float) -> float:
        near = np.flatnonzero(np.abs(from_frames - at) <= HOP_SECONDS / 2 + 1e-9)
        return float(np.median(to_frames[near])) if near.size else float(np.interp(at, from_frames, to_frames))

    return [None if span is None else (warp(span[0]), max(warp(span[0]), warp(span[1]))) for span in spans]


def match_frames(first: Features, second: Features) -> NDArray[np.int64]:
    """(n, 2) pairs of frames, from the first of both to the last of both, with the least difference along the way."""
    distance = 1 - first @ second.T
    total = np.full((len(first) + 1, len(second) + 1), np.inf)
    total[0, 0] = 0
    for diagonal in range(2, len(first) + len(second) + 1):
        rows = np.arange(max(1, diagonal - len(second)), min(len(first), diagonal - 1) + 1)
        columns = diagonal - rows
        both = total[rows - 1, columns - 1]
        alone = np.minimum(total[rows - 1, columns], total[rows, columns - 1]) + STRAY_COST
        total[rows, columns] = distance[rows - 1, columns - 1] + np.minimum(both, alone)
    return _walk_back(total)


def _walk_back(total: Features) -> NDArray[np.int64]:
    row, column = total.shape[0] - 1, total.shape[1] - 1
    way = [(row - 1, column - 1)]
    while row > 1 or column > 1:
        steps = ((row - 1, column - 1, 0.0), (row - 1, column, STRAY_COST), (row, column - 1, STRAY_COST))
        row, column, _ = min(steps, key=lambda step: total[step[0], step[1]] + step[2])
        row, column = max(row, 1), max(column, 1)
        way.append((row - 1, column - 1))
    return np.array(way[::-1], np.int64)


def _features(sound: Samples, rate: int) -> Features:
    """Per frame the shape of the spectrum and its change, each of length 1 together, so that loudness and voice matter little."""
    window, hop = round(WINDOW_SECONDS * rate), round(HOP_SECONDS * rate)
    hertz, _, spectrum = signal.stft(sound, rate, nperseg=window, noverlap=window - hop, boundary="zeros", padded=True)
    edges = np.geomspace(LOWEST_HERTZ, HIGHEST_HERTZ, BANDS + 1)
    power = np.square(np.abs(spectrum))
    bands = np.stack([_band(power, hertz, low, high) for low, high in pairwise(edges)])
    loud = np.log(np.maximum(bands, bands.max() * 1e-6)).T
    loud = (loud - loud.mean(axis=0)) / (loud.std(axis=0) + 1e-6)
    change = np.gradient(loud, axis=0)
    rows = np.concatenate([loud, 2 * change], axis=1)
    return np.asarray(rows / (np.linalg.norm(rows, axis=1, keepdims=True) + 1e-9))


def _band(power: Features, hertz: Features, low: float, high: float) -> Features:
    """Energy between two frequencies, of one line of the spectrum at least."""
    first = int(np.searchsorted(hertz, low))
    last = max(int(np.searchsorted(hertz, high)), first + 1)
    return np.asarray(power[min(first, len(hertz) - 1) : last].sum(axis=0))
