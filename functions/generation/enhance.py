"""Step 'Enhance': the photos that the plans show get a better rendition, once for each photo."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PIL import Image

from functions.bootstrap import World
from reelwright.generation.keep_files import GenerationFiles
from reelwright.generation.load_material import find_rendition, has_rendition, list_unenhanced_photos
from reelwright.generation.open_generation import OpenGeneration, add_notes, check_not_cancelled, open_generation
from reelwright.generation.plan import Plan
from reelwright.generation.provider import use_in_order
from reelwright.generation.record_calls import make_call_recorder
from reelwright.kit.errors import PartMissing, ProviderError
from reelwright.kit.identifiers import new_id
from reelwright.kit.work_folder import work_folder
from reelwright.media.tables import RenditionRow

STEP = "Enhance"


def run(event: dict[str, Any], world: World) -> dict[str, Any]:
    """``enhanced``: how many photos were improved. A provider that fails leaves the photo as it is, and a note."""
    return world.recorder.run(event["generation_id"], STEP, "making", "Improving the photos.", lambda: _enhance(event, world))


def _enhance(event: dict[str, Any], world: World) -> dict[str, Any]:
    with world.database.transaction() as session:
        generation = open_generation(session, event["generation_id"])
    plans = [
        GenerationFiles(world.storage, generation.creator_id, generation.id, number).read("plan.json", Plan)
        for number in (1, *world.recorder.read_output(generation.id, "Plan").get("variants", ()))
    ]
    wanted = list(dict.fromkeys(media_id for plan in plans for beat in plan.beats for media_id in beat.media_ids))
    with world.database.transaction() as session:
        photos = list_unenhanced_photos(session, generation.creator_id, wanted)
    enhanced = 0
    try:
        for media_id in photos:
            with world.database.transaction() as session:
                check_not_cancelled(session, generation.id)
            enhanced += _enhance_one(generation, media_id, world)
    except (ProviderError, PartMissing) as error:
        with world.database.transaction() as session:
            add_notes(session, generation.id, [f"Photos stay as they are: {error.detail}"])
    return {"enhanced": enhanced, "looked_at": len(photos)}


def _enhance_one(generation: OpenGeneration, media_id: str, world: World) -> bool:
    record = make_call_recorder(world.database.transaction, generation.creator_id, generation.id)
    with world.database.transaction() as session:
        normal = find_rendition(session, media_id, "normal")
    with work_folder(world.settings.work_directory, 3 * normal.size_bytes) as folder:
        source = world.storage.download(normal.storage_key, folder / f"normal{Path(normal.storage_key).suffix}")
        target = folder / "enhanced.jpg"
        if not use_in_order("enhance", world.providers.enhance, lambda provider: provider.enhance(source, target), record):
            return False
        key = world.storage.upload(target, f"media/{generation.creator_id}/{media_id}/enhanced.jpg", "image/jpeg")
        row = _describe(target, key, media_id, generation.creator_id)
    with world.database.transaction() as session:
        if not has_rendition(session, media_id, "enhanced"):
            session.add(row)
    return True


def _describe(target: Path, key: str, media_id: str, creator_id: str) -> RenditionRow:
    with Image.open(target) as picture:
        width, height = picture.size
    return RenditionRow(
        id=new_id("rendition"),
        creator_id=creator_id,
        media_id=media_id,
        purpose="enhanced",
        storage_key=key,
        content_type="image/jpeg",
        size_bytes=target.stat().st_size,
        width=width,
        height=height,
    )
