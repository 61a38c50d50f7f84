"""Step 'Analyse Media': what is seen and heard in the file."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from functions.bootstrap import World
from reelwright.kit.errors import Conflict
from reelwright.kit.work_folder import work_folder
from reelwright.media.analyse import analyse_media
from reelwright.media.eyes import Eyes
from reelwright.media.ingest import NORMAL, find_analysis_of, find_rendition, open_media, record_analysis


@lru_cache(maxsize=1)
def load_eyes(cache: Path | None) -> Eyes:
    """This process's models; they take half a second to load."""
    return Eyes(cache)


def run(event: dict[str, Any], world: World) -> dict[str, Any]:
    """Stores the analysis. Raises MediaRefused, NotFound (deleted meanwhile)."""
    with world.database.transaction() as session:
        media = open_media(session, event["media_id"])
        normal = find_rendition(session, media.id, NORMAL)
        known = find_analysis_of(session, media.id)
    if known is not None:
        return {"is_new": False}
    if media.facts is None or normal is None:
        raise Conflict("This file was not normalised yet.")
    cache = world.settings.cache_directory
    with work_folder(world.settings.work_directory, normal.size_bytes) as folder:
        analysis = analyse_media(world.storage.download(normal.storage_key, folder / "normal"), media.facts.kind, load_eyes(cache), cache)
    with world.database.transaction() as session:
        record_analysis(session, media.id, analysis)
    return {"is_new": True}
