"""What a planner may do beyond one plan: several that differ, and one part of a plan again. Not every planner can."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from reelwright.generation.plan import Plan, PlanInput
from reelwright.generation.provider import PlanProvider
from reelwright.generation.redo import RedoRequest
from reelwright.kit.errors import ProviderRefused


@runtime_checkable
class SeveralPlans(Protocol):
    """A planner that makes variants."""

    def plan_several(self, wanted: PlanInput, count: int) -> tuple[Plan, ...]:
        """Up to ``count`` plans that differ; fewer where the brief holds fewer, which the first one's notes say."""
        ...


@runtime_checkable
class PlansAgain(Protocol):
    """A planner that does one part again."""

    def redo(self, plan: Plan, wanted: PlanInput, redo: RedoRequest) -> Plan:
        """The plan with one part done again. Raises InvalidInput where there is nothing else to take."""
        ...


def plan_several(planner: PlanProvider, wanted: PlanInput, count: int) -> tuple[Plan, ...]:
    """The planner's plans, one at least. Raises ProviderRefused where more than one is wanted of a planner that makes one."""
    if count == 1:
        return (planner.plan(wanted),)
    if not isinstance(planner, SeveralPlans):
        raise ProviderRefused(f"{planner.name} makes one plan for a brief.")
    return planner.plan_several(wanted, count)


def plan_again(planner: PlanProvider, plan: Plan, wanted: PlanInput, redo: RedoRequest) -> Plan:
    """The plan with one part done again. Raises ProviderRefused where the planner only makes whole plans, InvalidInput in words."""
    if not isinstance(planner, PlansAgain):
        raise ProviderRefused(f"{planner.name} makes whole plans only.")
    return planner.redo(plan, wanted, redo)
