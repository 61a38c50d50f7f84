"""Step 'Make Previews': thumbnail, poster and waveform."""

from __future__ import annotations

from typing import Any

from functions.bootstrap import World
from reelwright.kit.errors import Conflict
from reelwright.kit.work_folder import work_folder
from reelwright.media.ingest import NORMAL, StoredRendition, find_analysis_of, find_rendition, open_media
from reelwright.media.keep_renditions import store_rendition
from reelwright.media.previews import make_previews


def run(event: dict[str, Any], world: World) -> dict[str, Any]:
    """Stores the previews. Raises MediaRefused, NotFound (deleted meanwhile)."""
    with world.database.transaction() as session:
        media = open_media(session, event["media_id"])
        normal = find_rendition(session, media.id, NORMAL)
        analysis = find_analysis_of(session, media.id)
    if media.facts is None or normal is None or analysis is None:
        raise Conflict("This file was not analysed yet.")
    with work_folder(world.settings.work_directory, normal.size_bytes) as folder:
        previews = make_previews(world.storage.download(normal.storage_key, folder / "normal"), media.facts.kind, analysis, folder)
        for preview in previews:
            size = preview.path.stat().st_size
            key = media.rendition_key(preview.purpose, preview.path.suffix.lstrip("."))
            rendition = StoredRendition(preview.purpose, key, preview.content_type, size, preview.width, preview.height)
            store_rendition(world.storage, world.database, media.id, preview.path, rendition)
    return {"previews": [preview.purpose for preview in previews]}
