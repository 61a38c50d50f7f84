"""The effects bus: every made sound at its place, its peak as the reel asks, loudest at its moment."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from reelwright.kit.sound_file import SAMPLE_RATE
from reelwright.reels.reel import SoundEffect
from reelwright.rendering.effect_sounds import make_effect

EDGE_SAMPLES = 96

Samples = NDArray[np.float32]


def lay_effects(effects: Sequence[SoundEffect], length: int) -> Samples:
    """(length, 2) samples at 48 kHz. What would begin before the reel or end behind it is cut, with a short fade."""
    bus = np.zeros((length, 2), np.float32)
    for effect in effects:
        made = make_effect(effect)
        begin = round(effect.at * SAMPLE_RATE) - made.loudest
        first, last = max(0, -begin), min(len(made.samples), length - begin)
        if last <= first:
            continue
        piece = made.samples[first:last] * np.float32(10 ** (effect.peak_db / 20))
        _fade_cuts(piece, first > 0, last < len(made.samples))
        bus[begin + first : begin + last] += piece
    return bus


def _fade_cuts(piece: Samples, is_begin_cut: bool, is_end_cut: bool) -> None:
    count = min(EDGE_SAMPLES, len(piece))
    ramp = np.linspace(0, 1, count, dtype=np.float32)[:, None]
    if is_begin_cut:
        piece[:count] *= ramp
    if is_end_cut:
        piece[-count:] *= ramp[::-1]
