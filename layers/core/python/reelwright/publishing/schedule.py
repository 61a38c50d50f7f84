"""When a post is due: wall time in the creator's time zone, as clocks there really go.

https://docs.python.org/3/library/zoneinfo.html
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Annotated
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import BaseModel, ConfigDict, Field

from reelwright.kit.errors import FieldError, InvalidInput

WALL_TIME = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}", re.ASCII)
WALL_TIME_FORMAT = "%Y-%m-%dT%H:%M"
NO_PLACES = frozenset({"localtime", "posixrules", "Factory"})  # files of the machine that runs this, not places
FURTHEST = timedelta(days=366)
PAST_GRACE = timedelta(minutes=1)  # a form that was filled in slowly


class Schedule(BaseModel):
    """A minute on the clock of a place, such as 2026-12-24T18:30 in Europe/Berlin."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    wall_time: Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$", description="the time there, to the minute")]
    time_zone: Annotated[str, Field(min_length=1, max_length=60, description="an IANA name such as Europe/Berlin")]


@dataclass(frozen=True)
class DueTime:
    """A moment in UTC; ``note`` says in words where the clocks made it another one than was written."""

    due_at: datetime
    note: str = ""


def read_zone(name: str) -> ZoneInfo:
    """The zone of an IANA name. Raises InvalidInput."""
    try:
        if not re.fullmatch(r"[A-Za-z0-9_+\-]+(/[A-Za-z0-9_+\-]+)*", name) or name in NO_PLACES:
            raise ValueError(name)
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        sentence = f"“{name[:60]}” is no time zone. Use a name such as Europe/Berlin or America/New_York."
        raise InvalidInput(sentence, errors=[FieldError("/schedule/time_zone", sentence)]) from error


def read_wall_time(text: str) -> datetime:
    """The naive time on the clock. Raises InvalidInput."""
    try:
        if not WALL_TIME.fullmatch(text):
            raise ValueError(text)
        return datetime.strptime(text, WALL_TIME_FORMAT)  # noqa: DTZ007  # a clock's time has no zone of its own
    except ValueError as error:
        sentence = f"“{text[:40]}” is no time. Write it as 2026-12-24T18:30."
        raise InvalidInput(sentence, errors=[FieldError("/schedule/wall_time", sentence)]) from error


def resolve_time(wall_time: datetime, zone: ZoneInfo) -> DueTime:
    """The moment at which the clock there shows this time: the first of two in autumn, and after the gap in spring, each with a note."""
    first, second = (wall_time.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
    due_at = first.astimezone(UTC)
    shown = due_at.astimezone(zone).replace(tzinfo=None)
    if shown != wall_time:
        return DueTime(due_at, f"Clocks in {zone.key} skip {wall_time:%H:%M} on {_day(wall_time)}; it is posted at {shown:%H:%M}.")
    if first.utcoffset() != second.utcoffset():
        return DueTime(due_at, f"Clocks in {zone.key} show {wall_time:%H:%M} twice on {_day(wall_time)}; it is posted the first time.")
    return DueTime(due_at)


def resolve_schedule(schedule: Schedule, now: datetime) -> DueTime:
    """When it is due. Raises InvalidInput where that is past, or too far away."""
    wall_time, zone = read_wall_time(schedule.wall_time), read_zone(schedule.time_zone)
    # The first and the last day of all have no moment in every zone, so the year is looked at first.
    is_past, is_far = wall_time.year < now.year - 1, wall_time.year > now.year + 2
    due = DueTime(now) if is_past or is_far else resolve_time(wall_time, zone)
    if is_past or due.due_at < now - PAST_GRACE:
        sentence = "That time has passed. Choose a later one, or post it now."
        raise InvalidInput(sentence, errors=[FieldError("/schedule/wall_time", sentence)])
    if is_far or due.due_at > now + FURTHEST:
        sentence = f"A post can be planned for the next {FURTHEST.days} days. Choose an earlier time."
        raise InvalidInput(sentence, errors=[FieldError("/schedule/wall_time", sentence)])
    return due


def write_wall_time(moment: datetime, zone: ZoneInfo) -> str:
    """What the clock there shows at a moment."""
    return moment.astimezone(zone).strftime(WALL_TIME_FORMAT)


def _day(wall_time: datetime) -> str:
    return f"{wall_time.day} {wall_time:%B %Y}"
