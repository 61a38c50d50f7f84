"""The key that signs sign-ins stays the same on one machine, and private."""

from __future__ import annotations

from pathlib import Path

from local.token_keys import load_token_keys


def test_the_key_is_made_once_and_nobody_else_can_read_it(tmp_path: Path) -> None:
    first = load_token_keys(tmp_path)
    assert load_token_keys(tmp_path) == first
    assert [(path.name, path.stat().st_mode & 0o777) for path in tmp_path.iterdir()] == [("token-key.json", 0o600)]
