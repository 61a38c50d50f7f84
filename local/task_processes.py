"""Containers of ECS and Batch as local processes: the few docker-py calls that MiniStack makes, answered by process groups.

The image's name says which program is started; the container's command becomes its arguments.
"""

from __future__ import annotations

import contextlib
import os
import re
import signal
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from local.spawner import Spawner

STOP_SECONDS = 5
KEPT_TASKS = 50
# Word in the image's name → program. The twin of each Dockerfile's ENTRYPOINT.
PROGRAMS: Mapping[str, tuple[str, ...]] = {"renderer": (sys.executable, "-m", "containers.renderer.main")}
_CONTAINER_ONLY = ("AWS_CONTAINER_CREDENTIALS_FULL_URI", "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "AWS_CONTAINER_AUTHORIZATION_TOKEN")


class UnknownImage(Exception):
    """No program is known for the image: the task fails to start, with this sentence as its reason."""


class TaskProcess:
    """One running or finished 'container': a process in a session of its own, so that its children end with it."""

    def __init__(self, process: subprocess.Popen[bytes], log: Path, labels: Mapping[str, str]) -> None:
        self.id = uuid.uuid4().hex * 2
        self.labels = dict(labels)
        self.attrs: dict[str, Any] = {"NetworkSettings": {"Networks": {}}}
        self._process = process
        self._log = log

    @property
    def status(self) -> str:
        return "running" if self._process.poll() is None else "exited"

    def reload(self) -> None:
        """Docker's client caches; we do not."""

    def wait(self) -> dict[str, int]:
        """Blocks until the end; the exit code as Docker gives it (128 + signal)."""
        code = self._process.wait()
        return {"StatusCode": code if code >= 0 else 128 - code}

    def logs(self, *, stream: bool = False, **_: Any) -> bytes | Iterator[bytes]:
        """What it wrote so far, or chunk by chunk until its end."""
        return self._follow() if stream else self._log.read_bytes()

    def stop(self, timeout: int = STOP_SECONDS) -> None:
        """SIGTERM to the whole group, SIGKILL after ``timeout`` seconds."""
        self._signal(signal.SIGTERM)
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(timeout)
        self._signal(signal.SIGKILL)
        self._process.wait()

    def remove(self, **_: Any) -> None:
        """A stopped container's remains: its log."""
        if self._process.poll() is None:
            self.stop()
        self._log.unlink(missing_ok=True)

    def _signal(self, number: int) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, number)

    def _follow(self) -> Iterator[bytes]:
        with self._log.open("rb") as log:
            while True:
                is_over = self._process.poll() is not None
                if chunk := log.read():
                    yield chunk
                elif is_over:
                    return
                else:
                    time.sleep(0.1)


class TaskProcesses:
    """What stands where a Docker client stood: ``.containers.run/get/list``."""

    def __init__(
        self, spawner: Spawner, log_directory: Path, working_directory: Path, environment: Mapping[str, str], programs: Mapping[str, Sequence[str]] = PROGRAMS
    ) -> None:
        self._spawner = spawner
        self._logs = log_directory
        self._working_directory = working_directory
        self._environment = dict(environment)
        self._programs = programs
        self._tasks: dict[str, TaskProcess] = {}
        self._lock = threading.Lock()

    @property
    def containers(self) -> TaskProcesses:
        return self

    def run(self, image: str, command: Sequence[str] | str | None = None, environment: Mapping[str, str] | None = None, **options: Any) -> TaskProcess:
        """Starts the image's program. Raises UnknownImage."""
        arguments = [command] if isinstance(command, str) else list(command or [])
        self._logs.mkdir(parents=True, exist_ok=True)
        name = re.sub(r"[^A-Za-z0-9_.-]", "_", str(options.get("name") or "task"))
        log = self._logs / f"{name}-{uuid.uuid4().hex[:8]}.log"
        with log.open("wb") as output:
            process = self._spawner.start(
                [*self._program_of(image), *arguments],
                env=self._environment_of(environment or {}),
                cwd=self._working_directory,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        task = TaskProcess(process, log, options.get("labels") or {})
        with self._lock:
            self._tasks[task.id] = task
            self._forget_old()
        return task

    def get(self, task_id: str) -> TaskProcess:
        """Raises KeyError where there is none."""
        with self._lock:
            return self._tasks[task_id]

    def list(self, **_: Any) -> list[TaskProcess]:
        """Every task still known."""
        with self._lock:
            return [*self._tasks.values()]

    def stop_all(self) -> None:
        """Ends every task at once; used when the platform stops."""
        threads = [threading.Thread(target=task.stop) for task in self.list() if task.status == "running"]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    def _program_of(self, image: str) -> Sequence[str]:
        for word, program in self._programs.items():
            if word in image:
                return program
        raise UnknownImage(f"No local program is known for the image {image}. Known: {', '.join(self._programs)}.")

    def _environment_of(self, wanted: Mapping[str, str]) -> dict[str, str]:
        # MiniStack adds an endpoint and credentials that only a real container could reach; ours go last.
        kept = {name: str(value) for name, value in wanted.items() if name not in _CONTAINER_ONLY}
        return {**os.environ, **kept, **self._environment}

    def _forget_old(self) -> None:
        finished = [task for task in self._tasks.values() if task.status == "exited"]
        for task in finished[:-KEPT_TASKS]:
            task.remove()
            del self._tasks[task.id]
