"""Keeps the process small: the C library's allocator gives back what pictures that are over have left.

glibc keeps a heap of its own for each thread and seldom returns it; a render whose threads each bake and blur full-size
pictures would grow by a hundred megabytes. Elsewhere these functions do nothing.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from functools import lru_cache

M_ARENA_MAX = -8


def share_one_heap() -> None:
    """All threads that start from now on share one heap."""
    mallopt = _find("mallopt")
    if mallopt is not None:
        mallopt(M_ARENA_MAX, 1)


def give_memory_back() -> None:
    """Returns to the system what lies unused; takes some milliseconds."""
    malloc_trim = _find("malloc_trim")
    if malloc_trim is not None:
        malloc_trim(0)


@lru_cache(maxsize=2)
def _find(name: str) -> Callable[..., int] | None:
    try:
        found: Callable[..., int] = getattr(ctypes.CDLL(None), name)
    except (AttributeError, OSError, TypeError):
        return None
    return found
