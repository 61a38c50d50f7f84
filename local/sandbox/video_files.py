"""The bytes that were uploaded: files in a directory, or memory where there is none."""

from __future__ import annotations

import hashlib
import io
import re
from pathlib import Path
from typing import BinaryIO, cast


class VideoFiles:
    """Bytes by key. In a directory they last; a file's length is how much of an upload arrived."""

    def __init__(self, directory: Path | None = None) -> None:
        self._directory = directory
        self._memory: dict[str, bytes] = {}
        if directory is not None:
            directory.mkdir(mode=0o700, parents=True, exist_ok=True)

    def append(self, key: str, content: bytes) -> int:
        """Adds at the end; the new size in bytes."""
        if self._directory is None:
            held = self._memory.get(key, b"")
            self._memory[key] = held + content if held else bytes(content)
            return len(self._memory[key])
        with self._path(key).open("ab") as file:
            file.write(content)
            return file.tell()

    def replace(self, key: str, content: bytes) -> None:
        self.remove(key)
        self.append(key, content)

    def size(self, key: str) -> int:
        if self._directory is None:
            return len(self._memory.get(key, b""))
        path = self._path(key)
        return path.stat().st_size if path.exists() else 0

    def read(self, key: str, start: int = 0, end: int | None = None) -> bytes:
        """Those bytes, ``end`` not included."""
        if self._directory is None:
            return self._memory.get(key, b"")[start:end]
        with self._path(key).open("rb") as file:
            file.seek(start)
            return file.read(-1 if end is None else end - start)

    def open(self, key: str) -> BinaryIO:
        """For reading from the start."""
        return io.BytesIO(self._memory.get(key, b"")) if self._directory is None else self._path(key).open("rb")

    def digest(self, key: str) -> str:
        with self.open(key) as file:
            return hashlib.file_digest(cast(io.BytesIO, file), "sha256").hexdigest()

    def remove(self, key: str) -> None:
        if self._directory is None:
            self._memory.pop(key, None)
        else:
            self._path(key).unlink(missing_ok=True)

    def clear(self) -> None:
        self._memory.clear()
        for path in self._directory.iterdir() if self._directory is not None else ():
            path.unlink()

    def _path(self, key: str) -> Path:
        assert self._directory is not None  # noqa: S101
        return self._directory / re.sub(r"[^A-Za-z0-9_.-]", "_", key)
