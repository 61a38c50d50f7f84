"""Made sounds of the effects bus: noise that is swept, bells, clicks and falls, each from a seed alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import signal

from reelwright.kit.sound_file import SAMPLE_RATE
from reelwright.reels.reel import SoundEffect

WINDOW_SAMPLES = 1024
TONE_SPREAD_CENTS = 60.0
LEVEL_SECONDS = 0.008
COMMON_SHARE, OWN_SHARE = 0.85, 0.53  # wide, and on one loudspeaker only 1 dB quieter
HALF_PI = np.pi / 2

Samples = NDArray[np.float32]
Wave = NDArray[np.float64]
Generator = np.random.Generator


@dataclass(frozen=True)
class MadeSound:
    """(n, 2) samples whose peak is 1, and the sample at which they are loudest."""

    samples: Samples
    loudest: int


@dataclass(frozen=True)
class _Recipe:
    make: Callable[[float, Generator], Wave]
    seconds: float
    room: tuple[float, float]  # length of the reverberation in seconds, share
    ends_loudest: bool = False


def make_effect(effect: SoundEffect) -> MadeSound:
    """The sound of one effect; the same effect sounds the same every time. ``duration`` None is the kind's own length."""
    recipe = RECIPES[effect.kind]
    chance = np.random.default_rng((_KIND_SEEDS[effect.kind], effect.seed))
    dry = recipe.make(float(effect.duration) if effect.duration else recipe.seconds, chance)
    wet = _add_room(dry, *recipe.room, chance)
    wet = wet - wet.mean(axis=0)
    _soften_edges(wet)
    peak = float(np.abs(wet).max())
    samples = (wet / max(peak, 1e-9)).astype(np.float32)
    return MadeSound(samples, len(dry) - 1 if recipe.ends_loudest else _find_loudest(samples))


def _times(seconds: float) -> Wave:
    return np.arange(max(64, round(seconds * SAMPLE_RATE))) / SAMPLE_RATE


def _both(mono: Wave) -> Wave:
    return np.repeat(mono[:, None], 2, axis=1)


