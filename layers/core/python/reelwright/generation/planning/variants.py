"""Several plans for one brief that differ in hook, opener, order and template at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from reelwright.generation.plan import Plan, PlanInput
from reelwright.generation.planning.approach import Approach, HookKind, Opening, Order
from reelwright.generation.planning.asides import read_copy
from reelwright.generation.planning.openings import list_openings
from reelwright.generation.planning.plan_reel import plan_by, plan_reel
from reelwright.generation.provider import TextEmbedder

MAX_VARIANTS = 3
_WAYS: tuple[tuple[str, tuple[HookKind, ...], Order], ...] = (
    ("B", ("question",), "payoff_first"),
    ("C", ("number", "contrast"), "best_first"),
)


def plan_variants(wanted: PlanInput, count: int, embed: TextEmbedder | None) -> tuple[Plan, ...]:
    """Up to ``count`` plans, the creator's own order first. Fewer where the brief or the material holds fewer; the first one says so.

    Raises InvalidInput like ``plan_reel``.
    """
    plans = [plan_reel(wanted, embed)]
    openings = list_openings(read_copy(wanted))
    for name, kinds, order in _WAYS[: max(0, min(count, MAX_VARIANTS) - 1)]:
        opening = _choose(openings, kinds, [plan.hook for plan in plans])
        if opening is None:
            break
        approach = Approach(
            variant=name,
            opening=opening,
            order=order,
            taken_templates=frozenset(plan.template for plan in plans),
            taken_openers=frozenset(plan.beats[0].media_ids[0] for plan in plans),
        )
        made = plan_by(wanted, embed, approach)
        if all(_differs(made, other) for other in plans):
            plans.append(made)
    if len(plans) < min(count, MAX_VARIANTS):
        note = _say_fewer(len(plans), min(count, MAX_VARIANTS), len(openings))
        plans[0] = plans[0].model_copy(update={"notes": (*plans[0].notes, note)})
    return tuple(plans)


def _choose(openings: Sequence[Opening], kinds: Iterable[HookKind], taken: Sequence[str]) -> Opening | None:
    """The best opening of the wanted kinds that is not taken, else the best of any kind."""
    free = [opening for opening in openings if opening.text and not any(_same(opening.text, hook) for hook in taken)]
    wanted = [opening for opening in free if opening.kind in set(kinds)]
    return next(iter([*wanted, *free]), None)


def _same(one: str, other: str) -> bool:
    return one.lower() in other.lower() or other.lower() in one.lower()


def _differs(one: Plan, other: Plan) -> bool:
    orders = [[media_id for beat in plan.beats for media_id in beat.media_ids] for plan in (one, other)]
    return one.hook != other.hook and one.beats[0].media_ids[0] != other.beats[0].media_ids[0] and orders[0] != orders[1] and one.template != other.template


def _say_fewer(made: int, wanted: int, openings: int) -> str:
    plans = "One plan" if made == 1 else f"{made} plans"
    why = "your text has no other line that can open a reel" if openings <= made else "there are too few different pictures to open with"
    return f"{plans} instead of {wanted}: {why}."
