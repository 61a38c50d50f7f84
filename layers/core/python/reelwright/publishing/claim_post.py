"""Claims posts whose time has come: each row once, however many schedulers ask at the same time.

Up to six hours late a post is published with a note; later its creator is asked, because an evening's greeting is no good the next morning.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, select, update
from sqlalchemy.orm import Session

from reelwright.publishing.history import Line, add_events, say_duration, title_of
from reelwright.publishing.post import PostStage, PostState
from reelwright.publishing.tables import PostRow

LATEST = timedelta(hours=6)
NOTED_LATENESS = timedelta(minutes=2)
CLAIMS_AT_ONCE = 500


def claim_due_posts(session: Session, now: datetime, owner: str, limit: int = CLAIMS_AT_ONCE) -> list[str]:
    """The ids of up to ``limit`` due posts that are this owner's now. Rows that another claims at the same time are skipped.

    Posts that are later than ``LATEST`` are not published: they fail with words that ask, and are not among the ids.
    """
    let_go_of_late_posts(session, now, limit)
    due = select(PostRow.id).where(PostRow.state == PostState.SCHEDULED, PostRow.due_at <= now, PostRow.due_at >= now - LATEST)
    chosen = session.scalars(due.order_by(PostRow.due_at, PostRow.id).limit(limit).with_for_update(skip_locked=True)).all()
    return _claim(session, chosen, now, owner)


def claim_post(session: Session, post_id: str, version: int, now: datetime, owner: str) -> bool:
    """Whether this one post is the owner's now: a timer of an older version, and one that is cancelled, claimed or not due yet, does nothing."""
    let_go_of_late_posts(session, now, 1, post_id)
    due = select(PostRow.id).where(
        PostRow.id == post_id, PostRow.version == version, PostRow.state == PostState.SCHEDULED, PostRow.due_at <= now, PostRow.due_at >= now - LATEST
    )
    chosen = session.scalars(due.with_for_update(skip_locked=True)).all()
    return bool(_claim(session, chosen, now, owner))


def let_go_of_late_posts(session: Session, now: datetime, limit: int, post_id: str | None = None) -> int:
    """Posts that missed their time by more than ``LATEST`` wait for a word of their creator; says how many."""
    late = select(PostRow.id).where(PostRow.state == PostState.SCHEDULED, PostRow.due_at < now - LATEST)
    if post_id is not None:
        late = late.where(PostRow.id == post_id)
    chosen = session.scalars(late.limit(limit).with_for_update(skip_locked=True)).all()
    if not chosen:
        return 0
    rows = session.scalars(select(PostRow).where(PostRow.id.in_(chosen))).all()
    lines = []
    for row in rows:
        lateness = say_duration((now - (row.due_at or now)).total_seconds())
        sentence = f"Its time passed {lateness} ago, so it was not posted. Retry to post it now, or choose another time."
        row.state, row.stage, row.failure_type, row.failure_detail, row.is_retryable = PostState.FAILED, None, "TooLate", sentence, True
        row.updated_at = now
        lines.append(Line(row.id, row.creator_id, sentence, {"type": "TooLate"}))
    session.flush()
    add_events(session, "failed", lines, now)
    return len(rows)


def _claim(session: Session, ids: Sequence[str], now: datetime, owner: str) -> list[str]:
    if not ids:
        return []
    values: dict[str, Any] = {
        "state": PostState.PUBLISHING,
        "stage": PostStage.CLAIMED,
        "attempt": PostRow.attempt + 1,
        "execution_attempts": 0,
        "claimed_at": now,
        "claimed_by": owner,
        "committed_at": None,
        "look_again_at": None,
        "failure_type": None,
        "failure_detail": None,
        "is_retryable": False,
        "updated_at": now,
    }
    statement = (
        update(PostRow).where(PostRow.id.in_(ids)).values(**values).returning(PostRow.id, PostRow.creator_id, PostRow.platform, PostRow.due_at, PostRow.counts)
    )
    claimed: Sequence[Row[str, str, str, datetime | None, dict[str, Any] | None]] = session.execute(
        statement, execution_options={"synchronize_session": False}
    ).all()
    told = [row for row in claimed if not (row.counts or {}).get("pauses")]  # what goes on after an outage has said so
    add_events(session, "claimed", [Line(row.id, row.creator_id, _say_claim(row.platform, row.due_at, now), {"owner": owner}) for row in told], now)
    return [row.id for row in claimed]


def _say_claim(platform: str, due_at: datetime | None, now: datetime) -> str:
    lateness = now - (due_at or now)
    if lateness > NOTED_LATENESS:
        return f"It starts {say_duration(lateness.total_seconds())} late: nothing could be started at its time. It goes to {title_of(platform)} now."
    return f"Its time has come; it goes to {title_of(platform)}."
