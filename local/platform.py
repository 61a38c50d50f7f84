"""The local platform as others use it: start it, find it, stop it. The processes are held together by ``local.supervisor``."""

# ruff: noqa: A005  # others import local.platform; nothing of ours is run by path

from __future__ import annotations

import contextlib
import json
import os
import shutil
import subprocess
import sys
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from local.data_directory import DataDirectory, PlatformRefused, read_json
from local.ports import DEFAULT_PORT, is_free

__all__ = ["Platform", "PlatformRefused", "find_running", "is_usual_port_free", "running_platform", "start_platform"]

ROOT = Path(__file__).resolve().parents[1]
START_SECONDS = 120
STOP_SECONDS = 40
PING_SECONDS = 5


@dataclass(frozen=True)
class Platform:
    """A running platform. ``settings`` are the stack's outputs; ``admin_environment`` is for boto3 and psql of tests."""

    url: str
    data_directory: Path
    settings: Mapping[str, str]
    admin_environment: Mapping[str, str]
    pid: int
    sandbox_url: str = ""  # the stand-in platforms
    _supervisor: subprocess.Popen[str] | None = field(default=None, repr=False, compare=False)

    def stop(self) -> None:
        """Ends all processes of a platform that this process started; does nothing to another's."""
        if self._supervisor is None:
            return
        with contextlib.suppress(OSError):
            if self._supervisor.stdin:
                self._supervisor.stdin.close()
        try:
            self._supervisor.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._supervisor.kill()
            self._supervisor.wait()
        if self._supervisor.stdout:
            self._supervisor.stdout.close()


def start_platform(data_directory: Path | None = None, port: int | None = None) -> Platform:
    """Starts it on the data directory (None: the default one) and port (None: that of the last start, else 8787; 0: any free one).

    It ends with this process, however that ends. Raises PlatformRefused with a sentence.
    """
    directory = DataDirectory.at(data_directory)
    was_there = directory.path.exists()
    directory.make()
    command = [sys.executable, "-m", "local.supervisor", str(directory.path), "-" if port is None else str(port)]
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    with directory.log("supervisor").open("ab") as log:
        supervisor = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, text=True, start_new_session=True
        )
    try:
        answer = _read_answer(supervisor)
    except BaseException:
        supervisor.terminate()
        supervisor.wait(STOP_SECONDS)
        raise
    if "ready" not in answer:
        supervisor.wait(STOP_SECONDS)
        if "refused" in answer and not was_there:
            shutil.rmtree(directory.path, ignore_errors=True)
        raise PlatformRefused(answer.get("refused") or f"The local platform did not start. Its log is {directory.log('supervisor')}.")
    return _described(answer["ready"], directory.path, supervisor)


@contextmanager
def running_platform(data_directory: Path | None = None, port: int | None = None) -> Iterator[Platform]:
    """The platform for the length of the block. Raises PlatformRefused."""
    platform = start_platform(data_directory, port)
    try:
        yield platform
    finally:
        platform.stop()


def is_usual_port_free(data_directory: Path | None = None) -> bool:
    """Whether the port of the last start, else 8787, can be had."""
    return is_free(DataDirectory.at(data_directory).read_port() or DEFAULT_PORT)


def find_running(data_directory: Path | None = None) -> Platform | None:
    """The platform that runs on the data directory and answers, or None."""
    directory = DataDirectory.at(data_directory)
    state = read_json(directory.state_file)
    if state is None or not Path(f"/proc/{state.get('pid')}").exists():
        return None
    try:
        with urllib.request.urlopen(f"{state['url']}/v1/health", timeout=PING_SECONDS):  # noqa: S310  # our own loopback address
            return _described(state, directory.path, None)
    except OSError:
        return None


def _read_answer(supervisor: subprocess.Popen[str]) -> dict[str, Any]:
    line = supervisor.stdout.readline() if supervisor.stdout else ""
    try:
        return dict(json.loads(line))
    except ValueError:
        return {}


def _described(state: Mapping[str, Any], directory: Path, supervisor: subprocess.Popen[str] | None) -> Platform:
    settings, environment = dict(state["settings"]), dict(state["admin_environment"])
    return Platform(str(state["url"]), directory, settings, environment, int(state["pid"]), str(state.get("sandbox_url", "")), supervisor)
