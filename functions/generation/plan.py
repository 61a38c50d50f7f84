"""Step 'Plan': the brief and what was seen in the files become a plan, or several that differ; or one part of an earlier plan is done again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from functions.bootstrap import World
from reelwright.generation.keep_files import GenerationFiles
from reelwright.generation.load_material import load_material
from reelwright.generation.open_generation import OpenGeneration, add_notes, open_generation
from reelwright.generation.plan import Plan, PlanInput
from reelwright.generation.provider import use_in_order
from reelwright.generation.record_calls import make_call_recorder
from reelwright.generation.redo import RedoRequest
from reelwright.generation.several_plans import plan_again, plan_several
from reelwright.generation.take_over_steps import take_over_steps
from reelwright.generation.variants import describe_plans, keep_variants

STEP = "Plan"
PLAN = "plan.json"


def run(event: dict[str, Any], world: World) -> dict[str, Any]:
    """Writes ``plan.json``; the output holds small facts about it. ``variants``: the numbers of those that become previews."""
    return world.recorder.run(event["generation_id"], STEP, "planning", "Reading the brief and choosing the shots.", lambda: _plan(event, world))


def _plan(event: dict[str, Any], world: World) -> dict[str, Any]:
    with world.database.transaction() as session:
        generation = open_generation(session, event["generation_id"])
        media = load_material(session, generation.creator_id, generation.request.media_ids)
    request = generation.request
    wanted = PlanInput(brief=request.brief, template=request.template, media=media, seed=request.seed)
    plans = _plan_several(generation, wanted, world) if request.redo is None else (_plan_again(generation, wanted, request.redo, world),)
    return _keep(generation, plans, world)


def _plan_several(generation: OpenGeneration, wanted: PlanInput, world: World) -> tuple[Plan, ...]:
    record = make_call_recorder(world.database.transaction, generation.creator_id, generation.id)
    return use_in_order("plan", world.providers.plan, lambda provider: plan_several(provider, wanted, generation.request.variants), record)


def _plan_again(generation: OpenGeneration, wanted: PlanInput, redo: RedoRequest, world: World) -> Plan:
    """The earlier plan with one part done again; the earlier steps that it does not touch are taken over."""
    record = make_call_recorder(world.database.transaction, generation.creator_id, generation.id)
    old = GenerationFiles(world.storage, generation.creator_id, generation.request.redo_of)
    earlier = old.read(PLAN, Plan)
    plan = use_in_order("plan", world.providers.plan, lambda provider: plan_again(provider, earlier, wanted, redo), record)
    with world.database.transaction() as session:
        take_over_steps(session, old, GenerationFiles(world.storage, generation.creator_id, generation.id), redo.part, world.clock())
    return plan


def _keep(generation: OpenGeneration, plans: Sequence[Plan], world: World) -> dict[str, Any]:
    first = plans[0]
    keys = [
        GenerationFiles(world.storage, generation.creator_id, generation.id, variant=number).write(PLAN, plan) for number, plan in enumerate(plans, start=1)
    ]
    with world.database.transaction() as session:
        add_notes(session, generation.id, [*first.notes, *first.removed])
        keep_variants(session, generation.id, describe_plans(plans))
    facts = {"language": first.language, "template": first.template, "shots": len(first.beats), "sentences": len(first.spoken_script)}
    return {"plan": keys[0], **facts, "notes": len(first.notes), "variants": list(range(2, len(plans) + 1))}
