"""Step 'Tell Creator': the last sentence of the history, and the generation's end."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy.orm import Session

from functions.bootstrap import World
from reelwright.generation.end_generation import succeed_generation
from reelwright.generation.record_steps import load_generation
from reelwright.generation.variants import VariantFacts, read_variants
from reelwright.rendering.tables import RenderRow

STEP = "Tell Creator"


def run(event: dict[str, Any], world: World) -> dict[str, Any]:
    """Marks the generation as succeeded and says so."""
    return world.recorder.run(event["generation_id"], STEP, "exporting", "Almost there.", lambda: _tell(event, world))


def _tell(event: dict[str, Any], world: World) -> dict[str, Any]:
    with world.database.transaction() as session:
        render = session.get_one(RenderRow, event["render_id"])
        generation = load_generation(session, event["generation_id"])
        rows = (render.report or {}).get("rows", [])
        sentence = write_sentence([row["name"] for row in rows if not row["passed"]], len(rows))
        data = {"reel_id": generation.reel_id, "render_id": render.id, "platforms": list(render.platforms)}
        sentence += _tell_previews(session, read_variants(generation.variants)[1:])
        succeed_generation(session, generation.id, sentence, data, world.clock())
    return {"sentence": sentence}


def _tell_previews(session: Session, others: Sequence[VariantFacts]) -> str:
    """How many previews there are to choose from, and which variants have none."""
    ready = [variant.number for variant in others if _has_preview(session, variant)]
    missing = [str(variant.number) for variant in others if variant.number not in ready]
    told = f" {len(ready)} other variant{'s' if len(ready) > 1 else ''} can be looked at as a preview." if ready else ""
    return told + (f" There is no preview of variant {' and '.join(missing)}." if missing else "")


def _has_preview(session: Session, variant: VariantFacts) -> bool:
    render = session.get(RenderRow, variant.render_id) if variant.render_id else None
    return render is not None and render.state == "succeeded"


def write_sentence(faults: list[str], checks: int) -> str:
    """What a creator reads last."""
    if not faults:
        return f"Your reel is ready. All {checks} checks passed."
    return f"Your reel is ready. {len(faults)} of {checks} checks did not pass: {', '.join(faults)}."
