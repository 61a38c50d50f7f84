"""Envelopes by a key file on this machine: numbered keys of 256 bits in a JSON file that only its owner reads.

Sealed: 0x02 · the key's number (4 bytes) · nonce · encrypted bytes and tag. A rotation adds a number; what older keys sealed still opens.
"""

from __future__ import annotations

import base64
import contextlib
import fcntl
import json
import os
import secrets
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from reelwright.kit.envelope import KEY_BYTES, broken, decrypt, encrypt
from reelwright.kit.errors import Unavailable

FORMAT = b"\x02"
NUMBER_BYTES = 4
HEADER_BYTES = len(FORMAT) + NUMBER_BYTES
OWNER_ONLY = 0o600


@dataclass(frozen=True, repr=False)
class Keys:
    """Keys by number. The newest one seals."""

    by_number: Mapping[int, bytes]

    @property
    def newest(self) -> int:
        return max(self.by_number)


class KeyFileEnvelope:
    """Reads the file at the first use, and again when it meets a number that it does not know: another process may have rotated."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._keys: Keys | None = None
        self._lock = threading.Lock()

    def seal(self, plain: bytes, context: str) -> bytes:
        keys = self._read()
        return encrypt(keys.by_number[keys.newest], plain, FORMAT + keys.newest.to_bytes(NUMBER_BYTES, "big"), context)

    def open(self, sealed: bytes, context: str) -> bytes:
        if sealed[:1] != FORMAT or len(sealed) < HEADER_BYTES:
            raise broken()
        key = self._find(_number_of(sealed))
        if key is None:
            raise broken()
        return decrypt(key, sealed[HEADER_BYTES:], sealed[:HEADER_BYTES], context)

    def is_current(self, sealed: bytes) -> bool:
        return sealed[:1] == FORMAT and _number_of(sealed) == self._read(is_fresh=True).newest

    def _find(self, number: int) -> bytes | None:
        return self._read().by_number.get(number) or self._read(is_fresh=True).by_number.get(number)

    def _read(self, *, is_fresh: bool = False) -> Keys:
        with self._lock:
            if self._keys is None or is_fresh:
                self._keys = read_keys(self._path)
            return self._keys


def make_key_file(path: Path) -> None:
    """The file with a first key, where there is none. Complete or not at all; of two makers at once the first one's keys stand."""
    if path.exists():
        return
    with _draft(path, {1: secrets.token_bytes(KEY_BYTES)}) as draft, contextlib.suppress(FileExistsError):
        os.link(draft, path)
    _keep_names(path.parent)


def rotate_key_file(path: Path) -> int:
    """Adds a key and gives its number; from now on it seals. Rows that older keys sealed are to be resealed. Raises Unavailable."""
    with path.with_name(f"{path.name}.lock").open("w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        keys = read_keys(path)
        number = keys.newest + 1
        with _draft(path, {**keys.by_number, number: secrets.token_bytes(KEY_BYTES)}) as draft:
            draft.replace(path)
    _keep_names(path.parent)
    return number


def read_keys(path: Path) -> Keys:
    """The keys of the file. Raises Unavailable where it is not there, not whole, or open to others than its owner."""
    try:
        with path.open("rb") as file:
            if os.fstat(file.fileno()).st_mode & 0o077:
                raise Unavailable(f"The key file {path} can be read by others than its owner. Run: chmod 600 {path}")
            document = json.load(file)
        keys = Keys({int(number): base64.b64decode(text, validate=True) for number, text in document["keys"].items()})
    except FileNotFoundError:
        raise Unavailable(f"The key file {path} is not there. Without it, connected accounts cannot be used: put it back, or connect them again.") from None
    except (OSError, ValueError, KeyError, AttributeError, TypeError):
        raise Unavailable(f"The key file {path} cannot be read. Put it back from a copy.") from None
    if not keys.by_number or any(len(key) != KEY_BYTES for key in keys.by_number.values()):
        raise Unavailable(f"The key file {path} is not whole. Put it back from a copy.")
    return keys


@contextlib.contextmanager
def _draft(path: Path, keys: Mapping[int, bytes]) -> Iterator[Path]:
    """A whole file beside ``path``, on the disk, for its owner alone; gone at the end unless it was moved."""
    draft = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    document = {"keys": {str(number): base64.b64encode(key).decode() for number, key in keys.items()}}
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY), "w") as out:
            json.dump(document, out)
            out.flush()
            os.fsync(out.fileno())
        yield draft
    finally:
        draft.unlink(missing_ok=True)


def _keep_names(folder: Path) -> None:
    """The folder's entries are on the disk too."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _number_of(sealed: bytes) -> int:
    return int.from_bytes(sealed[len(FORMAT) : HEADER_BYTES], "big")
