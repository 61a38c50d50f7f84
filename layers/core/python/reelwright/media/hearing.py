"""What is heard in a media: speech (Silero's voice activity model), loudness (BS.1770), silence, and peaks to draw.

Model: https://github.com/snakers4/silero-vad (version 6, 16 kHz, windows of 512 samples with 64 before them).
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any

import av
import numpy as np
from numpy.typing import NDArray

from reelwright.kit.errors import PartMissing
from reelwright.kit.loudness import SAMPLE_RATE as LOUDNESS_SAMPLE_RATE
from reelwright.kit.loudness import SILENCE_LUFS, measure_loudness
from reelwright.kit.parts import find_part
from reelwright.media.analysis import SpeechSpan
from reelwright.media.eyes import open_session
from reelwright.media.streams import find_sound, open_container

Samples = NDArray[np.float32]

SPEECH_RATE = 16_000
MAX_LOUDNESS_SECONDS = 120
SILENT_PEAK = 0.001  # −60 dBFS
PEAK_COUNT = 480
_WINDOW, _CONTEXT, _BATCH = 512, 64, 4000
_SPEECH_STARTS, _SPEECH_ENDS = 0.5, 0.35
_SHORTEST_SPEECH_SECONDS, _SHORTEST_PAUSE_SECONDS, _MARGIN_SECONDS = 0.25, 0.3, 0.08
_VOICE_BAND_RMS = 0.02


@dataclass(frozen=True)
class SoundFacts:
    """``loudness_lufs`` is None for silence or under 0.4 s."""

    speech: tuple[SpeechSpan, ...]
    loudness_lufs: float | None
    is_silent: bool


def listen(path: Path, demuxer: str, cache: Path | None) -> SoundFacts | None:
    """The facts of the first sound stream, or None where there is none. Raises MediaRefused where it cannot be decoded."""
    mono = read_samples(path, demuxer, SPEECH_RATE, "mono")
    if mono is None or not len(mono):
        return None
    peak = float(np.abs(mono).max())
    if peak < SILENT_PEAK:
        return SoundFacts((), None, True)
    stereo = read_samples(path, demuxer, LOUDNESS_SAMPLE_RATE, "stereo", MAX_LOUDNESS_SECONDS)
    return SoundFacts(find_speech(mono, cache), None if stereo is None else _measure_loudness(stereo), False)


def read_samples(path: Path, demuxer: str, rate: int, layout: str, most_seconds: float | None = None) -> Samples | None:
    """Samples −1..1 of the first sound stream: (n,) for mono, (n, 2) for stereo; None where there is no sound."""
    blocks: list[NDArray[Any]] = []
    with open_container(path, demuxer) as container:
        found = find_sound(container)
        if found is None:
            return None
        resampler = av.AudioResampler(format="flt", layout=layout, rate=rate)
        seconds = 0.0
        for frame in container.decode(container.streams[found.index]):
            blocks.extend(part.to_ndarray()[0] for part in resampler.resample(frame))  # type: ignore[arg-type]
            seconds += frame.samples / found.sample_rate  # type: ignore[union-attr]
            if most_seconds is not None and seconds >= most_seconds:
                break
        blocks.extend(part.to_ndarray()[0] for part in resampler.resample(None))
    joined = np.concatenate(blocks).astype(np.float32) if blocks else np.zeros(0, np.float32)
    return joined.reshape(-1, 2) if layout == "stereo" else joined


def find_speech(mono: Samples, cache: Path | None) -> tuple[SpeechSpan, ...]:
    """Spans in which somebody speaks, in seconds. ``mono`` is at 16 kHz. Without the part it is guessed from the level."""
    length = -(-len(mono) // _WINDOW) * _WINDOW
    padded = np.pad(mono, (0, length - len(mono)))
    try:
        chances = _judge(padded, find_part("voice-activity", cache))
    except PartMissing:
        level = np.sqrt((padded.reshape(-1, _WINDOW) ** 2).mean(axis=1))
        chances = (level > _VOICE_BAND_RMS).astype(np.float32)
    return _join_spans(chances, len(mono) / SPEECH_RATE)


def _judge(padded: Samples, model: Path) -> NDArray[Any]:
    """The chance of speech in each window of 32 ms."""
    session = open_session(model, 1)
    windows = padded.reshape(-1, _WINDOW)
    before = np.zeros((len(windows), _CONTEXT), np.float32)
    before[1:] = windows[:-1, -_CONTEXT:]
    rows = np.concatenate([before, windows], axis=1)
    hidden, cell = np.zeros((1, 1, 128), np.float32), np.zeros((1, 1, 128), np.float32)
    chances = []
    for start in range(0, len(rows), _BATCH):
        chance, hidden, cell = session.run(None, {"input": rows[start : start + _BATCH], "h": hidden, "c": cell})
        chances.append(np.asarray(chance).reshape(-1))
    return np.concatenate(chances)


def _join_spans(chances: NDArray[Any], seconds: float) -> tuple[SpeechSpan, ...]:
    step = _WINDOW / SPEECH_RATE
    raw: list[list[float]] = []
    is_speaking = False
    for number, chance in enumerate(chances):
        if not is_speaking and chance >= _SPEECH_STARTS:
            is_speaking = True
            raw.append([number * step, seconds])
        elif is_speaking and chance < _SPEECH_ENDS:
            is_speaking = False
            raw[-1][1] = number * step
    joined: list[list[float]] = []
    for start, end in raw:
        if joined and start - joined[-1][1] < _SHORTEST_PAUSE_SECONDS:
            joined[-1][1] = end
        else:
            joined.append([start, end])
    spans = ((max(0.0, start - _MARGIN_SECONDS), min(seconds, end + _MARGIN_SECONDS)) for start, end in joined if end - start >= _SHORTEST_SPEECH_SECONDS)
    return tuple(SpeechSpan(start=round(start, 3), end=round(end, 3)) for start, end in spans)


def _measure_loudness(stereo: Samples) -> float | None:
    """Integrated loudness in LUFS; None where all of it is under the gate or too short to say."""
    value = measure_loudness(stereo)
    return round(value, 2) if value > SILENCE_LUFS else None


def measure_peaks(mono: Samples, count: int = PEAK_COUNT) -> tuple[float, ...]:
    """The largest value of each of ``count`` equal stretches."""
    edges = [int(Fraction(len(mono) * place, count)) for place in range(count + 1)]
    return tuple(round(float(np.abs(mono[low : max(high, low + 1)]).max(initial=0.0)), 3) for low, high in pairwise(edges))
