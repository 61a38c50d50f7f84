"""Reads a creator's renders."""

from __future__ import annotations

from sqlalchemy import func, select, tuple_
from sqlalchemy.orm import Session

from reelwright.kit.errors import NotFound
from reelwright.rendering.start_render import UNFINISHED
from reelwright.rendering.tables import RenderRow


def find_render(session: Session, creator_id: str, render_id: str, *, is_to_change: bool = False) -> RenderRow:
    """One render, locked where it is to be changed. Raises NotFound, also where it is somebody else's."""
    statement = select(RenderRow).where(RenderRow.id == render_id, RenderRow.creator_id == creator_id)
    row = session.scalars(statement.with_for_update() if is_to_change else statement).one_or_none()
    if row is None:
        raise NotFound("There is no such render among yours.")
    return row


def find_render_place(session: Session, row: RenderRow) -> int | None:
    """How many of the creator's renders are to be finished until this one begins; None when it does not wait."""
    if row.state != "queued":
        return None
    earlier = select(func.count()).where(
        RenderRow.creator_id == row.creator_id,
        RenderRow.state.in_(UNFINISHED),
        tuple_(RenderRow.created_at, RenderRow.id) < tuple_(row.created_at, row.id),
    )
    return session.scalar(earlier) or None
