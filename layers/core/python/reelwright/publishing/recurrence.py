"""Recurrence: a post that comes again. Only the next one exists; missed ones are never made up for in a burst."""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Annotated, Literal, Self
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field, model_validator

from reelwright.publishing.schedule import DueTime, resolve_time

MAX_OCCURRENCES = 366
MONDAY_TO_FRIDAY = (0, 1, 2, 3, 4)
_MOST_STEPS = 4000  # of days looked at for one next time


class Recurrence(BaseModel):
    """Every so many days, weeks or months, at the same time on the clock. Ends after ``count`` posts, or with ``until``, or never.

    ``weekdays`` (0 is Monday) go with weeks; without them it is the weekday of the first one. A month without the day takes its last one.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    every: Literal["day", "week", "month"]
    interval: Annotated[int, Field(ge=1, le=52)] = 1
    weekdays: Annotated[tuple[Annotated[int, Field(ge=0, le=6)], ...], Field(max_length=7)] = ()
    count: Annotated[int, Field(ge=1, le=MAX_OCCURRENCES)] | None = None
    until: date | None = None

    @model_validator(mode="after")
    def _check(self) -> Self:
        if self.weekdays and self.every != "week":
            raise ValueError("Weekdays go with a recurrence by weeks.")
        return self


class Series(BaseModel):
    """What a post of a series keeps: the rule, the time of the first one on the clock, and how many there were with this one.

    ``stands_for``: the time of the series that a post which was moved stands for.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    rule: Recurrence
    first: datetime  # naive: on the clock of the post's zone
    made: int = 1
    stands_for: datetime | None = None


def next_of(series: Series, zone: ZoneInfo, after: datetime) -> DueTime | None:
    """The first time of the series that comes later than ``after``; None where it has ended."""
    if series.rule.count is not None and series.made >= series.rule.count:
        return None
    for wall_time in list_times(series):
        due = resolve_time(wall_time, zone)
        if due.due_at > after:
            return due
    return None


def time_in_series(series: Series, wall_time: datetime, zone: ZoneInfo) -> datetime:
    """The moment of the series that its post of this time on the clock stands for, also where it was moved or posted by hand before it."""
    return resolve_time(series.stands_for or wall_time, zone).due_at


def list_times(series: Series) -> Iterator[datetime]:
    """Times on the clock from the first one on, as the rule says; ends with ``until``."""
    for day in _list_days(series.rule, series.first.date()):
        if series.rule.until is not None and day > series.rule.until:
            return
        yield datetime.combine(day, series.first.time())


def _list_days(rule: Recurrence, first: date) -> Iterator[date]:
    if rule.every == "month":
        for step in range(_MOST_STEPS):
            month = first.month - 1 + step * rule.interval
            year, index = first.year + month // 12, month % 12 + 1
            yield date(year, index, min(first.day, calendar.monthrange(year, index)[1]))
        return
    if rule.every == "day":
        yield from (first + timedelta(days=step * rule.interval) for step in range(_MOST_STEPS))
        return
    monday = first - timedelta(days=first.weekday())
    for step in range(_MOST_STEPS):
        week = monday + timedelta(weeks=step * rule.interval)
        yield from (day for day in (week + timedelta(days=number) for number in sorted(rule.weekdays or (first.weekday(),))) if day >= first)
