"""What is inside a video or a sound: its streams, their timing and colours, found by demuxing all and decoding a little."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
from av.container import InputContainer
from av.video.frame import VideoFrame
from av.video.stream import VideoStream as AvVideoStream

from reelwright.kit.errors import MediaRefused
from reelwright.media.media import MAX_VIDEO_SECONDS

MAX_FRAME_PIXELS = 8192 * 4352
MAX_FRAMES = MAX_VIDEO_SECONDS * 240
MIN_CLIP_SECONDS = 0.5
MIN_CLIP_FRAMES = 8
STANDARD_RATES = tuple(Fraction(rate) for rate in ("24000/1001", "24", "25", "30000/1001", "30", "48", "50", "60000/1001", "60"))
_SNAP_SHARE = 0.004
_UNEVEN_SHARE = 0.25  # a frame that comes this share of the median too early or late is uneven …
_UNEVEN_FRAMES_SHARE = 0.02  # … and so many of them make the rate variable
_TRUSTED_DURATIONS = ("mov", "matroska", "avi")  # others guess it from the bit rate
PQ, HLG = 16, 18


@dataclass(frozen=True)
class SoundStream:
    """``index`` is the stream's number in the file."""

    index: int
    codec: str
    sample_rate: int
    channels: int


@dataclass(frozen=True)
class VideoStream:
    """The picture stream. ``width``/``height`` are upright and of square pixels; colours are FFmpeg's (H.273) numbers."""

    demuxer: str
    index: int
    codec: str
    pixel_format: str
    coded_size: tuple[int, int]
    width: int
    height: int
    rotation: int
    frame_rate: Fraction
    is_variable: bool
    duration_seconds: float
    frame_count: int
    longest_gop_seconds: float
    is_interlaced: bool
    matrix: int
    primaries: int
    transfer: int
    color_range: int
    sound: SoundStream | None

    @property
    def is_hdr(self) -> bool:
        return self.transfer in (PQ, HLG)


@dataclass(frozen=True)
class _Timing:
    times: np.ndarray[Any, np.dtype[np.float64]]
    key_times: list[float]
    end: float
    is_broken: bool


@contextmanager
def open_container(path: Path, demuxer: str) -> Iterator[InputContainer]:
    """The file under a forced demuxer, nothing but local files reachable; errors inside the block become MediaRefused."""
    try:
        with av.open(str(path), format=demuxer, options={"protocol_whitelist": "file"}, metadata_errors="replace") as container:
            yield container
    except (av.error.FFmpegError, OSError, EOFError, ValueError, OverflowError) as error:
        raise MediaRefused("This file is cut off or damaged: it cannot be opened as what it starts as.") from error


def inspect_video(path: Path, demuxer: str) -> VideoStream:
    """Everything about the picture stream. Raises MediaRefused: no picture, too long, cut off, damaged."""
    with open_container(path, demuxer) as container:
        stream = find_picture(container)
        promised = _promised_seconds(container, stream)
        check_length(promised or 0.0)
        timing = _time_packets(container, stream)
    _check_whole(demuxer, promised, timing)
    with open_container(path, demuxer) as container:
        stream = find_picture(container)
        return _describe(demuxer, container, stream, _first_frame(container, stream), timing)


def find_picture(container: InputContainer) -> AvVideoStream:
    """The first stream of moving pictures; a cover picture is none. Raises MediaRefused."""
    for stream in container.streams.video:
        if not int(stream.disposition) & int(av.stream.Disposition.attached_pic):
            _check_frame_size(stream)
            return stream
    raise MediaRefused("This video has no picture, only sound." if container.streams.audio else "This video has no picture.")


def find_sound(container: InputContainer) -> SoundStream | None:
    """The first sound stream that can be decoded."""
    for stream in container.streams.audio:
        context = stream.codec_context
        if context is not None and context.sample_rate and context.layout.nb_channels:
            return SoundStream(stream.index, context.name, context.sample_rate, context.layout.nb_channels)
    return None


def check_length(seconds: float) -> None:
    """Raises MediaRefused over the limit."""
    if seconds > MAX_VIDEO_SECONDS:
        raise MediaRefused(f"This is {_say_length(seconds)} long; up to {MAX_VIDEO_SECONDS // 60} minutes are taken. Cut out the part you need.")


def check_moves(seconds: float, frames: int) -> None:
    """Raises MediaRefused where there is too little to be a clip: it would be shown as a picture that stands still."""
    if frames < MIN_CLIP_FRAMES:
        count = "one picture" if frames == 1 else f"{frames} pictures"
        raise MediaRefused(f"This video holds only {count}; a clip needs at least {MIN_CLIP_FRAMES}. Upload it as a photo instead.")
    if round(seconds, 3) < MIN_CLIP_SECONDS:
        raise MediaRefused(f"This video is only {seconds:.2f} s long; a clip needs at least {MIN_CLIP_SECONDS} s.")


