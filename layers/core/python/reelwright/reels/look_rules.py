"""Which looks go with faces and with the night, and how strongly.

Composing calls ``choose_look(name, strength, has_faces=…, is_night=…)`` and puts what it gives into the reel.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from reelwright.reels.reel import Look, LookName

NIGHT_LUMA = 0.18
"""A reel whose pictures are darker than this on average was taken at night."""


class LookRule(NamedTuple):
    """``face_strength``: how strong the look may be where a face is seen; 0: it is not for faces.

    ``is_natural``: at that strength skin keeps its hue within 5° and its chroma within 0.75 to 1.25 of what it was.
    ``instead`` is the look to take where this one does not fit.
    """

    face_strength: float
    is_natural: bool
    instead: LookName
    is_for_night: bool = True


LOOK_RULES: Mapping[LookName, LookRule] = MappingProxyType(
    {
        "clean": LookRule(1.0, True, "clean"),
        "punch": LookRule(1.0, True, "clean"),
        "cream": LookRule(1.0, True, "clean"),
        "gold": LookRule(0.85, True, "clean"),
        "retro90": LookRule(0.7, False, "gold", is_for_night=False),
        "dusk": LookRule(0.8, True, "clean"),
        "silver": LookRule(1.0, False, "clean"),
        "neon": LookRule(0.0, False, "dusk"),
    }
)


def choose_look(name: LookName, strength: float, *, has_faces: bool, is_night: bool = False, is_grain_live: bool = False) -> Look:
    """The look to use where ``name`` is wished for: another one where it does not suit, and no stronger than faces bear."""
    rule = LOOK_RULES[name]
    if (has_faces and not rule.face_strength) or (is_night and not rule.is_for_night):
        name = rule.instead
    most = LOOK_RULES[name].face_strength if has_faces else 1.0
    return Look(name=name, strength=min(strength, most), is_grain_live=is_grain_live)
