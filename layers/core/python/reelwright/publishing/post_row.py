"""A post's row: made, and while it is worked on locked, moved from stage to stage, with its tries counted."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from reelwright.kit.errors import Conflict, NotFound
from reelwright.kit.identifiers import new_id
from reelwright.publishing.post import PostStage, PostState
from reelwright.publishing.tables import PostRow

AFTER_COMMIT = frozenset({PostStage.COMMITTING, PostStage.CONFIRMING})
AT_WORK = frozenset({PostState.PUBLISHING, PostState.UNCONFIRMED})


def new_post(creator_id: str, account_id: str, platform: str, render_id: str, content: dict[str, Any], now: datetime) -> PostRow:
    """A draft, not in any session yet."""
    return PostRow(
        id=new_id("post"),
        creator_id=creator_id,
        social_account_id=account_id,
        platform=platform,
        render_id=render_id,
        content=content,
        state=PostState.DRAFT,
        version=1,
        attempt=0,
        execution_attempts=0,
        sent_bytes=0,
        is_retryable=False,
        created_at=now,
        updated_at=now,
    )


def lock_post(session: Session, post_id: str) -> PostRow:
    """The row, locked until the transaction ends. Raises NotFound."""
    row = session.scalars(select(PostRow).where(PostRow.id == post_id).with_for_update()).one_or_none()
    if row is None:
        raise NotFound(f"There is no post {post_id}.")
    return row


def lock_attempt(session: Session, post_id: str, attempt: int) -> PostRow:
    """The row of a post that this attempt publishes. Raises Conflict where it has ended or another attempt has begun."""
    row = lock_post(session, post_id)
    if row.state != PostState.PUBLISHING or row.attempt != attempt:
        raise Conflict("This attempt to publish the post is over.")
    return row


def may_be_posted(row: PostRow) -> bool:
    """Whether the irreversible call was, or may have been, made: from then on the account is looked at and nothing is sent."""
    return row.committed_at is not None or row.stage in AFTER_COMMIT


def enter_stage(row: PostRow, stage: PostStage, now: datetime) -> None:
    """Writes what the post waits for next, before it is asked for."""
    row.stage, row.updated_at = stage, now
    set_count(row, "stage_since", now.isoformat())
    set_count(row, "unavailable", 0)


def seconds_in_stage(row: PostRow, now: datetime) -> float:
    """How long the post has been in its stage."""
    since = (row.counts or {}).get("stage_since")
    return (now - datetime.fromisoformat(since)).total_seconds() if since else 0.0


def count_try(row: PostRow, name: str) -> int:
    """One more of this; how many there are now."""
    count = read_count(row, name) + 1
    set_count(row, name, count)
    return count


def read_count(row: PostRow, name: str) -> int:
    """How many there were."""
    return int((row.counts or {}).get(name) or 0)


def set_count(row: PostRow, name: str, value: Any) -> None:
    """A new dictionary each time: a change inside one would not be written."""
    row.counts = {**(row.counts or {}), name: value}


def keep_doubt(row: PostRow) -> dict[str, Any] | None:
    """The counts with which a post begins anew: empty, but for what an earlier try made its irreversible call with.

    By it the account is looked at once more before anything is sent.
    """
    if row.committed_at is not None:
        return {"earlier": {"committed_at": row.committed_at.isoformat(), "checkpoint": row.checkpoint or {}}}
    earlier = (row.counts or {}).get("earlier")
    return {"earlier": earlier} if earlier else None


def forget_upload(row: PostRow) -> None:
    """The upload is over: a new one is opened. Nothing of it was ever to be seen."""
    row.checkpoint, row.sent_bytes = None, 0
    set_count(row, "is_sent", False)


def forget_attempt(row: PostRow) -> None:
    """What an earlier try left behind is gone, but for the doubt whether it was posted; the next one begins with a new upload."""
    row.counts = keep_doubt(row)
    row.checkpoint, row.sent_bytes, row.committed_at, row.external_id = None, 0, None, None
    row.failure_type, row.failure_detail, row.is_retryable, row.look_again_at = None, None, False, None
