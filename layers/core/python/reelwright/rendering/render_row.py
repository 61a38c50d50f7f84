"""A render's row while the renderer works: claimed by one process, alive by its heartbeat, ended once."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from reelwright.creators.tables import CreatorRow
from reelwright.kit.errors import Cancelled, Conflict, NotFound, RenderFailed
from reelwright.rendering.tables import RenderRow

HEARTBEAT_STALE = timedelta(seconds=10)
DIED_SILENTLY = "The renderer stopped without saying why; it may have run out of memory. Please try again."


def lock_render(session: Session, render_id: str) -> RenderRow:
    """The row, locked. Raises NotFound."""
    row = session.scalars(select(RenderRow).where(RenderRow.id == render_id).with_for_update()).one_or_none()
    if row is None:
        raise NotFound(f"There is no render {render_id}.")
    return row


def is_rendered(row: RenderRow) -> bool:
    """Whether the master and its companions are stored."""
    return bool(row.files and "master" in row.files)


def admit_render(session: Session, render_id: str, running_per_creator: int, now: datetime) -> bool:
    """Whether the render may run; if so it is marked as running. The answer stays.

    Raises Cancelled where the creator asked to stop, Conflict where it ended without files.
    """
    row = lock_render(session, render_id)
    session.scalars(select(CreatorRow.id).where(CreatorRow.id == row.creator_id).with_for_update()).one()
    if row.is_cancel_requested or row.state == "cancelled":
        raise Cancelled("The render was cancelled.")
    if row.state in {"running", "succeeded"}:
        return True
    if row.state != "queued":
        raise Conflict("This render has ended.")
    if count_renders_ahead(session, row) >= running_per_creator:
        return False
    row.state, row.started_at = "running", now
    return True


def count_renders_ahead(session: Session, row: RenderRow) -> int:
    """How many of the same creator's renders run or were asked for earlier: the place in the queue, 0 is next."""
    is_earlier = or_(RenderRow.created_at < row.created_at, (RenderRow.created_at == row.created_at) & (RenderRow.id < row.id))
    is_ahead = or_(RenderRow.state == "running", (RenderRow.state == "queued") & is_earlier)
    statement = select(func.count()).select_from(RenderRow).where(RenderRow.creator_id == row.creator_id, RenderRow.id != row.id, is_ahead)
    return session.scalar(statement) or 0


def claim_render(session: Session, render_id: str, now: datetime) -> RenderRow | None:
    """The row for this process alone; None while another one is alive in it.

    A row that is rendered already is given back as it is. Raises Cancelled, and RenderFailed where it failed before.
    """
    row = lock_render(session, render_id)
    if is_rendered(row):
        return row
    if row.is_cancel_requested or row.state == "cancelled":
        raise Cancelled("The render was cancelled.")
    if row.state == "failed":
        raise RenderFailed(row.failure_detail or "This render has failed.")
    if row.heartbeat_at is not None and now - row.heartbeat_at < HEARTBEAT_STALE:
        return None
    row.state, row.started_at, row.heartbeat_at, row.percent = "running", row.started_at or now, now, 0
    return row


def report_progress(session: Session, render_id: str, percent: int, eta_seconds: int | None, now: datetime) -> bool:
    """Writes progress and heartbeat; whether the creator asked to stop."""
    row = lock_render(session, render_id)
    row.percent, row.eta_seconds, row.heartbeat_at = max(row.percent, percent), eta_seconds, now
    return row.is_cancel_requested


def keep_files_of_render(session: Session, render_id: str, files: dict[str, Any]) -> None:
    """Adds stored files to the row: from now on they are handed out."""
    row = lock_render(session, render_id)
    row.files = {**(row.files or {}), **files}


def finish_render(session: Session, render_id: str, now: datetime) -> None:
    """Marks the end. Raises Conflict where there are no files."""
    row = lock_render(session, render_id)
    if not is_rendered(row):
        raise Conflict("The renderer ended without a file.")
    row.state, row.percent, row.eta_seconds, row.finished_at = "succeeded", 100, 0, row.finished_at or now
    row.failure_type = row.failure_detail = None


def fail_render(session: Session, render_id: str, failure_type: str, detail: str, now: datetime) -> None:
    """Marks the failure, once; where the creator had asked to stop, it is a cancellation."""
    row = lock_render(session, render_id)
    if row.state in {"succeeded", "failed", "cancelled"}:
        return
    is_cancelled = row.is_cancel_requested or failure_type == "Cancelled"
    row.state, row.finished_at, row.eta_seconds = "cancelled" if is_cancelled else "failed", now, None
    if not is_cancelled:
        row.failure_type, row.failure_detail = failure_type, detail


def stop_renders_of(session: Session, generation_id: str, now: datetime) -> None:
    """Asks every open render of a generation to stop; those that no renderer works on end at once."""
    open_rows = select(RenderRow).where(RenderRow.generation_id == generation_id, RenderRow.state.in_(("queued", "running"))).with_for_update()
    for row in session.scalars(open_rows):
        row.is_cancel_requested = True
        is_alive = row.heartbeat_at is not None and now - row.heartbeat_at < HEARTBEAT_STALE
        if not is_alive:
            row.state, row.finished_at = "cancelled", now
