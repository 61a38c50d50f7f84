"""Prefixed ids that sort by time of birth: ``gen_01jd…``."""

from __future__ import annotations

import secrets
import time

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"  # Crockford base 32, lower case: no i, l, o, u
_TIME_LETTERS = 10
_RANDOM_BITS = 80
_RANDOM_LETTERS = 16


def new_id(prefix: str) -> str:
    """An id such as ``media_01jdc5w0fk7q2m3n4p5r6s7t8v``: milliseconds since 1970 (48 bits), then 80 random bits."""
    return f"{prefix}_{_letters(time.time_ns() // 1_000_000, _TIME_LETTERS)}{_letters(secrets.randbits(_RANDOM_BITS), _RANDOM_LETTERS)}"


def _letters(number: int, length: int) -> str:
    return "".join(_ALPHABET[(number >> (5 * place)) & 31] for place in reversed(range(length)))
