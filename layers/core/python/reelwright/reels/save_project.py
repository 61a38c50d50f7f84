"""Writes projects: create, replace, duplicate, delete. Whether media and template exist is the caller's to check."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from reelwright.kit.errors import Conflict
from reelwright.kit.identifiers import new_id
from reelwright.reels.project import MAX_PROJECT_NAME_CHARACTERS, ProjectDraft
from reelwright.reels.tables import ProjectRow, ReelRow


def create_project(session: Session, creator_id: str, draft: ProjectDraft, now: datetime) -> ProjectRow:
    """A new project of version 1."""
    row = ProjectRow(id=new_id("project"), creator_id=creator_id, created_at=now, version=0)
    _write(row, draft, now)
    session.add(row)
    session.flush()
    return row


def replace_project(session: Session, row: ProjectRow, draft: ProjectDraft, now: datetime) -> ProjectRow:
    """The project with everything as in ``draft``, one version on. The row is locked by the caller."""
    _write(row, draft, now)
    session.flush()
    return row


def duplicate_project(session: Session, row: ProjectRow, now: datetime) -> ProjectRow:
    """A copy of the project, of version 1; the media are shared."""
    copy = read_draft(row).model_copy(update={"name": f"{row.name[: MAX_PROJECT_NAME_CHARACTERS - 7]} (copy)"})
    return create_project(session, row.creator_id, copy, now)


def delete_project(session: Session, row: ProjectRow, is_in_use: bool) -> None:
    """Deletes the project with its generations and reels; its media stay. Raises Conflict while a reel of it is being made."""
    if is_in_use:
        raise Conflict("A reel of this project is being made. Wait until it is finished, or cancel it.")
    session.execute(delete(ReelRow).where(ReelRow.project_id == row.id))
    session.delete(row)
    session.flush()


def read_draft(row: ProjectRow) -> ProjectDraft:
    """The project as its creator wrote it."""
    return ProjectDraft.model_validate({"name": row.name, "template": row.template, "brief": row.brief, "media_ids": tuple(row.media_ids)})


def _write(row: ProjectRow, draft: ProjectDraft, now: datetime) -> None:
    row.name, row.template, row.media_ids = draft.name, draft.template, list(draft.media_ids)
    row.brief = draft.brief.model_dump(mode="json")
    row.version, row.updated_at = row.version + 1, now
