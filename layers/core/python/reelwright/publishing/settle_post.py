"""What an account shows becomes the post's end, or the time of the next look. Looking repeats freely; nothing here posts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from reelwright.publishing.fail_post import fail_post
from reelwright.publishing.first_comment import plan_comment
from reelwright.publishing.history import add_event, title_of
from reelwright.publishing.platform import Outcome
from reelwright.publishing.post import PostStage, PostState
from reelwright.publishing.tables import PostRow

# An account may show a post late, and a call that was cut off may still be on its way: no sooner is "it is not there" believed.
ABSENT_AFTER = timedelta(seconds=150)
# An execution that saw no end after this leaves the post to the minute's step.
EXECUTION_LOOKS_FOR = timedelta(minutes=5)
LINK_IS_AWAITED_FOR = timedelta(hours=24)
LOOKS_END_AFTER = timedelta(days=7)
# The age of the commit up to which, and the pause between two looks.
_PAUSES = (
    (timedelta(minutes=1), timedelta(seconds=5)),
    (timedelta(minutes=5), timedelta(seconds=15)),
    (timedelta(hours=1), timedelta(seconds=60)),
    (timedelta(hours=24), timedelta(minutes=4)),
    (LOOKS_END_AFTER, timedelta(hours=1)),
)
# While an execution looks by itself the minute's step stays away.
LOOK_LEASE = timedelta(seconds=120)
ABSENT = "It is not on the account: {detail} Nothing was posted, so it can be retried."
ASK = "We could not find out whether it was posted. Look at the account yourself and tell us: it is there, or it is not."


@dataclass(frozen=True)
class LookAnswer:
    """``is_over``: this execution has nothing left to do. ``goes_back``: nothing was committed yet, so the post goes on where it was."""

    is_over: bool
    wait_seconds: int = 0
    goes_back: bool = False


def settle_post(session: Session, row: PostRow, outcome: Outcome, now: datetime, *, by_execution: bool) -> LookAnswer:
    """Writes the outcome into the row. A post that its creator settled meanwhile stays as it is. ``by_execution``: it will look again by itself."""
    if not is_open_to_looks(row) and not _is_there_after_all(row, outcome):
        return LookAnswer(is_over=True)
    if outcome.checkpoint:
        row.checkpoint = outcome.checkpoint
    row.external_id = outcome.external_id or row.external_id
    if outcome.state == "published":
        return _publish(session, row, outcome, now, by_execution=by_execution)
    if outcome.state == "failed":
        fail_post(session, row, "PlatformRefused", outcome.detail or f"{title_of(row.platform)} did not post it.", now, is_retryable=True)
        return LookAnswer(is_over=True)
    if outcome.state == "absent" and row.state != PostState.PUBLISHED and _age(row, now) >= ABSENT_AFTER:
        fail_post(session, row, "NotPosted", ABSENT.format(detail=outcome.detail).replace("  ", " "), now, is_retryable=True)
        return LookAnswer(is_over=True)
    return postpone_look(session, row, now, is_doubtful=outcome.state != "pending", by_execution=by_execution)


def postpone_look(session: Session, row: PostRow, now: datetime, *, is_doubtful: bool, by_execution: bool) -> LookAnswer:
    """Sets the time of the next look; after a few minutes the execution ends and the minute's step goes on looking."""
    if not is_open_to_looks(row):
        return LookAnswer(is_over=True)
    age = _age(row, now)
    is_over = age >= EXECUTION_LOOKS_FOR
    row.updated_at = now
    if row.state == PostState.PUBLISHING:
        row.stage = PostStage.CONFIRMING
        if is_doubtful or is_over:
            row.state = PostState.UNCONFIRMED
            add_event(session, row, "unconfirmed", f"{title_of(row.platform)} has not said yet whether it is posted; we keep looking at the account.", now)
    pause = next((pause for until, pause in _PAUSES if age < until), None)
    if pause is None:
        row.look_again_at = None
        if row.state == PostState.UNCONFIRMED:
            add_event(session, row, "asked", ASK, now)
        return LookAnswer(is_over=True)
    row.look_again_at = now + pause + (LOOK_LEASE if by_execution and not is_over else timedelta(0))
    return LookAnswer(is_over, wait_seconds=int(pause.total_seconds()))


def is_open_to_looks(row: PostRow) -> bool:
    """Whether something about the post is still unknown."""
    is_waiting = row.state in (PostState.PUBLISHING, PostState.UNCONFIRMED) and row.committed_at is not None
    return is_waiting or (row.state == PostState.PUBLISHED and not row.permalink and row.look_again_at is not None)


def _is_there_after_all(row: PostRow, outcome: Outcome) -> bool:
    """A post that was believed absent, and is seen."""
    return row.state == PostState.FAILED and row.committed_at is not None and outcome.state == "published"


def _publish(session: Session, row: PostRow, outcome: Outcome, now: datetime, *, by_execution: bool) -> LookAnswer:
    is_news = row.state != PostState.PUBLISHED
    row.state, row.stage, row.updated_at = PostState.PUBLISHED, None, now
    row.published_at = row.published_at or now
    if is_news:
        plan_comment(session, row, now)
    row.failure_type = row.failure_detail = None
    row.permalink = outcome.permalink or row.permalink
    title = title_of(row.platform)
    if row.permalink:
        sentence = f"It is on {title}: {row.permalink}" if is_news else f"Its link is there: {row.permalink}"
        add_event(session, row, "published", sentence, now, {"permalink": row.permalink})
    elif is_news:
        said = f" {outcome.detail}" if outcome.detail else ""
        more = "" if outcome.is_link_final else f" {title} names its link later."
        add_event(session, row, "published", f"It is on {title}.{said}{more}", now)
    if row.permalink or outcome.is_link_final or _age(row, now) > LINK_IS_AWAITED_FOR:
        row.look_again_at = None
        return LookAnswer(is_over=True)
    row.look_again_at = row.look_again_at or now
    return postpone_look(session, row, now, is_doubtful=False, by_execution=by_execution)


def _age(row: PostRow, now: datetime) -> timedelta:
    return now - (row.committed_at or now)
