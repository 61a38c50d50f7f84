"""Step 'Make Voice': speaks the script. Where no provider can, the reel goes on with captions alone, and says so."""

from __future__ import annotations

from typing import Any

from functions.bootstrap import World
from reelwright.generation.keep_files import GenerationFiles
from reelwright.generation.open_generation import OpenGeneration, add_notes, open_generation
from reelwright.generation.plan import Plan
from reelwright.generation.provider import SpokenVoice, TellingVoice, VoiceProvider, use_in_order
from reelwright.generation.record_calls import make_call_recorder
from reelwright.generation.voice_catalogue import explain_absence
from reelwright.generation.write_sound import write_voice
from reelwright.kit.errors import PartMissing, ProviderError
from reelwright.kit.work_folder import work_folder

STEP, STAGE, NEXT_STAGE = "Make Voice", "making", "captions"
LONG_SCRIPT_SENTENCES = 3
MAX_VOICE_BYTES = 50_000_000


def run(event: dict[str, Any], world: World) -> dict[str, Any]:
    """``has_voice``, and ``seconds`` where there is one."""
    return world.recorder.run(event["generation_id"], STEP, STAGE, "Speaking the script.", lambda: _make(event, world))


def _make(event: dict[str, Any], world: World) -> dict[str, Any]:
    with world.database.transaction() as session:
        generation = open_generation(session, event["generation_id"])
    files = GenerationFiles(world.storage, generation.creator_id, generation.id)
    plan = files.read("plan.json", Plan)
    spoken = speak(generation, plan, world) if plan.spoken_script else None
    if spoken is None:
        return {"has_voice": False}
    with work_folder(world.settings.work_directory, MAX_VOICE_BYTES) as folder:
        placed = write_voice(spoken, files, folder)
    return {"has_voice": True, "seconds": round(float(placed.reference.duration), 2), "words": len(placed.words), "provider": placed.provider}


def speak(generation: OpenGeneration, plan: Plan, world: World) -> SpokenVoice | None:
    """The voice that was asked for anew, else the brief's, else the language's usual one; a note says which and why."""
    wish = plan.voice or generation.request.brief.voice
    for voice in dict.fromkeys((wish, "")):
        try:
            return _ask(generation, plan, world, voice)
        except (PartMissing, ProviderError) as error:
            why = explain_absence(plan.language, voice) if voice else ""
            sentence = f"The usual voice instead of “{voice}”: {why or error.detail}" if voice else f"Captions without a voice: {error.detail}"
            with world.database.transaction() as session:
                add_notes(session, generation.id, [sentence])
    return None


def _ask(generation: OpenGeneration, plan: Plan, world: World, voice: str) -> SpokenVoice | None:
    record = make_call_recorder(world.database.transaction, generation.creator_id, generation.id)

    def ask(provider: VoiceProvider) -> SpokenVoice | None:
        if isinstance(provider, TellingVoice):
            return provider.speak_telling(plan.spoken_script, plan.language, voice, lambda done, total: _tell(generation.id, done, total, world))
        return provider.speak(plan.spoken_script, plan.language, *((voice,) if voice else ()))

    return use_in_order("voice", world.providers.voice, ask, record)


def _tell(generation_id: str, done: int, total: int, world: World) -> None:
    """Progress of a long script, sentence by sentence; a short one is done before anybody looks."""
    if total >= LONG_SCRIPT_SENTENCES:
        world.recorder.say_progress(generation_id, STEP, STAGE, NEXT_STAGE, done / total, f"Spoken: {done} of {total} sentences.")
