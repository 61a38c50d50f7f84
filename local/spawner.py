"""One long-lived thread that starts processes, because a parent-death signal belongs to the thread that started the child."""

from __future__ import annotations

import os
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Sequence
from concurrent.futures import Future
from pathlib import Path
from typing import Any

_LAUNCHER = str(Path(__file__).with_name("die_with_parent.py"))


class Spawner:
    """Starts children that are killed when this process ends, however it ends."""

    def __init__(self, death_signal: int = signal.SIGKILL) -> None:
        self._death_signal = death_signal
        self._wishes: queue.SimpleQueue[tuple[Future[subprocess.Popen[Any]], Sequence[str], dict[str, Any]]] = queue.SimpleQueue()
        threading.Thread(target=self._work, daemon=True, name="spawner").start()

    def start(self, command: Sequence[str], death_signal: int | None = None, **options: Any) -> subprocess.Popen[Any]:
        """As ``subprocess.Popen(command, **options)``. Raises what Popen raises."""
        launcher = (sys.executable, "-I", "-S", _LAUNCHER, str(os.getpid()), str(int(death_signal or self._death_signal)))
        future: Future[subprocess.Popen[Any]] = Future()
        self._wishes.put((future, (*launcher, *command), options))
        return future.result()

    def _work(self) -> None:
        while True:
            future, command, options = self._wishes.get()
            try:
                future.set_result(subprocess.Popen(command, **options))
            except BaseException as error:
                future.set_exception(error)
