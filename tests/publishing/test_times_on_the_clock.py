"""Wall times become moments as clocks really go, and series keep their time of day across a change of clocks."""
# ruff: noqa: DTZ001  # times on a clock have no zone of their own

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from pydantic import ValidationError

from reelwright.kit.errors import InvalidInput
from reelwright.publishing.recurrence import Recurrence, Series, list_times, next_of
from reelwright.publishing.schedule import Schedule, read_zone, resolve_schedule, resolve_time

BERLIN, NEW_YORK = ZoneInfo("Europe/Berlin"), ZoneInfo("America/New_York")
NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


def test_a_time_in_winter_and_in_summer_has_its_own_offset() -> None:
    assert resolve_time(datetime(2026, 12, 24, 18, 30), BERLIN).due_at == datetime(2026, 12, 24, 17, 30, tzinfo=UTC)
    assert resolve_time(datetime(2027, 7, 1, 18, 30), BERLIN).due_at == datetime(2027, 7, 1, 16, 30, tzinfo=UTC)


def test_a_time_that_clocks_skip_is_moved_behind_the_gap_and_told() -> None:
    due = resolve_time(datetime(2027, 3, 28, 2, 30), BERLIN)
    assert due.due_at == datetime(2027, 3, 28, 1, 30, tzinfo=UTC)
    assert due.note == "Clocks in Europe/Berlin skip 02:30 on 28 March 2027; it is posted at 03:30."


def test_a_time_that_clocks_show_twice_is_the_first_one_and_told() -> None:
    due = resolve_time(datetime(2027, 11, 7, 1, 30), NEW_YORK)
    assert due.due_at == datetime(2027, 11, 7, 5, 30, tzinfo=UTC)
    assert "twice on 7 November 2027" in due.note


@pytest.mark.parametrize("name", ["Berlin", "Europe/Nowhere", "../etc/passwd", "/etc/localtime", "Europe/Berlin\x00", "localtime", "Factory", ""])
def test_what_is_no_time_zone_is_refused_in_words(name: str) -> None:
    with pytest.raises(InvalidInput, match="is no time zone"):
        read_zone(name)


@pytest.mark.parametrize(
    ("wall_time", "words"),
    [("2026-11-24T12:00", "has passed"), ("2028-11-24T12:00", "next 366 days"), ("2027-02-30T12:00", "is no time"), ("2027-02-03T25:00", "is no time")],
)
def test_a_time_that_cannot_be_planned_is_refused_in_words(wall_time: str, words: str) -> None:
    with pytest.raises(InvalidInput, match=words):
        resolve_schedule(Schedule(wall_time=wall_time, time_zone="Europe/Berlin"), NOW)


def test_a_daily_series_keeps_its_time_of_day_when_clocks_change() -> None:
    series = Series(rule=Recurrence(every="day"), first=datetime(2027, 3, 26, 18, 30))
    after, found = datetime(2027, 3, 26, 23, 0, tzinfo=UTC), []
    for _ in range(3):
        due = next_of(series, BERLIN, after)
        assert due is not None
        found.append(due.due_at)
        after = due.due_at
    assert [moment.hour for moment in found] == [17, 16, 16]


def test_weeks_have_their_weekdays_and_begin_with_the_first_time() -> None:
    series = Series(rule=Recurrence(every="week", weekdays=(0, 3), interval=2), first=datetime(2026, 11, 26, 9, 0))  # a Thursday
    times = list_times(series)
    assert [next(times).date() for _ in range(4)] == [date(2026, 11, 26), date(2026, 12, 7), date(2026, 12, 10), date(2026, 12, 21)]


def test_a_month_without_the_day_takes_its_last_one() -> None:
    times = list_times(Series(rule=Recurrence(every="month"), first=datetime(2027, 1, 31, 9, 0)))
    assert [next(times).date() for _ in range(3)] == [date(2027, 1, 31), date(2027, 2, 28), date(2027, 3, 31)]


def test_a_series_ends_with_its_day_or_its_number() -> None:
    until = Series(rule=Recurrence(every="day", until=date(2026, 11, 27)), first=datetime(2026, 11, 26, 9, 0))
    assert len(list(list_times(until))) == 2
    counted = Series(rule=Recurrence(every="day", count=3), first=datetime(2026, 11, 26, 9, 0), made=3)
    assert next_of(counted, BERLIN, NOW) is None


def test_weekdays_go_only_with_weeks() -> None:
    with pytest.raises(ValidationError, match="go with a recurrence by weeks"):
        Recurrence(every="day", weekdays=(1,))


def test_a_long_pause_gives_one_next_time_and_no_burst() -> None:
    series = Series(rule=Recurrence(every="day"), first=datetime(2026, 1, 1, 9, 0))
    due = next_of(series, BERLIN, NOW)
    assert due is not None
    assert NOW < due.due_at <= NOW + timedelta(days=1)


@pytest.mark.parametrize(
    ("wall_time", "zone", "words"),
    [
        ("0001-01-01T00:00", "Asia/Tokyo", "has passed"),
        ("9999-12-31T23:59", "America/Los_Angeles", "next 366 days"),
        ("٢٠٢٦-12-24T18:30", "Europe/Berlin", "is no time"),
    ],
)
def test_the_first_and_the_last_day_of_all_are_refused_in_words(wall_time: str, zone: str, words: str) -> None:
    with pytest.raises(InvalidInput, match=words):
        resolve_schedule(Schedule.model_construct(wall_time=wall_time, time_zone=zone), NOW)
