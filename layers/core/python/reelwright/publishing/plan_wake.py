"""A post's timer: one schedule per version of the post, which calls the step 'Wake Post' and is gone afterwards.

https://docs.aws.amazon.com/scheduler/latest/APIReference/API_CreateSchedule.html

A timer that is lost costs a minute at most: each minute all due posts are claimed. One that is too many does nothing.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Protocol

from botocore.exceptions import ClientError

WAKE_STEP = "Wake Post"


class Scheduler(Protocol):
    """What is used of the client of EventBridge Scheduler."""

    def create_schedule(self, **arguments: Any) -> Any:
        """Makes a schedule; raises ClientError."""

    def delete_schedule(self, **arguments: Any) -> Any:
        """Removes a schedule; raises ClientError."""


@dataclass(frozen=True)
class WakePlace:
    """Where timers stand and what they call. All empty: there are none here, and each minute's step does alone."""

    group: str
    role_arn: str
    function_arn: str


def plan_wake(scheduler: Scheduler, place: WakePlace, post_id: str, version: int, due_at: datetime) -> bool:
    """Whether there is a timer for this version now. Planning it twice plans it once. Raises ClientError."""
    if not place.group:
        return False
    target = {
        "Arn": place.function_arn,
        "RoleArn": place.role_arn,
        "Input": json.dumps({"step": WAKE_STEP, "post_id": post_id, "version": version}),
        "RetryPolicy": {"MaximumRetryAttempts": 3, "MaximumEventAgeInSeconds": 300},
    }
    try:
        scheduler.create_schedule(
            Name=wake_name(post_id, version),
            GroupName=place.group,
            ScheduleExpression=f"at({due_at.astimezone(UTC):%Y-%m-%dT%H:%M:%S})",
            ScheduleExpressionTimezone="UTC",
            FlexibleTimeWindow={"Mode": "OFF"},
            ActionAfterCompletion="DELETE",
            Target=target,
        )
    except ClientError as error:
        if error.response["Error"]["Code"] != "ConflictException":
            raise
    return True


def drop_wake(scheduler: Scheduler, place: WakePlace, post_id: str, version: int) -> None:
    """Removes the timer of a version; nothing happens where there is none. Raises ClientError."""
    if not place.group:
        return
    try:
        scheduler.delete_schedule(Name=wake_name(post_id, version), GroupName=place.group)
    except ClientError as error:
        if error.response["Error"]["Code"] != "ResourceNotFoundException":
            raise


def wake_name(post_id: str, version: int) -> str:
    """``post_…-3``: one name per version; 64 letters at most."""
    return f"{post_id}-{version}"
