"""Secrets are read from Secrets Manager where the environment holds only their address."""

from __future__ import annotations

import json
from typing import Any

from functions.bootstrap import World
from reelwright.kit.secret_store import database_url, read_secret
from reelwright.kit.settings import Settings


class FakeSecretsManager:
    def get_secret_value(self, SecretId: str) -> dict[str, Any]:
        return {
            "SecretString": json.dumps(
                {"username": "reel", "password": "p@ss/word", "host": "db.internal", "port": 5432, "dbname": "reelwright", "arn": SecretId}
            )
        }


def test_a_database_secret_becomes_an_address() -> None:
    secret = read_secret(FakeSecretsManager(), "arn:secret")  # type: ignore[arg-type]
    assert secret["arn"] == "arn:secret"
    assert database_url(secret) == "postgresql+pg8000://reel:p%40ss%2Fword@db.internal:5432/reelwright"


def test_a_world_takes_direct_values_before_secrets() -> None:
    world = World(Settings(token_private_key="private", token_public_key="public"))  # type: ignore[arg-type]
    assert (world.token_keys.private_key, world.token_keys.public_key) == ("private", "public")


def test_a_world_reads_the_key_from_its_secret() -> None:
    class WorldWithSecrets(World):
        def read_secret(self, arn: str) -> dict[str, str]:
            return {"private_key": f"private of {arn}", "public_key": "public"}

    assert WorldWithSecrets(Settings(token_key_secret_arn="arn:key")).token_keys.private_key == "private of arn:key"
