"""The planner without a key: rules over the brief and over what was seen in the material. See planning/."""

from __future__ import annotations

from reelwright.generation.plan import Plan, PlanInput
from reelwright.generation.planning.plan_reel import plan_reel
from reelwright.generation.planning.redo import redo_plan
from reelwright.generation.planning.variants import plan_variants
from reelwright.generation.provider import TextEmbedder
from reelwright.generation.redo import RedoRequest
from reelwright.kit.errors import PartMissing


class RulePlanner:
    """With an embedder, pictures are matched to sentences by meaning; where its part is missing, by equal words."""

    name = "rules"

    def __init__(self, embedder: TextEmbedder | None = None) -> None:
        self._embedder = embedder

    def plan(self, wanted: PlanInput) -> Plan:
        """Raises InvalidInput where there is nothing to show or the template is unknown."""
        try:
            return plan_reel(wanted, self._embedder)
        except PartMissing:
            return plan_reel(wanted, None)

    def plan_several(self, wanted: PlanInput, count: int) -> tuple[Plan, ...]:
        """Up to three plans that differ; see ``plan_variants``."""
        try:
            return plan_variants(wanted, count, self._embedder)
        except PartMissing:
            return plan_variants(wanted, count, None)

    def redo(self, plan: Plan, wanted: PlanInput, redo: RedoRequest) -> Plan:
        """The plan with one part done again; see ``redo_plan``."""
        try:
            return redo_plan(plan, wanted, redo, self._embedder)
        except PartMissing:
            return redo_plan(plan, wanted, redo, None)
