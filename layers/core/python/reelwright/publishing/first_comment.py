"""What the row knows of a post's first comment: when it is gone on with, whether it may stand there already, how it ended. Nothing here touches the post."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from reelwright.publishing.history import add_event
from reelwright.publishing.post import CommentState, PostContent
from reelwright.publishing.post_row import count_try, lock_post, read_count, set_count
from reelwright.publishing.tables import PostRow

TURN_LASTS = timedelta(minutes=3)  # a call or two and what stands around them; whoever dies in it is followed by the minute's step
SENTENCES = {
    CommentState.WRITTEN: "The first comment is written.",
    CommentState.FAILED: "The first comment was not written: {detail} The post itself is published; write the comment by hand.",
    CommentState.UNKNOWN: "It could not be found out whether the first comment was written: {detail} Look at the post, and write it by hand if it is missing.",
}
NO_NUMBER = "we do not know the post's number."


@dataclass(frozen=True)
class Turn:
    """The right to go on with a comment for ``TURN_LASTS``. ``asked_at``: since when it may stand there; None: it certainly does not."""

    asked_at: datetime | None
    asks: int


def plan_comment(session: Session, row: PostRow, now: datetime) -> None:
    """A post that has just become visible gets its comment, where one is wished for and none was begun. ``row`` is locked."""
    if row.comment_state is not None or not wish_of(row):
        return
    if not row.external_id:
        end_comment(session, row, CommentState.UNKNOWN, NO_NUMBER, now)
        return
    row.comment_state, row.comment_at = CommentState.WAITING, now


def wish_of(row: PostRow) -> str:
    """The words of the comment; empty where none is wished for."""
    return PostContent.model_validate(row.content).first_comment.strip()


def take_turn(session: Session, post_id: str, now: datetime) -> Turn | None:
    """None where nothing is to be done now, or somebody else does it."""
    row = lock_post(session, post_id)
    if row.comment_at is None or row.comment_at > now:
        return None
    row.comment_at = now + TURN_LASTS
    counts = row.counts or {}
    asked_at = counts.get("comment_asked_at") if row.comment_state == CommentState.ASKED else None
    return Turn(datetime.fromisoformat(asked_at) if asked_at else None, int(counts.get("comment_asks") or 0))


def write_intent(session: Session, post_id: str, now: datetime) -> None:
    """From here the comment may stand there: the post is looked at before it is asked for again."""
    row = lock_post(session, post_id)
    row.comment_state = CommentState.ASKED
    set_count(row, "comment_asked_at", now.isoformat())
    count_try(row, "comment_asks")


def postpone_comment(session: Session, post_id: str, at: datetime, *, certainly_absent: bool, note: str = "", now: datetime) -> None:
    """It is gone on with later. ``certainly_absent``: the call that was made wrote nothing."""
    row = lock_post(session, post_id)
    row.comment_at = at
    if certainly_absent:
        row.comment_state = CommentState.WAITING
        set_count(row, "comment_asks", max(0, read_count(row, "comment_asks") - 1))
    if note:
        add_event(session, row, "comment_waits", note, now)


def end_comment(session: Session, row: PostRow, state: CommentState, detail: str, now: datetime) -> None:
    """One sentence in the history; the post stays as it is. ``row`` is locked."""
    row.comment_state, row.comment_at, row.updated_at = state, None, now
    add_event(session, row, f"comment_{state}", SENTENCES[state].format(detail=detail), now)


def list_due_comments(session: Session, now: datetime, limit: int) -> Sequence[str]:
    """Ids of posts whose comment is to be gone on with, the longest waiting first."""
    return session.scalars(select(PostRow.id).where(PostRow.comment_at <= now).order_by(PostRow.comment_at).limit(limit)).all()
