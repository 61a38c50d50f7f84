"""Where speech begins, measured on the sound of the voice itself: an energy rise after a pause."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import soundfile
from numpy.typing import NDArray

from reelwright.reels.reel import Reel

HOP_SECONDS = 0.005
WINDOW_SECONDS = 0.010
PAUSE_SECONDS = 0.16  # longer than the closure of a plosive inside a word
LEAST_SPEECH_SECONDS = 0.04
PAUSE_BELOW_PEAK_DB = 42.0
_FLOOR = 1e-6

Samples = NDArray[np.float32]


def find_onsets(samples: Samples, sample_rate: int) -> list[float]:
    """Seconds at which speech begins after a pause, in a mono recording with a quiet background."""
    if len(samples) < sample_rate * WINDOW_SECONDS:
        return []
    hop, window = round(sample_rate * HOP_SECONDS), round(sample_rate * WINDOW_SECONDS)
    power = np.concatenate([[0.0], np.cumsum(samples.astype(np.float64) ** 2)])
    starts = np.arange(0, len(samples) - window + 1, hop)
    level = 10 * np.log10((power[starts + window] - power[starts]) / window + _FLOOR**2)
    is_speech = level > np.percentile(level, 99) - PAUSE_BELOW_PEAK_DB
    pause, least = round(PAUSE_SECONDS / HOP_SECONDS), round(LEAST_SPEECH_SECONDS / HOP_SECONDS)
    onsets: list[float] = []
    quiet = pause
    for number, speaks in enumerate(is_speech):
        if speaks and quiet >= pause and is_speech[number : number + least].mean() > 0.8:  # a click is no speech
            onsets.append(float(starts[number] / sample_rate))
        quiet = 0 if speaks else quiet + 1
    return onsets


def measure_voice_onsets(reel: Reel, files: Mapping[str, Path]) -> list[float]:
    """Onsets of all voice clips in seconds of the reel. ``files``: storage key → local file."""
    found: list[float] = []
    for clip in reel.soundtrack.voice:
        samples, rate = soundfile.read(files[reel.sounds[clip.sound_id].file], dtype="float32", always_2d=True)
        first, last = float(clip.source_start), float(clip.source_start + clip.duration)
        part = samples[round(first * rate) : round(last * rate)].mean(axis=1)
        found.extend(float(clip.start) + onset for onset in find_onsets(part, rate))
    return sorted(found)
