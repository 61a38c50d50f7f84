"""Where the platform keeps everything on this machine: one directory, made with the right modes, locked by one supervisor."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

NEEDED_FREE_BYTES = 1_000_000_000
_PRIVATE = ("s3", "logs", "assets", "cache", "tmp", "work")
_TEMPORARY = ("tmp", "work", "logs/tasks")


class PlatformRefused(Exception):
    """The platform cannot start; the message is a sentence that says why and what to do."""


def default_directory() -> Path:
    """``~/.local/share/reelwright``; as root ``/var/lib/reelwright``, since the database's user cannot enter a 0700 home."""
    return Path("/var/lib/reelwright") if os.geteuid() == 0 else Path.home() / ".local" / "share" / "reelwright"


@dataclass(frozen=True)
class DataDirectory:
    """Paths in the data directory, and the small files in which processes find each other."""

    path: Path

    @classmethod
    def at(cls, path: Path | None) -> DataDirectory:
        """The given directory or the default one; nothing is made yet."""
        return cls((path or default_directory()).absolute())

    def make(self, needed_free_bytes: int = NEEDED_FREE_BYTES) -> None:
        """Makes what is missing. Raises PlatformRefused where it cannot be written or the disk is full."""
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            self.path.chmod(0o711)
            for name in _PRIVATE:
                (self.path / name).mkdir(mode=0o700, exist_ok=True)
        except OSError as error:
            raise PlatformRefused(f"The data directory {self.path} cannot be written ({error.strerror}). Choose another one with --data.") from error
        free = shutil.disk_usage(self.path).free
        if free < needed_free_bytes:
            raise PlatformRefused(f"Only {free // 1_000_000} MB are free for {self.path}; {needed_free_bytes // 1_000_000} MB are needed. Free some space.")

    def lock(self) -> int:
        """Takes the directory for this process until it ends. Raises PlatformRefused where another one has it."""
        descriptor = os.open(self.path / "lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            os.close(descriptor)
            raise PlatformRefused(f"The platform runs already on {self.path}. `reelwright status` shows what it does.") from error
        return descriptor

    def clear_temporary(self) -> None:
        """Empties what no process needs after a stop or a crash."""
        for name in _TEMPORARY:
            folder = self.path / name
            for entry in folder.iterdir() if folder.is_dir() else ():
                if entry.is_dir() and not entry.is_symlink():
                    shutil.rmtree(entry, ignore_errors=True)
                else:
                    entry.unlink(missing_ok=True)

    @property
    def postgres(self) -> Path:
        return self.path / "postgres"

    @property
    def state_file(self) -> Path:
        """Written when the platform is up: who finds it may use the platform."""
        return self.path / "platform.json"

    @property
    def route_file(self) -> Path:
        """Where the front finds MiniStack's port and the API's id; absent while they are not there."""
        return self.path / "route.json"

    @property
    def sandbox(self) -> Path:
        """What was posted to the stand-in platforms."""
        return self.path / "sandbox"

    def read_port(self, name: str = "port") -> int | None:
        """The port of the last start, so that presigned addresses survive a restart."""
        try:
            return int((self.path / name).read_text())
        except (OSError, ValueError):
            return None

    def keep_port(self, port: int, name: str = "port") -> None:
        write_file(self.path / name, str(port))

    def log(self, name: str) -> Path:
        return self.path / "logs" / f"{name}.log"


def write_file(path: Path, text: str) -> None:
    """Writes the file for its owner alone, complete or not at all."""
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(text)
    draft.replace(path)


def read_json(path: Path) -> dict[str, Any] | None:
    """The document, or None where there is none that can be read."""
    try:
        return dict(json.loads(path.read_text()))
    except (OSError, ValueError):
        return None
