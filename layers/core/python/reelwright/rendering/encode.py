"""The encoder: finished planes and samples in, one MP4 out (H.264 high, BT.709, AAC), in this process."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any, TypeAlias, cast

import av
import numpy as np
import numpy.typing as npt
from av.audio.stream import AudioStream
from av.packet import Packet
from av.video.stream import VideoStream

from reelwright.rendering.planes import Planes

CRF = 20
GROUP_SECONDS = 2
AUDIO_BITS_PER_SECOND = 128_000
SAMPLE_RATE_HZ = 48_000
AUDIO_FRAME_SAMPLES = 1024
BT709, LIMITED_RANGE = 1, 1
MAX_THREADS = 4
CONTAINER_OPTIONS = {"movflags": "+faststart+negative_cts_offsets", "use_editlist": "0"}

Samples = npt.NDArray[np.float32]
SomePacket: TypeAlias = "Packet[Any]"


class MasterWriter:
    """Writes one file. Every group of pictures is closed and at most two seconds long, and there is no edit list.

    Without an edit list a player starts AAC at its first sample, which is the encoder's run-in of 1024 samples; so the sound
    is given that much earlier, and picture and sound stay together.
    """

    def __init__(self, path: Path, width: int, height: int, frame_rate: Fraction, preset: str = "veryfast") -> None:
        self._container = av.open(str(path), "w", format="mp4", options=CONTAINER_OPTIONS)
        self._rate = frame_rate
        self._video = self._add_video(width, height, preset)
        self._audio = self._container.add_stream("aac", rate=SAMPLE_RATE_HZ, layout="stereo")
        self._audio.bit_rate = AUDIO_BITS_PER_SECOND
        self._sound: Iterator[SomePacket] = iter(())
        self._waiting: SomePacket | None = None
        self._written = 0

    def add_sound(self, samples: Samples) -> None:
        """The whole soundtrack, (n, 2) at 48 kHz, −1..1. It is encoded at once and muxed along with the pictures."""
        self._sound = iter(list(_encode_sound(self._audio, samples[AUDIO_FRAME_SAMPLES:])))
        self._waiting = next(self._sound, None)

    def write(self, planes: Planes) -> None:
        """The next picture."""
        frame = av.VideoFrame(planes.width, planes.height, "yuv420p")
        for target, plane in zip(frame.planes, planes, strict=True):
            rows = np.frombuffer(cast("Any", target), np.uint8).reshape(-1, target.line_size)
            rows[:, : plane.shape[1]] = plane
        frame.pts, frame.time_base = self._written, 1 / self._rate
        self._written += 1
        self._mux(self._video.encode(frame))
        self._mux_sound(float(self._written / self._rate))

    def close(self) -> None:
        """Writes what is left, and the index in front of the pictures."""
        self._mux(self._video.encode(None))
        self._mux_sound(float("inf"))
        self._container.close()

    def abandon(self) -> None:
        """Closes the file without finishing it; the caller removes it."""
        self._container.close()

    def _add_video(self, width: int, height: int, preset: str) -> VideoStream:
        stream = self._container.add_stream("libx264", rate=self._rate)
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        stream.time_base = 1 / self._rate
        group = int(GROUP_SECONDS * self._rate)
        stream.options = {
            "preset": preset, "crf": str(CRF), "profile": "high", "g": str(group),
            "x264-params": f"open-gop=0:keyint={group}:keyint-min={max(1, group // 10)}",
        }  # fmt: skip
        context = stream.codec_context
        context.thread_count = min(MAX_THREADS, os.cpu_count() or 1)
        context.color_range, context.colorspace = LIMITED_RANGE, BT709
        context.color_primaries, context.color_trc = BT709, BT709
        return stream

    def _mux(self, packets: Iterable[SomePacket]) -> None:
        for packet in packets:
            self._container.mux(packet)

    def _mux_sound(self, until_seconds: float) -> None:
        while self._waiting is not None and _begin(self._waiting) <= until_seconds:
            self._container.mux(self._waiting)
            self._waiting = next(self._sound, None)


def _begin(packet: SomePacket) -> float:
    return 0.0 if packet.pts is None else float(packet.pts * packet.time_base)


def _encode_sound(stream: AudioStream, samples: Samples) -> Iterator[SomePacket]:
    context = stream.codec_context
    context.format, context.layout = "fltp", "stereo"
    for start in range(0, len(samples), AUDIO_FRAME_SAMPLES):
        block = samples[start : start + AUDIO_FRAME_SAMPLES]
        frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(block.T, np.float32), format="fltp", layout="stereo")
        frame.sample_rate, frame.pts, frame.time_base = SAMPLE_RATE_HZ, start, Fraction(1, SAMPLE_RATE_HZ)
        yield from _from_zero(stream.encode(frame))
    yield from _from_zero(stream.encode(None))


def _from_zero(packets: Iterable[SomePacket]) -> Iterator[SomePacket]:
    """The run-in becomes the beginning: time stamps start at 0 instead of −1024."""
    for packet in packets:
        shift = round(AUDIO_FRAME_SAMPLES * Fraction(1, SAMPLE_RATE_HZ) / packet.time_base)
        packet.pts = (packet.pts or 0) + shift
        packet.dts = (packet.dts or 0) + shift
        yield packet
