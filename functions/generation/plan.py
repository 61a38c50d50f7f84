"""Step 'Plan': the brief and what was seen in the files become a plan."""

from __future__ import annotations

from typing import Any

from functions.bootstrap import World
from reelwright.generation.keep_files import GenerationFiles
from reelwright.generation.load_material import load_material
from reelwright.generation.open_generation import add_notes, open_generation
from reelwright.generation.plan import PlanInput
from reelwright.generation.provider import use_in_order
from reelwright.generation.record_calls import make_call_recorder

STEP = "Plan"


def run(event: dict[str, Any], world: World) -> dict[str, Any]:
    """Writes ``plan.json``; the output holds small facts about it."""
    return world.recorder.run(event["generation_id"], STEP, "planning", "Reading the brief and choosing the shots.", lambda: _plan(event, world))


def _plan(event: dict[str, Any], world: World) -> dict[str, Any]:
    with world.database.transaction() as session:
        generation = open_generation(session, event["generation_id"])
        media = load_material(session, generation.creator_id, generation.request.media_ids)
    request = generation.request
    wanted = PlanInput(brief=request.brief, template=request.template, media=media, seed=request.seed)
    record = make_call_recorder(world.database.transaction, generation.creator_id, generation.id)
    plan = use_in_order("plan", world.providers.plan, lambda provider: provider.plan(wanted), record)
    key = GenerationFiles(world.storage, generation.creator_id, generation.id).write("plan.json", plan)
    with world.database.transaction() as session:
        add_notes(session, generation.id, [*plan.notes, *plan.removed])
    return {"plan": key, "language": plan.language, "shots": len(plan.beats), "sentences": len(plan.spoken_script), "notes": len(plan.notes)}
