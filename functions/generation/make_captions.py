"""Step 'Make Captions': the words to be shown, with the times at which the voice says them."""

from __future__ import annotations

from typing import Any

from functions.bootstrap import World
from reelwright.generation.caption_words import CaptionScript, caption_words
from reelwright.generation.elements import PlacedVoice
from reelwright.generation.keep_files import GenerationFiles
from reelwright.generation.open_generation import open_generation
from reelwright.generation.plan import Plan

STEP = "Make Captions"


def run(event: dict[str, Any], world: World) -> dict[str, Any]:
    """Writes ``captions.json``; ``words``: how many are shown."""
    return world.recorder.run(event["generation_id"], STEP, "captions", "Timing the captions.", lambda: _make(event, world))


def _make(event: dict[str, Any], world: World) -> dict[str, Any]:
    with world.database.transaction() as session:
        generation = open_generation(session, event["generation_id"])
    files = GenerationFiles(world.storage, generation.creator_id, generation.id)
    plan = files.read("plan.json", Plan)
    has_voice = world.recorder.read_output(generation.id, "Make Voice").get("has_voice", False)
    script: CaptionScript = caption_words(plan, files.read("voice.json", PlacedVoice) if has_voice else None)
    key = files.write("captions.json", script)
    return {"captions": key, "words": len(script.words), "is_spoken": has_voice}
