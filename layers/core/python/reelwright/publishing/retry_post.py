"""A failed post is published again because its creator asks for it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from reelwright.kit.errors import Conflict
from reelwright.publishing.history import add_event
from reelwright.publishing.post import PostState
from reelwright.publishing.post_row import forget_attempt
from reelwright.publishing.tables import PostRow


def retry_post(session: Session, row: PostRow, now: datetime) -> None:
    """``row`` is locked. It is due at once, with a new version and a fresh upload; a timer of before does nothing. Raises Conflict unless it failed.

    Where the earlier try made its irreversible call, the account is looked at once more before anything is sent.
    """
    if row.state != PostState.FAILED:
        raise Conflict("Only a failed post can be retried.")
    forget_attempt(row)
    row.state, row.stage, row.due_at, row.version, row.updated_at = PostState.SCHEDULED, None, now, row.version + 1, now
    add_event(session, row, "retried", "You asked for another try.", now)
