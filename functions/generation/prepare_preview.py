"""Step 'Prepare Preview': another variant's plan becomes a reel, and the render of its small preview a row."""

from __future__ import annotations

from typing import Any

from functions.bootstrap import World
from functions.compose_plan import FIRST_VERSION, compose_plan, make_reel_row
from functions.generation.make_music import fit_music
from functions.generation.make_voice import speak
from reelwright.generation.compose_reel import fit_seconds
from reelwright.generation.elements import PlacedMusic, PlacedVoice
from reelwright.generation.keep_files import GenerationFiles
from reelwright.generation.open_generation import OpenGeneration, open_generation
from reelwright.generation.plan import Plan
from reelwright.generation.variants import PREVIEW_WIDTH, keep_preview
from reelwright.generation.write_sound import write_voice
from reelwright.kit.errors import PartMissing, ProviderError
from reelwright.kit.identifiers import new_id
from reelwright.kit.work_folder import work_folder
from reelwright.reels.reel import Reel
from reelwright.rendering.tables import RenderRow

STEP = "Prepare Preview"
MAX_VOICE_BYTES = 50_000_000


def run(event: dict[str, Any], world: World) -> dict[str, Any]:
    """``render_id``, always the same one for a variant. ``number`` names the variant, from 2 on."""
    number = int(event["number"])
    return world.recorder.run(
        event["generation_id"], f"{STEP} {number}", "previewing", f"Putting variant {number} together.", lambda: _prepare(event["generation_id"], number, world)
    )


def _prepare(generation_id: str, number: int, world: World) -> dict[str, Any]:
    with world.database.transaction() as session:
        generation = open_generation(session, generation_id)
    files = GenerationFiles(world.storage, generation.creator_id, generation.id, number)
    plan = files.read("plan.json", Plan)
    voice = _find_voice(generation, plan, files, world)
    music = _make_music(generation, plan, fit_seconds(plan, float(voice.reference.duration) if voice else 0.0), files, world)
    reel = compose_plan(generation, plan, voice, music, world)
    return _keep(generation, number, reel, world)


def _find_voice(generation: OpenGeneration, plan: Plan, files: GenerationFiles, world: World) -> PlacedVoice | None:
    """The first variant's voice where it says the same; else this one's own."""
    if not plan.spoken_script or not world.recorder.read_output(generation.id, "Make Voice").get("has_voice", False):
        return None
    first = GenerationFiles(world.storage, generation.creator_id, generation.id)
    if first.read("plan.json", Plan).spoken_script == plan.spoken_script:
        return first.read("voice.json", PlacedVoice)
    spoken = speak(generation, plan, world)
    if spoken is None:
        return None
    with work_folder(world.settings.work_directory, MAX_VOICE_BYTES) as folder:
        return write_voice(spoken, files, folder)


def _make_music(generation: OpenGeneration, plan: Plan, seconds: float, files: GenerationFiles, world: World) -> PlacedMusic | None:
    try:
        return fit_music(generation, plan, seconds, world, files)
    except (PartMissing, ProviderError):
        return None  # the first variant's history has told it


def _keep(generation: OpenGeneration, number: int, reel: Reel, world: World) -> dict[str, Any]:
    row = make_reel_row(generation, reel)
    render = RenderRow(
        id=new_id("render"),
        creator_id=generation.creator_id,
        generation_id=generation.id,
        reel_id=row.id,
        reel_version=FIRST_VERSION,
        platforms=[],
        preview_width=PREVIEW_WIDTH,
        state="queued",
        created_at=world.clock(),
    )
    with world.database.transaction() as session:
        session.add_all((row, render))
        session.flush()
        keep_preview(session, generation.id, number, row.id, render.id)
    return {"render_id": render.id, "reel_id": row.id, "seconds": float(reel.duration)}
