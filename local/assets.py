"""The archives that the template speaks of, made from the checkout, with bytecode inside: a worker unpacks them anew each time it starts."""

from __future__ import annotations

import hashlib
import io
import json
import py_compile
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

_EPOCH = (1980, 1, 1, 0, 0, 0)
_SKIPPED = frozenset({"__pycache__", ".mypy_cache", ".ruff_cache", ".pytest_cache"})
Contents = str | dict[str, str]


def read_asset_list(template_folder: Path) -> dict[str, Contents]:
    """Name → a file of the repository, or its folders and where they lie in the archive."""
    listed: dict[str, Contents] = json.loads((template_folder / "assets.json").read_text())
    return listed


def build_asset(repository: Path, name: str, contents: Contents, kept_in: Path) -> bytes:
    """The asset's bytes. An archive is made again only when one of its files has changed."""
    if isinstance(contents, str):
        return (repository / contents).read_bytes()
    files = [*_files(repository, contents)]
    kept = kept_in / f"{_fingerprint(files)}-{name}"
    if not kept.exists():
        for old in kept_in.glob(f"*-{name}"):
            old.unlink(missing_ok=True)
        draft = kept.with_suffix(".part")
        draft.write_bytes(_pack(files))
        draft.replace(kept)
    return kept.read_bytes()


def _files(repository: Path, folders: dict[str, str]) -> Iterator[tuple[str, Path]]:
    for source, target in folders.items():
        for path in sorted((repository / source).rglob("*")):
            relative = path.relative_to(repository / source)
            if path.is_file() and not _SKIPPED.intersection(relative.parts):
                yield f"{target}/{relative.as_posix()}", path


def _fingerprint(files: list[tuple[str, Path]]) -> str:
    digest = hashlib.sha256(sys.version.encode())
    for name, path in files:
        status = path.stat()
        digest.update(f"{name}\0{status.st_size}\0{status.st_mtime_ns}\n".encode())
    return digest.hexdigest()[:20]


def _pack(files: list[tuple[str, Path]]) -> bytes:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as zipped, tempfile.TemporaryDirectory() as folder:
        compiled = Path(folder) / "compiled.pyc"
        for name, path in files:
            _add(zipped, name, path.read_bytes())
            if path.suffix == ".py":
                py_compile.compile(str(path), str(compiled), dfile=name, doraise=True, invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH)
                _add(zipped, _bytecode_name(name), compiled.read_bytes())
    return archive.getvalue()


def _bytecode_name(name: str) -> str:
    folder, _, file = name.rpartition("/")
    return f"{folder}/__pycache__/{file.removesuffix('.py')}.{sys.implementation.cache_tag}.pyc"


def _add(zipped: zipfile.ZipFile, name: str, content: bytes) -> None:
    entry = zipfile.ZipInfo(name, _EPOCH)
    entry.external_attr = 0o644 << 16
    zipped.writestr(entry, content, zipfile.ZIP_DEFLATED)
