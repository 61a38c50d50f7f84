"""The key pair that signs access tokens on this machine: made once, kept 0600 in the data directory."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

FILE_NAME = "token-key.json"


@dataclass(frozen=True)
class TokenKeys:
    """An Ed25519 pair as PEM."""

    private_key: str
    public_key: str


def make_token_keys() -> TokenKeys:
    """A new pair."""
    key = Ed25519PrivateKey.generate()
    private_key = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    public_key = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
    return TokenKeys(private_key, public_key)


def load_token_keys(data_directory: Path) -> TokenKeys:
    """The pair of this data directory; made at the first call, complete or not at all."""
    path = data_directory / FILE_NAME
    if not path.exists():
        keys = make_token_keys()
        draft = path.with_name(f"{FILE_NAME}.{os.getpid()}")
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as out:
            json.dump({"private_key": keys.private_key, "public_key": keys.public_key}, out)
        draft.replace(path)
    return TokenKeys(**json.loads(path.read_text()))
