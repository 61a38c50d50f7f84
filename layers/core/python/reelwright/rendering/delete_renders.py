"""Deletes the renders of reels that go."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from reelwright.kit.errors import Conflict
from reelwright.rendering.tables import RenderRow


def delete_renders(session: Session, creator_id: str, reel_ids: Sequence[str]) -> list[str]:
    """Deletes the rows and returns the folders of their files, to be deleted when this is committed. Raises Conflict while one is running."""
    rows = session.scalars(select(RenderRow).where(RenderRow.creator_id == creator_id, RenderRow.reel_id.in_(reel_ids)).with_for_update()).all()
    if any(row.state in ("queued", "running") for row in rows):
        raise Conflict("A reel of this project is being rendered. Wait until it is finished, or cancel it.")
    for row in rows:
        session.delete(row)
    session.flush()
    return [folder_of(row.creator_id, row.id) for row in rows]


def folder_of(creator_id: str, render_id: str) -> str:
    """Where a render's files lie in the bucket."""
    return f"renders/{creator_id}/{render_id}/"
