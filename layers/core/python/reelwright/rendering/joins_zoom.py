"""Joins through a zoom or a turn: the punch on the beat, zoom-through, cross-zoom, spin."""

from __future__ import annotations

import math

from reelwright.rendering.camera import enlarge
from reelwright.rendering.curves import IN, OUT, ease, smooth_step
from reelwright.rendering.moment import FrameMaker, Moment
from reelwright.rendering.planes import Planes
from reelwright.rendering.zooming import grow_to, halve, mix, smear, turn

PUNCH, PUNCH_DECAY_SECONDS = 0.07, 0.055
THROUGH_SCALE, THROUGH_FROM, THROUGH_SMEAR, THROUGH_CROSS_SHARE = 2.6, 0.62, 0.30, 0.18
STILL_SMEAR = 0.004
CROSS_SCALES, CROSS_SMEAR, CROSS_MIX = (1.55, 1.35), 0.34, (0.32, 0.68)
SPIN_DEGREES, SPIN_SCALE, SPIN_SMEAR, SPIN_SMEAR_DEGREES = 80.0, 1.5, 0.06, 26.0
STILL_TURN = 0.004


def beat_cut(_before: FrameMaker, after: FrameMaker, moment: Moment) -> Planes:
    """A hard cut whose new shot lands a little too near and falls back within the beat."""
    end = math.exp(-moment.frames / moment.rate / PUNCH_DECAY_SECONDS)
    return enlarge(after(), 1 + PUNCH * (math.exp(-moment.seconds / PUNCH_DECAY_SECONDS) - end), moment.x, moment.y, is_moving=True)


def zoom_through(before: FrameMaker, after: FrameMaker, moment: Moment) -> Planes:
    """Into the last shot, faster and faster, and out of it into the next one."""
    x, y = moment.x, moment.y
    if moment.progress < 0.5:
        e = ease(moment.progress / 0.5, IN)
        scale = 1 + (THROUGH_SCALE - 1) * e
        return enlarge(before(), scale, x, y) if THROUGH_SMEAR * e < STILL_SMEAR else _into(before(), scale, THROUGH_SMEAR * e, moment)
    q = (moment.progress - 0.5) / 0.5
    e = ease(q, OUT)
    scale, blur = THROUGH_FROM + (1 - THROUGH_FROM) * e, THROUGH_SMEAR * (1 - e)
    new = after()
    if blur < STILL_SMEAR:
        return turn(new, scale, x, y)
    small = smear(turn(halve(new), scale, x, y), blur, x, y)
    if q < THROUGH_CROSS_SHARE:
        share = float(smooth_step(0, THROUGH_CROSS_SHARE, q))
        small = mix(smear(turn(halve(before()), THROUGH_SCALE, x, y), THROUGH_SMEAR, x, y), small, share)
    return grow_to(small, new.width, new.height)


def cross_zoom(before: FrameMaker, after: FrameMaker, moment: Moment) -> Planes:
    """Both shots rush forwards, smeared, while one becomes the other."""
    share = float(smooth_step(*CROSS_MIX, moment.progress))
    old_scale = 1 + (CROSS_SCALES[0] - 1) * ease(moment.progress, IN)
    new_scale = CROSS_SCALES[1] - (CROSS_SCALES[1] - 1) * ease(moment.progress, OUT)
    blur = CROSS_SMEAR * moment.nearness
    if share <= 0:
        return _into(before(), old_scale, blur, moment)
    if share >= 1:
        return _into(after(), new_scale, blur, moment)
    old, new = before(), after()
    # The same smear for both, so it is put on once, after mixing.
    small = mix(turn(halve(old), old_scale, moment.x, moment.y), turn(halve(new), new_scale, moment.x, moment.y), share)
    return grow_to(smear(small, blur, moment.x, moment.y), new.width, new.height)


def spin(before: FrameMaker, after: FrameMaker, moment: Moment) -> Planes:
    """The last shot turns away, the next one turns in."""
    is_old = moment.progress < 0.5
    shot = before() if is_old else after()
    share = ease(moment.progress / 0.5, IN) if is_old else 1 - ease((moment.progress - 0.5) / 0.5, OUT)
    degrees, scale = (1 if is_old else -1) * SPIN_DEGREES * share, 1 + (SPIN_SCALE - 1) * share
    if share < STILL_TURN:
        return turn(shot, scale, 0.5, 0.5, degrees)
    small = smear(turn(halve(shot), scale, 0.5, 0.5, degrees), SPIN_SMEAR * share, 0.5, 0.5, SPIN_SMEAR_DEGREES * share)
    return grow_to(small, shot.width, shot.height)


def _into(shot: Planes, scale: float, blur: float, moment: Moment) -> Planes:
    """One shot zoomed and smeared, at half the size while it is fast."""
    if blur < STILL_SMEAR:
        return enlarge(shot, scale, moment.x, moment.y)
    small = smear(turn(halve(shot), scale, moment.x, moment.y), blur, moment.x, moment.y)
    return grow_to(small, shot.width, shot.height)
