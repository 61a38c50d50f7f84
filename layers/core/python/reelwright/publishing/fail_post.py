"""What an error means for a post: it fails in words, waits for a later time, opens its upload anew, or the account is looked at.

The row decides before the error does: once the irreversible call may have been made, no error lets a post fail or wait.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from sqlalchemy.orm import Session

from reelwright.publishing.history import add_event, say_time, title_of
from reelwright.publishing.keep_grant import mark_reconnect_needed
from reelwright.publishing.post import PostStage, PostState
from reelwright.publishing.post_row import count_try, enter_stage, forget_upload, lock_post, may_be_posted, read_count, seconds_in_stage, set_count
from reelwright.publishing.tables import PostRow

Aftermath = Literal["over", "failed", "deferred", "look", "open", "check"]
"""What is next: ``over``: another has the post; ``look``: at the account; ``open`` and ``check``: these steps again."""

MAX_OPENS = 3
MAX_COMMITS_NOT_READY = 5
LONGEST_PROCESSING = timedelta(minutes=20)
THROTTLED_FOR = timedelta(minutes=15)  # where the platform names no time
UNAVAILABLE_FOR = timedelta(minutes=2)  # doubled with every time
LONGEST_PAUSE = timedelta(minutes=4)  # so that a post is on its way soon after the platform is back
PATIENCE = timedelta(hours=6)  # with a platform that is down, from the first failure on
UNKNOWN_FAILURE = "Something went wrong on our side before the post was sent, so nothing was posted. Retry it, or tell us."
GAVE_UP = "The work on this post stopped several times before it was sent, so nothing was posted. Retry it, or tell us."
LOST_UPLOADS = "{title} lost the video several times before it was posted. Nothing is visible there. Please retry later."
DOWN_TOO_LONG = "{title} was out of reach for hours, so nothing was posted. Retry when it is back, or choose another time."
NEVER_READY = "{title} did not finish working on the video. Nothing was posted; please retry."
LOST_ANSWER = "The answer to the post got lost. We look at the account and never send it a second time."
_FINAL_WITH_WORDS = frozenset({"PlatformRefused", "RenderFailed", "GateFailed", "NotFound", "InvalidInput"})


@dataclass(frozen=True)
class Failure:
    """An error's class and its sentence; ``retry_at``: the time that the platform named."""

    type: str
    detail: str
    retry_at: datetime | None = None


def record_failure(session: Session, post_id: str, attempt: int, failure: Failure, now: datetime) -> Aftermath:
    """Writes what the error means into the row and its history. May be told twice."""
    row = lock_post(session, post_id)
    if row.attempt != attempt or row.state not in (PostState.PUBLISHING, PostState.UNCONFIRMED):
        return "over"
    if may_be_posted(row):
        doubt_post(session, row, now)
        return "look"
    if failure.type == "UploadExpired":
        return _open_again(session, row, now)
    if failure.type == "PlatformNotReady":
        return _check_again(session, row, failure, now)
    if failure.type in ("PlatformThrottled", "RateLimited"):
        return defer_post(session, row, failure.retry_at or _kept_time(row, now) or now + THROTTLED_FOR, failure.detail, now)
    if failure.type in _FINAL_WITH_WORDS:
        return _fail(session, row, failure, now)
    if failure.type == "ReconnectNeeded":
        mark_reconnect_needed(session, row.social_account_id, failure.detail)
        return _fail(session, row, failure, now)
    if failure.type == "PlatformUnavailable" or failure.type.startswith(("States.", "Lambda.", "Unavailable")):
        return _wait_for_platform(session, row, failure, now)
    return _fail(session, row, Failure(failure.type, UNKNOWN_FAILURE), now)


def doubt_post(session: Session, row: PostRow, now: datetime) -> None:
    """Nobody knows whether it was posted: from here it is only looked at."""
    row.look_again_at = row.look_again_at or now
    if row.state == PostState.PUBLISHING:
        row.state, row.stage, row.updated_at = PostState.UNCONFIRMED, PostStage.CONFIRMING, now
        add_event(session, row, "unconfirmed", LOST_ANSWER, now)


