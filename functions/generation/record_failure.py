"""Step 'Record Failure': compensation that can be seen. The row and the history say what happened, in words."""

from __future__ import annotations

from typing import Any

from functions.bootstrap import World
from reelwright.generation.end_generation import explain_failure, fail_generation
from reelwright.rendering.render_row import stop_renders_of


def run(event: dict[str, Any], world: World) -> dict[str, Any]:
    """Reads the storyboard's ``error``. May run again: the first end stays."""
    failure_type, detail = explain_failure(event.get("error") or {})
    with world.database.transaction() as session:
        fail_generation(session, event["generation_id"], failure_type, detail, world.clock())
        stop_renders_of(session, event["generation_id"], world.clock())
    return {"failure_type": failure_type}
