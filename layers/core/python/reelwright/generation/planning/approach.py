"""How one of several plans for the same brief differs from the others."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

HookKind = Literal["statement", "question", "number", "contrast"]
Order = Literal["creator", "payoff_first", "best_first"]


@dataclass(frozen=True)
class Opening:
    """A line that may stand on the first frame, its kind, and the sentence or card it was cut from; empty for a line of our own."""

    text: str
    kind: HookKind
    source: str = ""
    score: float = 0.0


@dataclass(frozen=True)
class Approach:
    """``opening`` None leaves the hook to the rules; ``taken_*`` are what the other plans show already."""

    variant: str = "A"
    opening: Opening | None = None
    order: Order = "creator"
    taken_templates: frozenset[str] = field(default_factory=frozenset)
    taken_openers: frozenset[str] = field(default_factory=frozenset)


PLAIN = Approach()
