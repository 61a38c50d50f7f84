"""The port of envelopes: secrets that are kept in a table are sealed first, each for one place (AES-256-GCM).

``context`` says whose secret it is, the account's id for example. It is authenticated, not hidden: what is sealed for one context
cannot be opened for another, so that a row which was copied to another account is of no use there.
"""

from __future__ import annotations

import os
from typing import Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from reelwright.kit.errors import SealBroken

KEY_BYTES = 32
NONCE_BYTES = 12
_BROKEN = "A stored secret cannot be opened: it was changed, or its key is not here any more. Connect the account again."


class Envelope(Protocol):
    """Seals and opens. Adapters: kms_envelope.py on AWS, key_file_envelope.py on one machine."""

    def seal(self, plain: bytes, context: str) -> bytes:
        """The sealed bytes, different each time. Raises Unavailable where the key cannot be asked for."""

    def open(self, sealed: bytes, context: str) -> bytes:
        """What was sealed for this context. Raises SealBroken, Unavailable."""

    def is_current(self, sealed: bytes) -> bool:
        """Whether it is sealed by the newest key; what is not may be resealed."""


def reseal(envelope: Envelope, sealed: bytes, context: str) -> bytes:
    """The same secret under the newest key. Raises SealBroken, Unavailable."""
    return envelope.seal(envelope.open(sealed, context), context)


def encrypt(key: bytes, plain: bytes, header: bytes, context: str) -> bytes:
    """``header``, a new nonce, and the encrypted bytes with their tag; header and context are authenticated."""
    nonce = os.urandom(NONCE_BYTES)
    return header + nonce + AESGCM(key).encrypt(nonce, plain, _authenticated(header, context))


def decrypt(key: bytes, body: bytes, header: bytes, context: str) -> bytes:
    """The plain bytes of what followed ``header``. Raises SealBroken."""
    try:
        return AESGCM(key).decrypt(body[:NONCE_BYTES], body[NONCE_BYTES:], _authenticated(header, context))
    except (InvalidTag, ValueError):
        raise SealBroken(_BROKEN) from None


def broken() -> SealBroken:
    """The error of bytes that no key of ours has sealed."""
    return SealBroken(_BROKEN)


def _authenticated(header: bytes, context: str) -> bytes:
    return header + context.encode()
