"""Reads a creator's media: one, many, their renditions and what was seen in them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from reelwright.kit.errors import FieldError, NotFound
from reelwright.kit.keyset import PageRequest, RowPage, select_page
from reelwright.media.tables import MediaAnalysisRow, MediaRow, RenditionRow


def find_media(session: Session, creator_id: str, media_id: str) -> MediaRow:
    """One media. Raises NotFound, also where it is somebody else's."""
    row = session.scalars(select(MediaRow).where(MediaRow.id == media_id, MediaRow.creator_id == creator_id)).one_or_none()
    if row is None:
        raise NotFound("There is no such file among yours.")
    return row


def list_media(session: Session, creator_id: str, state: str | None, request: PageRequest) -> RowPage[MediaRow]:
    """A page of the creator's media, of one state where asked for."""
    statement = select(MediaRow).where(MediaRow.creator_id == creator_id)
    if state is not None:
        statement = statement.where(MediaRow.state == state)
    return select_page(session, statement, MediaRow.created_at, MediaRow.id, request)


def find_all_media(session: Session, creator_id: str, media_ids: Sequence[str], pointer: str = "/media_ids") -> list[MediaRow]:
    """The media of these ids in their order. Raises NotFound naming each that is not there or not the creator's."""
    rows = {row.id: row for row in session.scalars(select(MediaRow).where(MediaRow.creator_id == creator_id, MediaRow.id.in_(media_ids)))}
    missing = [FieldError(f"{pointer}/{place}", "There is no such file among yours.") for place, media_id in enumerate(media_ids) if media_id not in rows]
    if missing:
        raise NotFound("Some of the files are not among yours. Upload them first.", errors=missing)
    return [rows[media_id] for media_id in media_ids]


def find_renditions(session: Session, media_ids: Collection[str]) -> Mapping[str, list[RenditionRow]]:
    """The renditions of each media, by media id."""
    found: dict[str, list[RenditionRow]] = defaultdict(list)
    for row in session.scalars(select(RenditionRow).where(RenditionRow.media_id.in_(media_ids)).order_by(RenditionRow.purpose)):
        found[row.media_id].append(row)
    return found


def find_analysis(session: Session, creator_id: str, media_id: str) -> MediaAnalysisRow:
    """What was seen in a media. Raises NotFound, also where it was not looked at yet."""
    find_media(session, creator_id, media_id)
    row = session.get(MediaAnalysisRow, media_id)
    if row is None:
        raise NotFound("This file was not looked at yet. Ask again when its state is ready.")
    return row
