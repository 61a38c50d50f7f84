"""Runs FFmpeg's own binary safely: no user's name is ever an option, an address or a playlist; no run outlives its parent.

Options: https://ffmpeg.org/ffmpeg.html. The binary comes with the package imageio-ffmpeg (it brings no ffprobe: probe with PyAV).
"""

from __future__ import annotations

import ctypes
import signal
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import imageio_ffmpeg

from reelwright.kit.errors import ReelwrightError, RenderFailed

DEFAULT_TIME_LIMIT_SECONDS = 600.0
_STDERR_BYTES = 4_000
_PR_SET_PDEATHSIG = 1
# What FFmpeg writes on stderr, and what it means to a person.
_WORDS = (
    ("No space left on device", "The disk is full."),
    ("moov atom not found", "It is cut off: its table of contents is missing."),
    ("partial file", "It is cut off."),
    ("Invalid data found when processing input", "It holds data that cannot be decoded."),
    ("does not contain any stream", "It holds neither picture nor sound."),
    ("matches no streams", "It does not hold the expected picture or sound."),
    ("Cannot allocate memory", "It needs more memory than there is."),
)


@dataclass(frozen=True)
class Source:
    """One input: the demuxer is always forced, so that the bytes cannot choose another (a playlist, a concat script)."""

    path: Path
    demuxer: str
    options: tuple[str, ...] = ()

    def arguments(self) -> list[str]:
        """``-f DEMUXER -i file:PATH``; nothing but local files can be opened."""
        return [*self.options, "-protocol_whitelist", "file", "-f", self.demuxer, "-i", file_address(self.path)]


def file_address(path: Path) -> str:
    """``file:/absolute/path``: never an option, an address or a pattern, whatever the name."""
    return f"file:{path.absolute()}"


def run_ffmpeg(
    sources: Sequence[Source],
    arguments: Sequence[str],
    out: Path,
    muxer: str,
    *,
    time_limit_seconds: float = DEFAULT_TIME_LIMIT_SECONDS,
    failure: type[ReelwrightError] = RenderFailed,
) -> None:
    """Writes ``out`` from the sources; it appears only when it is whole.

    ``arguments`` are the output's options. Raises ``failure`` with a sentence, also when the time limit (wall seconds) is reached.
    """
    half = out.with_name(f".{out.name}.part")
    inputs = [argument for source in sources for argument in source.arguments()]
    command = [find_ffmpeg(), "-nostdin", "-hide_banner", "-loglevel", "error", "-y", *inputs, *arguments, "-f", muxer, file_address(half)]
    try:
        code, words = _run(command, time_limit_seconds)
        if code is None:
            raise failure(f"This took longer than {time_limit_seconds:.0f} seconds and was stopped.")
        if code != 0 or not half.exists():
            raise failure(explain(words))
        half.replace(out)
    finally:
        half.unlink(missing_ok=True)


def find_ffmpeg() -> str:
    """The path of the static binary."""
    return str(imageio_ffmpeg.get_ffmpeg_exe())


def explain(stderr: str) -> str:
    """FFmpeg's last words as a sentence that a creator may read."""
    for mark, sentence in _WORDS:
        if mark in stderr:
            return sentence
    return "It could not be converted."


def _run(command: list[str], time_limit_seconds: float) -> tuple[int | None, str]:
    """Exit code (None: stopped at the time limit) and the end of stderr."""
    with tempfile.TemporaryFile() as stderr:
        # stderr goes to a file: a pipe that nobody reads would stop a talkative run.
        process = subprocess.Popen(  # noqa: S603  # the first word is our binary, all paths are file: addresses
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=stderr,
            preexec_fn=_die_with_parent(),  # noqa: PLW1509  # one prctl call, its library is loaded before the fork
        )
        try:
            code: int | None = process.wait(timeout=time_limit_seconds)
        except subprocess.TimeoutExpired:
            code = None
        finally:
            if process.poll() is None:
                process.kill()
                process.wait()
        stderr.seek(0, 2)
        stderr.seek(max(0, stderr.tell() - _STDERR_BYTES))
        return code, stderr.read().decode("utf-8", "replace")


class _DieWithParent:
    """Asks Linux to kill the process when the thread that started it ends."""

    def __init__(self) -> None:
        self._prctl = ctypes.CDLL(None, use_errno=True).prctl

    def __call__(self) -> None:
        self._prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def _die_with_parent() -> _DieWithParent | None:
    return _DieWithParent() if hasattr(ctypes.CDLL(None), "prctl") else None
