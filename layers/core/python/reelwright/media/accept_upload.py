"""Takes an upload that has arrived: its real size is held against the announced one, then it may be ingested."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from reelwright.kit.storage import StoredFile
from reelwright.media.media import MAX_VIDEO_BYTES, MediaState
from reelwright.media.tables import MediaRow

LARGEST_UPLOAD_BYTES = MAX_VIDEO_BYTES


@dataclass(frozen=True)
class AcceptedUpload:
    """``refusal`` is a sentence where the file is not taken; else this attempt's execution is to be started."""

    media_id: str
    creator_id: str
    attempt: int
    refusal: str | None = None


def accept_upload(session: Session, stored: StoredFile, now: datetime) -> AcceptedUpload | None:
    """Marks the media as ingesting. None where the file belongs to no row or was dealt with before.

    An upload that is reported twice gives the same attempt twice, so that it is started once.
    """
    row = session.scalars(select(MediaRow).where(MediaRow.storage_key == stored.key).with_for_update()).one_or_none()
    if row is None or row.state in (MediaState.READY, MediaState.REFUSED):
        return None
    if row.state == MediaState.AWAITING_UPLOAD:
        refusal = _check_size(stored.size_bytes, row.size_bytes)
        row.uploaded_at = now
        if refusal:
            row.state, row.failure_type, row.refusal_reason = MediaState.REFUSED, "MediaRefused", refusal
            return AcceptedUpload(row.id, row.creator_id, row.execution_attempts, refusal)
        row.state, row.execution_attempts = MediaState.INGESTING, row.execution_attempts + 1
    return AcceptedUpload(row.id, row.creator_id, row.execution_attempts)


def _check_size(arrived: int, announced: int) -> str | None:
    if arrived == 0:
        return "This file is empty (0 bytes)."
    if arrived > LARGEST_UPLOAD_BYTES:
        return f"This file has {arrived / 1_000_000:.0f} MB; up to {LARGEST_UPLOAD_BYTES // 1_000_000} MB are taken."
    if arrived != announced:
        return f"The upload has {arrived} bytes although {announced} were announced. Upload the file again."
    return None
