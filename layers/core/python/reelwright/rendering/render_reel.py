"""Renders a reel into a file: one thread composes ahead, this one encodes."""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import contextmanager
from pathlib import Path
from queue import Empty, Full, Queue
from secrets import token_hex

import av
import cv2

from reelwright.kit.errors import Cancelled, ReelwrightError, RenderFailed
from reelwright.reels.reel import Reel
from reelwright.rendering.compose import Composer
from reelwright.rendering.encode import CRF, MasterWriter
from reelwright.rendering.frugal import give_memory_back, share_one_heap
from reelwright.rendering.planes import Planes
from reelwright.rendering.sound import mix_soundtrack
from reelwright.rendering.through_aac import PackedSound

QUEUE_FRAMES = 4
TICK_SECONDS = 0.5
LEAST_FREE_BYTES = 50_000_000
FREE_BYTES_PER_SECOND = 3_000_000
"""A busy 1080×1920 reel takes about 1.5 MB a second; moving the index to the front needs no second copy."""


def render_reel(
    reel: Reel,
    files: Mapping[str, Path],
    out: Path,
    *,
    on_progress: Callable[[float], None],
    is_cancelled: Callable[[], bool],
    preset: str = "veryfast",
    crf: int = CRF,
) -> None:
    """Renders ``reel`` to ``out``. ``files`` maps storage keys to local paths.

    ``on_progress`` is given the share that is done (0..1), about twice a second. ``is_cancelled`` is asked as often. The file
    appears under its name only when it is whole. ``preset`` and ``crf`` are x264's. Raises Cancelled, RenderFailed.
    """
    _check_free_disk(reel, out)
    part = out.with_name(f".{out.name}.{token_hex(4)}.part")
    watch = _Watch(on_progress, is_cancelled)
    try:
        _render(reel, files, part, (preset, crf), watch)
        watch.tick(1.0, at_once=True)
        part.replace(out)
    except (OSError, MemoryError, av.error.FFmpegError) as error:
        raise RenderFailed(_describe(error)) from error
    finally:
        part.unlink(missing_ok=True)


class _Watch:
    """Tells progress and asks for cancellation, at most every half second."""

    def __init__(self, on_progress: Callable[[float], None], is_cancelled: Callable[[], bool]) -> None:
        self._on_progress, self._is_cancelled = on_progress, is_cancelled
        self._due = 0.0

    def tick(self, share: float, *, at_once: bool = False) -> None:
        """Raises Cancelled where the creator asked to stop."""
        now = time.monotonic()
        if now < self._due and not at_once:
            return
        self._due = now + TICK_SECONDS
        if self._is_cancelled():
            raise Cancelled("The render was stopped, as you asked.")
        self._on_progress(share)


def _render(reel: Reel, files: Mapping[str, Path], part: Path, care: tuple[str, int], watch: _Watch) -> None:
    canvas, total = reel.canvas, reel.frame_count
    share_one_heap()
    cv2.setNumThreads(1)  # the encoder needs the other cores, and handing parts of a plane to threads costs more than it saves
    watch.tick(0.0, at_once=True)
    with ThreadPoolExecutor(1, "work-ahead") as ahead:
        sound = _mix(reel, files, ahead, watch)
        writer = MasterWriter(part, canvas.width, canvas.height, canvas.frame_rate, *care)
        try:
            writer.add_sound(sound)
            give_memory_back()
            with _frames_ahead(reel, files, ahead) as frames:
                for number, planes in enumerate(frames):
                    writer.write(planes)
                    watch.tick((number + 1) / total)
        except BaseException:
            writer.abandon()
            raise
        writer.close()


def _mix(reel: Reel, files: Mapping[str, Path], ahead: ThreadPoolExecutor, watch: _Watch) -> PackedSound:
    """The soundtrack, mixed in another thread so that the creator hears of the work. Before the pictures: both at once need more memory."""
    mixing = ahead.submit(mix_soundtrack, reel, files)
    while not wait((mixing,), TICK_SECONDS).done:
        watch.tick(0.0)
    return mixing.result().packed


@contextmanager
def _frames_ahead(reel: Reel, files: Mapping[str, Path], ahead: ThreadPoolExecutor) -> Iterator[Iterator[Planes]]:
    """All frames in order, composed in a thread that runs at most ``QUEUE_FRAMES`` ahead."""
    queue: Queue[Planes | BaseException | None] = Queue(QUEUE_FRAMES)
    is_over = threading.Event()

    def compose() -> None:
        try:
            with Composer(reel, files, ahead) as composer:
                for n in range(reel.frame_count):
                    if not _put(queue, composer.frame(n), is_over):
                        return
            _put(queue, None, is_over)
        except BaseException as error:  # whatever it is, the other thread must hear of it
            _put(queue, error, is_over)

    thread = threading.Thread(target=compose, name="compose-ahead", daemon=True)
    thread.start()
    try:
        yield _take_all(queue)
    finally:
        is_over.set()
        thread.join()


def _put(queue: Queue[Planes | BaseException | None], item: Planes | BaseException | None, is_over: threading.Event) -> bool:
    while not is_over.is_set():
        try:
            queue.put(item, timeout=0.2)
        except Full:
            continue
        return True
    return False


def _take_all(queue: Queue[Planes | BaseException | None]) -> Iterator[Planes]:
    while True:
        try:
            item = queue.get(timeout=60)
        except Empty as error:
            raise RenderFailed("The render stood still for a minute and was ended. Try again.") from error
        if item is None:
            return
        if isinstance(item, ReelwrightError):
            raise item
        if isinstance(item, BaseException):
            raise RenderFailed("A frame of this reel could not be drawn.") from item
        yield item


def _check_free_disk(reel: Reel, out: Path) -> None:
    needed = LEAST_FREE_BYTES + FREE_BYTES_PER_SECOND * float(reel.duration)
    try:
        free = shutil.disk_usage(out.parent).free
    except OSError as error:
        raise RenderFailed("The folder for the finished reel is not there.") from error
    if free < needed:
        raise RenderFailed(f"The disk is nearly full: {free / 1e6:.0f} MB are free, {needed / 1e6:.0f} MB are needed. Free some space and try again.")


def _describe(error: BaseException) -> str:
    if isinstance(error, MemoryError):
        return "The machine ran out of memory while it rendered. Close something and try again."
    if isinstance(error, OSError) and error.errno == 28:
        return "The disk is full. Free some space and try again."
    return "The finished reel could not be written. Check the disk and try again."
