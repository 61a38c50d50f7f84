"""Joins: mostly plain cuts; the template's quiet joins where the layout changes, never two in a row."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from reelwright.generation.composing.arrange import Arrangement
from reelwright.generation.composing.timeline import Shot, frame_time
from reelwright.reels.reel import Transition
from reelwright.reels.template import Template

LEAST_SHOT_TIMES_JOIN = 2


def choose_joins(template: Template, shots: Sequence[Shot], arranged: Sequence[Arrangement], seed: int) -> list[Transition]:
    """The transition into each shot; the first one has none."""
    joins = [Transition()]
    allowed = 1 - template.pacing.plain_cut_share
    used, last_kind = 0, "cut"
    for number in range(1, len(shots)):
        within = used + 1 <= min(allowed * (number + 1), allowed * (len(shots) - 1))
        join = _find_join(template, shots, arranged, number, last_kind, seed) if within and joins[-1].kind == "cut" else None
        joins.append(join or Transition())
        if join:
            used, last_kind = used + 1, join.kind
    return joins


def _find_join(template: Template, shots: Sequence[Shot], arranged: Sequence[Arrangement], number: int, last_kind: str, seed: int) -> Transition | None:
    layout, before = arranged[number].layout, arranged[number - 1].layout
    if layout.family == before.family and layout.kind == before.kind:
        return None
    lengths = [frame_time(shots[place].end - shots[place].start) for place in (number - 1, number)]
    fitting = [
        rule.transition
        for rule in template.joins
        if layout.name in rule.before and all(length >= LEAST_SHOT_TIMES_JOIN * rule.transition.duration for length in lengths)
    ]
    fresh = [join for join in fitting if join.kind != last_kind] or fitting
    return fresh[(seed + number) % len(fresh)] if fresh and fresh[0].duration > Fraction(0) else None
