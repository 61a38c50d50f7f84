"""Step 'Compose': plan, material, voice and music become the reel document, version 1."""

from __future__ import annotations

from typing import Any

from functions.bootstrap import World
from functions.compose_plan import FIRST_VERSION, compose_plan, make_reel_row
from functions.generation.make_music import fit_music
from reelwright.generation.compose_reel import explain_composition, fit_seconds
from reelwright.generation.elements import PlacedMusic, PlacedVoice
from reelwright.generation.keep_files import GenerationFiles
from reelwright.generation.open_generation import OpenGeneration, add_notes, open_generation
from reelwright.generation.plan import Plan
from reelwright.generation.record_steps import load_generation
from reelwright.reels.reel import Reel, dump_reel
from reelwright.reels.tables import ReelRow

STEP = "Compose"
MUSIC_TOLERANCE_SECONDS = 0.02


def run(event: dict[str, Any], world: World) -> dict[str, Any]:
    """Writes the reels row; ``reel_id`` and its length."""
    return world.recorder.run(event["generation_id"], STEP, "composing", "Putting the reel together.", lambda: _compose(event, world))


def _compose(event: dict[str, Any], world: World) -> dict[str, Any]:
    with world.database.transaction() as session:
        generation = open_generation(session, event["generation_id"])
    files = GenerationFiles(world.storage, generation.creator_id, generation.id)
    plan = files.read("plan.json", Plan)
    has_voice = world.recorder.read_output(generation.id, "Make Voice").get("has_voice", False)
    voice = files.read("voice.json", PlacedVoice) if has_voice else None
    reel = compose_plan(generation, plan, voice, _read_music(generation, plan, voice, files, world), world)
    reel_id = _keep(generation, reel, world)
    with world.database.transaction() as session:
        add_notes(session, generation.id, explain_composition(plan, reel))
    return {"reel_id": reel_id, "reel_version": FIRST_VERSION, "seconds": float(reel.duration), "shots": len(reel.tracks[0].clips)}


def _read_music(generation: OpenGeneration, plan: Plan, voice: PlacedVoice | None, files: GenerationFiles, world: World) -> PlacedMusic | None:
    """The music, fitted again where the voice turned out longer or shorter than the plan's estimate."""
    if not world.recorder.read_output(generation.id, "Make Music").get("has_music", False):
        return None
    music = files.read("music.json", PlacedMusic)
    wanted = fit_seconds(plan, float(voice.reference.duration) if voice else 0.0)
    if abs(float(music.reference.duration) - wanted) <= MUSIC_TOLERANCE_SECONDS:
        return music
    return fit_music(generation, plan, wanted, world)


def _keep(generation: OpenGeneration, reel: Reel, world: World) -> str:
    """The id of the reel's row; a row that a killed run left is taken over, so that a generation has one reel of its first plan."""
    with world.database.transaction() as session:
        of_generation = load_generation(session, generation.id)
        row = session.get(ReelRow, (of_generation.reel_id, FIRST_VERSION)) if of_generation.reel_id else None
        if row is None:
            row = make_reel_row(generation, reel)
            session.add(row)
        else:
            row.document = dump_reel(reel)
        of_generation.reel_id, of_generation.reel_version = row.id, row.version
        return row.id
