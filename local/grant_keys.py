"""What keeps social accounts safe on this machine: the key file under which grants are sealed, and our apps' credentials from the environment."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from reelwright.kit.key_file_envelope import make_key_file

KEY_FILE_NAME = "grant-keys.json"
_CREDENTIAL = re.compile(r"(?:REELWRIGHT_)?((?:META|INSTAGRAM|GOOGLE|TIKTOK)_CLIENT_(?:ID|SECRET))")


def make_grant_keys(data_directory: Path) -> Path:
    """The file of this data directory; made at the first call, 0600, complete or not at all. With it goes every connection of this machine."""
    path = data_directory / KEY_FILE_NAME
    make_key_file(path)
    return path


def read_platform_apps(environment: Mapping[str, str]) -> dict[str, str]:
    """``meta_client_id`` and so on, of those that are set: REELWRIGHT_META_CLIENT_ID, META_CLIENT_ID."""
    found = {match.group(1).lower(): value for name, value in environment.items() if (match := _CREDENTIAL.fullmatch(name)) and value}
    return dict(sorted(found.items()))
