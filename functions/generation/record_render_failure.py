"""Step 'Record Render Failure': the row says what happened: cancelled, failed in words, or dead without one."""

from __future__ import annotations

from typing import Any

from functions.bootstrap import World
from reelwright.generation.end_generation import UNKNOWN_FAILURE, explain_failure
from reelwright.rendering.render_row import DIED_SILENTLY, fail_render


def run(event: dict[str, Any], world: World) -> dict[str, Any]:
    """What the renderer wrote itself stays. May run again."""
    failure_type, detail = explain_failure(event.get("error") or {})
    if failure_type.startswith("States.") and detail == UNKNOWN_FAILURE:
        failure_type, detail = "RenderFailed", DIED_SILENTLY
    with world.database.transaction() as session:
        fail_render(session, event["render_id"], failure_type, detail, world.clock())
    return {"failure_type": failure_type}
