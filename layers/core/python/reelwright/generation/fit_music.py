"""A finished piece made exactly as long as a reel: it starts on a bar, repeats on a whole-bar seam, and is faded at the end."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise, product

import numpy as np
from numpy.typing import NDArray
from scipy import signal

from reelwright.generation.beat_grid import BEATS_PER_BAR, SAMPLE_RATE, BeatGrid
from reelwright.kit.loudness import master

LOUDNESS_LUFS = -14.0
CEILING_DBTP = -1.5
PRE_BEAT_SECONDS = 0.008  # the attack of the first beat is kept whole
ANTI_CLICK_SECONDS = 0.004
CROSSFADE_SECONDS = 0.05
FADE_AT_LEAST_SECONDS = 0.8
ALIVE_SHARE = 0.5
QUIET_INTRO_DB = -3.0
SHORTEST_LOOP_BARS = 4
SHORT_LOOP_COST_DB = 4.0
SEAM_BANDS = 24

Samples = NDArray[np.float32]


@dataclass(frozen=True)
class FittedMusic:
    """``beats``: seconds from the first sample. ``seams``: where it repeats; the same clock."""

    samples: Samples
    beats: tuple[float, ...]
    seams: tuple[float, ...]


def fit_music(samples: Samples, grid: BeatGrid, seconds: float) -> FittedMusic:
    """(n, 2) samples at 48 kHz, exactly ``round(seconds * 48000)`` of them, at -14 LUFS and at most -1.5 dBTP."""
    wanted = round(seconds * SAMPLE_RATE)
    bars = _find_bars(samples, grid)
    start = _skip_quiet_intro(samples, bars)
    fitted, seams = _repeat(samples, bars, start, wanted)
    _fade_in(fitted)
    _fade_out(fitted, grid)
    count = int((seconds - PRE_BEAT_SECONDS) / grid.beat_seconds) + 1
    beats = tuple(round(PRE_BEAT_SECONDS + place * grid.beat_seconds, 4) for place in range(count))
    return FittedMusic(master(fitted, LOUDNESS_LUFS, CEILING_DBTP), beats, seams)


def _find_bars(samples: Samples, grid: BeatGrid) -> list[int]:
    """First samples of the bars, the last one being the end of the last bar before the piece dies away."""
    power = np.convolve(np.square(samples, dtype=np.float64).mean(axis=1)[:: SAMPLE_RATE // 100], np.full(10, 0.1), "same")
    level = np.sqrt(power)
    alive = np.flatnonzero(level > np.median(level) * ALIVE_SHARE)[-1] / 100
    count = max(1, int((alive - grid.first_bar) / grid.bar_seconds))
    return [round((grid.first_bar + place * grid.bar_seconds) * SAMPLE_RATE) for place in range(count + 1)]


def _skip_quiet_intro(samples: Samples, bars: list[int]) -> int:
    """The first bar that is nearly as loud as the middle one; never one that leaves less than a loop."""
    levels = [20 * np.log10(np.sqrt(np.square(samples[begin:end]).mean()) + 1e-9) for begin, end in pairwise(bars)]
    latest = max(0, len(levels) - SHORTEST_LOOP_BARS)
    return next((place for place, level in enumerate(levels[: latest + 1]) if level >= np.median(levels) + QUIET_INTRO_DB), 0)


def _repeat(samples: Samples, bars: list[int], start: int, wanted: int) -> tuple[Samples, tuple[float, ...]]:
    """From the start bar on; where the piece is too short, from the best seam back to where it goes on most alike."""
    lead = round(PRE_BEAT_SECONDS * SAMPLE_RATE)
    led = np.pad(samples, ((lead, 0), (0, 0)))  # so a bar's number is the place just before its attack
    begin = bars[start]
    if begin + wanted <= bars[-1]:
        return led[begin : begin + wanted].copy(), ()
    leave, enter = _choose_seam(samples, bars, start)
    joined, seams = led[begin:leave].copy(), []
    while len(joined) < wanted:
        seams.append(round((len(joined) + lead) / SAMPLE_RATE, 4))
        _blend(joined, led[:enter])
        joined = np.concatenate([joined, led[enter:leave]])
    return joined[:wanted].copy(), tuple(seams)


def _choose_seam(samples: Samples, bars: list[int], start: int) -> tuple[int, int]:
    """(leave, enter): two bar lines, a multiple of four bars apart where there are enough, before which the piece sounds most alike."""
    last = len(bars) - 1
    shortest = max(1, min(SHORTEST_LOOP_BARS, last - start - 1))
    leaves, enters = range(max(start + shortest, last - SHORTEST_LOOP_BARS), last + 1), range(max(start, 1), last)
    pairs = [(leave, enter) for leave, enter in product(leaves, enters) if leave - enter >= shortest and (leave - enter) % shortest == 0]
    if not pairs:
        return bars[last], bars[last - 1]
    colours = {place: _colour(samples[bars[place - 1] : bars[place]]) for place in range(1, last + 1)}
    leave, enter = min(pairs, key=lambda pair: _seam_cost(colours[pair[0]], colours[pair[1]], pair[0] - pair[1]))
    return bars[leave], bars[enter]


def _seam_cost(left: NDArray[np.float64], entered: NDArray[np.float64], bars: int) -> float:
    """How different the bars before the seam sound, in dB, and a little for a short loop, which is heard as one."""
    return float(np.abs(left - entered).mean()) + SHORT_LOOP_COST_DB * SHORTEST_LOOP_BARS / bars


def _colour(samples: Samples) -> NDArray[np.float64]:
    """Level of log-spaced bands over the eighths of a bar, in dB."""
    frequencies, _, spectrum = signal.stft(samples.mean(axis=1), SAMPLE_RATE, nperseg=2048, noverlap=1024)
    edges = np.geomspace(40, 12_000, SEAM_BANDS + 1)
    power = np.square(np.abs(spectrum))
    bands = np.stack([power[(frequencies >= low) & (frequencies < high)].sum(axis=0) for low, high in pairwise(edges)])
    eighths = np.array_split(bands, 2 * BEATS_PER_BAR, axis=1)
    return 10 * np.log10(np.stack([eighth.mean(axis=1) for eighth in eighths]) + 1e-9)


def _blend(joined: Samples, before: Samples) -> None:
    """Equal-power crossfade of the end of ``joined`` into the end of ``before``."""
    length = min(round(CROSSFADE_SECONDS * SAMPLE_RATE), len(before), len(joined))
    if length:
        angle = np.linspace(0, np.pi / 2, length, dtype=np.float32)[:, None]
        joined[-length:] = joined[-length:] * np.cos(angle) + before[-length:] * np.sin(angle)


def _fade_in(music: Samples) -> None:
    ramp = np.linspace(0, 1, round(ANTI_CLICK_SECONDS * SAMPLE_RATE), dtype=np.float32)[: len(music)]
    music[: len(ramp)] *= ramp[:, None]


def _fade_out(music: Samples, grid: BeatGrid) -> None:
    """A cosine from the last beat that leaves enough time."""
    seconds = len(music) / SAMPLE_RATE
    since_beat = (seconds - PRE_BEAT_SECONDS - FADE_AT_LEAST_SECONDS) % grid.beat_seconds
    length = min(len(music), round((FADE_AT_LEAST_SECONDS + since_beat) * SAMPLE_RATE))
    music[len(music) - length :] *= (0.5 + 0.5 * np.cos(np.linspace(0, np.pi, length, dtype=np.float32)))[:, None]
