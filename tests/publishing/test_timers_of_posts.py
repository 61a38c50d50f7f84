"""A post's timer: one per version, gone after it has called, and no harm where there is none."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from botocore.exceptions import ClientError

from reelwright.publishing.plan_wake import WakePlace, drop_wake, plan_wake

PLACE = WakePlace("reelwright-posts", "arn:aws:iam::1:role/timers", "arn:aws:lambda:us-east-1:1:function:reelwright-publishing")
POST = "post_01jdc5w0fk7q2m3n4p5r6s7t8v"
EVENING = datetime(2026, 11, 24, 18, 30, tzinfo=UTC)


class FakeScheduler:
    """Schedules by group and name, with EventBridge's errors."""

    def __init__(self) -> None:
        self.schedules: dict[tuple[str, str], dict[str, Any]] = {}

    def create_schedule(self, **arguments: Any) -> None:
        key = (arguments["GroupName"], arguments["Name"])
        if key in self.schedules:
            raise ClientError({"Error": {"Code": "ConflictException", "Message": ""}}, "CreateSchedule")
        self.schedules[key] = arguments

    def delete_schedule(self, **arguments: Any) -> None:
        if self.schedules.pop((arguments["GroupName"], arguments["Name"]), None) is None:
            raise ClientError({"Error": {"Code": "ResourceNotFoundException", "Message": ""}}, "DeleteSchedule")


class BrokenScheduler(FakeScheduler):
    def create_schedule(self, **arguments: Any) -> None:
        raise ClientError({"Error": {"Code": "AccessDeniedException", "Message": ""}}, "CreateSchedule")


def test_a_timer_calls_once_at_its_time_with_id_and_version_and_is_gone_afterwards() -> None:
    scheduler = FakeScheduler()
    assert plan_wake(scheduler, PLACE, POST, 3, EVENING.astimezone(timezone(timedelta(hours=9))))
    (schedule,) = scheduler.schedules.values()
    assert schedule["ScheduleExpression"] == "at(2026-11-24T18:30:00)"
    assert schedule["ScheduleExpressionTimezone"] == "UTC"
    assert schedule["ActionAfterCompletion"] == "DELETE"
    assert schedule["FlexibleTimeWindow"] == {"Mode": "OFF"}
    assert json.loads(schedule["Target"]["Input"]) == {"step": "Wake Post", "post_id": POST, "version": 3}
    assert len(schedule["Name"]) <= 64


def test_planning_twice_is_planning_once_and_an_edit_has_a_timer_of_its_own() -> None:
    scheduler = FakeScheduler()
    for version in (1, 1, 2):
        assert plan_wake(scheduler, PLACE, POST, version, EVENING)
    assert [name for _, name in scheduler.schedules] == [f"{POST}-1", f"{POST}-2"]


def test_a_timer_is_dropped_and_dropping_none_is_no_error() -> None:
    scheduler = FakeScheduler()
    plan_wake(scheduler, PLACE, POST, 1, EVENING)
    for _ in range(2):
        drop_wake(scheduler, PLACE, POST, 1)
    assert scheduler.schedules == {}


def test_without_a_group_there_are_no_timers() -> None:
    scheduler = FakeScheduler()
    assert not plan_wake(scheduler, WakePlace("", "", ""), POST, 1, EVENING)
    drop_wake(scheduler, WakePlace("", "", ""), POST, 1)
    assert scheduler.schedules == {}


def test_what_else_goes_wrong_is_not_kept_quiet() -> None:
    with pytest.raises(ClientError):
        plan_wake(BrokenScheduler(), PLACE, POST, 1, EVENING)
