"""Asks the platforms what became of posts: after an hour, six, a day, three, seven and twenty-eight days."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from reelwright.kit.database import Database
from reelwright.kit.errors import PlatformError
from reelwright.publishing.find_account import account_with, load_account, way_of
from reelwright.publishing.grant import Grant
from reelwright.publishing.platform import Metrics, Platform
from reelwright.publishing.post import PostState
from reelwright.publishing.social_account import AccountState, ConnectWay
from reelwright.publishing.tables import PostMetricsRow, PostRow

AGES = tuple(timedelta(hours=hours) for hours in (1, 6, 24, 72, 168, 672))
LOOK_BACK = AGES[-1] + timedelta(days=2)
POSTS_AT_ONCE = 100
GrantOf = Callable[[str], Grant]
"""The account's valid grant by its id. Raises PlatformError."""


@dataclass(frozen=True)
class DuePost:
    """A published post whose counts are due."""

    post_id: str
    creator_id: str
    external_id: str


def collect_metrics(database: Database, platforms: Mapping[ConnectWay, Platform], grant_of: GrantOf, now: datetime, limit: int = POSTS_AT_ONCE) -> int:
    """How many posts were counted. An account that does not answer is asked again at the next call; the others are not held up."""
    with database.transaction() as session:
        due = find_due_posts(session, now, limit)
    counted = 0
    for account_id, posts in due.items():
        try:
            found = _ask(database, platforms, grant_of, account_id, posts)
        except PlatformError:
            continue
        with database.transaction() as session:
            counted += keep_metrics(session, posts, found, now)
    return counted


def find_due_posts(session: Session, now: datetime, limit: int) -> dict[str, list[DuePost]]:
    """Posts by account whose newest counts are older than the last age that they have reached."""
    newest = select(PostMetricsRow.post_id, func.max(PostMetricsRow.collected_at).label("at")).group_by(PostMetricsRow.post_id).subquery()
    statement = (
        select(PostRow, newest.c.at)
        .outerjoin(newest, newest.c.post_id == PostRow.id)
        .where(PostRow.state == PostState.PUBLISHED, PostRow.external_id.is_not(None), PostRow.external_id != "")
        .where(PostRow.published_at <= now - AGES[0], PostRow.published_at > now - LOOK_BACK)
        .order_by(newest.c.at.asc().nulls_first(), PostRow.published_at)
    )
    due: dict[str, list[DuePost]] = {}
    count = 0
    for row, collected_at in session.execute(statement).yield_per(limit):
        if count >= limit:
            break
        if is_due(row.published_at, collected_at, now):
            due.setdefault(row.social_account_id, []).append(DuePost(row.id, row.creator_id, row.external_id))
            count += 1
    return due


def is_due(published_at: datetime, collected_at: datetime | None, now: datetime) -> bool:
    """Whether an age has passed since the counts were last taken."""
    reached = [published_at + age for age in AGES if published_at + age <= now]
    return bool(reached) and (collected_at is None or collected_at < reached[-1])


def keep_metrics(session: Session, posts: Sequence[DuePost], found: Mapping[str, Metrics], now: datetime) -> int:
    """Writes the counts; a post that the account shows no more gets an empty line, so that it is not asked for again at once."""
    for post in posts:
        counts = found.get(post.external_id, Metrics())
        values = {"views": counts.views, "likes": counts.likes, "comments": counts.comments, "shares": counts.shares}
        row = {"post_id": post.post_id, "collected_at": now, "creator_id": post.creator_id, **values}
        session.execute(insert(PostMetricsRow).values(**row).on_conflict_do_nothing())
    return len(posts)


def _ask(database: Database, platforms: Mapping[ConnectWay, Platform], grant_of: GrantOf, account_id: str, posts: Sequence[DuePost]) -> Mapping[str, Metrics]:
    with database.transaction() as session:
        row = load_account(session, posts[0].creator_id, account_id)
    if row.state != AccountState.CONNECTED:
        return {}
    return platforms[way_of(row)].read_metrics(account_with(row, grant_of(account_id)), [post.external_id for post in posts])
