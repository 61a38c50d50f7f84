"""Rows of a media on its way from an upload to something usable. Every verb may be repeated: a step that was killed runs again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from reelwright.kit.errors import MediaRefused, NotFound
from reelwright.kit.identifiers import new_id
from reelwright.media.analysis import MediaAnalysis
from reelwright.media.media import MediaFacts, MediaState
from reelwright.media.tables import MediaAnalysisRow, MediaRow, RenditionRow

NORMAL = "normal"


@dataclass(frozen=True)
class OpenMedia:
    """What a step needs of the row. ``facts`` is None before probing."""

    id: str
    creator_id: str
    storage_key: str
    size_bytes: int
    facts: MediaFacts | None

    def rendition_key(self, purpose: str, extension: str) -> str:
        """Where a rendition lies in the bucket."""
        return f"media/{self.creator_id}/{self.id}/{purpose}.{extension}"


@dataclass(frozen=True)
class StoredRendition:
    """A rendition that lies in the bucket as a whole."""

    purpose: str
    storage_key: str
    content_type: str
    size_bytes: int
    width: int | None
    height: int | None


def open_media(session: Session, media_id: str) -> OpenMedia:
    """The media of a step. Raises NotFound (deleted meanwhile), and MediaRefused where it was refused before."""
    row = session.get(MediaRow, media_id)
    if row is None:
        raise NotFound("This file was deleted.")
    if row.state == MediaState.REFUSED:
        raise MediaRefused(row.refusal_reason or "This file was refused.")
    facts = None if row.facts is None else MediaFacts.model_validate(row.facts)
    return OpenMedia(row.id, row.creator_id, row.storage_key, row.size_bytes, facts)


def record_facts(session: Session, media_id: str, facts: MediaFacts) -> None:
    """Stores what probing found. Raises NotFound."""
    row = _lock(session, media_id)
    row.kind, row.facts = facts.kind, facts.model_dump(mode="json")


def find_rendition(session: Session, media_id: str, purpose: str) -> StoredRendition | None:
    """The rendition of this purpose, or None."""
    statement = select(RenditionRow).where(RenditionRow.media_id == media_id, RenditionRow.purpose == purpose)
    row = session.scalars(statement).one_or_none()
    return None if row is None else StoredRendition(row.purpose, row.storage_key, row.content_type, row.size_bytes, row.width, row.height)


def record_rendition(session: Session, media_id: str, rendition: StoredRendition) -> None:
    """Stores the rendition, in place of an earlier one of the same purpose. Raises NotFound."""
    creator_id = _lock(session, media_id).creator_id
    values = {
        "storage_key": rendition.storage_key,
        "content_type": rendition.content_type,
        "size_bytes": rendition.size_bytes,
        "width": rendition.width,
        "height": rendition.height,
    }
    row = insert(RenditionRow).values(id=new_id("rendition"), creator_id=creator_id, media_id=media_id, purpose=rendition.purpose, **values)
    session.execute(row.on_conflict_do_update(index_elements=["media_id", "purpose"], set_=values))


def find_analysis_of(session: Session, media_id: str) -> MediaAnalysis | None:
    """What was seen in it, or None where nobody looked yet."""
    row = session.get(MediaAnalysisRow, media_id)
    return None if row is None else MediaAnalysis.model_validate(row.analysis)


def record_analysis(session: Session, media_id: str, analysis: MediaAnalysis) -> None:
    """Stores what was seen, in place of an earlier look. Raises NotFound."""
    creator_id = _lock(session, media_id).creator_id
    found = analysis.model_dump(mode="json")
    row = insert(MediaAnalysisRow).values(media_id=media_id, creator_id=creator_id, analysis=found)
    session.execute(row.on_conflict_do_update(index_elements=["media_id"], set_={"analysis": found}))


def mark_ready(session: Session, media_id: str, now: datetime) -> None:
    """From now on plans may use it. Nothing happens where it is ready already. Raises NotFound, MediaRefused."""
    row = _lock(session, media_id)
    if row.state == MediaState.REFUSED:
        raise MediaRefused(row.refusal_reason or "This file was refused.")
    if row.state != MediaState.READY:
        row.state, row.ready_at = MediaState.READY, now


def refuse_media(session: Session, media_id: str, failure_type: str, sentence: str) -> bool:
    """Leaves the file out, with the reason. False where there is nothing to refuse: deleted, ready, or refused before."""
    row = session.get(MediaRow, media_id, with_for_update=True)
    if row is None or row.state in (MediaState.READY, MediaState.REFUSED):
        return False
    row.state, row.failure_type, row.refusal_reason = MediaState.REFUSED, failure_type, sentence
    return True


def _lock(session: Session, media_id: str) -> MediaRow:
    row = session.get(MediaRow, media_id, with_for_update=True)
    if row is None:
        raise NotFound("This file was deleted.")
    return row
