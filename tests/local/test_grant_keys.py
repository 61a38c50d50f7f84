"""The key under which grants are sealed stays the same on one machine, and private; apps come from the environment."""

from __future__ import annotations

from pathlib import Path

from local.grant_keys import make_grant_keys, read_platform_apps
from local.rotate_grant_keys import rotate_grant_keys
from reelwright.kit.database import Database
from reelwright.kit.key_file_envelope import KeyFileEnvelope
from reelwright.publishing.platforms.apps import read_apps
from tests.publishing.connected_accounts import add_creator, make_connections
from tests.publishing.fake_platform import ROTATING


def test_the_key_file_is_made_once_and_nobody_else_can_read_it(tmp_path: Path) -> None:
    path = make_grant_keys(tmp_path)
    sealed = KeyFileEnvelope(path).seal(b"grant", "account")
    assert KeyFileEnvelope(make_grant_keys(tmp_path)).open(sealed, "account") == b"grant"
    assert [(file.name, file.stat().st_mode & 0o777) for file in tmp_path.iterdir()] == [("grant-keys.json", 0o600)]


def test_a_change_of_the_key_reseals_every_account_and_the_running_platform_goes_on(database: Database, tmp_path: Path) -> None:
    connections = make_connections(database, tmp_path)
    accounts = [connections.connect(add_creator(database), ROTATING) for _ in range(2)]
    grants = [connections.stored(account) for account in accounts]
    assert rotate_grant_keys(tmp_path / "keys.json", database) == "Key 2 seals now. 2 connected accounts are under it."
    assert [connections.stored(account) for account in accounts] == grants
    row = connections.row(accounts[0])
    assert row is not None
    assert connections.envelope.is_current(row.sealed)


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
