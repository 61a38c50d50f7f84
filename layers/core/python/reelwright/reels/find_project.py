"""Reads a creator's projects."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from reelwright.kit.errors import NotFound
from reelwright.kit.keyset import PageRequest, RowPage, select_page
from reelwright.reels.tables import ProjectRow


def find_project(session: Session, creator_id: str, project_id: str, *, is_to_change: bool = False) -> ProjectRow:
    """One project, locked where it is to be changed. Raises NotFound, also where it is somebody else's."""
    statement = select(ProjectRow).where(ProjectRow.id == project_id, ProjectRow.creator_id == creator_id)
    row = session.scalars(statement.with_for_update() if is_to_change else statement).one_or_none()
    if row is None:
        raise NotFound("There is no such project among yours.")
    return row


def list_projects(session: Session, creator_id: str, request: PageRequest) -> RowPage[ProjectRow]:
    """A page of the creator's projects."""
    return select_page(session, select(ProjectRow).where(ProjectRow.creator_id == creator_id), ProjectRow.created_at, ProjectRow.id, request)
