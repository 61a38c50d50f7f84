"""Changes a post that has not begun: its text, its render, its time. Each change is a new version, and a timer of an older one does nothing."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy.orm import Session

from reelwright.kit.errors import Conflict, InvalidInput
from reelwright.publishing.create_post import RenderFacts, plan_post, queue_post, require_postable
from reelwright.publishing.find_account import load_account, require_connected
from reelwright.publishing.history import add_event
from reelwright.publishing.post import EDITABLE_STATES, PostContent, PostState
from reelwright.publishing.post_row import forget_attempt
from reelwright.publishing.recurrence import Recurrence, Series
from reelwright.publishing.schedule import Schedule, read_wall_time
from reelwright.publishing.tables import PostRow


class PostChange(BaseModel):
    """What is to be different; what is not named stays. ``schedule`` null makes a draft of it, ``recurrence`` null ends its series."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    render_id: Annotated[str, Field(min_length=1, max_length=60)] | None = None
    content: PostContent | None = None
    schedule: Schedule | None = None
    is_queued: bool = False
    recurrence: Recurrence | None = None


def edit_post(session: Session, row: PostRow, change: PostChange, render: RenderFacts | None, now: datetime) -> None:
    """``row`` is locked. Raises Conflict where it is too late, InvalidInput, ReconnectNeeded."""
    require_editable(row)
    named = change.model_fields_set
    series, zone = _series_of(row), row.time_zone
    account = load_account(session, row.creator_id, row.social_account_id)
    if render is not None:
        require_postable(render)
        row.render_id = render.render_id
    if change.content is not None:
        row.content = change.content.model_dump(mode="json")
    if named & {"render_id", "content"}:
        row.checked_at, row.check_detail = None, None
    row.version, row.updated_at = row.version + 1, now
    forget_attempt(row)
    add_event(session, row, "edited", f"Changed: {_say(named)}.", now, {"version": row.version})
    if change.is_queued:
        require_connected(account)
        queue_post(session, row, account, now)
    elif change.schedule is not None:
        require_connected(account)
        plan_post(session, row, change.schedule, change.recurrence, now)
    elif "schedule" in named:
        take_from_schedule(session, row, now)
    elif "recurrence" in named:
        _change_recurrence(session, row, change.recurrence, now)
    elif row.state == PostState.FAILED:
        row.state = PostState.DRAFT
    if series is not None and "recurrence" not in named and (change.is_queued or change.schedule is not None):
        _keep_series(row, series, zone)


def require_editable(row: PostRow) -> None:
    """Raises Conflict where the post has begun, or is over."""
    if row.state not in EDITABLE_STATES:
        words = {"publishing": "is being posted now", "published": "is posted", "unconfirmed": "may be posted", "cancelled": "is cancelled"}
        raise Conflict(f"This post {words.get(row.state, 'cannot be changed')}, so it cannot be changed any more.")


def take_from_schedule(session: Session, row: PostRow, now: datetime) -> None:
    """The post is a draft again."""
    row.state, row.due_at, row.wall_time, row.time_zone, row.recurrence, row.updated_at = PostState.DRAFT, None, None, None, None, now
    add_event(session, row, "unscheduled", "Taken out of the calendar; it is a draft.", now)


def _change_recurrence(session: Session, row: PostRow, recurrence: Recurrence | None, now: datetime) -> None:
    if recurrence is None:
        row.recurrence = None
        add_event(session, row, "series_ended", "It does not come again after this one.", now)
        return
    if row.wall_time is None or row.time_zone is None:
        raise InvalidInput("A post that comes again needs the time of the first one.")
    plan_post(session, row, Schedule(wall_time=row.wall_time, time_zone=row.time_zone), recurrence, now)


def _series_of(row: PostRow) -> Series | None:
    """The series that goes on where a change of the time does not name how often it comes: this post still stands for its own time of it."""
    if row.recurrence is None or row.wall_time is None:
        return None
    series = Series.model_validate(row.recurrence)
    return series.model_copy(update={"stands_for": series.stands_for or read_wall_time(row.wall_time)})


def _keep_series(row: PostRow, series: Series, zone: str | None) -> None:
    """``zone``: that of the clock before the change; on another one the series begins anew with this post's time."""
    if row.time_zone != zone and row.wall_time is not None:
        series = series.model_copy(update={"first": read_wall_time(row.wall_time), "stands_for": None})
    row.recurrence = series.model_dump(mode="json")


def _say(named: set[str]) -> str:
    words = {"render_id": "the reel", "content": "the text", "schedule": "the time", "is_queued": "the time", "recurrence": "how often it comes"}
    return ", ".join(dict.fromkeys(words[name] for name in sorted(named))) or "nothing"
