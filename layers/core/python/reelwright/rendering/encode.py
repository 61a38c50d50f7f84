"""The encoder: finished planes and samples in, one MP4 out (H.264 high, BT.709, AAC), in this process."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any, TypeAlias, cast

import av
import numpy as np
from av.packet import Packet
from av.video.stream import VideoStream

from reelwright.rendering.planes import Planes
from reelwright.rendering.through_aac import AUDIO_BITS_PER_SECOND, SAMPLE_RATE_HZ, PackedSound

CRF = 20
GROUP_SECONDS = 2
BT709, LIMITED_RANGE = 1, 1
MAX_THREADS = 4
CONTAINER_OPTIONS = {"movflags": "+faststart+negative_cts_offsets", "use_editlist": "0"}

SomePacket: TypeAlias = "Packet[Any]"


class MasterWriter:
    """Writes one file. Every group of pictures is closed and at most two seconds long, and there is no edit list.

    Without an edit list a player starts AAC at its first sample, which is the encoder's run-in of 1024 samples; so the sound
    is given that much earlier, and picture and sound stay together.
    """

    def __init__(self, path: Path, width: int, height: int, frame_rate: Fraction, preset: str = "veryfast", crf: int = CRF) -> None:
        self._container = av.open(str(path), "w", format="mp4", options=CONTAINER_OPTIONS)
        self._rate = frame_rate
        self._video = self._add_video(width, height, preset, crf)
        self._audio = self._container.add_stream("aac", rate=SAMPLE_RATE_HZ, layout="stereo")
        self._audio.bit_rate = AUDIO_BITS_PER_SECOND
        self._sound: Iterator[SomePacket] = iter(())
        self._waiting: SomePacket | None = None
        self._written = 0

    def add_sound(self, packed: PackedSound) -> None:
        """The whole soundtrack; it is muxed along with the pictures. The run-in is its beginning."""
        self._sound = self._wrap(packed)
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

    def _add_video(self, width: int, height: int, preset: str, crf: int) -> VideoStream:
        stream = self._container.add_stream("libx264", rate=self._rate)
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        stream.time_base = 1 / self._rate
        group = int(GROUP_SECONDS * self._rate)
        stream.options = {
            "preset": preset, "crf": str(crf), "profile": "high", "g": str(group),
            "x264-params": f"open-gop=0:keyint={group}:keyint-min={max(1, group // 10)}",
        }  # fmt: skip
        context = stream.codec_context
        context.thread_count = min(MAX_THREADS, os.cpu_count() or 1)
        context.color_range, context.colorspace = LIMITED_RANGE, BT709
        context.color_primaries, context.color_trc = BT709, BT709
        return stream

    def _wrap(self, packed: PackedSound) -> Iterator[SomePacket]:
        begin = 0
        for payload, length in packed.packets:
            packet = av.Packet(payload)
            packet.stream, packet.time_base = self._audio, Fraction(1, SAMPLE_RATE_HZ)
            packet.pts = packet.dts = begin
            packet.duration, packet.is_keyframe = length, True
            begin += length
            yield packet

    def _mux(self, packets: Iterable[SomePacket]) -> None:
        for packet in packets:
            self._container.mux(packet)

    def _mux_sound(self, until_seconds: float) -> None:
        while self._waiting is not None and _begin(self._waiting) <= until_seconds:
            self._container.mux(self._waiting)
            self._waiting = next(self._sound, None)


def _begin(packet: SomePacket) -> float:
    return 0.0 if packet.pts is None else float(packet.pts * packet.time_base)
