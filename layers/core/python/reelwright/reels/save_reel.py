"""Writes a new version of a reel; the versions before stay as they are."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from reelwright.kit.errors import FieldError, NotFound, Stale
from reelwright.reels.reel import Reel, dump_reel
from reelwright.reels.tables import ReelRow

_PLACES = ("uploads", "media", "generations")


def save_new_version(session: Session, newest: ReelRow, reel: Reel, now: datetime) -> ReelRow:
    """The version after ``newest``. Raises NotFound for files that are not the creator's, Stale where somebody was quicker."""
    check_files(reel, newest.creator_id)
    row = ReelRow(
        id=newest.id,
        version=newest.version + 1,
        creator_id=newest.creator_id,
        project_id=newest.project_id,
        generation_id=newest.generation_id,
        document=dump_reel(reel),
        created_at=now,
    )
    session.add(row)
    try:
        session.flush()
    except IntegrityError:
        raise Stale(f"Version {row.version} of this reel was saved in the meantime. Load it, then change it again.") from None
    return row


def check_files(reel: Reel, creator_id: str) -> None:
    """Raises NotFound where the document names a stored file that does not lie in one of the creator's own folders."""
    strange = [FieldError(pointer, "There is no such file among yours.") for pointer, key in _files(reel) if not _is_owned(key, creator_id)]
    if strange:
        raise NotFound("The reel names files that are not among yours.", errors=strange)


def _files(reel: Reel) -> Iterator[tuple[str, str]]:
    for name, media in reel.media.items():
        yield f"/media/{name}/file", media.file
    for name, sound in reel.sounds.items():
        yield f"/sounds/{name}/file", sound.file


def _is_owned(key: str, creator_id: str) -> bool:
    parts = key.split("/")
    return len(parts) > 2 and parts[0] in _PLACES and parts[1] == creator_id and ".." not in parts
