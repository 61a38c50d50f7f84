"""Step 'Create Render': the render's row, before anything is started for it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from functions.bootstrap import World
from reelwright.generation.open_generation import open_generation
from reelwright.generation.record_steps import load_generation
from reelwright.kit.identifiers import new_id
from reelwright.rendering.tables import RenderRow

STEP = "Create Render"


def run(event: dict[str, Any], world: World) -> dict[str, Any]:
    """``render_id``: always the same one for a generation."""
    return world.recorder.run(event["generation_id"], STEP, "rendering", "Rendering begins.", lambda: _create(event, world))


def _create(event: dict[str, Any], world: World) -> dict[str, Any]:
    with world.database.transaction() as session:
        generation = open_generation(session, event["generation_id"])
        row = load_generation(session, generation.id)
        render = session.scalars(select(RenderRow).where(RenderRow.generation_id == generation.id, RenderRow.preview_width.is_(None))).first()
        if render is None:
            render = RenderRow(
                id=new_id("render"),
                creator_id=generation.creator_id,
                generation_id=generation.id,
                reel_id=str(row.reel_id),
                reel_version=int(row.reel_version or 1),
                platforms=list(generation.request.brief.platforms),
                state="queued",
                created_at=world.clock(),
            )
            session.add(render)
        row.render_id = render.id
        return {"render_id": render.id}
