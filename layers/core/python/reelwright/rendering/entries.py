"""How layers come in: each kind of entry as a pose, from nothing to rest."""

from __future__ import annotations

from typing import NamedTuple

from reelwright.reels.reel import Entry
from reelwright.rendering.curves import BACK, OUT, OUT_QUIET, ease

POP_SCALE = 0.72
BLUR_SIGMA = 12.0
BLUR_RISE_PIXELS = 24
SLIDE_PIXELS = 90
DIM = 0.32
"""How strongly words shine before they light up."""


class Pose(NamedTuple):
    """What an entry does to a layer at one moment. ``shown`` is the share drawn along its length, ``lowered`` from its top; ``sunk`` is how far it lies behind its mask."""

    opacity: float = 1.0
    scale: float = 1.0
    dy: float = 0.0
    shown: float = 1.0
    lowered: float = 1.0
    sigma: float = 0.0
    sunk: float = 0.0
    lit: float = 1.0


REST = Pose()


def pose_at(entry: Entry, seconds: float, frame_seconds: float) -> Pose | None:
    """The pose ``seconds`` after the layer's start; None before anything shows. The entry's first frame already shows something."""
    if entry.kind == "none":
        return REST
    since = seconds - float(entry.start) + frame_seconds
    if since <= 1e-9:
        return Pose(lit=0.0) if entry.kind == "light_up" else None
    u = since / float(entry.duration) if entry.duration > 0 else 1.0
    return REST if u >= 1 else _pose(entry.kind, u)


def _pose(kind: str, u: float) -> Pose:
    out, quiet = ease(u, OUT), ease(u, OUT_QUIET)
    left = 1 - out
    poses = {
        "fade": Pose(opacity=round(quiet, 4)),
        "rise": Pose(sunk=round(left, 5)),
        "pop": Pose(opacity=round(min(1.0, 3 * u), 4), scale=round(POP_SCALE + (1 - POP_SCALE) * ease(u, BACK), 5)),
        "blur_in": Pose(opacity=round(quiet, 4), sigma=round(BLUR_SIGMA * left, 3), dy=round(BLUR_RISE_PIXELS * left, 3)),
        "grow": Pose(shown=round(out, 5)),
        "reveal_down": Pose(lowered=round(out, 5)),
        "slide_up": Pose(opacity=round(min(1.0, 2.5 * u), 4), dy=round(SLIDE_PIXELS * left, 3)),
        "light_up": Pose(lit=round(u, 5)),
    }
    return poses[kind]
