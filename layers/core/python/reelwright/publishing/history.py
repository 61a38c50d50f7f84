"""A post's history: one sentence per step, as its creator reads it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from reelwright.kit.identifiers import new_id
from reelwright.publishing.tables import PostEventRow, PostRow

TITLES = {"instagram": "Instagram", "facebook": "Facebook", "youtube": "YouTube", "tiktok": "TikTok"}
MINUTE_SECONDS = 60


@dataclass(frozen=True)
class Line:
    """A sentence for one post, before it has its number."""

    post_id: str
    creator_id: str
    sentence: str
    data: dict[str, Any] = field(default_factory=dict)


def add_event(session: Session, post: PostRow, type_: str, sentence: str, now: datetime, data: dict[str, Any] | None = None) -> None:
    """Appends a sentence. Whoever writes holds the post's row, so that numbers have no gap and no double."""
    add_events(session, type_, [Line(post.id, post.creator_id, sentence, data or {})], now)


def add_events(session: Session, type_: str, lines: Sequence[Line], now: datetime) -> None:
    """One sentence for each of many posts, in two statements."""
    if not lines:
        return
    posts = [line.post_id for line in lines]
    counted = select(PostEventRow.post_id, func.max(PostEventRow.number)).where(PostEventRow.post_id.in_(posts)).group_by(PostEventRow.post_id)
    numbers = {post_id: int(number) for post_id, number in session.execute(counted)}
    rows = [
        {
            "id": new_id("event"),
            "post_id": line.post_id,
            "creator_id": line.creator_id,
            "number": numbers.get(line.post_id, 0) + 1,
            "type": type_,
            "sentence": line.sentence,
            "data": line.data,
            "created_at": now,
        }
        for line in lines
    ]
    session.execute(insert(PostEventRow).values(rows))


def title_of(platform: str) -> str:
    """The platform's name as people write it."""
    return TITLES.get(platform, platform.title())


def say_duration(seconds: float) -> str:
    """'4 minutes', '2 hours and 5 minutes'."""
    minutes = max(1, round(seconds / MINUTE_SECONDS))
    hours, rest = divmod(minutes, 60)
    parts = [f"{count} {word}{'' if count == 1 else 's'}" for count, word in ((hours, "hour"), (rest, "minute")) if count]
    return " and ".join(parts)


def say_time(at: datetime) -> str:
    """A time of day in UTC, with its day."""
    return at.strftime("%d %b %H:%M UTC").lstrip("0")
