"""All accounts are connected through the local platform and its stand-ins; then every file of the data directory is searched for their tokens."""

from __future__ import annotations

import io
import re
from pathlib import Path

from command_line.api_client import ApiClient
from command_line.connect import connect_account
from command_line.terminal import Progress
from local.platform import Platform

# Tokens and codes as the stand-ins make them, after the vendors' own.
TOKEN = re.compile(rb"(?:EAA|IGA|act\.|rft\.|ya29\.|1//|AQ|4/)[A-Za-z0-9_\-.]{20,}")
WAYS = (("youtube", None), ("tiktok", None), ("facebook", None), ("instagram", "facebook_login"), ("instagram", "instagram_login"))


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_no_file_but_the_stand_ins_own_holds_a_token(platform: Platform, client: ApiClient) -> None:
    for name, way in WAYS:
        (account,) = connect_account(client, name, Progress(io.StringIO()), way=way, says_yes=True)
        assert account["state"] == "connected"
        options = client.get(f"/v1/social-accounts/{account['id']}/publishing-options")
        assert options["cannot"] == ""
        client.delete(f"/v1/social-accounts/{account['id']}")
        assert client.get(f"/v1/social-accounts/{account['id']}")["state"] == "disconnected"
    folder = platform.data_directory
    theirs = folder / "sandbox"
    tokens = {token for path in files(theirs) for token in TOKEN.findall(path.read_bytes())}
    assert len(tokens) >= len(WAYS), "else nothing was looked for"
    searched = [path for path in files(folder) if theirs not in path.parents]
    assert any("postgres" in str(path) for path in searched)
    assert any(path.suffix == ".log" for path in searched)
    holding = [str(path) for path in searched for content in [path.read_bytes()] for token in tokens if token in content]
    assert holding == []
