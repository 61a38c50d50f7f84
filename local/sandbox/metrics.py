"""How a post is received: counts that grow with its age, the same for the same post at the same time."""

from __future__ import annotations

import math
import random
from dataclasses import dataclass
from functools import lru_cache

RISE_SECONDS = 36 * 3600  # after one and a half days two thirds of all views are there


@dataclass(frozen=True)
class Counts:
    """What was counted until now; never falls."""

    views: int = 0
    reach: int = 0
    likes: int = 0
    comments: int = 0
    shares: int = 0
    saved: int = 0


def count(seed: str, age_seconds: float) -> Counts:
    """The counts of the post named ``seed`` at that age."""
    if age_seconds < 0:
        return Counts()
    final, *shares = _roll(seed)
    views = int(final * (1 - math.exp(-age_seconds / RISE_SECONDS)))
    return Counts(views, *(int(views * share) for share in shares))


@lru_cache(maxsize=10_000)
def _roll(seed: str) -> tuple[float, ...]:
    """All views that it will ever have, and what share of them does what."""
    dice = random.Random(seed)  # noqa: S311
    shares = (dice.uniform(low, high) for low, high in ((0.7, 0.9), (0.03, 0.09), (0.002, 0.01), (0.002, 0.02), (0.005, 0.02)))
    return 10 ** dice.uniform(2.2, 4.6), *shares
