"""Step 'Probe Media': says what the file really is, or why it is left out."""

from __future__ import annotations

from typing import Any

from functions.bootstrap import World
from reelwright.kit.work_folder import work_folder
from reelwright.media.ingest import open_media, record_facts
from reelwright.media.media import FREE_DISK_TIMES_INPUT
from reelwright.media.probe import probe_media


def run(event: dict[str, Any], world: World) -> dict[str, Any]:
    """Stores the facts. Raises MediaRefused, TooLarge (disk), NotFound (deleted meanwhile)."""
    with world.database.transaction() as session:
        media = open_media(session, event["media_id"])
    facts = media.facts
    if facts is None:
        with work_folder(world.settings.work_directory, FREE_DISK_TIMES_INPUT * media.size_bytes) as folder:
            facts = probe_media(world.storage.download(media.storage_key, folder / "original"))
        with world.database.transaction() as session:
            record_facts(session, media.id, facts)
    return {"kind": facts.kind}
