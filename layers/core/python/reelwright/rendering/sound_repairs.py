"""What a bus may need before it is mixed: wind muted, width held so that one loudspeaker loses nothing, and a bed under bare voice."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import signal

from reelwright.kit.sound_file import SAMPLE_RATE
from reelwright.reels.reel import Reel

RUMBLE_HERTZ = 120.0
RUMBLE_SHARE = 0.6
HUM_SHARE = 0.9
TONE_FLATNESS = 0.2  # below it the low end is notes (music, an engine), not wind
ROOM_TONE_DBFS = -58.0
ROOM_TONE_FADE_SECONDS = 0.1
MONO_LOSS_DB = 1.8
HISS_POLE = 0.35  # tape hiss is bright, room tone dark
ROOM_POLE = 0.9

BLOCK_SAMPLES = 1 << 19  # ten seconds at once: long reels need no more memory than short ones
Samples = NDArray[np.float32]


def to_mono(sound: Samples) -> Samples:
    """Both sides as one; many times faster than a mean over so short an axis."""
    return np.asarray((sound[:, 0] + sound[:, 1]) * np.float32(0.5), np.float32)


def mute_wind(sound: Samples) -> Samples:
    """Silence where most of the energy is noise below 120 Hz (wind, a hand on the camera); a hum there is taken away; a bass line stays."""
    if len(sound) < SAMPLE_RATE // 10:
        return sound
    share, flatness = _look_below(sound)
    if share >= RUMBLE_SHARE and flatness > TONE_FLATNESS:
        return np.zeros_like(sound)
    if share < HUM_SHARE:
        return sound
    high_pass = signal.butter(4, RUMBLE_HERTZ, "high", fs=SAMPLE_RATE, output="sos")
    return np.asarray(signal.sosfilt(high_pass, sound, axis=0), np.float32)


def _look_below(sound: Samples) -> tuple[float, float]:
    """Share of the energy below ``RUMBLE_HERTZ``, and how evenly it is spread there: 1 for noise, near 0 for notes."""
    hertz, power = signal.welch(to_mono(sound), SAMPLE_RATE, nperseg=min(len(sound), 8192))
    low = (hertz > 15) & (hertz < RUMBLE_HERTZ)
    whole = float(power[hertz > 15].sum())
    flatness = float(np.exp(np.log(power[low] + 1e-20).mean()) / (power[low].mean() + 1e-20))
    return float(power[low].sum()) / max(whole, 1e-20), flatness


def hold_width(bus: Samples) -> Samples:
    """The bus, narrowed where its sum on one loudspeaker would lose more than ``MONO_LOSS_DB``."""
    middle, side = to_mono(bus), (bus[:, 0] - bus[:, 1]) * np.float32(0.5)
    inner, outer = float(np.dot(middle, middle)), float(np.dot(side, side))
    most = inner * (10 ** (MONO_LOSS_DB / 10) - 1)
    if outer <= most or outer <= 0:
        return bus
    side *= np.float32(np.sqrt(most / outer))
    narrowed = np.empty(bus.shape, np.float32)
    narrowed[:, 0], narrowed[:, 1] = middle + side, middle - side
    return narrowed


def make_bed(mixed: Samples, reel: Reel) -> Samples:
    """Noise that keeps pauses of a voice from digital silence; as loud as tape hiss it lies under the whole reel. Not where silence is declared."""
    level_db = reel.soundtrack.bed_db if reel.soundtrack.bed_db is not None else ROOM_TONE_DBFS
    is_hiss = level_db > ROOM_TONE_DBFS
    block = round(ROOM_TONE_FADE_SECONDS * SAMPLE_RATE)
    loudest = np.pad(np.maximum(np.abs(mixed[:, 0]), np.abs(mixed[:, 1])), (0, -len(mixed) % block)).reshape(-1, block).max(axis=1)
    is_open = np.ones(len(loudest), bool) if is_hiss else loudest < 10 ** (ROOM_TONE_DBFS / 20)
    for silence in reel.declarations:
        if silence.kind == "silent":
            is_open[int(silence.start * SAMPLE_RATE) // block : -(-int(silence.end * SAMPLE_RATE) // block)] = False
    if not is_open.any():
        return np.zeros_like(mixed)
    share = _draw_share(is_open, block, len(mixed))
    pole = HISS_POLE if is_hiss else ROOM_POLE
    noise = np.random.default_rng(reel.seed).standard_normal(len(mixed), np.float32)
    soft = np.asarray(signal.lfilter([1 - pole], [1, -pole], noise), np.float32)
    share *= np.float32(10 ** (level_db / 20) / float(soft.std(dtype=np.float64)))
    soft *= share
    return np.repeat(soft[:, None], 2, axis=1)


def _draw_share(is_open: NDArray[np.bool_], block: int, length: int) -> Samples:
    """How open the bed is at each sample, straight between the middles of the blocks."""
    share, middles, heights = np.empty(length, np.float32), np.arange(len(is_open)) + 0.5, is_open.astype(float)
    for first in range(0, length, BLOCK_SAMPLES):
        last = min(length, first + BLOCK_SAMPLES)
        share[first:last] = np.interp(np.arange(first, last) / block, middles, heights)
    return share
