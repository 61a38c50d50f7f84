"""Reads a creator's posts, their history and their counts."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from reelwright.kit.errors import NotFound
from reelwright.kit.keyset import PageRequest, RowPage, select_page
from reelwright.publishing.tables import PostEventRow, PostMetricsRow, PostRow


def find_post(session: Session, creator_id: str, post_id: str, *, is_to_change: bool = False) -> PostRow:
    """One post, locked where it is to be changed. Raises NotFound, also where it is somebody else's."""
    statement = select(PostRow).where(PostRow.id == post_id, PostRow.creator_id == creator_id)
    row = session.scalars(statement.with_for_update() if is_to_change else statement).one_or_none()
    if row is None:
        raise NotFound("There is no such post among yours.")
    return row


def list_posts(session: Session, creator_id: str, request: PageRequest, *, state: str | None = None, account_id: str | None = None) -> RowPage[PostRow]:
    """A page of the creator's posts."""
    statement = select(PostRow).where(PostRow.creator_id == creator_id)
    if state is not None:
        statement = statement.where(PostRow.state == state)
    if account_id is not None:
        statement = statement.where(PostRow.social_account_id == account_id)
    return select_page(session, statement, PostRow.created_at, PostRow.id, request)


def list_history(session: Session, post_id: str, after: int, limit: int) -> Sequence[PostEventRow]:
    """Sentences of a post after the one numbered ``after``, oldest first, and one more than ``limit`` where there are more."""
    statement = select(PostEventRow).where(PostEventRow.post_id == post_id, PostEventRow.number > after)
    return session.scalars(statement.order_by(PostEventRow.number).limit(limit + 1)).all()


def list_metrics(session: Session, post_id: str) -> Sequence[PostMetricsRow]:
    """Counts of a post, oldest first."""
    return session.scalars(select(PostMetricsRow).where(PostMetricsRow.post_id == post_id).order_by(PostMetricsRow.collected_at)).all()
