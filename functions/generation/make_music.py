"""Step 'Make Music': a piece of music as long as the reel, with its beats. Without one the reel goes on, and says so."""

from __future__ import annotations

from typing import Any

from functions.bootstrap import World
from reelwright.generation.compose_reel import fit_seconds
from reelwright.generation.elements import PlacedMusic
from reelwright.generation.keep_files import GenerationFiles
from reelwright.generation.open_generation import OpenGeneration, add_notes, open_generation
from reelwright.generation.plan import Plan
from reelwright.generation.provider import use_in_order
from reelwright.generation.record_calls import make_call_recorder
from reelwright.generation.write_sound import write_music
from reelwright.kit.errors import PartMissing, ProviderError
from reelwright.kit.work_folder import work_folder

STEP = "Make Music"
MAX_MUSIC_BYTES = 100_000_000


def run(event: dict[str, Any], world: World) -> dict[str, Any]:
    """``has_music``, and its facts where there is some. The voice is made at the same time, so the length is the plan's estimate."""
    return world.recorder.run(event["generation_id"], STEP, "making", "Fitting the music.", lambda: _make(event, world))


def _make(event: dict[str, Any], world: World) -> dict[str, Any]:
    with world.database.transaction() as session:
        generation = open_generation(session, event["generation_id"])
    plan = GenerationFiles(world.storage, generation.creator_id, generation.id).read("plan.json", Plan)
    try:
        placed = fit_music(generation, plan, fit_seconds(plan, 0.0), world)
    except (PartMissing, ProviderError) as error:
        with world.database.transaction() as session:
            add_notes(session, generation.id, [f"There is no music: {error.detail}"])
        return {"has_music": False}
    return {"has_music": True, "seconds": round(float(placed.reference.duration), 2), "bpm": placed.bpm, "title": placed.title, "provider": placed.provider}


def fit_music(generation: OpenGeneration, plan: Plan, seconds: float, world: World, files: GenerationFiles | None = None) -> PlacedMusic:
    """Makes and stores music of exactly this length, in ``files`` where it is a variant's. Raises PartMissing, ProviderError."""
    record = make_call_recorder(world.database.transaction, generation.creator_id, generation.id)
    seed = plan.seed if plan.music_seed is None else plan.music_seed
    made = use_in_order("music", world.providers.music, lambda provider: provider.make(plan.music_word, plan.bpm, seconds, seed), record)
    with work_folder(world.settings.work_directory, MAX_MUSIC_BYTES) as folder:
        return write_music(made, files or GenerationFiles(world.storage, generation.creator_id, generation.id), folder)
