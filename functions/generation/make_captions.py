"""Step 'Make Captions': the words to be shown, with the times at which the voice, or the people in the clips, say them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from functions.bootstrap import World
from reelwright.generation.caption_words import CaptionScript, caption_words
from reelwright.generation.elements import PlacedVoice
from reelwright.generation.keep_files import GenerationFiles
from reelwright.generation.load_material import find_rendition, load_material
from reelwright.generation.open_generation import OpenGeneration, add_notes, check_not_cancelled, open_generation
from reelwright.generation.plan import Plan, PlannedMedia
from reelwright.generation.provider import Samples, use_in_order
from reelwright.generation.record_calls import make_call_recorder
from reelwright.generation.transcribe import LISTEN_RATE, MOST_SECONDS_OF_CLIP, HeardClips, clips_to_hear, hear_clips
from reelwright.kit.errors import NotFound, PartMissing, ProviderError
from reelwright.kit.work_folder import work_folder
from reelwright.media.analyse import NORMAL_DEMUXER
from reelwright.media.hearing import read_samples

STEP = "Make Captions"
HEARD_FILE = "heard.json"


def run(event: dict[str, Any], world: World) -> dict[str, Any]:
    """Writes ``captions.json``; ``words``: how many are shown. ``heard``: how many words were heard in clips (``heard.json``)."""
    return world.recorder.run(event["generation_id"], STEP, "captions", "Timing the captions.", lambda: _make(event, world))


def _make(event: dict[str, Any], world: World) -> dict[str, Any]:
    with world.database.transaction() as session:
        generation = open_generation(session, event["generation_id"])
    files = GenerationFiles(world.storage, generation.creator_id, generation.id)
    plan = files.read("plan.json", Plan)
    has_voice = world.recorder.read_output(generation.id, "Make Voice").get("has_voice", False)
    script: CaptionScript = caption_words(plan, files.read("voice.json", PlacedVoice) if has_voice else None)
    key = files.write("captions.json", script)
    heard = _hear(generation, plan, world)
    if heard.clips:
        files.write(HEARD_FILE, heard)
    return {"captions": key, "words": len(script.words), "is_spoken": has_voice, "heard": sum(len(clip.words) for clip in heard.clips)}


def _hear(generation: OpenGeneration, plan: Plan, world: World) -> HeardClips:
    """What is said in the clips, where no voice of ours speaks. Without a recogniser: nothing, and a note that says how to add one."""
    with world.database.transaction() as session:
        material = load_material(session, generation.creator_id, generation.request.media_ids)
    clips = clips_to_hear(plan, material)
    if not clips:
        return HeardClips()
    record = make_call_recorder(world.database.transaction, generation.creator_id, generation.id)
    brief = generation.request.brief
    try:
        return hear_clips(
            clips,
            lambda media: _read(generation, media, world),
            lambda samples, spans: use_in_order(
                "transcribe", world.providers.transcribe, lambda provider: provider.transcribe(samples, spans, brief.language, brief.glossary), record
            ),
        )
    except (PartMissing, ProviderError) as error:
        with world.database.transaction() as session:
            add_notes(session, generation.id, [f"Somebody speaks in your clips; that has no captions. {error.detail}"])
        return HeardClips()


def _read(generation: OpenGeneration, media: PlannedMedia, world: World) -> Samples:
    """The clip's sound, mono, as recognisers take it. Raises NotFound where the file has none any more."""
    with world.database.transaction() as session:
        check_not_cancelled(session, generation.id)
        normal = find_rendition(session, media.media_id, "normal")
    with work_folder(world.settings.work_directory, normal.size_bytes) as folder:
        path = world.storage.download(normal.storage_key, folder / f"normal{Path(normal.storage_key).suffix}")
        samples = read_samples(path, NORMAL_DEMUXER, LISTEN_RATE, "mono", MOST_SECONDS_OF_CLIP)
    if samples is None:
        raise NotFound(f"The sound of {media.file_name} is not there any more. Upload it again.")
    return samples
