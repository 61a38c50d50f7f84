"""No orphan ever: a process adopts what its descendants leave behind, and ends it."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import time
from collections.abc import Container
from pathlib import Path

_PR_SET_CHILD_SUBREAPER = 36
REAP_SECONDS = 3.0


def adopt_orphans() -> None:
    """From now on the orphans among this process's descendants become its children, not those of process 1."""
    ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_CHILD_SUBREAPER, 1)


def list_children(parent: int) -> list[int]:
    """Process ids of the children, zombies included."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and _parent_of(entry) == parent:
            found.append(int(entry.name))
    return found


def end_orphans(kept: Container[int]) -> int:
    """Kills and reaps every child of this process but those kept, until none is left; how many there were."""
    ended: set[int] = set()
    deadline = time.monotonic() + REAP_SECONDS
    while orphans := [pid for pid in list_children(os.getpid()) if pid not in kept]:
        for pid in orphans:
            ended.add(pid)
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.kill(pid, signal.SIGKILL)
            with contextlib.suppress(ChildProcessError):
                os.waitpid(pid, os.WNOHANG)
        if time.monotonic() > deadline:
            break
        time.sleep(0.02)
    return len(ended)


def _parent_of(entry: Path) -> int:
    try:
        return int((entry / "stat").read_text().rsplit(")", 1)[1].split()[1])
    except (OSError, IndexError, ValueError):
        return 0
