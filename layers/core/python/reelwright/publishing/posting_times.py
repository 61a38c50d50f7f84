"""The best times to post, from the creator's own posts, with the number of posts that each stands on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from reelwright.publishing.post import PostState
from reelwright.publishing.tables import PostMetricsRow, PostRow

HOURS_PER_BLOCK = 3
FAIR_AGE = timedelta(hours=24)  # posts are compared by what they had after a day
LEAST_POSTS = 10
LEAST_PER_BLOCK = 3
MANY_POSTS = 30
LOOK_BACK = timedelta(days=180)


@dataclass(frozen=True)
class PostingTime:
    """A block of the week on the creator's clock; 0 is Monday. ``lift``: its median views over those of all the account's posts."""

    weekday: int
    from_hour: int
    to_hour: int
    posts: int
    median_views: float
    lift: float


@dataclass(frozen=True)
class PostingTimes:
    """The best first. ``sentence`` says how far it can be trusted."""

    posts: int
    times: tuple[PostingTime, ...]
    sentence: str


@dataclass(frozen=True)
class Counted:
    """A post's time and what it had after a day."""

    published_at: datetime
    views: int


def find_posting_times(session: Session, account_id: str, zone: ZoneInfo, now: datetime) -> PostingTimes:
    """From the account's posts of the last half year."""
    statement = (
        select(PostRow.id, PostRow.published_at, PostMetricsRow.collected_at, PostMetricsRow.views)
        .join(PostMetricsRow, PostMetricsRow.post_id == PostRow.id)
        .where(PostRow.social_account_id == account_id, PostRow.state == PostState.PUBLISHED, PostRow.published_at > now - LOOK_BACK)
        .where(PostMetricsRow.views.is_not(None), PostMetricsRow.collected_at >= PostRow.published_at + FAIR_AGE)
        .order_by(PostMetricsRow.collected_at)
    )
    first: dict[str, Counted] = {}
    for post_id, published_at, _, views in session.execute(statement):
        if published_at is not None and views is not None:
            first.setdefault(post_id, Counted(published_at, views))
    return rate_times(tuple(first.values()), zone)


def rate_times(counted: Sequence[Counted], zone: ZoneInfo) -> PostingTimes:
    """Blocks of three hours that have enough posts, by their lift."""
    if len(counted) < LEAST_POSTS:
        return PostingTimes(len(counted), (), f"{len(counted)} posts are too few to tell good times from luck; from {LEAST_POSTS} on there is an answer.")
    usual = median(post.views for post in counted)
    blocks: dict[tuple[int, int], list[int]] = defaultdict(list)
    for post in counted:
        local = post.published_at.astimezone(zone)
        blocks[local.weekday(), local.hour // HOURS_PER_BLOCK * HOURS_PER_BLOCK].append(post.views)
    times = [
        PostingTime(weekday, hour, hour + HOURS_PER_BLOCK, len(views), float(median(views)), round(median(views) / max(usual, 1), 2))
        for (weekday, hour), views in blocks.items()
        if len(views) >= LEAST_PER_BLOCK
    ]
    return PostingTimes(len(counted), tuple(sorted(times, key=lambda time: -time.lift)), _say(len(counted), len(times)))


def _say(posts: int, blocks: int) -> str:
    if not blocks:
        return f"Your {posts} posts are spread too thin: no time of the week has {LEAST_PER_BLOCK} of them yet."
    if posts < MANY_POSTS:
        return f"From {posts} posts: a first hint, no more. Each time says how many posts it stands on."
    return f"From {posts} posts. Each time says how many of them it stands on."
