"""Regular expressions that are put together from a lexicon, compiled once each: there are more of them than ``re`` remembers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any

MAX_PATTERNS = 16384
_compile = lru_cache(MAX_PATTERNS)(re.compile)


def search(pattern: str, text: str, flags: int = 0) -> re.Match[str] | None:
    """The first place where the pattern matches."""
    return _compile(pattern, flags).search(text)


def match(pattern: str, text: str, flags: int = 0) -> re.Match[str] | None:
    """The match at the beginning of the text."""
    return _compile(pattern, flags).match(text)


def fullmatch(pattern: str, text: str, flags: int = 0) -> re.Match[str] | None:
    """The match of the whole text."""
    return _compile(pattern, flags).fullmatch(text)


def sub(pattern: str, replacement: str | Callable[[re.Match[str]], str], text: str, count: int = 0, flags: int = 0) -> str:
    """The text with each match replaced."""
    return _compile(pattern, flags).sub(replacement, text, count=count)


def split(pattern: str, text: str, flags: int = 0) -> list[Any]:
    """The text divided at each match."""
    return _compile(pattern, flags).split(text)


def findall(pattern: str, text: str, flags: int = 0) -> list[Any]:
    """All matches, as strings or groups."""
    return _compile(pattern, flags).findall(text)


def finditer(pattern: str, text: str, flags: int = 0) -> Iterator[re.Match[str]]:
    """All matches, one after the other."""
    return _compile(pattern, flags).finditer(text)
