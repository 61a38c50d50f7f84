"""How each language speaks beside its subject: whom a reel is for, what is said to whoever makes it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib import resources


@dataclass(frozen=True)
class AsideWords:
    """Patterns of one language; ``style`` are words for how a film feels."""

    audience: str
    topic: str
    aside: str
    does: str
    label: str
    shown: str
    heading: str
    whole: str
    named: str
    wish_end: str
    style: frozenset[str]


@cache
def load_aside_words(language: str) -> AsideWords:
    """The words of one of the six ruled languages."""
    text = resources.files("reelwright.generation.planning").joinpath("lexicons", "asides.json").read_text(encoding="utf-8")
    row = json.loads(text)[language]
    names = ("audience", "topic", "aside", "does", "label", "shown", "heading", "whole", "named", "wish_end")
    return AsideWords(**{name: str(row[name]) for name in names}, style=frozenset(row["style"].split()))
