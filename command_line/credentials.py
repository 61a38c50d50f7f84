"""The command line's own creator: made once, its sign-in kept 0600 in the data directory."""

from __future__ import annotations

import json
import os
import secrets
from pathlib import Path
from typing import Any

from command_line.api_client import ApiClient, ApiError

FILE_NAME = "command-line.json"
PASSWORD_BYTES = 18


def signed_in_client(url: str, data_directory: Path) -> ApiClient:
    """A client for the command line's creator, who is registered at the first call."""
    file = data_directory / FILE_NAME
    known = _read(file)

    def keep(tokens: dict[str, str]) -> None:
        known.update(tokens)
        _write(file, known)

    client = ApiClient(url, known, keep)
    if not known.get("email"):
        known.update(email=f"me-{secrets.token_hex(4)}@reelwright.local", password=secrets.token_urlsafe(PASSWORD_BYTES))
        _write(file, known)
        client.sign_in("register", email=known["email"], password=known["password"], name="Me")
    else:
        _come_back(client, known)
    return client


def read_sign_in(data_directory: Path) -> tuple[str, str]:
    """Address and password, to be shown to the machine's owner."""
    known = _read(data_directory / FILE_NAME)
    return known.get("email", ""), known.get("password", "")


def _come_back(client: ApiClient, known: dict[str, Any]) -> None:
    """Signs in again; a platform whose data was deleted gets the same creator anew."""
    try:
        client.get("/v1/me")
        return
    except ApiError as error:
        if error.status != 401:
            raise
    try:
        client.sign_in("login", email=known["email"], password=known["password"])
    except ApiError:
        client.sign_in("register", email=known["email"], password=known["password"], name="Me")


def _read(file: Path) -> dict[str, Any]:
    try:
        return dict(json.loads(file.read_text()))
    except (FileNotFoundError, ValueError):
        return {}


def _write(file: Path, known: dict[str, Any]) -> None:
    temporary = file.with_suffix(".part")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as out:
        json.dump(known, out)
    temporary.replace(file)
