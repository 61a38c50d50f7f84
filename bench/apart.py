"""One piece of work in a process of its own, so that bakes and caches count anew and its CPU seconds and memory are its own.

The process is a fork of one that has imported everything and done nothing, so that no run pays for imports again.
"""

from __future__ import annotations

import multiprocessing
import resource
import time
import traceback
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

Figures = dict[str, Any]


def run_apart(work: Callable[..., Figures], folder: Path, **options: object) -> Figures:
    """Runs ``work(folder, **options)`` in a fresh process and gives its figures back. Raises RuntimeError with its words when it fails."""
    return start_apart(work, folder, **options)()


def start_apart(work: Callable[..., Figures], folder: Path, **options: object) -> Callable[[], Figures]:
    """Starts it; what is given back waits for its figures."""
    context = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_tell, args=(theirs, work, folder, options))
    process.start()
    theirs.close()

    def finish() -> Figures:
        try:
            figures, words = ours.recv()
        except EOFError:
            figures, words = None, "its process ended"
        process.join()
        if figures is None:
            raise RuntimeError(f"the workload {work.__name__} failed: {words}")
        found: Figures = figures
        return found

    return finish


def _tell(connection: Connection, work: Callable[..., Figures], folder: Path, options: dict[str, object]) -> None:
    try:
        connection.send((work(folder, **options), ""))
    except Exception:
        connection.send((None, traceback.format_exc()[-2000:]))


class timed:  # noqa: N801
    """CPU seconds of all threads and of children, and the peak memory of this process."""

    def __enter__(self) -> Figures:
        self._figures: Figures = {}
        self._begun = cpu_seconds(), time.monotonic()
        return self._figures

    def __exit__(self, *_: object) -> None:
        self._figures |= {
            "cpu_seconds": round(cpu_seconds() - self._begun[0], 3),
            "wall_seconds": round(time.monotonic() - self._begun[1], 3),
            "peak_mb": _peak_megabytes(),
        }


def cpu_seconds() -> float:
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def _peak_megabytes() -> int:
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.split("VmHWM:")[1].split()[0]) // 1024
