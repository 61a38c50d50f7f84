"""What AAC makes of a soundtrack: encoded and decoded again in memory, so that its peaks can be measured before the file is written."""

from __future__ import annotations

import io
from fractions import Fraction

import av
import numpy as np
from numpy.typing import NDArray

from reelwright.rendering.encode import AUDIO_FRAME_SAMPLES, SAMPLE_RATE_HZ

SPARE_SAMPLES = 4 * AUDIO_FRAME_SAMPLES
Samples = NDArray[np.float32]


def hear_through_aac(samples: Samples, bits_per_second: int) -> Samples:
    """(n, 2) samples at 48 kHz as a player hears them; the encoder's run-in is still in front."""
    packed = io.BytesIO()
    with av.open(packed, "w", format="adts") as container:
        stream = container.add_stream("aac", rate=SAMPLE_RATE_HZ, layout="stereo")
        stream.bit_rate = bits_per_second
        for start in range(0, len(samples), AUDIO_FRAME_SAMPLES):
            frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(samples[start : start + AUDIO_FRAME_SAMPLES].T), format="fltp", layout="stereo")
            frame.sample_rate, frame.pts, frame.time_base = SAMPLE_RATE_HZ, start, Fraction(1, SAMPLE_RATE_HZ)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    packed.seek(0)
    return _decode(packed, len(samples))


def _decode(packed: io.BytesIO, expected: int) -> Samples:
    """The sound, written straight to its place; ``expected`` is about how many samples there will be."""
    heard, count = np.empty((expected + SPARE_SAMPLES, 2), np.float32), 0
    with av.open(packed, "r", format="aac") as container:
        for frame in container.decode(audio=0):
            piece = frame.to_ndarray().T
            if count + len(piece) > len(heard):
                heard = np.concatenate([heard, np.empty((len(piece) + SPARE_SAMPLES, 2), np.float32)])
            heard[count : count + len(piece)] = piece
            count += len(piece)
    return heard[:count]
