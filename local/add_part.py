"""Adds an offline part that is not installed with the product: pinned, hash-checked wheels, by uv, into this Python's environment."""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from reelwright.kit.errors import PartMissing
from reelwright.kit.part_catalogue import PARTS, WITH_THE_PRODUCT, Part
from reelwright.kit.parts import find_part

UV = Path(__file__).parent.parent / ".tools" / "bin" / "uv"
TIME_LIMIT_SECONDS = 1800
LOOK_EVERY_SECONDS = 0.2
ENDS_WITHIN_SECONDS = 5
_LANGUAGE = re.compile(r"([a-z]{2,3})(?:[-_](?:[a-z]{2}|\d{3}))?")
_NO_NETWORK = ("Failed to fetch", "error sending request", "dns error", "Connection refused", "timed out", "Request failed after")
# What uv writes on stderr, and what it means to a person.
_WORDS = (
    ("Hash mismatch", "What was fetched is not what this version expects (its checksum differs), so nothing was installed."),
    ("No space left on device", "The disk is full."),
    ("Permission denied", "The environment of this Python cannot be written."),
    ("no wheels", "There is no build of it for this machine."),
    ("no usable wheels", "There is no build of it for this machine."),
)


class PartUnknown(Exception):
    """There is no such part, or none that this version can use: the sentence says what there is."""


class PartNotAdded(Exception):
    """The part exists, but it could not be fetched or is not what it should be."""


@dataclass(frozen=True)
class AddedPart:
    """What there is now. ``path`` is its checked file."""

    name: str
    path: Path
    was_there: bool


def choose_part(wish: str, parts: Mapping[str, Part] = PARTS) -> Part:
    """The part of this name, or the voice for this language. Raises PartUnknown where this version cannot use one."""
    name = wish.strip().lower()
    if name in parts:
        return _usable(parts[name], parts)
    named = [part for part in parts.values() if _is_meant(part, name)]
    if not named:
        raise PartUnknown(f"There is no part and no language “{wish}” here. `reelwright parts` lists the parts.")
    return _usable(next((part for part in named if part.is_used), named[0]), parts)


def add_part(part: Part, on_progress: Callable[[float], None], into: Path | None = None, uv: Path = UV) -> AddedPart:
    """Fetches and installs the part; a part that is there and sound is left as it is.

    ``into``: a folder of packages in place of this Python's own. ``on_progress`` gets the seconds so far. Raises PartNotAdded.
    """
    there = _find(part, into)
    if there is not None:
        return AddedPart(part.name, there, was_there=True)
    if not part.pinned:
        raise PartNotAdded(f"“{part.name}” comes with the product. Put it back with: {part.how_to_add}")
    if not uv.is_file():
        raise PartNotAdded("The installer uv is not here. Run `make setup` in the product's folder first.")
    if into is None and sys.prefix == sys.base_prefix:
        raise PartNotAdded("This Python is not the product's own environment. Use .venv/bin/reelwright.")
    _install(part, on_progress, into, uv)
    path = _find(part, into)
    if path is None:
        raise PartNotAdded(f"“{part.name}” was installed, but its file is not what this version expects, so it is not used.")
    return AddedPart(part.name, path, was_there=False)


def is_there(part: Part, into: Path | None = None) -> bool:
    """Whether it is installed and its file is what its checksum says."""
    return _find(part, into) is not None


def fetched_bytes(part: Part) -> int:
    """About how much is fetched for it where nothing is cached."""
    return sum(package.fetched_bytes for package in part.pinned)


def _is_meant(part: Part, name: str) -> bool:
    language = _LANGUAGE.fullmatch(name)
    return name in part.packages or (part.kind == "voice" and language is not None and language[1] in part.languages)


def _usable(part: Part, parts: Mapping[str, Part]) -> Part:
    if part.is_used:
        return part
    sentence = f"“{part.name}” ({part.brings}) is not used by this version yet, so it is not fetched."
    others = [other for other in parts.values() if other.kind == part.kind and other.is_used and set(part.languages) & set(other.languages)]
    if others and others[0].how_to_add != WITH_THE_PRODUCT:
        sentence += f" For this language there is “{others[0].name}” ({others[0].brings}): {others[0].how_to_add}"
    raise PartUnknown(sentence)


def _find(part: Part, into: Path | None) -> Path | None:
    """Its file, checked; None where it is missing or not what it should be."""
    folders = [str(into)] if into else []
    sys.path[:0] = folders
    try:
        path = find_part(part.name, parts={part.name: part})
    except PartMissing:
        return None
    finally:
        del sys.path[: len(folders)]
    return path if into is None or path.is_relative_to(into.resolve()) else None


def _install(part: Part, on_progress: Callable[[float], None], into: Path | None, uv: Path) -> None:
    with tempfile.TemporaryDirectory(prefix="reelwright-part-") as folder:
        pinned = Path(folder) / "pinned.txt"
        pinned.write_text("".join(f"{package.requirement}\n" for package in part.pinned))
        where = ["--target", str(into)] if into else ["--python", sys.executable]
        command = [str(uv), "pip", "install", "--no-progress", "--require-hashes", "--no-deps", "--no-build", "--reinstall", *where]
        code, words = _run([*command, "-r", str(pinned)], Path(folder) / "said.txt", on_progress)
        if code != 0 and any(mark in words for mark in _NO_NETWORK):
            code, more = _run([*command, "--offline", "-r", str(pinned)], Path(folder) / "said_offline.txt", on_progress)
            words += more
    if code != 0:
        raise PartNotAdded(_explain(part, words))


def _run(command: list[str], said: Path, on_progress: Callable[[float], None]) -> tuple[int, str]:
    """Exit status and stderr. The process does not outlive this call, whatever ends it."""
    begun = time.monotonic()
    with said.open("wb") as stderr:
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=stderr, cwd=UV.parents[2])
        try:
            while process.poll() is None and time.monotonic() - begun < TIME_LIMIT_SECONDS:
                on_progress(time.monotonic() - begun)
                time.sleep(LOOK_EVERY_SECONDS)
        finally:
            _end(process)
    return process.returncode, said.read_text("utf-8", "replace")


def _end(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(ENDS_WITHIN_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _explain(part: Part, words: str) -> str:
    for mark, sentence in _WORDS:
        if mark in words:
            return f"“{part.name}” was not added. {sentence}"
    if any(mark in words for mark in _NO_NETWORK):
        return f"“{part.name}” was not added: the package index cannot be reached. Try again when this machine is online; what was fetched is kept."
    last = next((line.strip() for line in reversed(words.splitlines()) if line.strip()), "uv said nothing")
    return f"“{part.name}” was not added: {last}"
