"""Lets claimed posts begin, some at a time: a cap on running executions, and one creator's many never starve another's one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Row, func, select, text, update
from sqlalchemy.orm import Session

from reelwright.publishing.fail_post import give_up_post
from reelwright.publishing.history import add_event
from reelwright.publishing.post import PostState
from reelwright.publishing.post_row import lock_post
from reelwright.publishing.tables import PostRow

MAX_EXECUTION_ATTEMPTS = 5
_ADMISSION_LOCK = 7_120_310  # of pg_advisory_xact_lock; one admission at a time


@dataclass(frozen=True)
class Admitted:
    """A post that may begin, and what names its execution."""

    post_id: str
    creator_id: str
    version: int
    attempt: int
    execution_attempt: int

    @property
    def execution_row(self) -> str:
        """What the execution is named by, together with its own number."""
        return f"{self.post_id}-{self.attempt}"

    @property
    def state(self) -> dict[str, str | int | bool]:
        """The storyboard's input: ids and numbers."""
        return {"post_id": self.post_id, "creator_id": self.creator_id, "version": self.version, "attempt": self.attempt, "is_only_check": False}


def admit_posts(session: Session, most_running: int, now: datetime) -> list[Admitted]:
    """Claimed posts that may begin now, oldest first, each creator's turn by turn. Their executions are started after the commit.

    The database holds admissions one after the other, so that two schedulers never exceed the cap together.
    """
    session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _ADMISSION_LOCK})
    running = select(func.count()).select_from(PostRow).where(PostRow.state == PostState.PUBLISHING, PostRow.execution_attempts > 0)
    free = most_running - (session.scalar(running) or 0)
    if free <= 0:
        return []
    turn = func.row_number().over(partition_by=PostRow.creator_id, order_by=(PostRow.due_at, PostRow.id))
    waiting = select(PostRow.id, PostRow.due_at, turn.label("turn")).where(PostRow.state == PostState.PUBLISHING, PostRow.execution_attempts == 0).subquery()
    chosen = session.scalars(select(waiting.c.id).order_by(waiting.c.turn, waiting.c.due_at).limit(free)).all()
    if not chosen:
        return []
    statement = (
        update(PostRow)
        .where(PostRow.id.in_(chosen), PostRow.state == PostState.PUBLISHING, PostRow.execution_attempts == 0)
        .values(execution_attempts=1, updated_at=now)
        .returning(PostRow.id, PostRow.creator_id, PostRow.version, PostRow.attempt)
    )
    rows: Sequence[Row[str, str, int, int]] = session.execute(statement, execution_options={"synchronize_session": False}).all()
    return [Admitted(row.id, row.creator_id, row.version, row.attempt, 1) for row in rows]


def list_running(session: Session, limit: int) -> list[tuple[Admitted, datetime]]:
    """Posts that should have a running execution, and when their rows last moved; those that moved longest ago come first."""
    statement = select(PostRow).where(PostRow.state == PostState.PUBLISHING, PostRow.execution_attempts > 0).order_by(PostRow.updated_at).limit(limit)
    return [(_describe(row), row.updated_at) for row in session.scalars(statement)]


def claim_execution_again(session: Session, dead: Admitted, now: datetime) -> Admitted | None:
    """The next execution of a post whose last one is dead; it goes on where the row says.

    None where the post has ended meanwhile, another scheduler was quicker, or it was tried too often: then it ends in words.
    """
    row = lock_post(session, dead.post_id)
    if row.state != PostState.PUBLISHING or (row.attempt, row.execution_attempts) != (dead.attempt, dead.execution_attempt):
        return None
    if dead.execution_attempt >= MAX_EXECUTION_ATTEMPTS:
        give_up_post(session, row, now)
        return None
    row.execution_attempts += 1
    row.updated_at = now
    add_event(session, row, "note", "The work was interrupted and goes on where it stopped.", now)
    return _describe(row)


def _describe(row: PostRow) -> Admitted:
    return Admitted(row.id, row.creator_id, row.version, row.attempt, row.execution_attempts)