def _say_length(seconds: float) -> str:
    hours, minutes = divmod(round(seconds / 60), 60)
    return f"{hours} h {minutes:02d} min" if hours else f"{minutes} minutes"


def _check_frame_size(stream: AvVideoStream) -> None:
    if stream.codec_context is None:
        raise MediaRefused("This video is in a coding that cannot be read here; export it as H.264 (MP4).")
    if stream.width * stream.height > MAX_FRAME_PIXELS:
        raise MediaRefused(f"The picture of this video is too large ({stream.width} × {stream.height}); up to 8K is taken.")


def _promised_seconds(container: InputContainer, stream: AvVideoStream) -> float | None:
    if stream.duration is not None and stream.time_base is not None:
        return float(stream.duration * stream.time_base)
    return None if container.duration is None else container.duration / av.time_base


def _time_packets(container: InputContainer, stream: AvVideoStream) -> _Timing:
    base = float(stream.time_base or Fraction(1, 1000))
    times: list[float] = []
    keys: list[float] = []
    end, is_broken = 0.0, False
    try:
        for packet in container.demux(stream):
            stamp = packet.pts if packet.pts is not None else packet.dts
            if stamp is None or not packet.size:
                continue
            times.append(stamp * base)
            end = max(end, (stamp + (packet.duration or 0)) * base)
            if packet.is_keyframe:
                keys.append(stamp * base)
            if len(times) > MAX_FRAMES:
                raise MediaRefused("This video has more frames than can be used here; cut out the part you need.")
    except av.error.FFmpegError:
        is_broken = True
    if not times:
        raise MediaRefused("This video holds no frames: it is cut off or damaged.")
    return _Timing(np.unique(np.asarray(times)), keys, end, is_broken)


def _check_whole(demuxer: str, promised: float | None, timing: _Timing) -> None:
    found = timing.end - float(timing.times[0])
    check_length(found)
    is_short = demuxer in _TRUSTED_DURATIONS and promised is not None and found < promised * 0.95 - 0.5
    if is_short or timing.is_broken:
        promise = f" It promises {promised:.1f} s and holds {found:.1f} s." if promised and is_short else ""
        raise MediaRefused(f"This video is cut off: a part of the file is missing.{promise}")


def _first_frame(container: InputContainer, stream: AvVideoStream) -> VideoFrame:
    for frame in container.decode(stream):
        return frame
    raise MediaRefused("This video is damaged: no picture of it can be decoded.")


def _describe(demuxer: str, container: InputContainer, stream: AvVideoStream, frame: VideoFrame, timing: _Timing) -> VideoStream:
    context = stream.codec_context
    rotation = -round(frame.rotation / 90) * 90 % 360  # FFmpeg counts counter-clockwise
    width, height = _square_size(frame, stream)
    if rotation % 180:
        width, height = height, width
    rate, is_variable = measure_rate(timing.times)
    return VideoStream(
        demuxer=demuxer,
        index=stream.index,
        codec=context.name,
        pixel_format=frame.format.name,
        coded_size=(frame.width, frame.height),
        width=width,
        height=height,
        rotation=rotation,
        frame_rate=rate,
        is_variable=is_variable,
        duration_seconds=timing.end - float(timing.times[0]),
        frame_count=len(timing.times),
        longest_gop_seconds=_longest_gap(timing.key_times, timing.end),
        is_interlaced=bool(frame.interlaced_frame),
        matrix=int(frame.colorspace),
        primaries=int(frame.color_primaries),
        transfer=int(frame.color_trc),
        color_range=int(frame.color_range),
        sound=find_sound(container),
    )


def _square_size(frame: VideoFrame, stream: AvVideoStream) -> tuple[int, int]:
    aspect = stream.sample_aspect_ratio or Fraction(1)
    if not 0.2 < aspect < 5:
        aspect = Fraction(1)
    return max(1, round(frame.width * aspect)), frame.height


def measure_rate(times: np.ndarray[Any, np.dtype[np.float64]]) -> tuple[Fraction, bool]:
    """Frames per second from sorted times in seconds (a standard rate where one is that near), and whether they come unevenly."""
    if len(times) < 2:
        return Fraction(30), True
    gaps = np.diff(times)
    median = float(np.median(gaps))
    uneven = np.abs(gaps - median) > max(_UNEVEN_SHARE * median, 0.002)
    is_variable = float(uneven.mean()) > _UNEVEN_FRAMES_SHARE
    # One frame that is missing at a cut does not slow the others down.
    mean_gap = float(gaps.mean()) if is_variable else float(gaps[~uneven].mean())
    rate = Fraction(1 / mean_gap).limit_denominator(1001)
    nearest = min(STANDARD_RATES, key=lambda standard: abs(standard - rate))
    return (nearest if abs(nearest - rate) <= rate * _SNAP_SHARE else rate), is_variable


def _longest_gap(keys: list[float], end: float) -> float:
    marks = np.asarray([*sorted(keys), end])
    return float(np.diff(marks).max()) if len(marks) > 1 else end
