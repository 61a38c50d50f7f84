"""The key under which grants are sealed stays the same on one machine, and private; apps come from the environment."""

from __future__ import annotations

from pathlib import Path

from local.grant_keys import make_grant_keys, read_platform_apps
from reelwright.kit.key_file_envelope import KeyFileEnvelope
from reelwright.publishing.platforms.apps import read_apps


def test_the_key_file_is_made_once_and_nobody_else_can_read_it(tmp_path: Path) -> None:
    path = make_grant_keys(tmp_path)
    sealed = KeyFileEnvelope(path).seal(b"grant", "account")
    assert KeyFileEnvelope(make_grant_keys(tmp_path)).open(sealed, "account") == b"grant"
    assert [(file.name, file.stat().st_mode & 0o777) for file in tmp_path.iterdir()] == [("grant-keys.json", 0o600)]


def test_only_the_credentials_of_platforms_are_taken_from_the_environment() -> None:
    environment = {
        "REELWRIGHT_GOOGLE_CLIENT_ID": "g",
        "GOOGLE_CLIENT_SECRET": "s",
        "META_CLIENT_ID": "",
        "AWS_SECRET_ACCESS_KEY": "x",
        "MY_META_CLIENT_ID": "y",
    }
    found = read_platform_apps(environment)
    assert found == {"google_client_id": "g", "google_client_secret": "s"}
    apps = read_apps(found)
    assert (apps.google.is_set, apps.meta.is_set) == (True, False)
