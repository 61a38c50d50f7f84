"""Step 'Normalise Media': makes the one form of the file that everything later reads."""

from __future__ import annotations

from typing import Any

from functions.bootstrap import World
from reelwright.kit.errors import Conflict
from reelwright.kit.work_folder import work_folder
from reelwright.media.ingest import NORMAL, StoredRendition, open_media, record_facts
from reelwright.media.keep_renditions import is_stored, store_rendition
from reelwright.media.media import FREE_DISK_TIMES_INPUT
from reelwright.media.normalise import normalise_media


def run(event: dict[str, Any], world: World) -> dict[str, Any]:
    """Stores the rendition 'normal', and its length and rate as those of the media. Raises MediaRefused, TooLarge (disk), NotFound (deleted meanwhile)."""
    with world.database.transaction() as session:
        media = open_media(session, event["media_id"])
    if media.facts is None:
        raise Conflict("This file was not probed yet.")
    if is_stored(world.storage, world.database, media.id, NORMAL):
        return {"is_new": False}
    with work_folder(world.settings.work_directory, FREE_DISK_TIMES_INPUT * media.size_bytes) as folder:
        original = world.storage.download(media.storage_key, folder / "original")
        normal = normalise_media(original, media.facts, folder)
        key = media.rendition_key(NORMAL, normal.path.suffix.lstrip("."))
        rendition = StoredRendition(NORMAL, key, normal.content_type, normal.path.stat().st_size, normal.width, normal.height)
        # The length first: a plan never asks for frames that the rendition does not hold.
        with world.database.transaction() as session:
            facts = media.facts.model_copy(update={"duration_seconds": normal.duration_seconds, "frame_rate": normal.frame_rate})
            record_facts(session, media.id, facts)
        store_rendition(world.storage, world.database, media.id, normal.path, rendition)
    return {"is_new": True}
