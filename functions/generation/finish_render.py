"""Step 'Finish Render': the render has succeeded; its files are complete."""

from __future__ import annotations

from typing import Any

from functions.bootstrap import World
from reelwright.rendering.render_row import finish_render


def run(event: dict[str, Any], world: World) -> dict[str, Any]:
    """Raises Conflict where the renderer left no file."""
    with world.database.transaction() as session:
        finish_render(session, event["render_id"], world.clock())
    return {"state": "succeeded"}
