"""S3's files outlive a killed MiniStack; what it had not finished writing must not come back as objects."""

from __future__ import annotations

from pathlib import Path

_HALF_WRITTEN = ".tmp"


def remove_half_written(directory: Path) -> int:
    """Deletes the unfinished files under ``directory``; how many there were."""
    leftovers = [path for path in directory.rglob(f"*{_HALF_WRITTEN}") if path.is_file() and not path.with_name(path.name + ".meta.json").exists()]
    for path in leftovers:
        path.unlink()
    return len(leftovers)
