"""How one shot becomes the next: every kind of join, over two finished frames."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from types import MappingProxyType

from reelwright.reels.reel import Transition
from reelwright.rendering.joins_glitch import glitch_slice
from reelwright.rendering.joins_light import film_burn, match_flash
from reelwright.rendering.joins_shape import iris, shape_wipe
from reelwright.rendering.joins_slide import page_split, slide_push, whip_pan
from reelwright.rendering.joins_soft import blur_dissolve, dip, dissolve, luma_wipe, rank_lights
from reelwright.rendering.joins_zoom import beat_cut, cross_zoom, spin, zoom_through
from reelwright.rendering.moment import FrameMaker, Join, Moment
from reelwright.rendering.planes import Plane, Planes

JOINS: Mapping[str, Join] = MappingProxyType(
    {
        "beat_cut": beat_cut,
        "blur_dissolve": blur_dissolve,
        "cross_zoom": cross_zoom,
        "dip": dip,
        "dissolve": dissolve,
        "film_burn": film_burn,
        "glitch_slice": glitch_slice,
        "iris": iris,
        "luma_wipe": luma_wipe,
        "match_flash": match_flash,
        "page_split": page_split,
        "shape_wipe": shape_wipe,
        "slide_push": slide_push,
        "spin": spin,
        "whip_pan": whip_pan,
        "zoom_through": zoom_through,
    }
)
"""All kinds but ``cut``, which needs no frame of its own."""

BEGIN_AT_CUT = frozenset({"beat_cut", "match_flash"})
"""These show only the later shot, from the cut on; the others are centred on the cut."""

OWN_COLOURS = MappingProxyType({"iris": "#000000", "shape_wipe": "#FFFFFF"})


def join_frames(kind: str, before: FrameMaker, after: FrameMaker, moment: Moment) -> Planes:
    """One frame of the join. ``before`` and ``after`` draw finished frames of the two shots, where they are needed."""
    return JOINS[kind](before, after, moment)


def prepare_join(kind: str, before: FrameMaker) -> Plane | None:
    """What all frames of a join share, from the first frame of the shot before it; None for most kinds."""
    return rank_lights(before()) if kind == "luma_wipe" else None


def join_span(transition: Transition) -> tuple[Fraction, Fraction]:
    """How long a join lasts before and after the later clip's start, in exact seconds; (0, 0) for a cut."""
    if transition.kind == "cut" or transition.duration <= 0:
        return Fraction(0), Fraction(0)
    if transition.kind in BEGIN_AT_CUT:
        return Fraction(0), transition.duration
    return transition.duration / 2, transition.duration / 2


def shows_both(transition: Transition) -> bool:
    """Whether the earlier shot is still seen after the cut."""
    return transition.kind not in BEGIN_AT_CUT


def join_colour(transition: Transition, background: str) -> str:
    """The colour a join is drawn with: its own, else its kind's, else the reel's background."""
    return transition.colour or OWN_COLOURS.get(transition.kind, background)
