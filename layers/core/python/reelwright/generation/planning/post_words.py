"""The words by which a post is sorted: how creators introduce themselves, talk to us, say goodbye, and label their facts."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib import resources


@dataclass(frozen=True)
class PostWords:
    """Patterns of one language; each is a regular expression without anchors."""

    introduces: str
    named: str
    named_with: str
    talk: str
    talk_anywhere: str
    farewell: str
    labels: str
    plural: str
    solemn: str
    leaving: str
    page_about: str
    signing: str
    warning: str
    material: str
    style_end: str
    need: str
    says: str


@cache
def load_post_words(language: str) -> PostWords:
    """The words of one of the six ruled languages."""
    text = resources.files("reelwright.generation.planning").joinpath("lexicons", "posts.json").read_text(encoding="utf-8")
    return PostWords(**json.loads(text)[language])
