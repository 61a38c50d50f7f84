"""The planner without a key: rules over the brief and over what was seen in the material. See planning/."""

from __future__ import annotations

from reelwright.generation.plan import Plan, PlanInput
from reelwright.generation.planning.plan_reel import plan_reel
from reelwright.generation.provider import TextEmbedder
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
