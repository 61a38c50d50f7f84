"""What the API says of a post."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from functions.api.answers import Answer, Failure, shown
from reelwright.publishing.post import CommentState, PostContent, PostState
from reelwright.publishing.recurrence import Recurrence, Series
from reelwright.publishing.schedule import Schedule
from reelwright.publishing.tables import PostMetricsRow, PostRow

POST: dict[str, Any] = {
    "id": "post_01jdc5w0fk7q2m3n4p5r6s7t8v",
    "social_account_id": "account_01jdc5w0fk7q2m3n4p5r6s7t8v",
    "platform": "instagram",
    "render_id": "render_01jdc5w0fk7q2m3n4p5r6s7t8v",
    "content": PostContent(caption="A quiet room above the harbour", is_ai_generated=True).model_dump(mode="json"),
    "state": "scheduled",
    "stage": None,
    "sent_bytes": 0,
    "schedule": {"wall_time": "2026-12-24T18:30", "time_zone": "Europe/Berlin"},
    "due_at": "2026-12-24T17:30:00Z",
    "recurrence": None,
    "series_id": None,
    "version": 2,
    "permalink": None,
    "warning": None,
    "failure": None,
    "is_retryable": False,
    "published_at": None,
    "first_comment_state": None,
    "created_at": "2026-11-24T09:00:00Z",
    "updated_at": "2026-11-24T09:00:00Z",
}


class PostAnswer(Answer):
    """One post of yours; ``version`` is its ETag. ``state``: draft → scheduled → publishing → published, failed or unconfirmed; or cancelled.

    ``stage`` and ``sent_bytes`` say how far publishing is. ``warning`` is what the check before its hour found. A published post without
    ``permalink`` has none yet, or never gets one. ``first_comment_state`` is null until a post with a first comment is published; whatever becomes of
    the comment, the post stays published, and its history says it in a sentence.
    """

    model_config = shown(POST)

    id: str
    social_account_id: str
    platform: str
    render_id: str
    content: PostContent
    state: PostState
    stage: str | None
    sent_bytes: int
    schedule: Schedule | None
    due_at: datetime | None
    recurrence: Recurrence | None
    series_id: str | None
    version: int
    permalink: str | None
    warning: str | None
    failure: Failure | None
    is_retryable: bool
    published_at: datetime | None
    first_comment_state: CommentState | None
    created_at: datetime
    updated_at: datetime


class PostCounts(Answer):
    """What the platform counted at one time; null where it does not tell."""

    model_config = shown({"collected_at": "2026-12-25T18:31:00Z", "views": 1204, "likes": 96, "comments": 11, "shares": None})

    collected_at: datetime
    views: int | None
    likes: int | None
    comments: int | None
    shares: int | None


def describe_post(row: PostRow) -> PostAnswer:
    """The row in the API's words."""
    planned = Schedule(wall_time=row.wall_time, time_zone=row.time_zone) if row.wall_time and row.time_zone else None
    return PostAnswer(
        id=row.id,
        social_account_id=row.social_account_id,
        platform=row.platform,
        render_id=row.render_id,
        content=PostContent.model_validate(row.content),
        state=PostState(row.state),
        stage=row.stage,
        sent_bytes=row.sent_bytes,
        schedule=planned,
        due_at=row.due_at,
        recurrence=Series.model_validate(row.recurrence).rule if row.recurrence else None,
        series_id=row.series_id,
        version=row.version,
        permalink=row.permalink or None,
        warning=row.check_detail or None,
        failure=Failure(type=row.failure_type, detail=row.failure_detail or "") if row.failure_type else None,
        is_retryable=row.is_retryable,
        published_at=row.published_at,
        first_comment_state=CommentState(row.comment_state) if row.comment_state else None,
        created_at=row.created_at,
        updated_at=row.updated_at,
    )


def describe_counts(row: PostMetricsRow) -> PostCounts:
    """The counts in the API's words."""
    return PostCounts(collected_at=row.collected_at, views=row.views, likes=row.likes, comments=row.comments, shares=row.shares)
