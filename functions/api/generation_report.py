"""The report of a generation: request, plan, cuts, steps, calls, checks and rights in one document."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from functions.api.answers import Answer, shown
from reelwright.generation.find_generation import list_provider_calls, list_steps
from reelwright.generation.keep_files import GenerationFiles
from reelwright.generation.list_shots import list_shots
from reelwright.generation.plan import Plan
from reelwright.generation.tables import GenerationRow, GenerationStepRow, ProviderCallRow
from reelwright.kit.errors import NotFound
from reelwright.kit.storage import Storage
from reelwright.media.tables import MediaRow
from reelwright.reels.find_reel import find_reel
from reelwright.reels.list_cuts import list_cuts
from reelwright.reels.reel import load_reel
from reelwright.rendering.tables import RenderRow

PLAN = "plan.json"
_EXAMPLE = {
    "generation": {"id": "gen_01jdc5w0fk7q2m3n4p5r6s7t8v", "state": "succeeded"},
    "request": {"brief": {"prompt": "Our week at the sea."}, "template": "editorial", "media_ids": ["media_01jdc5w0fk7q2m3n4p5r6s7t8v"], "seed": 7},
    "plan": {"title": "A week at the sea", "notes": ["The script was shortened to fit 30 s."]},
    "duration_seconds": 15.0,
    "cuts": [{"at": 2.5, "on": "beat", "reference": 2.5, "offset_frames": 0, "reason": "It shows the storm that the sentence names."}],
    "shots": [
        {"number": 1, "at": 0.0, "seconds": 2.5, "files": ["beach.jpg"], "texts": ["A week at the sea"], "said": "Who stays for the storm?"}
        | {"transition": "cut", "on": "start", "reason": "It shows the storm that the sentence names.", "beat": 0, "picture": 0}
    ],
    "steps": [{"name": "Plan", "state": "succeeded", "runs": 1, "taken_from": None, "seconds": 1.2, "error": None}],
    "provider_calls": [{"capability": "voice", "provider": "hibari", "outcome": "succeeded", "detail": "", "milliseconds": 2140, "cost_micros": 0}],
    "gate": {
        "rows": [{"name": "loudness", "value": "-14.1 LUFS", "bound": "-14 ± 1 LUFS", "passed": True, "sentence": "It is as loud as the platforms play it."}]
    },
    "rights": [{"what": "music", "by": "Immich Memories", "licence": "MIT"}],
}


class GenerationReport(Answer):
    """``plan`` is the director's, ``gate`` holds the figures of the delivery gate; both are null until they are there.

    ``shots``: every shot, numbered as in the contact sheet; ``beat`` and ``picture`` are what a redo of it names.
    """

    model_config = shown(_EXAMPLE)

    generation: dict[str, Any]
    request: dict[str, Any]
    plan: dict[str, Any] | None
    duration_seconds: float | None
    cuts: list[dict[str, Any]]
    shots: list[dict[str, Any]]
    steps: list[dict[str, Any]]
    provider_calls: list[dict[str, Any]]
    gate: dict[str, Any] | None
    rights: list[dict[str, Any]]


def read_report(session: Session, storage: Storage, row: GenerationRow, described: dict[str, Any]) -> GenerationReport:
    """Gathers what is there. ``described`` is the generation as the API tells it."""
    document = find_reel(session, row.creator_id, row.reel_id, row.reel_version).document if row.reel_id else None
    reel = load_reel(document) if document else None
    render = session.get(RenderRow, row.render_id) if row.render_id else None
    plan = _read_plan(storage, row)
    return GenerationReport(
        generation=described,
        request=row.request,
        plan=plan,
        duration_seconds=round(float(reel.duration), 3) if reel else None,
        cuts=list_cuts(reel) if reel else [],
        shots=list_shots(reel, Plan.model_validate(plan) if plan and "beats" in plan else None, _file_names(session, row)) if reel else [],
        steps=[_describe_step(step) for step in list_steps(session, row.id)],
        provider_calls=[_describe_call(call) for call in list_provider_calls(session, row.id)],
        gate=render.report if render else None,
        rights=[entry.model_dump(mode="json") for entry in reel.rights] if reel else [],
    )


def _file_names(session: Session, row: GenerationRow) -> dict[str, str]:
    statement = select(MediaRow.id, MediaRow.file_name).where(MediaRow.creator_id == row.creator_id, MediaRow.id.in_(row.request["media_ids"]))
    return {found.id: found.file_name for found in session.execute(statement)}


def _read_plan(storage: Storage, row: GenerationRow) -> dict[str, Any] | None:
    try:
        return dict(storage.read_json(GenerationFiles(storage, row.creator_id, row.id).key(PLAN)))
    except NotFound:
        return None


def _describe_step(step: GenerationStepRow) -> dict[str, Any]:
    seconds = (step.finished_at - step.started_at).total_seconds() if step.finished_at else None
    error = {"type": step.error_type, "detail": step.error_detail} if step.error_type else None
    facts = {"name": step.name, "state": step.state, "runs": step.runs, "taken_from": step.taken_from}
    return {**facts, "seconds": None if seconds is None else round(seconds, 3), "error": error}


def _describe_call(call: ProviderCallRow) -> dict[str, Any]:
    names = ("capability", "provider", "outcome", "detail", "milliseconds", "cost_micros")
    return {name: getattr(call, name) for name in names}
