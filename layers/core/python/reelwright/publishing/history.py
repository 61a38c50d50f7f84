"""A post's history: one sentence per step, as its creator reads it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from reelwright.kit.identifiers import new_id
from reelwright.publishing.tables import PostRow

TITLES = {"instagram": "Instagram", "facebook": "Facebook", "youtube": "YouTube", "tiktok": "TikTok"}
MINUTE_SECONDS = 60
# One parameter for all lines: building a statement of thousands of them takes longer than running it.
_ADD = text("""
    INSERT INTO post_events (id, post_id, creator_id, number, type, sentence, data, created_at)
    SELECT line.id, line.post_id, line.creator_id, coalesce((SELECT max(number) FROM post_events WHERE post_id = line.post_id), 0) + 1,
           :type, line.sentence, line.data, :now
    FROM jsonb_to_recordset(cast(:lines AS jsonb)) AS line(id text, post_id text, creator_id text, sentence text, data jsonb)
""")


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
    """One sentence for each of many posts, in one statement; a post stands among them once."""
    if not lines:
        return
    session.flush()  # a post that is new in this session is there before its first sentence
    given = [{"id": new_id("event"), **asdict(line)} for line in lines]
    session.execute(_ADD, {"type": type_, "now": now, "lines": json.dumps(given)})


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
