"""Looks at an uploaded video as a platform does: container, codecs, size, frame rate, length."""

from __future__ import annotations

import contextlib
import io
import struct
import urllib.request
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from typing import Any, BinaryIO, Protocol

from local.sandbox.video_files import VideoFiles

FETCH_SECONDS = 60
MAX_FETCH_BYTES = 1_000_000_000
CHUNK_BYTES = 1_048_576
KEPT_FACTS = 256
FRAME_WIDTH = 480
Facts = dict[str, Any]
Fetch = Callable[[str], Iterable[bytes]]
"""Pieces of what lies at an address. Raises OSError."""
PLAIN_FACTS: Facts = {
    "format": "mov,mp4,m4a,3gp,3g2,mj2",
    "seconds": 15.0,
    "width": 1080,
    "height": 1920,
    "fps": 30.0,
    "video_codec": "h264",
    "pixel_format": "yuv420p",
    "audio_codec": "aac",
    "audio_rate": 48000,
    "audio_channels": 2,
    "bit_rate": 8_000_000,
    "is_index_first": True,
}
"""What a well-made reel looks like; for those who post a thousand files that are none."""


class Worker(Protocol):
    """Runs what takes long; ``ThreadPoolExecutor`` is one."""

    def submit(self, work: Callable[[], Any], /) -> Future[Any]: ...


class AtOnce:
    """Runs it now, so that a fake clock and a single thread see the result in the next call."""

    def submit(self, work: Callable[[], Any], /) -> Future[Any]:
        future: Future[Any] = Future()
        try:
            future.set_result(work())
        except Exception as error:
            future.set_exception(error)
        return future


class Inspector:
    """Begins looks and downloads, and tells their results when they are there."""

    def __init__(self, files: VideoFiles, worker: Worker | None = None, assumed: Facts | None = None, fetch: Fetch | None = None) -> None:
        self._files = files
        self._fetch_pieces = fetch or fetch_pieces
        self._worker = worker or AtOnce()
        self._assumed = assumed
        self._running: dict[str, Future[Any]] = {}
        self._known: dict[str, Facts | None] = {}

    def look(self, key: str) -> tuple[bool, Facts | None]:
        """Whether it is known, and the facts; None is no video at all."""
        if self._assumed is not None:
            return True, {**self._assumed, "size_bytes": self._files.size(key)}
        return self._take(f"look {key}", lambda: self._look(key))

    def fetch(self, key: str, url: str) -> tuple[bool, bool | None]:
        """Whether the download is over, and whether all came."""
        return self._take(f"fetch {key}", lambda: self._fetch(key, url))

    def _take(self, name: str, work: Callable[[], Any]) -> tuple[bool, Any]:
        if name not in self._running:
            self._running[name] = self._worker.submit(work)
        future = self._running[name]
        if not future.done():
            return False, None
        del self._running[name]
        with contextlib.suppress(Exception):
            return True, future.result()
        return True, None

    def _look(self, key: str) -> Facts | None:
        digest = self._files.digest(key)
        if digest not in self._known:
            if len(self._known) > KEPT_FACTS:
                self._known.clear()
            with self._files.open(key) as file:
                self._known[digest] = read_facts(file)
        facts = self._known[digest]
        return None if facts is None else {**facts, "size_bytes": self._files.size(key)}

    def _fetch(self, key: str, url: str) -> bool:
        self._files.remove(key)
        if not url.startswith(("http://", "https://")):
            return False
        taken = 0
        for piece in self._fetch_pieces(url):
            taken = self._files.append(key, piece)
            if taken >= MAX_FETCH_BYTES:
                break
        return taken > 0


def fetch_pieces(url: str) -> Iterator[bytes]:
    """What lies at an address, piece by piece, over the network. Raises OSError."""
    with urllib.request.urlopen(url, timeout=FETCH_SECONDS) as answer:  # noqa: S310
        while piece := answer.read(CHUNK_BYTES):
            yield piece


def read_facts(file: BinaryIO) -> Facts | None:
    """What PyAV finds; None where it is no video."""
    import av  # noqa: PLC0415  # heavy, and nobody who assumes facts needs it

    try:
        with av.open(file, "r") as container:
            video = next(iter(container.streams.video), None)
            if video is None or next(container.decode(video), None) is None:
                return None
            audio = next(iter(container.streams.audio), None)
            facts: Facts = {
                "format": container.format.name,
                "seconds": (container.duration or 0) / av.time_base,
                "width": video.codec_context.width,
                "height": video.codec_context.height,
                "fps": float(video.average_rate or 0),
                "video_codec": video.codec_context.name,
                "pixel_format": video.codec_context.pix_fmt or "",
                "audio_codec": audio.codec_context.name if audio else "",
                "audio_rate": audio.codec_context.sample_rate if audio else 0,
                "audio_channels": audio.codec_context.channels if audio else 0,
                "bit_rate": container.bit_rate or 0,
            }
    except (av.FFmpegError, ValueError, IndexError):
        return None
    file.seek(0)
    return {**facts, "is_index_first": _is_index_first(file)}


def read_frame(file: BinaryIO, at_seconds: float) -> bytes:
    """The frame at that time, else the last one before it, as a small JPEG; empty where it is no video."""
    import av  # noqa: PLC0415

    frame: Any = None
    with contextlib.suppress(av.FFmpegError, ValueError, IndexError), av.open(file, "r") as container:
        container.seek(int(at_seconds * av.time_base))
        for decoded in container.decode(container.streams.video[0]):
            frame = decoded
            if (decoded.time or 0.0) >= at_seconds:
                break
    if frame is None:
        return b""
    picture = frame.to_image()
    picture.thumbnail((FRAME_WIDTH, FRAME_WIDTH * 4))
    kept = io.BytesIO()
    picture.convert("RGB").save(kept, "JPEG", quality=80)
    return kept.getvalue()


def _is_index_first(file: BinaryIO) -> bool:
    """Whether an MP4's ``moov`` box stands before its ``mdat``."""
    while len(head := file.read(8)) == 8:
        size, name = struct.unpack(">I4s", head)
        skipped = 8
        if name in {b"moov", b"mdat"}:
            return bool(name == b"moov")
        if size == 1:
            size, skipped = struct.unpack(">Q", file.read(8))[0], 16
        if size < skipped:
            break
        file.seek(size - skipped, 1)
    return True
