"""Step 'Record Cancellation': the creator asked to stop. The row says so, and a render that still runs is told."""

from __future__ import annotations

from typing import Any

from functions.bootstrap import World
from reelwright.generation.end_generation import record_cancellation
from reelwright.rendering.render_row import stop_renders_of


def run(event: dict[str, Any], world: World) -> dict[str, Any]:
    """May run again: the first end stays."""
    with world.database.transaction() as session:
        record_cancellation(session, event["generation_id"], world.clock())
        stop_renders_of(session, event["generation_id"], world.clock())
    return {"state": "cancelled"}
