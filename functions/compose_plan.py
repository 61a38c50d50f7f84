"""Part of the steps 'Compose' and 'Prepare Preview': a plan with its voice and music becomes a reel's row."""

from __future__ import annotations

from functions.bootstrap import World
from functions.read_captions import finish_captions
from reelwright.generation.compose_reel import compose_reel
from reelwright.generation.elements import PlacedMusic, PlacedVoice
from reelwright.generation.load_material import load_material, load_references
from reelwright.generation.open_generation import OpenGeneration
from reelwright.generation.plan import Plan
from reelwright.kit.identifiers import new_id
from reelwright.reels.reel import Reel, dump_reel
from reelwright.reels.tables import ReelRow

FIRST_VERSION = 1


def compose_plan(generation: OpenGeneration, plan: Plan, voice: PlacedVoice | None, music: PlacedMusic | None, world: World) -> Reel:
    """The reel in the shape that was asked for. Raises InvalidInput, NotFound, TooLarge, RenderFailed."""
    with world.database.transaction() as session:
        material = load_material(session, generation.creator_id, generation.request.media_ids)
        references = load_references(session, material)
    brief = generation.request.brief
    return finish_captions(compose_reel(plan, material, references, voice, music, brief.shape, brief.glossary), generation, material, world)


def make_reel_row(generation: OpenGeneration, reel: Reel) -> ReelRow:
    """Version 1 of a new reel of the generation."""
    return ReelRow(
        id=new_id("reel"),
        version=FIRST_VERSION,
        creator_id=generation.creator_id,
        project_id=generation.project_id,
        generation_id=generation.id,
        document=dump_reel(reel),
    )
