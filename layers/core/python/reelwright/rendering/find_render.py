"""Reads a creator's renders."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from reelwright.kit.errors import NotFound
from reelwright.rendering.render_row import count_renders_ahead
from reelwright.rendering.tables import RenderRow


def find_render(session: Session, creator_id: str, render_id: str, *, is_to_change: bool = False) -> RenderRow:
    """One render, locked where it is to be changed. Raises NotFound, also where it is somebody else's."""
    statement = select(RenderRow).where(RenderRow.id == render_id, RenderRow.creator_id == creator_id)
    row = session.scalars(statement.with_for_update() if is_to_change else statement).one_or_none()
    if row is None:
        raise NotFound("There is no such render among yours.")
    return row


def find_render_place(session: Session, row: RenderRow) -> int | None:
    """How many of the creator's renders end before this one begins; None when it does not wait."""
    return count_renders_ahead(session, row) or None if row.state == "queued" else None
