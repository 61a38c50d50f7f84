"""Music gives way to the voice: down ahead of the first syllable, held through short pauses, back without being noticed."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

SAMPLE_RATE = 48_000
STEP_SECONDS = 0.005
LEVEL_SECONDS = 0.02
TRIGGER_DBFS = -38.0
LOOK_AHEAD_SECONDS = 0.12
ATTACK_SECONDS = 0.06
HOLD_SECONDS = 0.22
RELEASE_SECONDS = 0.4
BLOCK_SAMPLES = 1 << 19  # ten seconds at once: long reels need no more memory than short ones

Samples = NDArray[np.float32]
Curve = NDArray[np.float64]


def lower_under(bus: Samples, voice: Samples, depth_db: float) -> Samples:
    """The bus, ``depth_db`` (negative) quieter while the voice speaks."""
    return lower_by(bus, draw_ducking(voice, depth_db)) if bus.any() else bus


def lower_by(bus: Samples, curve: Curve) -> Samples:
    """The bus, quieter by a curve in dB that has a point every ``STEP_SECONDS``."""
    if not bus.any():
        return bus
    gain = np.power(10.0, curve / 20)
    lowered = np.empty(bus.shape, np.float32)
    for first in range(0, len(bus), BLOCK_SAMPLES):
        block = bus[first : first + BLOCK_SAMPLES]
        places = np.arange(first, first + len(block)) / (STEP_SECONDS * SAMPLE_RATE)
        lowered[first : first + len(block)] = block * np.interp(places, np.arange(len(gain)), gain).astype(np.float32)[:, None]
    return lowered


def draw_ducking(voice: Samples, depth_db: float) -> Curve:
    """Gain in dB every ``STEP_SECONDS``: a straight way down in ``ATTACK_SECONDS``, an exponential way back."""
    wanted = np.where(_is_wanted(_is_speaking(voice)), depth_db, 0.0)
    down = -depth_db * STEP_SECONDS / ATTACK_SECONDS
    back = 1 - np.exp(-STEP_SECONDS / RELEASE_SECONDS)
    curve, gain = np.empty(len(wanted)), 0.0
    for place, target in enumerate(wanted):
        gain = max(target, gain - down) if target < gain else gain + (target - gain) * back
        curve[place] = gain
    return curve


def _is_speaking(voice: Samples) -> NDArray[np.bool_]:
    """Whether the level over 20 ms is above the trigger, for each step."""
    step = round(STEP_SECONDS * SAMPLE_RATE)
    mono = (voice[:, 0] + voice[:, 1]) / 2
    padded = np.pad(mono, (0, -len(mono) % step))
    blocks = padded.reshape(-1, step)
    power = np.einsum("ij,ij->i", blocks, blocks, dtype=np.float64) / step
    width = round(LEVEL_SECONDS / STEP_SECONDS)
    return np.asarray(np.convolve(power, np.full(width, 1 / width), "same") > 10 ** (TRIGGER_DBFS / 10))


def _is_wanted(speaks: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Longer by the look-ahead at the front and by the hold at the back."""
    ahead, hold = round(LOOK_AHEAD_SECONDS / STEP_SECONDS), round(HOLD_SECONDS / STEP_SECONDS)
    counts = np.concatenate([[0], np.cumsum(speaks)])
    places = np.arange(len(speaks))
    return np.asarray(counts[np.minimum(places + ahead + 1, len(speaks))] > counts[np.maximum(places - hold, 0)])
