"""Reads a creator's reels and their versions."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from reelwright.kit.errors import NotFound
from reelwright.reels.tables import ReelRow


def find_reel(session: Session, creator_id: str, reel_id: str, version: int | None = None, *, is_to_change: bool = False) -> ReelRow:
    """One version of a reel, the newest where none is named. Raises NotFound, also where it is somebody else's."""
    statement = select(ReelRow).where(ReelRow.id == reel_id, ReelRow.creator_id == creator_id).order_by(ReelRow.version.desc()).limit(1)
    if version is not None:
        statement = statement.where(ReelRow.version == version)
    row = session.scalars(statement.with_for_update() if is_to_change else statement).one_or_none()
    if row is None:
        raise NotFound("There is no such reel among yours." if version is None else f"There is no version {version} of such a reel among yours.")
    return row


def list_reels_of_project(session: Session, creator_id: str, project_id: str) -> Sequence[str]:
    """The ids of a project's reels."""
    return session.scalars(select(ReelRow.id).where(ReelRow.creator_id == creator_id, ReelRow.project_id == project_id).distinct()).all()


def list_versions(session: Session, creator_id: str, reel_id: str, before: int | None, limit: int) -> tuple[list[ReelRow], int | None]:
    """Versions from the newest down, and the version to go on before. Raises NotFound where there is no such reel."""
    find_reel(session, creator_id, reel_id)
    statement = select(ReelRow).where(ReelRow.id == reel_id, ReelRow.creator_id == creator_id)
    if before is not None:
        statement = statement.where(ReelRow.version < before)
    rows = list(session.scalars(statement.order_by(ReelRow.version.desc()).limit(limit + 1)))
    return rows[:limit], rows[limit - 1].version if len(rows) > limit else None
