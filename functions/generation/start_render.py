"""Step 'Start Render': takes the creator's next free place for a render, or says to wait."""

from __future__ import annotations

from typing import Any

from functions.bootstrap import World
from reelwright.rendering.render_row import admit_render
from reelwright.rendering.tables import RenderRow


def run(event: dict[str, Any], world: World) -> dict[str, Any]:
    """``is_admitted``; ``is_alone``: no generation checks and exports it. Raises Cancelled, Conflict."""
    with world.database.transaction() as session:
        is_admitted = admit_render(session, event["render_id"], world.settings.running_renders_per_creator, world.clock())
        is_alone = session.get_one(RenderRow, event["render_id"]).generation_id is None
    return {"is_admitted": is_admitted, "is_alone": is_alone}
