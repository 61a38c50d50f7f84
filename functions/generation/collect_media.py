"""Step 'Collect Media': waits until every listed file is ready or refused; without a usable one it ends in words."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from functions.bootstrap import World
from reelwright.generation.load_material import MediaStates, load_material, read_states
from reelwright.generation.open_generation import OpenGeneration, add_notes, check_not_cancelled, open_generation
from reelwright.generation.record_steps import load_generation
from reelwright.kit.errors import MediaRefused

STEP = "Collect Media"
MAX_WAIT = timedelta(minutes=20)  # an upload that was begun and never finished
MAX_NAMED_FILES = 5


def run(event: dict[str, Any], world: World) -> dict[str, Any]:
    """``is_complete``: whether all is known. Raises Cancelled, and MediaRefused where nothing is usable."""
    generation_id = event["generation_id"]
    with world.database.transaction() as session:
        check_not_cancelled(session, generation_id)
        generation = open_generation(session, generation_id)
        states = read_states(session, generation.creator_id, generation.request.media_ids)
        began = load_generation(session, generation_id).started_at
    if states.waiting and (began is None or world.clock() - began < MAX_WAIT):
        return {"is_complete": False}
    world.recorder.run(generation_id, STEP, "analysing", "Looking at the files.", lambda: _collect(generation, states, world))
    return {"is_complete": True}


def _collect(generation: OpenGeneration, states: MediaStates, world: World) -> dict[str, Any]:
    with world.database.transaction() as session:
        usable = load_material(session, generation.creator_id, states.ready)
        add_notes(session, generation.id, [f"{name} is left out: {reason}" for name, reason in states.refused])
        if states.waiting:
            add_notes(session, generation.id, [f"{len(states.waiting)} files did not arrive in time and are left out."])
    if not usable:
        named = "; ".join(f"{name}: {reason}" for name, reason in states.refused[:MAX_NAMED_FILES])
        raise MediaRefused(f"None of the files can be used, so there is nothing to show. {named}".strip())
    return {"usable": len(usable), "refused": len(states.refused), "missing": len(states.waiting)}
