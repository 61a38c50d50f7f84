"""Envelopes by AWS KMS: each secret has a data key of its own, which stands wrapped in the sealed bytes.

https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html#enveloping

Sealed: 0x01 · digest of the key's ARN (8 bytes) · length of the wrapped key (2 bytes) · wrapped key · nonce · encrypted bytes and tag.
AWS changes the key's material by itself and still unwraps what older material wrapped; a key of another ARN makes older seals not current.
"""

from __future__ import annotations

import hashlib
from typing import Any, Protocol

from botocore.exceptions import BotoCoreError, ClientError

from reelwright.kit.envelope import broken, decrypt, encrypt
from reelwright.kit.errors import Unavailable

FORMAT = b"\x01"
DIGEST_BYTES = 8
_FIXED_BYTES = len(FORMAT) + DIGEST_BYTES + 2
CONTEXT_NAME = "context"
RETRY_SECONDS = 5
# What KMS says of bytes that it has not wrapped, or not for this context, or by a key that is gone.
_NEVER_OURS = frozenset({"InvalidCiphertextException", "IncorrectKeyException", "NotFoundException"})


class KmsClient(Protocol):
    """What is used of ``boto3.client("kms")``."""

    def generate_data_key(self, *, KeyId: str, KeySpec: str, EncryptionContext: dict[str, str]) -> Any: ...

    def decrypt(self, *, CiphertextBlob: bytes, EncryptionContext: dict[str, str]) -> Any: ...


class KmsEnvelope:
    """``key_arn``: the key that wraps. The context is KMS's encryption context too, so that its own log names it."""

    def __init__(self, client: KmsClient, key_arn: str) -> None:
        self._client, self._key_arn = client, key_arn
        self._digest = hashlib.sha256(key_arn.encode()).digest()[:DIGEST_BYTES]

    def seal(self, plain: bytes, context: str) -> bytes:
        try:
            made = self._client.generate_data_key(KeyId=self._key_arn, KeySpec="AES_256", EncryptionContext={CONTEXT_NAME: context})
        except (ClientError, BotoCoreError) as error:
            raise _unavailable() from error
        wrapped = bytes(made["CiphertextBlob"])
        header = FORMAT + self._digest + len(wrapped).to_bytes(2, "big") + wrapped
        return encrypt(bytes(made["Plaintext"]), plain, header, context)

    def open(self, sealed: bytes, context: str) -> bytes:
        if sealed[:1] != FORMAT or len(sealed) < _FIXED_BYTES:
            raise broken()
        end = _FIXED_BYTES + int.from_bytes(sealed[_FIXED_BYTES - 2 : _FIXED_BYTES], "big")
        if end == _FIXED_BYTES or len(sealed) <= end:
            raise broken()
        return decrypt(self._unwrap(sealed[_FIXED_BYTES:end], context), sealed[end:], sealed[:end], context)

    def is_current(self, sealed: bytes) -> bool:
        return sealed[: len(FORMAT) + DIGEST_BYTES] == FORMAT + self._digest

    def _unwrap(self, wrapped: bytes, context: str) -> bytes:
        """The data key. No key is named: an older key still unwraps what it wrapped, as far as the role may use it."""
        try:
            return bytes(self._client.decrypt(CiphertextBlob=wrapped, EncryptionContext={CONTEXT_NAME: context})["Plaintext"])
        except ClientError as error:
            raise (broken() if error.response["Error"]["Code"] in _NEVER_OURS else _unavailable()) from error
        except BotoCoreError as error:
            raise _unavailable() from error


def _unavailable() -> Unavailable:
    return Unavailable("The key that protects your connections does not answer. Try again in a few seconds.", retry_after_seconds=RETRY_SECONDS)
