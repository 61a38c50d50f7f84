"""Makes the next post of a series when the one before has begun or is over. What was missed is left out and told, never made up for."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from reelwright.publishing.history import add_event
from reelwright.publishing.post import PostState
from reelwright.publishing.post_row import new_post
from reelwright.publishing.recurrence import Series, list_times, next_of, time_in_series
from reelwright.publishing.schedule import read_wall_time, resolve_time, write_wall_time
from reelwright.publishing.tables import PostRow

SERIES_AT_ONCE = 200
_WAITS = (PostState.DRAFT, PostState.SCHEDULED)


def continue_series(session: Session, now: datetime, limit: int = SERIES_AT_ONCE) -> list[PostRow]:
    """The posts that were made: one for each series whose newest post waits no more. Two that ask at once make one."""
    newest = select(PostRow.series_id, func.max(PostRow.due_at).label("due_at")).where(PostRow.series_id.is_not(None)).group_by(PostRow.series_id).subquery()
    ended = (
        select(PostRow)
        .join(newest, (PostRow.series_id == newest.c.series_id) & (PostRow.due_at == newest.c.due_at))
        .where(PostRow.recurrence.is_not(None), PostRow.state.not_in(_WAITS))
    )
    rows = session.scalars(ended.order_by(PostRow.due_at).limit(limit).with_for_update(of=PostRow, skip_locked=True)).all()
    return [made for row in rows if (made := _make_next(session, row, now)) is not None]


def _make_next(session: Session, row: PostRow, now: datetime) -> PostRow | None:
    series, zone = Series.model_validate(row.recurrence), ZoneInfo(row.time_zone or "UTC")
    after = max(now, row.due_at or now, time_in_series(series, read_wall_time(row.wall_time), zone) if row.wall_time else now)
    due = next_of(series, zone, after)
    row.recurrence = None  # the rule goes on with the next one
    if due is None:
        add_event(session, row, "series_ended", "It was the last one of its series.", now)
        return None
    missed = _count_missed(series, zone, row.due_at or now, due.due_at)
    following = new_post(row.creator_id, row.social_account_id, row.platform, row.render_id, dict(row.content), now)
    following.state, following.due_at = PostState.SCHEDULED, due.due_at
    following.wall_time, following.time_zone = write_wall_time(due.due_at, zone), zone.key
    following.recurrence = series.model_copy(update={"made": series.made + 1, "stands_for": None}).model_dump(mode="json")
    following.series_id = row.series_id
    session.add(following)
    session.flush()
    told = f" {missed} that were missed are not made up for." if missed > 1 else " One that was missed is not made up for." if missed else ""
    add_event(session, following, "scheduled", f"The next one of its series, planned for {following.wall_time} in {zone.key}.{told} {due.note}".strip(), now)
    return following


def _count_missed(series: Series, zone: ZoneInfo, last: datetime, coming: datetime) -> int:
    """How many times of the series lay between the last one and the one that comes."""
    missed = 0
    for wall_time in list_times(series):
        due_at = resolve_time(wall_time, zone).due_at
        if due_at >= coming:
            return missed
        missed += due_at > last
    return missed
