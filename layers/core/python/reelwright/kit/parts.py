"""Finds the files of offline parts (voices, weights, fonts, music) inside installed packages, and checks them.

Packages that only carry data are never imported; their files are found through the packages' own lists.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
import os
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from reelwright.kit.errors import InvalidInput, PartMissing
from reelwright.kit.part_catalogue import FACES, PARTS, WITH_THE_PRODUCT, Part, PartFile

__all__ = [
    "FACES", "PARTS", "FontFile", "Part", "PartFile", "PartRow",
    "describe_missing_voice", "find_part", "font_path", "is_installed", "kept_bytes", "list_parts", "with_needed",
]  # fmt: skip

BLOCK_BYTES = 1 << 20


def find_part(name: str, cache: Path | None = None, parts: Mapping[str, Part] = PARTS) -> Path:
    """The part's file, checked against its checksum at first use.

    ``cache`` is a folder where split files are joined and checks are remembered between processes; without it a check lasts
    as long as the process. Raises PartMissing with the command that adds the part.
    """
    part = _known(name, parts)
    pieces = _locate_all(part)
    if len(pieces) > 1:
        return _join(part, pieces, cache or Path(tempfile.gettempdir()) / f"reelwright-parts-{os.getuid()}")
    path = pieces[0]
    _check(part, path, cache)
    return path


def is_installed(name: str, parts: Mapping[str, Part] = PARTS) -> bool:
    """Whether the part's files are there, and those of all parts that it needs. Their checksum is not looked at."""
    part = _known(name, parts)
    has_packages = all(_distribution_version(package) is not None for package in part.packages)
    if not part.files:
        return bool(part.packages) and has_packages
    return has_packages and all(_locate(file) is not None for file in part.files) and all(is_installed(other, parts) for other in part.needs)


def with_needed(part: Part, parts: Mapping[str, Part] = PARTS) -> tuple[Part, ...]:
    """The part behind all that it needs, each once."""
    needed = [one for name in part.needs for one in with_needed(_known(name, parts), parts)]
    return tuple(dict.fromkeys((*needed, part)))


def kept_bytes(part: Part, parts: Mapping[str, Part] = PARTS) -> int:
    """What the part takes on disk, with all that it needs (which other parts may share)."""
    return sum(one.size_bytes for one in with_needed(part, parts))


@dataclass(frozen=True)
class PartRow:
    """One line for a list of parts."""

    name: str
    kind: str
    is_installed: bool
    size_bytes: int
    licence: str
    brings: str
    without: str
    how_to_add: str
    languages: tuple[str, ...]
    packages: tuple[str, ...]
    is_used: bool = True


def list_parts(parts: Mapping[str, Part] = PARTS) -> tuple[PartRow, ...]:
    """All parts, installed or not, in the catalogue's order."""
    return tuple(
        PartRow(
            part.name, part.kind, is_installed(part.name, parts), kept_bytes(part, parts), part.licence, part.brings, part.without,
            part.how_to_add, part.languages, part.packages, part.is_used,
        )
        for part in parts.values()
    )  # fmt: skip


def describe_missing_voice(language: str, parts: Mapping[str, Part] = PARTS) -> str:
    """The sentence for a creator whose language has no voice here, with the command that adds one where there is one."""
    primary = language.split("-", maxsplit=1)[0].lower()
    for part in parts.values():
        if part.kind == "voice" and part.is_used and primary in part.languages:
            command = WITH_THE_PRODUCT if part.how_to_add == WITH_THE_PRODUCT else f"reelwright parts add {primary}"
            return f"There is no voice for “{language}” on this machine, so the script is shown as captions only. Add one with: {command}"
    return f"There is no voice for “{language}” yet, so the script is shown as captions only."


@dataclass(frozen=True)
class FontFile:
    """A typeface on disk. ``index`` picks the face of a collection; ``axes`` are the variable axes in the font's own order."""

    path: Path
    index: int = 0
    axes: tuple[tuple[str, float], ...] = ()

    @property
    def axis_values(self) -> list[float]:
        """What Pillow's ``set_variation_by_axes`` takes; empty for a font without axes."""
        return [value for _, value in self.axes]


