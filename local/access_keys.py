"""Keys of the local cloud that no other user of this machine can know or work out."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from local.data_directory import read_json, write_file

ACCESS_KEY_CHARACTERS = 20
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"


def make_access_key() -> str:
    """Of the form that AWS uses, so never twelve digits, which MiniStack would take for an account."""
    return "AKIA" + "".join(secrets.choice(_LETTERS) for _ in range(ACCESS_KEY_CHARACTERS - 4))


def load_access_keys(directory: Path) -> tuple[str, str]:
    """The owner's access key and secret, made at the first start. They last, so that signed addresses outlive a restart."""
    path = directory / "access-key.json"
    kept = read_json(path) or {}
    if not kept.get("access_key") or not kept.get("secret_key"):
        kept = {"access_key": make_access_key(), "secret_key": secrets.token_urlsafe(24)}
        write_file(path, f'{{"access_key": "{kept["access_key"]}", "secret_key": "{kept["secret_key"]}"}}')
    return str(kept["access_key"]), str(kept["secret_key"])


class KnownKeys:
    """The access keys that may be used: the owner's and those of the functions."""

    def __init__(self, owners: str) -> None:
        self._known = frozenset({owners.encode()})

    def add(self, access_key: str) -> None:
        """From now on it may be used."""
        self._known |= {access_key.encode()}

    def holds(self, access_key: str) -> bool:
        """Compares in a time that tells nothing about the keys."""
        return any(hmac.compare_digest(known, access_key.encode()) for known in self._known)


class FunctionCredentialsPatch:
    """Functions' credentials from our secret. MiniStack makes them from names that anybody knows, and secret and token too."""

    def __init__(self, secret: str, known: KnownKeys) -> None:
        self._secret, self._known = secret.encode(), known

    def install(self) -> None:
        """Raises AssertionError where MiniStack is not the one that was read."""
        from ministack.core import lambda_runtime  # noqa: PLC0415
        from ministack.services import lambda_svc, sts  # noqa: PLC0415

        for holder in (lambda_runtime, lambda_svc):
            assert hasattr(holder, "execution_credentials"), "MiniStack has changed: execution_credentials is gone."  # noqa: S101
        self._sessions: Any = sts._sessions
        self._original = lambda_runtime.execution_credentials
        lambda_runtime.execution_credentials = lambda_svc.execution_credentials = self._credentials

    def _credentials(self, function: dict[str, Any]) -> Mapping[str, str]:
        guessable = self._original(function)
        session = self._sessions.pop(guessable["AWS_ACCESS_KEY_ID"])
        access_key = f"ASIA{self._derive(guessable['AWS_ACCESS_KEY_ID'])[:16].upper()}"
        secret, token = self._derive(guessable["AWS_SECRET_ACCESS_KEY"]), self._derive(guessable["AWS_SESSION_TOKEN"])
        self._sessions[access_key] = {**session, "SecretAccessKey": secret, "SessionToken": token}
        self._known.add(access_key)
        return {"AWS_ACCESS_KEY_ID": access_key, "AWS_SECRET_ACCESS_KEY": secret, "AWS_SESSION_TOKEN": token}

    def _derive(self, text: str) -> str:
        return hmac.new(self._secret, text.encode(), hashlib.sha256).hexdigest()
