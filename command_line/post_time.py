"""Times of posts as they are written on the command line."""

from __future__ import annotations

import os
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from command_line.complaint import Complaint


def read_zone(name: str | None) -> ZoneInfo:
    """The zone of that name, else this machine's. Raises Complaint."""
    wanted = name or os.environ.get("TZ", "").lstrip(":") or _machine_zone()
    try:
        return ZoneInfo(wanted)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        if name is None:
            return ZoneInfo("UTC")
        raise Complaint(f'"{name}" is no time zone. Use a name such as Europe/Berlin.') from None


def _machine_zone() -> str:
    """From where /etc/localtime points to."""
    try:
        return str(Path("/etc/localtime").readlink()).rpartition("zoneinfo/")[2] or "UTC"
    except OSError:
        return "UTC"
