"""Step 'Compose': plan, material, voice and music become the reel document, version 1."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from functions.bootstrap import World
from functions.generation.make_music import fit_music
from functions.read_captions import make_readable
from reelwright.generation.compose_reel import compose_reel, explain_composition, fit_seconds
from reelwright.generation.elements import PlacedMusic, PlacedVoice
from reelwright.generation.keep_files import GenerationFiles
from reelwright.generation.load_material import load_material, load_references
from reelwright.generation.open_generation import OpenGeneration, add_notes, open_generation
from reelwright.generation.plan import Plan
from reelwright.generation.record_steps import load_generation
from reelwright.kit.identifiers import new_id
from reelwright.reels.reel import Reel, dump_reel
from reelwright.reels.tables import ReelRow

STEP = "Compose"
FIRST_VERSION = 1
MUSIC_TOLERANCE_SECONDS = 0.02


def run(event: dict[str, Any], world: World) -> dict[str, Any]:
    """Writes the reels row; ``reel_id`` and its length."""
    return world.recorder.run(event["generation_id"], STEP, "composing", "Putting the reel together.", lambda: _compose(event, world))


def _compose(event: dict[str, Any], world: World) -> dict[str, Any]:
    with world.database.transaction() as session:
        generation = open_generation(session, event["generation_id"])
        material = load_material(session, generation.creator_id, generation.request.media_ids)
        references = load_references(session, material)
    files = GenerationFiles(world.storage, generation.creator_id, generation.id)
    plan = files.read("plan.json", Plan)
    has_voice = world.recorder.read_output(generation.id, "Make Voice").get("has_voice", False)
    voice = files.read("voice.json", PlacedVoice) if has_voice else None
    music = _read_music(generation, plan, voice, files, world)
    reel = make_readable(compose_reel(plan, material, references, voice, music), world)
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
    """The id of the reel's row; a row that a killed run left is taken over, so that a generation has one reel."""
    with world.database.transaction() as session:
        row = session.scalars(select(ReelRow).where(ReelRow.generation_id == generation.id)).first()
        if row is None:
            row = ReelRow(
                id=new_id("reel"),
                version=FIRST_VERSION,
                creator_id=generation.creator_id,
                project_id=generation.project_id,
                generation_id=generation.id,
                document=dump_reel(reel),
            )
            session.add(row)
        else:
            row.document = dump_reel(reel)
        of_generation = load_generation(session, generation.id)
        of_generation.reel_id, of_generation.reel_version = row.id, row.version
        return row.id
