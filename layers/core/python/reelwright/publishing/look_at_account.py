"""Finds out, only by reading, what became of a post whose irreversible call was made. May be asked for ever."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from reelwright.kit.errors import PlatformError
from reelwright.publishing.fail_post import doubt_post
from reelwright.publishing.post import PostState
from reelwright.publishing.post_row import lock_post
from reelwright.publishing.posting_means import PostingMeans, take_in_hand
from reelwright.publishing.settle_post import LOOK_LEASE, LookAnswer, is_open_to_looks, postpone_look, settle_post
from reelwright.publishing.tables import PostRow


def look_at_account(means: PostingMeans, post_id: str, now: datetime, attempt: int | None = None) -> LookAnswer:
    """Published with its link, failed in words, absent and so to be retried, or looked at again later. ``attempt``: whose execution it is, if any's.

    An error of the platform only postpones the look: it says nothing about the post.
    """
    with means.database.transaction() as session:
        row = lock_post(session, post_id)
        if attempt is not None and row.attempt != attempt:
            return LookAnswer(is_over=True)
        if row.state == PostState.PUBLISHING and row.committed_at is None:
            return LookAnswer(is_over=False, goes_back=True)
        if not is_open_to_looks(row):
            return LookAnswer(is_over=True)
        since = row.committed_at or now
        if row.state == PostState.PUBLISHING:
            row.look_again_at = now + LOOK_LEASE
    try:
        at_hand = take_in_hand(means, post_id, now)
        outcome = at_hand.platform.look(at_hand.account, at_hand.order, at_hand.checkpoint, since)
    except PlatformError:
        with means.database.transaction() as session:
            row = lock_post(session, post_id)
            if is_open_to_looks(row) and row.state == PostState.PUBLISHING:
                doubt_post(session, row, now)
            return postpone_look(session, row, now, is_doubtful=True, by_execution=attempt is not None)
    with means.database.transaction() as session:
        return settle_post(session, lock_post(session, post_id), outcome, now, by_execution=attempt is not None)


def claim_looks(session: Session, now: datetime, limit: int) -> Sequence[str]:
    """Ids of posts that wait for a look whose time has come; for a while they are this caller's alone."""
    is_waiting = or_(
        PostRow.state == PostState.UNCONFIRMED,
        and_(PostRow.state == PostState.PUBLISHED, PostRow.permalink.is_(None)),
    )
    due = select(PostRow).where(is_waiting, PostRow.look_again_at <= now).order_by(PostRow.look_again_at).limit(limit)
    rows = session.scalars(due.with_for_update(skip_locked=True)).all()
    for row in rows:
        row.look_again_at = now + LOOK_LEASE
    return [row.id for row in rows]
