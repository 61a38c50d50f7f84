"""A folder for the temporary files of one step: removed at its end, and after a killed process by the next one."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from reelwright.kit.errors import TooLarge

_PREFIX = "reelwright-step-"
_NAME = re.compile(rf"{_PREFIX}(\d+)-")


@contextmanager
def work_folder(parent: Path | None, needed_bytes: int = 0) -> Iterator[Path]:
    """A fresh folder under ``parent`` (None: the system's). Raises TooLarge where the disk has less than ``needed_bytes`` free."""
    place = parent or Path(tempfile.gettempdir())
    place.mkdir(parents=True, exist_ok=True)
    _sweep(place)
    free = shutil.disk_usage(place).free
    if free < needed_bytes:
        raise TooLarge(
            f"There is not enough free disk for this: it needs {_megabytes(needed_bytes)}, {_megabytes(free)} are free in {place}. "
            "Free some space and try again."
        )
    with tempfile.TemporaryDirectory(prefix=f"{_PREFIX}{os.getpid()}-", dir=place, ignore_cleanup_errors=True) as name:
        yield Path(name)


def _sweep(place: Path) -> None:
    """Removes what killed processes left behind."""
    for left in place.glob(f"{_PREFIX}*"):
        owner = _NAME.match(left.name)
        if owner and not _is_alive(int(owner.group(1))):
            shutil.rmtree(left, ignore_errors=True)


def _is_alive(process_id: int) -> bool:
    try:
        os.kill(process_id, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _megabytes(size_bytes: int) -> str:
    return f"{size_bytes / 1_000_000:.0f} MB"
