"""Adds an offline part that is not installed with the product: pinned, hash-checked packages, by uv, into this Python's environment."""

from __future__ import annotations

import hashlib
import importlib.metadata
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from local.npm_package import NpmMissing, fetch_tarball, make_wheel
from reelwright.kit.errors import PartMissing
from reelwright.kit.part_catalogue import PARTS, WITH_THE_PRODUCT, Part, PinnedPackage
from reelwright.kit.parts import find_part, is_installed, kept_bytes, with_needed

__all__ = ["AddedPart", "PartNotAdded", "PartUnknown", "add_part", "choose_part", "fetched_bytes", "is_there", "kept_bytes"]

UV = Path(__file__).parent.parent / ".tools" / "bin" / "uv"
TIME_LIMIT_SECONDS = 1800
LOOK_EVERY_SECONDS = 0.2
ENDS_WITHIN_SECONDS = 5
_LANGUAGE = re.compile(r"([a-z]{2,3})(?:[-_](?:[a-z]{2}|\d{3}))?")
_NO_NETWORK = (
    "Failed to fetch",
    "ENOTFOUND",
    "ECONNREFUSED",
    "EAI_AGAIN",
    "ETIMEDOUT",
    "error sending request",
    "dns error",
    "Connection refused",
    "timed out",
    "Request failed after",
)
# What uv writes on stderr, and what it means to a person.
_WORDS = (
    ("sha256 differs", "What was fetched is not what this version expects (its checksum differs), so nothing was installed."),
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
    """Fetches and installs the part and what it needs; what is there and sound is left as it is.

    ``into``: a folder of packages in place of this Python's own. ``on_progress`` gets the seconds so far. An interrupted fetch goes
    on where it was, package by package. Raises PartNotAdded.
    """
    there = _find(part, into)
    if there is not None and is_there(part, into):
        return AddedPart(part.name, there, was_there=True)
    if not part.pinned:
        raise PartNotAdded(f"“{part.name}” comes with the product. Put it back with: {part.how_to_add}")
    if not uv.is_file():
        raise PartNotAdded("The installer uv is not here. Run `make setup` in the product's folder first.")
    if into is None and sys.prefix == sys.base_prefix:
        raise PartNotAdded("This Python is not the product's own environment. Use .venv/bin/reelwright.")
    _install(part, on_progress, into, uv)
    path = _find(part, into)
    if path is None or not is_there(part, into):
        raise PartNotAdded(f"“{part.name}” was installed, but its file is not what this version expects, so it is not used.")
    return AddedPart(part.name, path, was_there=False)


def is_there(part: Part, into: Path | None = None) -> bool:
    """Whether it and all that it needs are installed, and their files are what their checksums say."""
    return not _missing(part, into)


def fetched_bytes(part: Part) -> int:
    """About how much is fetched for it where nothing is cached; what other parts brought already is not fetched again."""
    return sum(package.fetched_bytes for package in _packages(_missing(part, None) or [part]))


def _missing(part: Part, into: Path | None) -> list[Part]:
    """Of the part and what it needs, what is not here."""
    return [one for one in with_needed(part, {**PARTS, part.name: part}) if _find(one, into) is None or not _has_packages(one, into)]


def _has_packages(part: Part, into: Path | None) -> bool:
    if into is None:
        return is_installed(part.name, {part.name: replace(part, needs=())})
    return all(any(importlib.metadata.distributions(name=name, path=[str(into)])) for name in part.packages)


def _packages(parts: Sequence[Part]) -> list[PinnedPackage]:
    """What is fetched for them, each package once."""
    return list(dict.fromkeys(package for part in parts for package in part.pinned))


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
    if into is not None:
        return _find_in(part, into)
    try:
        return find_part(part.name, parts={part.name: part})
    except PartMissing:
        return None


def _find_in(part: Part, folder: Path) -> Path | None:
    """The part's first file among the packages of a folder, where all of them together are what the checksum says."""
    found: list[Path] = []
    for file in part.files:
        held = (path for one in importlib.metadata.distributions(name=file.distribution, path=[str(folder)]) for path in one.files or ())
        place = next((Path(str(path.locate())) for path in held if str(path) == file.path or str(path).endswith("/" + file.path)), None)
        if place is None or not place.is_file():
            return None
        found.append(place.resolve())
    digest = hashlib.sha256()
    for path in found:
        digest.update(path.read_bytes())
    return found[0] if found and digest.hexdigest() in (part.sha256, *part.other_sha256) else None


def _install(part: Part, on_progress: Callable[[float], None], into: Path | None, uv: Path) -> None:
    packages = _packages(_missing(part, into) or [part])
    where = ["--target", str(into)] if into else ["--python", sys.executable]
    command = [str(uv), "pip", "install", "--no-progress", "--no-deps", "--no-build", "--reinstall", *where]
    with tempfile.TemporaryDirectory(prefix="reelwright-part-") as folder:
        _install_wheels(part, [package for package in packages if package.source == "wheels"], Path(folder), command, on_progress)
        for package in packages:
            if package.source == "npm":
                _install_npm(part, package, Path(folder), command, on_progress)


def _install_wheels(part: Part, packages: Sequence[PinnedPackage], folder: Path, command: list[str], on_progress: Callable[[float], None]) -> None:
    if not packages:
        return
    pinned = folder / "pinned.txt"
    pinned.write_text("".join(f"{package.requirement}\n" for package in packages))
    code, words = _run([*command, "--require-hashes", "-r", str(pinned)], folder / "said.txt", on_progress)
    if code != 0 and any(mark in words for mark in _NO_NETWORK):
        code, more = _run([*command, "--require-hashes", "--offline", "-r", str(pinned)], folder / "said_offline.txt", on_progress)
        words += more
    if code != 0:
        raise PartNotAdded(_explain(part, words))


def _install_npm(part: Part, package: PinnedPackage, folder: Path, command: list[str], on_progress: Callable[[float], None]) -> None:
    """The tarball by npm, checked, packed into a wheel of its needed files, which uv installs and can take away again."""
    try:
        tarball, words = fetch_tarball(package, folder, lambda asked, said: _run(asked, said, on_progress))
    except NpmMissing as missing:
        raise PartNotAdded(f"“{part.name}” was not added. {missing}") from None
    if tarball is None:
        raise PartNotAdded(_explain(part, words))
    code, words = _run([*command, str(make_wheel(package, tarball, folder))], folder / "said_wheel.txt", on_progress)
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