def font_path(family: str, weight: int = 400, is_italic: bool = False, *, size: float | None = None, cache: Path | None = None) -> FontFile:
    """The file of a family's face nearest to the wish. ``size`` (points) sets the optical size where the font has that axis.

    Raises InvalidInput for an unknown family, PartMissing where its package is not installed.
    """
    faces = FACES.get(family)
    if faces is None:
        raise InvalidInput(f"There is no typeface “{family}” here. There are: {', '.join(FACES)}.")
    face = min(faces, key=lambda one: (one.is_italic != is_italic, abs(one.weight - weight)))
    wishes = {"wght": float(weight), "opsz": size}
    return FontFile(find_part(face.part, cache), face.index, tuple(_place_on_axis(axis, wishes) for axis in face.axes))


def _place_on_axis(axis: tuple[str, float, float, float], wishes: Mapping[str, float | None]) -> tuple[str, float]:
    tag, smallest, usual, largest = axis
    wish = wishes.get(tag)
    return tag, usual if wish is None else min(max(wish, smallest), largest)


def _known(name: str, parts: Mapping[str, Part]) -> Part:
    if name not in parts:
        raise PartMissing(f"This version knows no part “{name}”.")
    return parts[name]


def _missing(part: Part, why: str) -> PartMissing:
    return PartMissing(f"The part “{part.name}” ({part.brings}) {why}; without it {part.without}. Add it with: {part.how_to_add}")


def _locate_all(part: Part) -> Sequence[Path]:
    paths = [_locate(file) for file in part.files]
    found = [path for path in paths if path is not None]
    if not found or len(found) < len(paths):
        raise _missing(part, "is not installed")
    return found


def _distribution(name: str) -> importlib.metadata.Distribution | None:
    try:
        return importlib.metadata.distribution(name)
    except importlib.metadata.PackageNotFoundError:
        return None


def _distribution_version(name: str) -> str | None:
    found = _distribution(name)
    return None if found is None else found.version


def _locate(file: PartFile) -> Path | None:
    """Only what was found is remembered: a part may be added while the process runs."""
    try:
        return _locate_installed(file)
    except FileNotFoundError:
        return None


@lru_cache(maxsize=256)
def _locate_installed(file: PartFile) -> Path:
    distribution = _distribution(file.distribution)
    if distribution is not None:
        for entry in distribution.files or ():
            if str(entry) == file.path or str(entry).endswith("/" + file.path):
                path = Path(str(distribution.locate_file(entry))).resolve()
                if path.is_file():
                    return path
    raise FileNotFoundError(file.path)


def _check(part: Part, path: Path, cache: Path | None) -> None:
    facts = path.stat()
    fingerprint = (str(path), facts.st_size, facts.st_mtime_ns)
    if cache is not None and _is_remembered(part, fingerprint, cache):
        return
    if _checksum_of(*fingerprint) not in (part.sha256, *part.other_sha256):
        raise _missing(part, "is not the file it should be (its checksum differs)")
    if cache is not None:
        _remember(part, fingerprint, cache)


@lru_cache(maxsize=512)
def _checksum_of(path: str, size_bytes: int, changed_ns: int) -> str:
    """sha256 of the file; size and time of change are part of the question, so a changed file is read anew."""
    with Path(path).open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _note_path(part: Part, cache: Path) -> Path:
    return cache / "checked" / f"{part.sha256}.json"


def _is_remembered(part: Part, fingerprint: tuple[str, int, int], cache: Path) -> bool:
    try:
        return bool(json.loads(_note_path(part, cache).read_text()) == list(fingerprint))
    except (OSError, ValueError):
        return False


def _remember(part: Part, fingerprint: tuple[str, int, int], cache: Path) -> None:
    note = _note_path(part, cache)
    note.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    temporary = note.with_name(f"{note.name}.{os.getpid()}.part")
    temporary.write_text(json.dumps(fingerprint))
    temporary.replace(note)


def _join(part: Part, pieces: Sequence[Path], cache: Path) -> Path:
    """Joins the pieces into one file in the cache: temporary name, checksum, then its real name."""
    target = cache / "joined" / f"{part.sha256}{Path(part.files[0].path).suffix}"
    if target.is_file():
        _check(part, target, cache)
        return target
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    temporary = target.with_name(f"{target.name}.{os.getpid()}.part")
    try:
        with temporary.open("wb") as joined:
            for piece in pieces:
                with piece.open("rb") as stream:
                    shutil.copyfileobj(stream, joined, BLOCK_BYTES)
        _check(part, temporary, None)
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)
    return target
