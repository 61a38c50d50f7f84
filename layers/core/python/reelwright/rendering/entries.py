"""How layers come in: each kind of entry as a pose, from nothing to rest."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from reelwright.reels.reel import Entry
from reelwright.rendering.curves import BACK, IN_OUT, OUT, OUT_QUIET, ease

POP_SCALE, DROP_SCALE, STAMP_SCALE = 0.72, 1.35, 1.5
DROP_TURN = 5.0
STAMP_LANDS, STAMP_SINKS = 0.7, 0.03
FALL_PIXELS = 120
BLUR_SIGMA = 12.0
BLUR_RISE_PIXELS = 24
SLIDE_PIXELS, SLIDE_SIDE_PIXELS = 90, 60
DIM = 0.32
"""How strongly words shine before they light up."""


class Pose(NamedTuple):
    """What an entry does to a layer at one moment.

    ``shown`` is the share drawn along its length, ``lowered`` from its top, ``opened`` from its middle up and down, ``typed`` of
    its letters, ``traced`` of its path; ``sunk`` is how far it lies behind its mask, in lengths of its own. ``turn`` is in
    degrees, clockwise.
    """

    opacity: float = 1.0
    scale: float = 1.0
    dx: float = 0.0
    dy: float = 0.0
    turn: float = 0.0
    shown: float = 1.0
    lowered: float = 1.0
    opened: float = 1.0
    typed: float = 1.0
    traced: float = 1.0
    sigma: float = 0.0
    sunk: float = 0.0
    lit: float = 1.0


REST = Pose()


def pose_at(entry: Entry, seconds: float, frame_seconds: float, *, falls: bool = False, factor: float = 1.0) -> Pose | None:
    """The pose ``seconds`` after the layer's start; None before anything shows. The entry's first frame already shows something.

    ``falls``: a drop comes from above instead of from the front. ``factor`` is the canvas's width for each 1080 pixels.
    """
    if entry.kind == "none":
        return REST
    since = seconds - float(entry.start) + frame_seconds
    if since <= 1e-9:
        return Pose(lit=0.0) if entry.kind == "light_up" else None
    u = since / float(entry.duration) if entry.duration > 0 else 1.0
    if u >= 1:
        return REST
    pose = _fall(u) if falls and entry.kind == "drop" else _POSES[entry.kind](u)
    return pose._replace(dx=round(pose.dx * factor, 3), dy=round(pose.dy * factor, 3), sigma=round(pose.sigma * factor, 3))


def _left(u: float) -> float:
    return 1 - ease(u, OUT)


def _pop(u: float) -> Pose:
    return Pose(opacity=_quick(u, 3), scale=round(POP_SCALE + (1 - POP_SCALE) * ease(u, BACK), 5))


def _blur_in(u: float) -> Pose:
    return Pose(opacity=round(ease(u, OUT_QUIET), 4), sigma=BLUR_SIGMA * _left(u), dy=BLUR_RISE_PIXELS * _left(u))


def _drop(u: float) -> Pose:
    """From the front onto the page, turning a little as it lands."""
    return Pose(opacity=_quick(u, 3), scale=round(1 + (DROP_SCALE - 1) * _left(u), 5), turn=round(DROP_TURN * _left(u), 4))


def _fall(u: float) -> Pose:
    return Pose(opacity=_quick(u, 3), dy=-FALL_PIXELS * (1 - ease(u, BACK)))


def _stamp(u: float) -> Pose:
    """Comes down faster and faster, is pressed in a little, and springs back."""
    if u < STAMP_LANDS:
        fallen = (u / STAMP_LANDS) ** 2
        return Pose(opacity=_quick(u, 2), scale=round(STAMP_SCALE + (1 - STAMP_SINKS - STAMP_SCALE) * fallen, 5))
    back = ease((u - STAMP_LANDS) / (1 - STAMP_LANDS), OUT_QUIET)
    return Pose(scale=round(1 - STAMP_SINKS * (1 - back), 5))


def _quick(u: float, pace: float) -> float:
    return round(min(1.0, pace * u), 4)


_POSES: Mapping[str, Callable[[float], Pose]] = {
    "fade": lambda u: Pose(opacity=round(ease(u, OUT_QUIET), 4)),
    "rise": lambda u: Pose(sunk=round(_left(u), 5)),
    "pop": _pop,
    "blur_in": _blur_in,
    "grow": lambda u: Pose(shown=round(1 - _left(u), 5)),
    "reveal_down": lambda u: Pose(lowered=round(1 - _left(u), 5)),
    "slide_up": lambda u: Pose(opacity=_quick(u, 2.5), dy=SLIDE_PIXELS * _left(u)),
    "slide_left": lambda u: Pose(opacity=_quick(u, 2.5), dx=SLIDE_SIDE_PIXELS * _left(u)),
    "slide_right": lambda u: Pose(opacity=_quick(u, 2.5), dx=-SLIDE_SIDE_PIXELS * _left(u)),
    "light_up": lambda u: Pose(lit=round(u, 5)),
    "type": lambda u: Pose(typed=round(u, 5)),
    "drop": _drop,
    "stamp": _stamp,
    "open": lambda u: Pose(opened=round(1 - _left(u), 5)),
    "draw": lambda u: Pose(traced=round(ease(u, IN_OUT), 5)),
}
