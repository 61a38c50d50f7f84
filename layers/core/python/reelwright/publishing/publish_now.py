"""Makes a post due at once."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from reelwright.publishing.edit_post import require_editable
from reelwright.publishing.find_account import load_account, require_connected
from reelwright.publishing.history import add_event
from reelwright.publishing.post import PostState
from reelwright.publishing.post_row import forget_attempt
from reelwright.publishing.tables import PostRow


def publish_now(session: Session, row: PostRow, now: datetime) -> None:
    """``row`` is locked: a draft, a planned post or a failed one. Raises Conflict where it has begun or is over, ReconnectNeeded."""
    require_editable(row)
    require_connected(load_account(session, row.creator_id, row.social_account_id))
    forget_attempt(row)
    row.state, row.stage, row.due_at, row.version, row.updated_at = PostState.SCHEDULED, None, now, row.version + 1, now
    add_event(session, row, "ordered", "You asked to post it now.", now)
