"""Sound files in and out: any container that FFmpeg's libraries read, as float samples at 48 kHz."""

from __future__ import annotations

from math import gcd
from pathlib import Path

import av
import numpy as np
import soundfile
from numpy.typing import NDArray
from scipy import signal

from reelwright.kit.errors import UnsupportedMedia

SAMPLE_RATE = 48_000
PLAIN_KINDS = frozenset({".wav", ".flac", ".ogg", ".opus"})

Samples = NDArray[np.float32]


def read_sound(path: Path) -> Samples:
    """The whole sound as (n, 2) samples at 48 kHz; one channel is heard on both sides.

    Sound that begins late in its file is preceded by silence, so that sample 0 is time 0 of the file. Raises UnsupportedMedia.
    """
    try:
        return _read_plain(path) if path.suffix.lower() in PLAIN_KINDS else _read_container(path)
    except (av.FFmpegError, soundfile.SoundFileError, IndexError, ValueError) as error:
        raise UnsupportedMedia(f"The sound of {path.name} could not be read.") from error


def write_sound(path: Path, samples: NDArray[np.floating], sample_rate: int = SAMPLE_RATE) -> Path:
    """Writes (n,) or (n, channels) samples as 24-bit WAV: under a temporary name first, then its own. Returns ``path``."""
    temporary = path.with_name(path.name + ".part")
    soundfile.write(str(temporary), samples, sample_rate, format="WAV", subtype="PCM_24")
    temporary.replace(path)
    return path


def to_stereo_48k(samples: NDArray[np.floating], sample_rate: int) -> Samples:
    """(n,) or (n, channels) at any rate as (n, 2) at 48 kHz. More than two channels keep their first two."""
    rows = samples[:, None] if samples.ndim == 1 else samples
    pair = np.repeat(rows, 2, axis=1) if rows.shape[1] == 1 else rows[:, :2]
    if sample_rate != SAMPLE_RATE:
        common = gcd(SAMPLE_RATE, sample_rate)
        pair = signal.resample_poly(pair, SAMPLE_RATE // common, sample_rate // common, axis=0)
    return np.ascontiguousarray(pair, np.float32)


def _read_plain(path: Path) -> Samples:
    samples, rate = soundfile.read(str(path), dtype="float32", always_2d=True)
    return to_stereo_48k(samples, rate)


def _read_container(path: Path) -> Samples:
    with av.open(str(path)) as container:
        stream = container.streams.audio[0]
        resampler = av.AudioResampler(format="fltp", layout="stereo", rate=SAMPLE_RATE)
        pieces: list[NDArray[np.float32]] = []
        begin = None
        for frame in container.decode(stream):
            if begin is None:
                begin = float(frame.time or 0.0)
            pieces += _arrays(resampler.resample(frame))
        pieces += _arrays(resampler.resample(None))
    late = round((begin or 0.0) * SAMPLE_RATE)
    sound = np.concatenate(pieces, axis=1).T if pieces else np.zeros((0, 2), np.float32)
    placed = np.pad(sound, ((late, 0), (0, 0))) if late > 0 else sound[-late:]
    return np.ascontiguousarray(placed, np.float32)


def _arrays(frames: list[av.AudioFrame]) -> list[Samples]:
    return [np.asarray(frame.to_ndarray(), np.float32) for frame in frames]
