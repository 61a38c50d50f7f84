"""What one shot shows, before it is arranged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from reelwright.reels.template import TextSource


@dataclass(frozen=True)
class Scene:
    """What one shot shows. ``repeats``: how often its media was shown before. ``has_captions``: words are spoken over it.

    ``has_spare``: other media of the creator are not shown at all, so none may stand beside itself. ``turn`` counts panels
    that follow each other. ``emphasis``: words of its texts that are set apart. ``beats``: those of the music, seconds of the shot.
    ``others``: pictures of the reel that may stand beside its own; ``is_alone``: the reel has no other media at all.
    """

    number: int
    media_ids: tuple[str, ...]
    texts: Mapping[TextSource, str]
    seconds: float
    has_captions: bool = False
    repeats: int = 0
    has_spare: bool = False
    turn: int = 0
    emphasis: tuple[str, ...] = ()
    beats: tuple[float, ...] = ()
    others: tuple[str, ...] = ()
    is_alone: bool = True
