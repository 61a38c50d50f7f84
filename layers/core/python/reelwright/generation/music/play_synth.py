"""Plays a stem without a sound font: simple voices of sines, saws and noise. Poorer than instruments, but always there."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy import signal

from reelwright.generation.music.score import Note
from reelwright.generation.music.style import Stem, SynthVoice

SAMPLE_RATE = 48_000
RELEASE_SECONDS = 0.25
LONGEST_SECONDS = 8.0

Samples = NDArray[np.float32]
Wave = NDArray[np.float64]


class PlainSynth:
    """The same interface as ``SoundFont``."""

    def play(self, stem: Stem, notes: Sequence[Note], length: int, seed: int) -> Samples:
        """(length, 2) samples at 48 kHz."""
        out = np.zeros(length)
        for note in notes:
            made = _drum(note.pitch, seed) if stem.synth == "drums" else _tone(stem.synth, note.pitch, round(min(note.seconds, LONGEST_SECONDS), 2))
            begin = round(note.start * SAMPLE_RATE)
            part = made[: max(0, length - begin)]
            out[begin : begin + len(part)] += part * (note.velocity / 100) ** 1.5
        return np.repeat(out[:, None], 2, axis=1).astype(np.float32)


def _times(seconds: float) -> Wave:
    return np.arange(round(seconds * SAMPLE_RATE)) / SAMPLE_RATE


def _hertz(pitch: int) -> float:
    return float(440 * 2 ** ((pitch - 69) / 12))


@lru_cache(maxsize=256)
def _tone(voice: SynthVoice, pitch: int, seconds: float) -> Wave:
    at = _times(seconds + RELEASE_SECONDS)
    held = np.clip((seconds + RELEASE_SECONDS - at) / RELEASE_SECONDS, 0, 1)
    made = _VOICES[voice](at, _hertz(pitch)) * held
    made[:48] *= np.linspace(0, 1, 48)
    return np.asarray(made)


def _saw(at: Wave, hertz: float, most: float = 7000.0) -> Wave:
    """A saw without the harmonics that would fold back."""
    count = max(1, int(most / hertz))
    return np.asarray(sum(np.sin(2 * np.pi * hertz * harmonic * at) / harmonic for harmonic in range(1, min(count, 24) + 1)))


def _bass(at: Wave, hertz: float) -> Wave:
    return np.asarray(np.tanh(1.6 * (np.sin(2 * np.pi * hertz * at) + 0.35 * np.sin(4 * np.pi * hertz * at) * np.exp(-at * 6)))) * np.minimum(1, at / 0.006)


def _keys(at: Wave, hertz: float) -> Wave:
    """A struck tine: a sine bent by another that dies sooner."""
    bend = np.sin(2 * np.pi * hertz * at) * 1.2 * np.exp(-at * 4)
    return np.asarray(np.sin(2 * np.pi * hertz * at + bend) + 0.12 * np.sin(2 * np.pi * 14 * hertz * at) * np.exp(-at * 30)) * np.exp(-at * 1.4)


def _pluck(at: Wave, hertz: float) -> Wave:
    return np.asarray(sum(np.sin(2 * np.pi * hertz * harmonic * at) / harmonic * np.exp(-at * (2 + 1.6 * harmonic)) for harmonic in range(1, 10)))


def _pad(at: Wave, hertz: float) -> Wave:
    both = _saw(at, hertz * 0.997, 2500) + _saw(at, hertz * 1.003, 2500)
    return np.asarray(both * np.minimum(1, at / 0.35) * 0.5)


def _bell(at: Wave, hertz: float) -> Wave:
    partials = ((1.0, 1.0, 3.0), (2.0, 0.3, 5.0), (2.76, 0.35, 8.0), (5.4, 0.15, 14.0))
    return np.asarray(sum(share * np.sin(2 * np.pi * hertz * ratio * at) * np.exp(-at * decay) for ratio, share, decay in partials))


def _lead(at: Wave, hertz: float) -> Wave:
    vibrato = 1 + 0.003 * np.sin(2 * np.pi * 5.2 * at) * np.minimum(1, at / 0.3)
    turns = 2 * np.pi * hertz * np.cumsum(vibrato) / SAMPLE_RATE
    return np.asarray(sum(np.sin(turns * harmonic) / harmonic**1.4 for harmonic in (1, 2, 3, 5))) * np.minimum(1, at / 0.02)


def _swell(at: Wave, hertz: float) -> Wave:
    noise = np.random.default_rng(int(hertz)).standard_normal(len(at))
    high = signal.sosfilt(signal.butter(2, (2500, 12_000), "bandpass", fs=SAMPLE_RATE, output="sos"), noise)
    return np.asarray(high * (at / at[-1]) ** 3)


@lru_cache(maxsize=64)
def _drum(pitch: int, seed: int) -> Wave:
    chance = np.random.default_rng((seed, pitch))
    if pitch in {35, 36}:
        at = _times(0.35)
        return np.asarray(np.tanh(2 * np.sin(2 * np.pi * np.cumsum(46 + 110 * np.exp(-at * 32)) / SAMPLE_RATE) * np.exp(-at * 9)))
    low, high, decay, seconds = _NOISES.get(pitch, (3000, 14_000, 60.0, 0.12))
    at = _times(seconds)
    noise = signal.sosfilt(signal.butter(2, (low, high), "bandpass", fs=SAMPLE_RATE, output="sos"), chance.standard_normal(len(at)))
    body = 0.6 * np.sin(2 * np.pi * 190 * at) * np.exp(-at * 26) if pitch in {38, 40} else 0.0
    tom = (
        np.sin(2 * np.pi * np.cumsum(_hertz(pitch) * 1.2 * (1 + 0.5 * np.exp(-at * 20))) / SAMPLE_RATE) * np.exp(-at * 10)
        if 41 <= pitch <= 50 and pitch not in {42, 44, 46, 49}
        else 0.0
    )
    return np.asarray(noise * np.exp(-at * decay) * 0.5 + body + tom)


# Band in hertz, decay, length of the drums that are noise.
_NOISES: Mapping[int, tuple[float, float, float, float]] = {
    37: (1200, 5000, 70.0, 0.08), 38: (900, 9000, 18.0, 0.25), 39: (900, 6000, 22.0, 0.2), 42: (6500, 16_000, 70.0, 0.07), 44: (6000, 15_000, 60.0, 0.08),
    46: (6000, 16_000, 12.0, 0.35), 49: (3500, 15_000, 3.0, 1.4), 51: (5000, 14_000, 6.0, 0.6), 54: (6000, 15_000, 22.0, 0.2), 70: (5500, 14_000, 55.0, 0.08),
}  # fmt: skip
_VOICES: Mapping[SynthVoice, Callable[[Wave, float], Wave]] = {
    "bass": _bass, "keys": _keys, "pluck": _pluck, "pad": _pad, "bell": _bell, "lead": _lead, "swell": _swell,
}  # fmt: skip
