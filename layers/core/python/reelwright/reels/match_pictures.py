"""Brings neighbouring shots into line: exposure and white balance, gently.

Composing calls ``match_pictures`` with one ``Light`` per picture in the order they are shown (``light_of`` makes one from a
media analysis) and puts each ``Match`` into ``Picture.exposure`` and ``Picture.balance``.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from reelwright.media.analysis import MediaAnalysis
from reelwright.reels.look_rules import NIGHT_LUMA

MIDDLE_LUMA, MAX_STOPS = 0.46, 0.35
MAX_NIGHT_STOPS, MAX_BRIGHT_LUMA = 0.15, 0.85
BLACK_LUMA = 0.06
DARK_TARGET, MAX_DARK_STOPS = 0.16, 2.0
"""A picture darker than ``BLACK_LUMA`` is underexposed rather than a night: it is lightened until its mean is at the target."""

NEIGHBOUR_WEIGHTS = (0.25, 0.5, 0.25)
OWN_SHARE = 0.5
"""How much of the exposure's target is the middle tone, the rest being the neighbours'."""

TO_GREY_SHARE, BALANCE_SHARE, MAX_SHIFT = 0.35, 0.6, 0.03
EXPOSURE_STEP, SHIFT_STEP = 0.05, 0.004
"""Steps nobody sees, so that shots share a look's tables."""


class Light(NamedTuple):
    """``median`` and ``mean`` luma, 0..1; ``cast`` is the mean Cb and Cr of what should be grey, shares of full range (None: not known)."""

    median: float
    mean: float
    cast: tuple[float, float] | None = None


class Match(NamedTuple):
    """Stops, and a shift of Cb and Cr."""

    exposure: float = 0.0
    balance: tuple[float, float] = (0.0, 0.0)


def light_of(analysis: MediaAnalysis) -> Light:
    """The light of a media."""
    return Light(analysis.luma_median, analysis.luma_mean, None if analysis.grey_cast is None else (analysis.grey_cast[0], analysis.grey_cast[1]))


def match_pictures(lights: Sequence[Light]) -> tuple[Match, ...]:
    """One match per picture. A night stays dark and a warm room warm: each goes only a part of the way to its neighbours."""
    return tuple(Match(_expose(lights, number), _balance(lights, number)) for number in range(len(lights)))


def _expose(lights: Sequence[Light], number: int) -> float:
    light = lights[number]
    if light.mean <= 0.01 or light.median >= MAX_BRIGHT_LUMA:
        return 0.0
    if light.mean < BLACK_LUMA:
        return _round_to(min(math.log2(DARK_TARGET / light.mean), MAX_DARK_STOPS), EXPOSURE_STEP)
    around = _around([one.median for one in lights], number)
    target = OWN_SHARE * MIDDLE_LUMA + (1 - OWN_SHARE) * around
    most = MAX_NIGHT_STOPS if light.mean < NIGHT_LUMA else MAX_STOPS
    return _round_to(min(max(math.log2(target / max(light.median, 0.01)), -MAX_STOPS), most), EXPOSURE_STEP)


def _balance(lights: Sequence[Light], number: int) -> tuple[float, float]:
    own = lights[number].cast
    if own is None:
        return 0.0, 0.0
    shifts = []
    for axis in (0, 1):
        around = _around([own[axis] if one.cast is None else one.cast[axis] for one in lights], number)
        shift = BALANCE_SHARE * ((1 - TO_GREY_SHARE) * around - own[axis])
        shifts.append(_round_to(min(max(shift, -MAX_SHIFT), MAX_SHIFT), SHIFT_STEP))
    return shifts[0], shifts[1]


def _around(values: Sequence[float], number: int) -> float:
    """The weighted mean of a value and its neighbours; at the ends the value stands for the missing one."""
    before, after = max(number - 1, 0), min(number + 1, len(values) - 1)
    return sum(weight * values[place] for weight, place in zip(NEIGHBOUR_WEIGHTS, (before, number, after), strict=True))


def _round_to(value: float, step: float) -> float:
    return round(round(value / step) * step, 4)
