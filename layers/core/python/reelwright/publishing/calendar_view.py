"""The calendar: what is posted and planned between two moments, what a series will bring, and which slots are free."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from reelwright.kit.errors import InvalidInput
from reelwright.publishing.post import PostState
from reelwright.publishing.queue_slots import list_slots, list_times_of_slot, taken_times
from reelwright.publishing.recurrence import Series, list_times, time_in_series
from reelwright.publishing.schedule import read_wall_time, resolve_time
from reelwright.publishing.tables import PostRow

LONGEST_VIEW = timedelta(days=100)
MAX_ENTRIES = 2000


@dataclass(frozen=True)
class CalendarEntry:
    """One line. ``expected``: a post that its series will make; ``free_slot``: a time at which nothing is planned yet."""

    kind: Literal["post", "expected", "free_slot"]
    at: datetime
    social_account_id: str
    post: PostRow | None = None
    time_zone: str = ""


def list_calendar(session: Session, creator_id: str, start: datetime, end: datetime, now: datetime) -> list[CalendarEntry]:
    """Entries from ``start`` until before ``end``, by time. Raises InvalidInput for a span that is empty or too long."""
    if end <= start:
        raise InvalidInput("The calendar's end has to lie after its start.")
    if end - start > LONGEST_VIEW:
        raise InvalidInput(f"The calendar shows at most {LONGEST_VIEW.days} days at once. Ask for a shorter span.")
    in_span = or_(PostRow.due_at.between(start, end), PostRow.published_at.between(start, end))
    statement = select(PostRow).where(PostRow.creator_id == creator_id, PostRow.state != PostState.CANCELLED, in_span)
    rows = session.scalars(statement.order_by(PostRow.due_at, PostRow.id).limit(MAX_ENTRIES)).all()
    entries = [CalendarEntry("post", row.published_at or row.due_at or row.created_at, row.social_account_id, row, row.time_zone or "") for row in rows]
    entries = [entry for entry in entries if start <= entry.at < end]
    entries += _expect(session, creator_id, start, end)
    entries += _free(session, creator_id, max(start, now), end, now)
    return sorted(entries, key=lambda entry: (entry.at, entry.kind))[:MAX_ENTRIES]


def _expect(session: Session, creator_id: str, start: datetime, end: datetime) -> Iterator[CalendarEntry]:
    """What running series bring after their newest post."""
    statement = select(PostRow).where(PostRow.creator_id == creator_id, PostRow.recurrence.is_not(None), PostRow.state == PostState.SCHEDULED)
    for row in session.scalars(statement):
        series, zone = Series.model_validate(row.recurrence), ZoneInfo(row.time_zone or "UTC")
        stands_for = time_in_series(series, read_wall_time(row.wall_time), zone) if row.wall_time else row.due_at
        last = max(row.due_at, stands_for) if row.due_at is not None and stands_for is not None else None
        left = MAX_ENTRIES if series.rule.count is None else series.rule.count - series.made
        for wall_time in list_times(series):
            due_at = resolve_time(wall_time, zone).due_at
            if due_at >= end or left <= 0:
                break
            if last is not None and due_at > last:
                left -= 1
                if due_at >= start:
                    yield CalendarEntry("expected", due_at, row.social_account_id, row, zone.key)


def _free(session: Session, creator_id: str, start: datetime, end: datetime, now: datetime) -> Iterator[CalendarEntry]:
    taken: dict[str, frozenset[datetime]] = {}
    for row in list_slots(session, creator_id):
        account_id = row.social_account_id
        if account_id not in taken:
            taken[account_id] = taken_times(session, account_id, now)
        if start >= end:
            return
        for slot in list_times_of_slot(row, start, end):
            if slot.due_at not in taken[account_id]:
                yield CalendarEntry("free_slot", slot.due_at, account_id, None, slot.time_zone)
