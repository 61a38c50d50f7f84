"""Passwords: bcrypt over a digest, because bcrypt itself reads only 72 bytes and stops at a zero byte."""

from __future__ import annotations

import base64
import hashlib
import unicodedata

import bcrypt


def hash_password(password: str, cost: int) -> str:
    """The text to store. ``cost`` is bcrypt's: each step doubles the time (12: about 0.2 s)."""
    return bcrypt.hashpw(_digest(password), bcrypt.gensalt(cost)).decode()


def is_password_right(password: str, stored: str) -> bool:
    """Whether the password is the one that ``stored`` was made from."""
    return bcrypt.checkpw(_digest(password), stored.encode())


def spend_the_same_time(password: str, cost: int) -> None:
    """Does the work of one check for an address that nobody has, so that the time says nothing."""
    bcrypt.hashpw(_digest(password), bcrypt.gensalt(cost))


def _digest(password: str) -> bytes:
    """44 letters for a password of any length. The prefix keeps digests leaked elsewhere from being tried here."""
    text = unicodedata.normalize("NFC", password)
    return base64.b64encode(hashlib.sha256(b"reelwright password:" + text.encode("utf-8", "surrogatepass")).digest())
