"""What a finished file says of itself, found without decoding it: codecs, sizes, rates, lengths, key frames, boxes."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import av
from av.audio.stream import AudioStream
from av.container import InputContainer
from av.video.stream import VideoStream

from reelwright.kit.errors import GateFailed
from reelwright.rendering.boxes import BoxFacts, read_boxes

BT709 = 1  # AVCOL_PRI_BT709, AVCOL_TRC_BT709 and AVCOL_SPC_BT709 are all 1
LIMITED_RANGE = 1  # AVCOL_RANGE_MPEG
AAC_PRIMING_SAMPLES = 1024  # the encoder's delay, there as one packet of sound where no edit list hides it


@dataclass(frozen=True)
class FileFacts:
    """Facts of one file. Times are seconds, rates bits per second; ``audio_codec`` is empty where there is no sound."""

    container: str
    size_bytes: int
    boxes: BoxFacts
    video_codec: str
    pixel_format: str
    width: int
    height: int
    frame_rate: float
    frames: int
    video_seconds: float
    video_bits_per_second: float
    is_bt709: bool
    is_closed_gop: bool
    longest_gop_seconds: float
    audio_codec: str
    sample_rate: int
    channels: int
    audio_seconds: float
    audio_bits_per_second: float


@dataclass
class _Track:
    """What the packets of one stream add up to. Times in ticks of the stream."""

    count: int = 0
    size: int = 0
    first: int | None = None
    end: int = 0
    key_times: list[int] | None = None
    open_gops: int = 0

    def add(self, packet: av.Packet[Any]) -> None:
        at, duration = packet.pts or 0, packet.duration or 0
        self.count, self.size = self.count + 1, self.size + packet.size
        self.first = at if self.first is None else min(self.first, at)
        self.end = max(self.end, at + duration)
        keys = self.key_times if self.key_times is not None else []
        if packet.is_keyframe:
            keys.append(at)
        elif keys and at < keys[-1]:
            self.open_gops += 1  # shown before the key frame but stored after it: it needs the group before
        self.key_times = keys

    @property
    def length(self) -> int:
        return self.end - (self.first or 0)


def read_file_facts(path: Path) -> FileFacts:
    """Demuxes the file once. Raises GateFailed where it is no video that can be opened."""
    try:
        with av.open(str(path)) as container:
            return _read(container, path)
    except (av.FFmpegError, IndexError) as error:
        raise GateFailed(f"The finished file {path.name} cannot be opened.") from error


def _read(container: InputContainer, path: Path) -> FileFacts:
    video = container.streams.video[0]
    audio = container.streams.audio[0] if container.streams.audio else None
    picture, sound = _Track(), _Track()
    for packet in container.demux([stream for stream in (video, audio) if stream is not None]):
        if packet.size:
            (picture if packet.stream is video else sound).add(packet)
    video_seconds, gop_seconds = _picture_times(video, picture)
    audio_seconds = _sound_seconds(audio, sound)
    context = video.codec_context
    tags = (context.color_primaries, context.color_trc, context.colorspace)
    return FileFacts(
        container=_container_name(container.format.name, path),
        size_bytes=path.stat().st_size,
        boxes=read_boxes(path),
        video_codec=context.name,
        pixel_format=context.pix_fmt or "",
        width=context.width,
        height=context.height,
        frame_rate=picture.count / video_seconds if video_seconds else 0.0,
        frames=picture.count,
        video_seconds=video_seconds,
        video_bits_per_second=picture.size * 8 / video_seconds if video_seconds else 0.0,
        is_bt709=all(int(tag) == BT709 for tag in tags) and int(context.color_range) == LIMITED_RANGE,
        is_closed_gop=picture.open_gops == 0 and bool(picture.key_times),
        longest_gop_seconds=gop_seconds,
        audio_codec=audio.codec_context.name if audio else "",
        sample_rate=audio.codec_context.sample_rate if audio else 0,
        channels=audio.codec_context.channels if audio else 0,
        audio_seconds=audio_seconds,
        audio_bits_per_second=sound.size * 8 / audio_seconds if audio_seconds > 0 else 0.0,
    )


def _picture_times(video: VideoStream, track: _Track) -> tuple[float, float]:
    base = float(video.time_base or 0)
    keys = [*(track.key_times or []), track.end]
    longest = max((after - before for before, after in pairwise(keys)), default=0)
    return track.length * base, longest * base


def _sound_seconds(audio: AudioStream | None, track: _Track) -> float:
    """Length without the encoder's priming."""
    if audio is None or not track.count:
        return 0.0
    priming = AAC_PRIMING_SAMPLES / audio.codec_context.sample_rate if audio.codec_context.name == "aac" else 0.0
    return track.length * float(audio.time_base or 0) - priming


def _container_name(names: str, path: Path) -> str:
    """FFmpeg knows MP4 and MOV as one family; the file's own name tells which."""
    ending = path.suffix.lstrip(".").lower()
    return ending if ending in names.split(",") else names.split(",", maxsplit=1)[0]
