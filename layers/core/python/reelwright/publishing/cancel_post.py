"""Cancels a post, or deletes one that was never posted."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from reelwright.kit.errors import Conflict
from reelwright.publishing.history import add_event
from reelwright.publishing.post import EDITABLE_STATES, PostState
from reelwright.publishing.post_row import may_be_posted
from reelwright.publishing.tables import PostRow


def cancel_post(session: Session, row: PostRow, now: datetime, *, ends_series: bool = False) -> None:
    """``row`` is locked. The rest of a series goes on unless ``ends_series``. Cancelling twice changes nothing. Raises Conflict where it is too late."""
    if row.state == PostState.CANCELLED:
        return
    is_sending = row.state == PostState.PUBLISHING and not may_be_posted(row)
    if row.state not in EDITABLE_STATES and not is_sending:
        raise Conflict("It is too late to cancel: the post is out, or may be. Delete it on the platform.")
    row.state, row.stage, row.version, row.updated_at, row.look_again_at = PostState.CANCELLED, None, row.version + 1, now, None
    if ends_series:
        row.recurrence = None
    goes_on = " The next one of its series comes as planned." if row.recurrence is not None else ""
    add_event(session, row, "cancelled", f"You cancelled it; nothing was posted.{goes_on}", now)


def delete_post(session: Session, row: PostRow) -> None:
    """``row`` is locked. Raises Conflict for a post that is or may be on the account: its history is kept."""
    if row.state not in EDITABLE_STATES | {PostState.CANCELLED}:
        raise Conflict("A post that is out, or may be, stays in the history. Cancel it while it waits, or delete it on the platform.")
    session.delete(row)
