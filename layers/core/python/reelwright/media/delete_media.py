"""Deletes a media with everything derived from it."""

from __future__ import annotations

from sqlalchemy.orm import Session

from reelwright.kit.errors import Conflict
from reelwright.media.find_media import find_media, find_renditions


def delete_media(session: Session, creator_id: str, media_id: str, is_in_use: bool) -> list[str]:
    """Deletes the rows and returns the storage keys, to be deleted when this is committed.

    Raises NotFound, and Conflict where a generation that is not finished uses it.
    """
    row = find_media(session, creator_id, media_id)
    if is_in_use:
        raise Conflict(f"{row.file_name} is in a reel that is being made. Wait until it is finished, or cancel it.")
    keys = [row.storage_key, *(rendition.storage_key for rendition in find_renditions(session, [media_id])[media_id])]
    session.delete(row)
    session.flush()
    return keys
