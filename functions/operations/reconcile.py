"""Step 'Reconcile': what was begun goes on. Rows without an execution get one; rows with a dead one are restarted or ended.
Tokens that are over are swept.

Runs every minute and once after the local platform's start. May run twice at once: a row is claimed under its lock, and an
execution is named by row and attempt.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, Select, select
from sqlalchemy.orm import Session

from functions.bootstrap import World
from functions.operations import accept_upload
from reelwright.creators.keep_signed_in import sweep_sessions
from reelwright.generation.end_generation import fail_generation, record_cancellation
from reelwright.generation.record_steps import add_event
from reelwright.generation.tables import GenerationRow
from reelwright.kit.executions import RUNNING, execution_name, read_status, start_execution
from reelwright.media.media import MediaState
from reelwright.media.tables import MediaRow
from reelwright.rendering.render_row import fail_render, stop_renders_of
from reelwright.rendering.tables import RenderRow

MAX_EXECUTION_ATTEMPTS = 5
GRACE = timedelta(seconds=10)  # between a row's commit and the start of its execution
LOST_UPLOAD_AGE = timedelta(hours=24)
ROWS_AT_ONCE = 200
GAVE_UP = "This stopped several times before it was finished. Your files are safe; please try again, or tell us."
MEDIA_GAVE_UP = "This file could not be read, although it was tried several times."


@dataclass(frozen=True)
class Claim:
    """What to start: the attempt's number and the storyboard's input. ``is_ended``: nothing; the row has its end."""

    attempt: int
    state: dict[str, str]
    is_ended: bool = False


@dataclass(frozen=True)
class _Kind:
    """One sort of row: its open rows (id, attempts, when it was written), its storyboard, and how a row with a dead execution is claimed."""

    name: str
    machine_arn: str
    open_rows: Select[str, int, datetime]
    claim: Callable[[Session, str, int, datetime], Claim | None]
    describe: Callable[[Session, str], dict[str, str]]


def run(event: dict[str, Any], world: World) -> dict[str, Any]:
    """``started``, ``restarted``, ``ended``: how many rows of each kind were helped; ``swept_sessions``: tokens that were over."""
    found = accept_lost_uploads(world)
    counts = {"started": 0, "restarted": 0, "ended": 0, "uploads": found}
    for kind in _kinds(world):
        with world.database.transaction() as session:
            rows: Sequence[Row[str, int, datetime]] = session.execute(kind.open_rows).all()
        for row_id, attempt, created_at in rows:
            outcome = _help(kind, row_id, attempt, created_at, world)
            if outcome:
                counts[outcome] += 1
    end_renders_without_generation(world)
    with world.database.transaction() as session:
        counts["swept_sessions"] = sweep_sessions(session, world.clock())
    return counts


def _help(kind: _Kind, row_id: str, attempt: int, created_at: datetime, world: World) -> str | None:
    status = read_status(world.step_functions, kind.machine_arn, execution_name(row_id, attempt))
    if status == RUNNING:
        return None
    if status is None:
        if world.clock() - created_at < GRACE:
            return None
        with world.database.transaction() as session:
            state = kind.describe(session, row_id)
        start_execution(world.step_functions, kind.machine_arn, execution_name(row_id, attempt), state)
        return "started"
    with world.database.transaction() as session:
        claim = kind.claim(session, row_id, attempt, world.clock())
    if claim is None:
        return None  # it ended, or another reconciler was quicker
    if claim.is_ended:
        return "ended"
    start_execution(world.step_functions, kind.machine_arn, execution_name(row_id, claim.attempt), claim.state)
    return "restarted"


def _kinds(world: World) -> list[_Kind]:
    settings = world.settings
    media = select(MediaRow.id, MediaRow.execution_attempts, MediaRow.created_at).where(MediaRow.state == MediaState.INGESTING)
    generations = select(GenerationRow.id, GenerationRow.execution_attempts, GenerationRow.created_at).where(GenerationRow.state.in_(("queued", "running")))
    # A generation's render is started by the generation's own storyboard.
    renders = select(RenderRow.id, RenderRow.execution_attempts, RenderRow.created_at).where(
        RenderRow.state.in_(("queued", "running")), RenderRow.generation_id.is_(None)
    )
    return [
        _Kind("media", settings.ingest_media_arn, media.order_by(MediaRow.created_at).limit(ROWS_AT_ONCE), claim_media, _describe_media),
        _Kind(
            "generation",
            settings.generate_reel_arn,
            generations.order_by(GenerationRow.created_at).limit(ROWS_AT_ONCE),
            claim_generation,
            _describe_generation,
        ),
        _Kind("render", settings.render_reel_arn, renders.order_by(RenderRow.created_at).limit(ROWS_AT_ONCE), claim_render_again, _describe_render),
    ]


def claim_media(session: Session, media_id: str, attempt: int, now: datetime) -> Claim | None:
    """The next attempt of reading a file; after the last one the file is refused in words."""
    row = session.scalars(select(MediaRow).where(MediaRow.id == media_id).with_for_update()).one_or_none()
    if row is None or row.state != MediaState.INGESTING or row.execution_attempts != attempt:
        return None
    if attempt >= MAX_EXECUTION_ATTEMPTS:
        row.state, row.refusal_reason, row.failure_type = MediaState.REFUSED, MEDIA_GAVE_UP, "MediaRefused"
        return Claim(attempt, {}, is_ended=True)
    row.execution_attempts = attempt + 1
    return Claim(attempt + 1, _describe_media(session, media_id))


def claim_generation(session: Session, generation_id: str, attempt: int, now: datetime) -> Claim | None:
    """The next attempt of a generation; its finished steps answer from their rows. After the last one it fails in words."""
    row = session.scalars(select(GenerationRow).where(GenerationRow.id == generation_id).with_for_update()).one_or_none()
    if row is None or row.state not in {"queued", "running"} or row.execution_attempts != attempt:
        return None
    if row.is_cancel_requested or attempt >= MAX_EXECUTION_ATTEMPTS:
        if row.is_cancel_requested:
            record_cancellation(session, generation_id, now)
        else:
            fail_generation(session, generation_id, "GenerationFailed", GAVE_UP, now)
        stop_renders_of(session, generation_id, now)
        return Claim(attempt, {}, is_ended=True)
    row.execution_attempts = attempt + 1
    add_event(session, row, "note", "The work was interrupted and goes on where it stopped.", {"attempt": attempt + 1})
    return Claim(attempt + 1, _describe_generation(session, generation_id))


def claim_render_again(session: Session, render_id: str, attempt: int, now: datetime) -> Claim | None:
    """The next attempt of a render that stands alone; after the last one it fails in words."""
    row = session.scalars(select(RenderRow).where(RenderRow.id == render_id).with_for_update()).one_or_none()
    if row is None or row.state not in {"queued", "running"} or row.execution_attempts != attempt:
        return None
    if row.is_cancel_requested or attempt >= MAX_EXECUTION_ATTEMPTS:
        fail_render(session, render_id, "RenderFailed", GAVE_UP, now)
        return Claim(attempt, {}, is_ended=True)
    row.execution_attempts = attempt + 1
    return Claim(attempt + 1, _describe_render(session, render_id))


def accept_lost_uploads(world: World) -> int:
    """Files that arrived while nobody heard the bucket's event are taken in as if it came now."""
    now = world.clock()
    statement = select(MediaRow.storage_key).where(
        MediaRow.state == MediaState.AWAITING_UPLOAD, MediaRow.created_at < now - GRACE, MediaRow.created_at > now - LOST_UPLOAD_AGE
    )
    with world.database.transaction() as session:
        waiting = session.scalars(statement.order_by(MediaRow.created_at).limit(ROWS_AT_ONCE)).all()
    return sum(bool(accept_upload.run({"key": key}, world)["is_accepted"]) for key in waiting)


def end_renders_without_generation(world: World) -> None:
    """A render whose generation has ended is not needed any more."""
    statement = (
        select(RenderRow.generation_id)
        .join(GenerationRow, GenerationRow.id == RenderRow.generation_id)
        .where(RenderRow.state.in_(("queued", "running")), GenerationRow.state.in_(("failed", "cancelled")))
    )
    with world.database.transaction() as session:
        for generation_id in set(session.scalars(statement)):
            stop_renders_of(session, str(generation_id), world.clock())


def _describe_media(session: Session, media_id: str) -> dict[str, str]:
    return {"media_id": media_id, "creator_id": session.get_one(MediaRow, media_id).creator_id}


def _describe_generation(session: Session, generation_id: str) -> dict[str, str]:
    return {"generation_id": generation_id, "creator_id": session.get_one(GenerationRow, generation_id).creator_id}


def _describe_render(session: Session, render_id: str) -> dict[str, str]:
    return {"render_id": render_id, "creator_id": session.get_one(RenderRow, render_id).creator_id}
