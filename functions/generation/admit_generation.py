"""Step 'Admit Generation': takes the creator's next free place, or says to wait."""

from __future__ import annotations

from typing import Any

from functions.bootstrap import World
from reelwright.generation.admit_generation import admit_generation


def run(event: dict[str, Any], world: World) -> dict[str, Any]:
    """``is_admitted``: whether the generation runs now. Raises Cancelled."""
    with world.database.transaction() as session:
        is_admitted = admit_generation(session, event["generation_id"], world.settings.running_renders_per_creator, world.clock())
    return {"is_admitted": is_admitted}
