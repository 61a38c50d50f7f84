"""Puts a finished rendition into the bucket and into its row: first the whole file, then the row that makes it visible."""

from __future__ import annotations

from pathlib import Path

from reelwright.kit.database import Database
from reelwright.kit.errors import NotFound
from reelwright.kit.storage import Storage
from reelwright.media.ingest import StoredRendition, find_rendition, record_rendition


def store_rendition(storage: Storage, database: Database, media_id: str, path: Path, rendition: StoredRendition) -> None:
    """Repeating it overwrites. Raises NotFound where the media was deleted meanwhile; then the file is taken away again."""
    storage.upload(path, rendition.storage_key, rendition.content_type)
    try:
        with database.transaction() as session:
            record_rendition(session, media_id, rendition)
    except NotFound:
        storage.delete(rendition.storage_key)
        raise


def is_stored(storage: Storage, database: Database, media_id: str, purpose: str) -> bool:
    """Whether the rendition is there as a whole, row and file."""
    with database.transaction() as session:
        rendition = find_rendition(session, media_id, purpose)
    if rendition is None:
        return False
    stored = storage.describe(rendition.storage_key)
    return stored is not None and stored.size_bytes == rendition.size_bytes