def _sweep(seconds: float, path: Wave, octaves: float, chance: Generator) -> Wave:
    """Stereo noise in a band ``octaves`` wide whose middle follows ``path`` (hertz, evenly spread over the time)."""
    length = len(_times(seconds))
    noise = COMMON_SHARE * chance.standard_normal((1, length + WINDOW_SAMPLES)) + OWN_SHARE * chance.standard_normal((2, length + WINDOW_SAMPLES))
    hertz, at, spectrum = signal.stft(noise, SAMPLE_RATE, nperseg=WINDOW_SAMPLES, noverlap=WINDOW_SAMPLES * 3 // 4)
    middle = np.interp(at / seconds, np.linspace(0, 1, len(path)), path)
    away = np.log2(np.maximum(hertz, 20.0))[:, None] - np.log2(middle)[None, :]
    band = np.exp(-0.5 * np.square(away / octaves)) / np.sqrt(np.maximum(middle, 60.0))[None, :]
    _, swept = signal.istft(spectrum * band, SAMPLE_RATE, nperseg=WINDOW_SAMPLES, noverlap=WINDOW_SAMPLES * 3 // 4)
    rows = np.asarray(swept.T[:length], np.float64)
    return rows / max(float(np.abs(rows).max()), 1e-9)


def _pan(rows: Wave, start: float, end: float) -> Wave:
    """From one place to another, -1 left to 1 right, with equal power."""
    angle = (1 + np.linspace(start, end, len(rows))) * np.pi / 4
    return np.asarray(rows * np.stack([np.cos(angle), np.sin(angle)], axis=1) * np.sqrt(2))


def _arch(count: int, peak: float, sharpness: float) -> Wave:
    """0 at both ends, 1 at ``peak`` (share of the length)."""
    place = np.linspace(0, 1, count)
    bent = np.where(place < peak, 0.5 * place / peak, 0.5 + 0.5 * (place - peak) / (1 - peak))
    return np.asarray(np.sin(np.pi * bent) ** sharpness)


def _whoosh(seconds: float, chance: Generator) -> Wave:
    air = _sweep(seconds, np.array([380, 1500, 4200, 1700, 520.0]), 0.55, chance)
    body = _sweep(seconds, np.array([90, 260, 120.0]), 0.6, chance)
    side = 0.7 if chance.random() < 0.5 else -0.7
    return _pan((air + 0.5 * body) * _arch(len(air), 0.5, 2.4)[:, None], -side, side)


def _swipe(seconds: float, chance: Generator) -> Wave:
    air = _sweep(seconds, np.array([900, 2600, 6200.0]), 0.5, chance)
    side = 0.5 if chance.random() < 0.5 else -0.5
    return _pan(air * _arch(len(air), 0.5, 2.0)[:, None], -side, side)


def _pop(seconds: float, chance: Generator) -> Wave:
    at = _times(seconds)
    hertz = 430 * 2 ** chance.uniform(-0.25, 0.25) * (1 + 1.6 * np.exp(-at * 55))
    tone = np.sin(2 * np.pi * np.cumsum(hertz) / SAMPLE_RATE) * np.minimum(1, at / 0.0015) * np.exp(-at / 0.035)
    return _both(tone + 0.12 * chance.standard_normal(len(at)) * np.exp(-at * 900))


def _tick(seconds: float, chance: Generator) -> Wave:
    at = _times(seconds)
    tone = np.sin(2 * np.pi * 2100 * 2 ** chance.uniform(-0.1, 0.1) * at) * np.exp(-at * 260)
    return _both(_click(at, 1400, (1500, 9000), chance) + 0.4 * tone)


def _click(at: Wave, decay: float, band: tuple[float, float], chance: Generator) -> Wave:
    noise = chance.standard_normal(len(at)) * np.exp(-at * decay)
    filtered = signal.sosfilt(signal.butter(2, band, "bandpass", fs=SAMPLE_RATE, output="sos"), noise)
    return np.asarray(filtered / max(float(np.abs(filtered).max()), 1e-9))


def _riser(seconds: float, chance: Generator) -> Wave:
    place = np.linspace(0, 1, len(_times(seconds)))
    air = _sweep(seconds, 250 * 38 ** np.linspace(0, 1, 24), 0.5, chance) * (place**3)[:, None]
    turns = 2 * np.pi * np.cumsum(110 * 4**place) / SAMPLE_RATE
    detune = 2 ** (TONE_SPREAD_CENTS / 1200 / 10)
    left, right = (sum(np.sin(turns * harmonic * part) / harmonic for harmonic in (1, 2, 3, 5)) for part in (1 / detune, detune))
    tone = np.stack([left, right], axis=1) * 0.08 * (place**3)[:, None]
    flutter = 1 + 0.12 * np.sin(2 * np.pi * np.cumsum(3 + 13 * place) / SAMPLE_RATE)
    rise = (air + tone) * flutter[:, None]
    rise[-240:] *= np.linspace(1, 0, 240)[:, None]
    return rise


def _impact(seconds: float, chance: Generator) -> Wave:
    at = _times(seconds)
    fall = np.sin(2 * np.pi * np.cumsum(38 + 95 * np.exp(-at * 18)) / SAMPLE_RATE) * np.exp(-at * 4.2 / seconds)
    thud = np.tanh(2.2 * fall) * np.minimum(1, at / 0.002)
    dust = _sweep(seconds, np.array([2400, 900, 300, 200.0]), 0.9, chance) * np.exp(-at * 9)[:, None]
    return _both(thud) * 0.8 + dust * 0.6


def _ding(seconds: float, chance: Generator) -> Wave:
    at = _times(seconds)
    base = 1174.7 * 2 ** (chance.integers(-2, 3) / 12)
    partials = ((1.0, 1.0, 4.0), (2.0, 0.35, 7.0), (2.76, 0.4, 9.0), (5.4, 0.2, 16.0))
    bell = sum(share * np.sin(2 * np.pi * base * ratio * at) * np.exp(-at * decay) for ratio, share, decay in partials)
    return np.stack([bell, np.roll(bell, 3)], axis=1) * np.minimum(1, at / 0.001)[:, None]


def _shutter(seconds: float, chance: Generator) -> Wave:
    at = _times(seconds)
    opens = _click(at, 1400, (1200, 8000), chance)
    shuts = np.roll(_click(at, 1100, (900, 6000), chance), round(0.075 * SAMPLE_RATE)) * 0.6
    shuts[: round(0.075 * SAMPLE_RATE)] = 0
    whirr = _sweep(seconds, np.array([3000, 1500.0]), 0.6, chance) * _arch(len(at), 0.3, 2.0)[:, None] * 0.2
    return _both(opens + shuts) + whirr


def _crackle(seconds: float, chance: Generator) -> Wave:
    at = _times(seconds)
    grains = np.zeros((len(at), 2))
    for _ in range(max(6, round(seconds * 70))):
        place = int(chance.normal(0.5, 0.2) * len(at))
        if 0 <= place < len(at) - 8:
            grains[place : place + 3, chance.integers(2)] += chance.normal() * 0.5
    grains[len(at) // 2 : len(at) // 2 + 4] += 1.6
    burn = _sweep(seconds, np.array([700, 2200, 900.0]), 0.8, chance) * _arch(len(at), 0.5, 2.0)[:, None] * 0.25
    band = signal.butter(1, (500, 7000), "bandpass", fs=SAMPLE_RATE, output="sos")
    return np.asarray(signal.sosfilt(band, grains, axis=0)) + burn * 0.5


def _key(seconds: float, chance: Generator) -> Wave:
    at = _times(seconds)
    knock = np.sin(2 * np.pi * (180 + 40 * chance.random()) * at) * np.exp(-at * 120) * 0.5
    return _both(_click(at, 700, (120, 6500), chance) * 0.8 + knock)


def _add_room(dry: Wave, seconds: float, share: float, chance: Generator) -> Wave:
    """A short reverberation behind the sound: decaying noise, the same loudness whatever its length."""
    count = round(seconds * SAMPLE_RATE)
    tail = chance.standard_normal((count, 2)) * np.exp(-6.9 * np.arange(count) / count)[:, None]
    tail = signal.sosfilt(signal.butter(1, (400, 7000), "bandpass", fs=SAMPLE_RATE, output="sos"), tail, axis=0)
    tail /= np.sqrt(np.square(tail).sum(axis=0))
    wet = signal.oaconvolve(dry, tail, axes=0)
    wet[: len(dry)] = wet[: len(dry)] * share + dry
    wet[len(dry) :] *= share
    return np.asarray(wet)


def _soften_edges(rows: Wave) -> None:
    begin, end = 24, min(480, len(rows) // 3)
    rows[:begin] *= np.linspace(0, 1, begin)[:, None]
    rows[-end:] *= np.linspace(1, 0, end)[:, None]


def _find_loudest(samples: Samples) -> int:
    """Where the level over ``LEVEL_SECONDS`` is highest; for an attack, the attack itself."""
    width = round(LEVEL_SECONDS * SAMPLE_RATE)
    power = np.concatenate([[0.0], np.cumsum(np.square(samples, dtype=np.float64).sum(axis=1))])
    return min(int(np.argmax(power[width:] - power[:-width])) + width // 2, len(samples) - 1)


RECIPES: Mapping[str, _Recipe] = {
    "whoosh": _Recipe(_whoosh, 0.35, (0.35, 0.18)),
    "swipe": _Recipe(_swipe, 0.24, (0.15, 0.10)),
    "pop": _Recipe(_pop, 0.16, (0.12, 0.12)),
    "tick": _Recipe(_tick, 0.05, (0.08, 0.10)),
    "riser": _Recipe(_riser, 1.5, (0.40, 0.12), ends_loudest=True),
    "impact": _Recipe(_impact, 1.4, (1.0, 0.25)),
    "ding": _Recipe(_ding, 1.0, (0.5, 0.20)),
    "shutter": _Recipe(_shutter, 0.16, (0.1, 0.10)),
    "crackle": _Recipe(_crackle, 0.6, (0.1, 0.08)),
    "key": _Recipe(_key, 0.06, (0.06, 0.10)),
}
_KIND_SEEDS: Mapping[str, int] = {kind: place for place, kind in enumerate(RECIPES)}
