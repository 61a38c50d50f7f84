"""The beats of a finished piece of music, measured: tempo, place of the beats and bars, and how far they wander.

Method: spectral flux as onset strength, its Fourier sum at the beat's rate (a comb of one tooth), phase by phase.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import signal

SAMPLE_RATE = 48_000
WINDOW_SAMPLES = 1024
HOP_SAMPLES = 256
TEMPO_RANGE = 0.04
TEMPO_STEP = 0.0005
LOCAL_SECONDS = 6.0
BEATS_PER_BAR = 4
BASS_HERTZ = 160.0
SAFE_DRIFT_SECONDS = 0.035
SAFE_STRENGTH = 0.12

Samples = NDArray[np.float32]
Curve = NDArray[np.float64]


@dataclass(frozen=True)
class BeatGrid:
    """``first_beat`` is the first beat at or after 0, ``first_bar`` the first beat that starts a bar (seconds).

    ``drift_seconds``: the largest distance between the grid and the beats of any stretch of ``LOCAL_SECONDS``. ``strength``:
    how much of the onsets' energy lies on the beat, 0..1.
    """

    bpm: float
    first_beat: float
    first_bar: float
    drift_seconds: float
    strength: float

    @property
    def beat_seconds(self) -> float:
        return 60 / self.bpm

    @property
    def bar_seconds(self) -> float:
        return BEATS_PER_BAR * 60 / self.bpm

    @property
    def is_safe_for_cuts(self) -> bool:
        """Whether a picture may change on its beats and look as if it meant it."""
        return self.drift_seconds <= SAFE_DRIFT_SECONDS and self.strength >= SAFE_STRENGTH


def measure_grid(samples: Samples, stated_bpm: float) -> BeatGrid:
    """The grid of (n, 2) samples at 48 kHz, looked for within 4 % of the tempo that is stated."""
    onsets, bass = _onset_strength(samples)
    times = np.arange(len(onsets)) * HOP_SAMPLES / SAMPLE_RATE
    rate = _strongest(onsets, times, stated_bpm / 60, TEMPO_RANGE, TEMPO_STEP)
    rate = _strongest(onsets, times, rate, TEMPO_STEP, TEMPO_STEP / 25)
    beat = 1 / rate
    first = _on_the_beat(_phase_seconds(onsets, times, rate), beat, times, onsets, bass)
    drift = max(abs(_wrap(_phase_seconds(onsets[part], times[part], rate) - first, beat / 2)) for part in _stretches(times))
    strength = float(np.abs(_at_rate(onsets, times, rate)) / max(onsets.sum(), 1e-9))
    return BeatGrid(60 * rate, first, first + _first_bar(bass, times, first, beat) * beat, drift, strength)


def _onset_strength(samples: Samples) -> tuple[Curve, Curve]:
    """How much louder each band becomes from one frame to the next: all bands, and the bass alone."""
    frequencies, _, spectrum = signal.stft(samples.mean(axis=1), SAMPLE_RATE, nperseg=WINDOW_SAMPLES, noverlap=WINDOW_SAMPLES - HOP_SAMPLES)
    rise = np.maximum(np.diff(np.log1p(200 * np.abs(spectrum)), axis=1, prepend=0), 0)
    return _without_floor(rise.sum(axis=0)), _without_floor(rise[frequencies <= BASS_HERTZ].sum(axis=0))


def _without_floor(curve: Curve) -> Curve:
    return np.asarray(np.maximum(curve - signal.fftconvolve(curve, np.full(101, 1 / 101), "same"), 0))


def _strongest(onsets: Curve, times: Curve, rate: float, reach: float, step: float) -> float:
    """The rate within ``reach`` (a share of it) at which the onsets agree best."""
    rates = rate * np.arange(1 - reach, 1 + reach + step / 2, step)
    return float(max(rates, key=lambda one: abs(_at_rate(onsets, times, float(one)))))


def _at_rate(onsets: Curve, times: Curve, rate: float) -> complex:
    return complex((onsets * np.exp(-2j * np.pi * rate * times)).sum())


def _phase_seconds(onsets: Curve, times: Curve, rate: float) -> float:
    """Time of the first beat at or after 0."""
    return float(-np.angle(_at_rate(onsets, times, rate)) / (2 * np.pi) % 1 / rate)


def _on_the_beat(first: float, beat: float, times: Curve, onsets: Curve, bass: Curve) -> float:
    """Hats between the beats may outweigh them: of beat and off-beat, the one with more bass holds."""
    off = (first + beat / 2) % beat
    here, there = (_energy_at(bass, times, place, beat) for place in (first, off))
    sharp_here, sharp_there = (_energy_at(onsets, times, place, beat) for place in (first, off))
    return off if there > 1.5 * here and sharp_there > 0.5 * sharp_here else first


def _energy_at(curve: Curve, times: Curve, first: float, period: float) -> float:
    """Mean of a curve's highest values within 30 ms of each beat."""
    beats = np.arange(first, times[-1], period)
    near = np.searchsorted(times, beats)[:, None] + np.arange(-6, 7)[None, :]
    return float(curve[np.clip(near, 0, len(curve) - 1)].max(axis=1).mean())


def _first_bar(bass: Curve, times: Curve, first: float, beat: float) -> int:
    """Which of the first four beats starts a bar: the one with the most bass."""
    return int(np.argmax([_energy_at(bass, times, first + place * beat, BEATS_PER_BAR * beat) for place in range(BEATS_PER_BAR)]))


def _stretches(times: Curve) -> list[slice]:
    per_stretch = round(LOCAL_SECONDS * SAMPLE_RATE / HOP_SAMPLES)
    return [slice(first, first + per_stretch) for first in range(0, max(1, len(times) - per_stretch + 1), per_stretch // 2)]


def _wrap(value: float, half: float) -> float:
    return (value + half) % (2 * half) - half
