"""One step of a post in this process: the same verbs that the storyboard calls, chosen by the row. Call it until nothing is left to do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from reelwright.kit.errors import Conflict, PlatformUnavailable, ReelwrightError
from reelwright.publishing.check_post import check_post
from reelwright.publishing.check_processing import check_processing
from reelwright.publishing.claim_post import claim_post
from reelwright.publishing.commit_post import commit_post
from reelwright.publishing.fail_post import Failure, record_failure
from reelwright.publishing.look_at_account import look_at_account
from reelwright.publishing.open_upload import open_upload
from reelwright.publishing.post import PostStage, PostState
from reelwright.publishing.post_row import count_try, lock_post, may_be_posted
from reelwright.publishing.posting_means import PostingMeans, take_in_hand
from reelwright.publishing.send_video import send_piece
from reelwright.publishing.settle_post import is_open_to_looks
from reelwright.publishing.tables import PostRow
from reelwright.publishing.write_comment import write_comment

# As often as the storyboard repeats a step before the post goes back to the schedule.
MAX_REPEATS = 4
FIRST_REPEAT_SECONDS = 2
PROCESSING_PAUSE_SECONDS = 5


@dataclass(frozen=True)
class NextThing:
    """``go``: call again after ``wait_seconds``; ``transcode``: its file is made first; ``done``: an end, or it waits for its creator."""

    kind: Literal["go", "transcode", "done"]
    wait_seconds: float = 0


def publish_step(means: PostingMeans, post_id: str, now: datetime) -> NextThing:
    """Does the next thing for the post and says when to come back."""
    with means.database.transaction() as session:
        row = session.get_one(PostRow, post_id)
    if row.state == PostState.SCHEDULED:
        return _wait_or_claim(means, row, now)
    if row.state not in (PostState.PUBLISHING, PostState.UNCONFIRMED, PostState.PUBLISHED):
        return NextThing("done")
    if row.comment_at is not None and (row.comment_at <= now or not is_open_to_looks(row)):
        return _comment(means, row, row.comment_at, now)
    if may_be_posted(row):
        return _look(means, row, now)
    try:
        return _step(means, row, now)
    except Conflict:
        return NextThing("done")
    except ReelwrightError as error:
        return _after_error(means, row, error, now)


def _wait_or_claim(means: PostingMeans, row: PostRow, now: datetime) -> NextThing:
    if row.due_at is not None and row.due_at > now:
        return NextThing("go", (row.due_at - now).total_seconds())
    with means.database.transaction() as session:
        claim_post(session, row.id, row.version, now, "publish_step")
    return NextThing("go")


def _step(means: PostingMeans, row: PostRow, now: datetime) -> NextThing:
    if row.stage == PostStage.CLAIMED:
        return NextThing("transcode" if check_post(means, row.id, row.attempt, now).needs_file else "go")
    if row.stage == PostStage.OPENING:
        open_upload(means, row.id, row.attempt, now)
        return NextThing("go")
    if row.stage == PostStage.UPLOADING:
        send_piece(means, take_in_hand(means, row.id, now, attempt=row.attempt), now)
        return NextThing("go")
    if not check_processing(means, row.id, row.attempt, now):
        return NextThing("go", PROCESSING_PAUSE_SECONDS)
    commit_post(means, row.id, row.attempt, now)
    return NextThing("go")


def _comment(means: PostingMeans, row: PostRow, at: datetime, now: datetime) -> NextThing:
    if at > now:
        return NextThing("go", (at - now).total_seconds())
    write_comment(means, row.id, now)
    return NextThing("go")


def _look(means: PostingMeans, row: PostRow, now: datetime) -> NextThing:
    if not is_open_to_looks(row):
        return NextThing("done")
    answer = look_at_account(means, row.id, now, row.attempt)
    if not answer.wait_seconds and _has_comment_to_write(means, row.id):
        return NextThing("go")
    return NextThing("go" if answer.wait_seconds else "done", answer.wait_seconds)


def _has_comment_to_write(means: PostingMeans, post_id: str) -> bool:
    with means.database.transaction() as session:
        return session.get_one(PostRow, post_id).comment_at is not None


def _after_error(means: PostingMeans, row: PostRow, error: ReelwrightError, now: datetime) -> NextThing:
    with means.database.transaction() as session:
        if isinstance(error, PlatformUnavailable) and error.retry_after_seconds is None:
            tries = count_try(lock_post(session, row.id), "unavailable")
            if tries <= MAX_REPEATS:
                return NextThing("go", FIRST_REPEAT_SECONDS * 2 ** (tries - 1))
        pause = error.retry_after_seconds
        failure = Failure(type(error).__name__, error.detail, now + timedelta(seconds=pause) if pause is not None else None)
        aftermath = record_failure(session, row.id, row.attempt, failure, now)
    return NextThing("done" if aftermath == "failed" else "go")
