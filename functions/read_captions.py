"""Part of the steps that compose: captions for the clips' own speech, names as they are spelt, all of it readable on the real pictures."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from functions.bootstrap import World
from reelwright.generation.caption_names import protect_names
from reelwright.generation.composing.caption_clips import caption_clips
from reelwright.generation.keep_files import GenerationFiles
from reelwright.generation.open_generation import OpenGeneration
from reelwright.generation.plan import PlannedMedia
from reelwright.generation.transcribe import HeardClips
from reelwright.kit.work_folder import work_folder
from reelwright.reels.reel import Reel
from reelwright.rendering.improve_captions import files_to_measure, improve_captions
from reelwright.rendering.improve_titles import files_of_titles, improve_titles

CAPTIONS_STEP, HEARD_FILE = "Make Captions", "heard.json"


def finish_captions(reel: Reel, generation: OpenGeneration, material: Sequence[PlannedMedia], world: World) -> Reel:
    """The composed reel with all that its captions need. Raises NotFound, TooLarge, RenderFailed."""
    glossary = generation.request.brief.glossary
    if world.recorder.read_output(generation.id, CAPTIONS_STEP).get("heard", 0):
        heard = GenerationFiles(world.storage, generation.creator_id, generation.id).read(HEARD_FILE, HeardClips)
        reel = caption_clips(reel, heard, material, glossary)
    reel = reel.model_copy(update={"captions": protect_names(reel.captions, glossary)})
    return make_readable(reel, world)


def make_readable(reel: Reel, world: World) -> Reel:
    """The reel with the help that its titles and captions need on their pictures. Raises NotFound, TooLarge, RenderFailed."""
    keys = list(dict.fromkeys([*files_of_titles(reel), *files_to_measure(reel)]))
    if not keys:
        return reel
    sizes = [found.size_bytes for key in keys if (found := world.storage.describe(key)) is not None]
    with work_folder(world.settings.work_directory, sum(sizes)) as folder:
        files = {key: world.storage.download(key, folder / f"{number:03d}{Path(key).suffix}") for number, key in enumerate(keys)}
        return improve_captions(improve_titles(reel, files), files)
