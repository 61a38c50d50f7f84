"""Says what this machine lacks for the product, and how to mend each lack. Changes nothing."""

from __future__ import annotations

import importlib.metadata
import shutil
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from local.data_directory import NEEDED_FREE_BYTES, DataDirectory
from local.ministack_server import MINISTACK_VERSION
from local.platform import find_running
from local.ports import DEFAULT_PORT, is_free
from local.postgres import PostgresNotStarted, find_binaries
from reelwright.kit.errors import PartMissing
from reelwright.kit.ffmpeg import find_ffmpeg
from reelwright.kit.parts import PartRow, find_part
from reelwright.kit.parts import list_parts as list_part_rows

OLDEST_PYTHON, FIRST_TOO_NEW_PYTHON = (3, 11), (3, 14)
PROGRAM_SECONDS = 20
SET_UP = "make setup"


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at. ``remedy`` says what to do where it is not fine."""

    name: str
    is_fine: bool
    sentence: str
    remedy: str = ""


@dataclass(frozen=True)
class PartFinding:
    """One offline part: whether it is there, and what the product does worse without it."""

    name: str
    is_installed: bool
    size_bytes: int
    licence: str
    brings: str
    poorer_without: str
    how_to_add: str
    is_used: bool = True


def list_parts() -> list[PartFinding]:
    """Every offline part that the product knows."""
    return [
        PartFinding(row.name, row.is_installed, row.size_bytes, row.licence, row.brings, row.without, row.how_to_add, row.is_used) for row in list_part_rows()
    ]


def examine(data_directory: Path | None = None) -> list[Finding]:
    """All findings, the platform's first. Takes a few seconds: parts are checked against their hashes."""
    directory = DataDirectory.at(data_directory)
    looks: tuple[Callable[[], Finding], ...] = (
        _look_at_python,
        lambda: _look_at_directory(directory),
        lambda: _look_at_disk(directory),
        lambda: _look_at_port(directory),
        lambda: _look_at_sandbox(directory),
        _look_at_database,
        _look_at_cloud,
        _look_at_ffmpeg,
    )
    return [*(look() for look in looks), *_look_at_parts()]


def _look_at_python() -> Finding:
    version = ".".join(map(str, sys.version_info[:3]))
    is_fine = OLDEST_PYTHON <= sys.version_info[:2] < FIRST_TOO_NEW_PYTHON
    return Finding("Python", is_fine, f"Python {version} at {sys.executable}.", "Install Python 3.11, 3.12 or 3.13, delete .venv and run: make setup")


def _look_at_directory(directory: DataDirectory) -> Finding:
    nearest = next(path for path in (directory.path, *directory.path.parents) if path.exists())
    probe = nearest / f".reelwright-probe-{id(directory)}"
    try:
        probe.touch()
        probe.unlink()
    except OSError as error:
        return Finding(
            "data directory",
            False,
            f"{directory.path} cannot be written: {error.strerror}.",
            "Choose another directory with --data, or give yourself the right.",
        )
    return Finding("data directory", True, f"{directory.path} can be written.")


def _look_at_disk(directory: DataDirectory) -> Finding:
    nearest = next(path for path in (directory.path, *directory.path.parents) if path.exists())
    free = shutil.disk_usage(nearest).free
    return Finding(
        "disk",
        free >= NEEDED_FREE_BYTES,
        f"{free / 1e9:.1f} GB are free.",
        f"Free at least {NEEDED_FREE_BYTES / 1e9:.0f} GB, or choose another disk with --data.",
    )


def _look_at_port(directory: DataDirectory) -> Finding:
    running = find_running(directory.path)
    if running is not None:
        return Finding("port", True, f"The platform runs at {running.url}.")
    port = directory.read_port() or DEFAULT_PORT
    return Finding(
        "port",
        is_free(port),
        f"Port {port} is {'free' if is_free(port) else 'in use by another program'}.",
        "End that program, or choose another port with --port.",
    )


def _look_at_sandbox(directory: DataDirectory) -> Finding:
    """The stand-in platforms: where what was posted can be looked at. Another port is taken by itself where theirs is in use."""
    running = find_running(directory.path)
    if running is None:
        return Finding("stand-ins", True, "Instagram, Facebook, YouTube and TikTok have stand-ins on this machine; they start with the platform.")
    try:
        with urllib.request.urlopen(f"{running.sandbox_url}/_control/health", timeout=PROGRAM_SECONDS):  # noqa: S310  # our own loopback address
            return Finding("stand-ins", True, f"What is posted without a platform's key is at {running.sandbox_url}.")
    except OSError as error:
        return Finding("stand-ins", False, f"{running.sandbox_url} does not answer: {error}.", "End the platform with Ctrl-C and run: reelwright local")


def _look_at_database() -> Finding:
    try:
        return _look_at_program("database", [str(find_binaries() / "bin" / "postgres"), "--version"])
    except (PostgresNotStarted, OSError) as error:
        return Finding("database", False, f"PostgreSQL was not found: {error}", "Run: make setup")


def _look_at_cloud() -> Finding:
    try:
        version = importlib.metadata.version("ministack")
    except importlib.metadata.PackageNotFoundError:
        return Finding("local cloud", False, "MiniStack is not installed.", "Run: make setup")
    return Finding("local cloud", version == MINISTACK_VERSION, f"MiniStack {version}; {MINISTACK_VERSION} is needed.", "Run: make setup")


def _look_at_ffmpeg() -> Finding:
    try:
        return _look_at_program("FFmpeg", [find_ffmpeg(), "-version"])
    except (RuntimeError, OSError, PartMissing) as error:
        return Finding("FFmpeg", False, f"FFmpeg was not found: {error}", "Run: make setup")


def _look_at_program(name: str, command: list[str]) -> Finding:
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=PROGRAM_SECONDS, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        return Finding(name, False, f"{command[0]} does not start: {error}", "Run: make setup")
    first_line = (done.stdout.splitlines() or ["it said nothing"])[0]
    return Finding(name, done.returncode == 0, f"{first_line}.", "Run: make setup")


def _look_at_parts() -> Iterator[Finding]:
    """One line per kind of part, one for each that set-up should have brought and did not; the others are a matter of taste."""
    rows = list_part_rows()
    basic = [row for row in rows if row.how_to_add == SET_UP]
    broken = [finding for row in basic if (finding := _find_fault(row)) is not None]
    for kind in dict.fromkeys(row.kind for row in basic):
        names = [row.name for row in basic if row.kind == kind]
        if not any(finding.name in names for finding in broken):
            yield Finding(f"parts: {kind}", True, f"{len(names)} found, each as its hash says.")
    yield from broken
    missing = [row for row in rows if row.is_used and row.how_to_add != SET_UP and not row.is_installed]
    yield Finding(
        "parts: more", True, f"{len(missing)} more can be added; `reelwright parts` lists them." if missing else "All that this version uses are installed."
    )


def _find_fault(row: PartRow) -> Finding | None:
    try:
        find_part(row.name)
    except PartMissing as error:
        return Finding(row.name, False, f"{error.detail} Without it: {row.without}.", row.how_to_add)
    return None