def fail_post(session: Session, row: PostRow, type_: str, detail: str, now: datetime, *, is_retryable: bool) -> None:
    """The end of an attempt that posted nothing. Where the irreversible call was made, what it was made with is kept: a retry looks once more."""
    row.state, row.stage, row.updated_at, row.look_again_at = PostState.FAILED, None, now, None
    row.failure_type, row.failure_detail, row.is_retryable = type_, detail, is_retryable
    if row.committed_at is None:
        forget_upload(row)
    add_event(session, row, "failed", detail, now, {"type": type_})


def give_up_post(session: Session, row: PostRow, now: datetime) -> None:
    """Its executions died too often: looked at where it may be posted, else failed."""
    if may_be_posted(row):
        doubt_post(session, row, now)
    else:
        fail_post(session, row, "PostFailed", GAVE_UP, now, is_retryable=True)


def defer_post(session: Session, row: PostRow, at: datetime, detail: str, now: datetime, *, is_told: bool = True) -> Aftermath:
    """Back to the schedule for a later time, with a note unless it was told lately. What was uploaded is kept."""
    row.state, row.stage, row.due_at, row.updated_at = PostState.SCHEDULED, None, max(at, now), now
    row.failure_type = row.failure_detail = None
    if is_told:
        add_event(session, row, "deferred", f"{detail.rstrip()} It goes on at {say_time(row.due_at)}.", now, {"due_at": row.due_at.isoformat()})
    return "deferred"


def _open_again(session: Session, row: PostRow, now: datetime) -> Aftermath:
    if read_count(row, "opens") >= MAX_OPENS:
        return _fail(session, row, Failure("UploadExpired", LOST_UPLOADS.format(title=title_of(row.platform))), now, is_retryable=True)
    forget_upload(row)
    enter_stage(row, PostStage.OPENING, now)
    add_event(session, row, "note", f"{title_of(row.platform)} does not have the upload any more. Nothing was posted; it is sent again.", now)
    return "open"


def _check_again(session: Session, row: PostRow, failure: Failure, now: datetime) -> Aftermath:
    if seconds_in_stage(row, now) > LONGEST_PROCESSING.total_seconds():
        return _fail(session, row, failure, now, is_retryable=True)
    if count_try(row, "not_ready") > MAX_COMMITS_NOT_READY:
        return _fail(session, row, Failure("PlatformNotReady", NEVER_READY.format(title=title_of(row.platform))), now, is_retryable=True)
    enter_stage(row, PostStage.PROCESSING, now)
    return "check"


def _wait_for_platform(session: Session, row: PostRow, failure: Failure, now: datetime) -> Aftermath:
    title = title_of(row.platform)
    since = (row.counts or {}).get("down_since")
    set_count(row, "down_since", since or now.isoformat())
    if since and now - datetime.fromisoformat(since) > PATIENCE:
        return _fail(session, row, Failure("PlatformUnavailable", DOWN_TOO_LONG.format(title=title)), now, is_retryable=True)
    pauses = count_try(row, "pauses")
    pause = min(UNAVAILABLE_FOR * 2 ** min(pauses - 1, 8), LONGEST_PAUSE)
    said = failure.detail if failure.type == "PlatformUnavailable" else f"The way to {title} was interrupted before anything was posted."
    return defer_post(session, row, failure.retry_at or _kept_time(row, now) or now + pause, said, now, is_told=is_told_again(pauses))


def is_told_again(pauses: int) -> bool:
    """An outage of hours is told seldom: at its first pause, its second, fourth, eighth …"""
    return pauses & (pauses - 1) == 0


def _kept_time(row: PostRow, now: datetime) -> datetime | None:
    """The time that the platform named in this attempt, kept where an error's class alone travels on."""
    kept = (row.counts or {}).get("retry_at")
    if kept is None:
        return None
    set_count(row, "retry_at", None)
    at = datetime.fromisoformat(kept)
    return at if at > now else None


def _fail(session: Session, row: PostRow, failure: Failure, now: datetime, *, is_retryable: bool | None = None) -> Aftermath:
    fail_post(session, row, failure.type, failure.detail, now, is_retryable=failure.type not in _FINAL_WITH_WORDS if is_retryable is None else is_retryable)
    return "failed"
