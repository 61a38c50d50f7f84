"""Clips: one decoder each, frames found by their time stamp, as BT.709 limited planes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import av
import cv2
import numpy as np
from av.container import InputContainer
from av.video.frame import VideoFrame

from reelwright.kit.errors import RenderFailed
from reelwright.rendering.planes import GREY_CODE, Plane, Planes

READ_ON_SECONDS = 1.5
"""A jump ahead by less is decoded through; a longer one is a seek."""

SEEK_MARGINS_SECONDS = (0.3, 2.0, 10.0)
TIME_TOLERANCE_SECONDS = 0.0005
SD_HEIGHT_PIXELS = 720
DECODER_THREADS = 1
"""Frames are composed ahead of the encoder, which needs the other cores; each further thread costs work and keeps more frames in memory."""

MATRIX_601 = frozenset({5, 6})
UNSPECIFIED = 2
FULL_RANGE = 2
TURNS = {90: cv2.ROTATE_90_COUNTERCLOCKWISE, 180: cv2.ROTATE_180, 270: cv2.ROTATE_90_CLOCKWISE}


@dataclass(frozen=True)
class SourceFrame:
    """A decoded frame, upright, with the second at which it begins."""

    seconds: float
    planes: Planes
    is_full_range: bool
    is_601: bool

    def to_709(self, planes: Planes) -> Planes:
        """A part of this frame in BT.709, limited range."""
        if self.is_full_range:
            planes = _limit_range(planes)
        return _from_601(planes) if self.is_601 else planes


class ClipReader:
    """Reads one clip; cheap when asked in order, right in any order. Not to be shared between threads.

    Raises RenderFailed where the file cannot be read.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._container: InputContainer | None = None
        self._frames: Iterator[VideoFrame] = iter(())
        self._origin = 0.0
        self._now: VideoFrame | None = None
        self._next: VideoFrame | None = None
        self._open()

    def read(self, seconds: float) -> SourceFrame:
        """The frame that is on screen at ``seconds`` of the clip: the first before it begins, the last after it ends."""
        target = max(0.0, seconds) + TIME_TOLERANCE_SECONDS
        try:
            if self._now is None or not self._begin(self._now) <= target <= self._begin(self._now) + READ_ON_SECONDS:
                self._jump(target)
            while self._next is not None and self._begin(self._next) <= target:
                self._step()
        except av.error.FFmpegError as error:
            raise RenderFailed("A clip of this reel could not be read. Upload it again.") from error
        if self._now is None:
            raise RenderFailed("A clip of this reel holds no pictures. Upload it again.")
        return _to_source_frame(self._now, self._begin(self._now))

    def close(self) -> None:
        """Closes the file."""
        if self._container is not None:
            self._container.close()
        self._container = self._now = self._next = None
        self._frames = iter(())

    def _open(self) -> None:
        self.close()
        try:
            self._container = av.open(str(self._path), options={"protocol_whitelist": "file"})
            stream = self._container.streams.video[0]
        except (av.error.FFmpegError, IndexError, OSError) as error:
            raise RenderFailed("A clip of this reel could not be opened. Upload it again.") from error
        stream.thread_type = "AUTO"
        stream.codec_context.thread_count = DECODER_THREADS
        self._begin_decoding()
        self._origin = self._raw_begin(self._now) if self._now is not None else 0.0

    def _begin_decoding(self) -> None:
        if self._container is None:
            raise RenderFailed("A clip of this reel could not be opened. Upload it again.")
        self._frames = self._container.decode(video=0)
        self._now = next((frame for frame in self._frames if frame.pts is not None), None)
        self._next = next(self._frames, None)

    def _jump(self, target: float) -> None:
        """Moves to a frame at or before the target. Frames before the first key frame found are never used."""
        for margin in SEEK_MARGINS_SECONDS:
            if target <= margin:
                break
            self._seek(target - margin + self._origin)
            if self._now is not None and self._begin(self._now) <= target:
                return
        self._open()

    def _seek(self, seconds: float) -> None:
        if self._container is None:
            self._open()
        if self._container is None:
            return
        self._container.seek(int(seconds * av.time_base), backward=True)
        self._frames = self._container.decode(video=0)
        self._now = next((frame for frame in self._frames if frame.pts is not None and frame.key_frame), None)
        self._next = next(self._frames, None)

    def _step(self) -> None:
        self._now, self._next = self._next, next(self._frames, None)

    def _raw_begin(self, frame: VideoFrame) -> float:
        return 0.0 if frame.pts is None or frame.time_base is None else float(frame.pts * frame.time_base)

    def _begin(self, frame: VideoFrame) -> float:
        return self._raw_begin(frame) - self._origin


def _to_source_frame(frame: VideoFrame, seconds: float) -> SourceFrame:
    name = frame.format.name
    is_full = name == "yuvj420p" or int(frame.color_range) == FULL_RANGE
    matrix = int(frame.colorspace)
    is_601 = matrix in MATRIX_601 or (matrix == UNSPECIFIED and min(frame.width, frame.height) < SD_HEIGHT_PIXELS)
    turn = TURNS.get(round(frame.rotation) % 360)
    if name not in {"yuv420p", "yuvj420p"}:
        frame = frame.reformat(format="yuvj420p" if is_full else "yuv420p")
    width, height = frame.width // 2 * 2, frame.height // 2 * 2
    y, u, v = (_as_array(frame, number) for number in range(3))
    planes = Planes(y[:height, :width], u[: height // 2, : width // 2], v[: height // 2, : width // 2])
    if turn is not None:
        planes = Planes(*(cv2.rotate(plane, turn) for plane in planes))
    return SourceFrame(seconds, planes, is_full, is_601)


def _as_array(frame: VideoFrame, number: int) -> Plane:
    plane = frame.planes[number]
    return np.frombuffer(memoryview(plane), np.uint8).reshape(-1, plane.line_size)[:, : plane.width]


def _limit_range(planes: Planes) -> Planes:
    luma = cv2.convertScaleAbs(planes.y, None, 219 / 255, 16)
    scale = 224 / 255
    return Planes(luma, *(cv2.convertScaleAbs(plane, None, scale, GREY_CODE * (1 - scale)) for plane in planes[1:]))


def _from_601(planes: Planes) -> Planes:
    """BT.601 to BT.709 codes; luma takes its share of the chroma, enlarged."""
    u, v = planes.u.astype(np.float32) - GREY_CODE, planes.v.astype(np.float32) - GREY_CODE
    lift = cv2.resize(-0.118188 * u - 0.212685 * v, (planes.width, planes.height), interpolation=cv2.INTER_LINEAR)
    luma = cv2.add(planes.y, lift, dtype=cv2.CV_8U)
    new_u, new_v = 1.018640 * u + 0.114618 * v, 0.075049 * u + 1.025327 * v
    return Planes(luma, *(np.clip(plane + GREY_CODE + 0.5, 16, 240).astype(np.uint8) for plane in (new_u, new_v)))
