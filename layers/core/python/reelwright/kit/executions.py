"""Executions of storyboards, each named by the row that it serves: starting one twice starts it once.

https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

if TYPE_CHECKING:
    from mypy_boto3_stepfunctions import SFNClient

RUNNING = "RUNNING"


def execution_name(row_id: str, attempt: int) -> str:
    """``gen_…-2``: one name per attempt, so that two can never run for the same one."""
    return f"{row_id}-{attempt}"


def start_execution(client: SFNClient, machine_arn: str, name: str, state: dict[str, Any]) -> bool:
    """Whether an execution was started; False where one of this name was there already."""
    try:
        client.start_execution(stateMachineArn=machine_arn, name=name, input=json.dumps(state))
    except ClientError as error:
        if error.response["Error"]["Code"] == "ExecutionAlreadyExists":
            return False
        raise
    return True


def read_status(client: SFNClient, machine_arn: str, name: str) -> str | None:
    """RUNNING, SUCCEEDED, FAILED, TIMED_OUT, ABORTED; None where there is no execution of this name."""
    arn = f"{machine_arn.replace(':stateMachine:', ':execution:', 1)}:{name}"
    try:
        return client.describe_execution(executionArn=arn)["status"]
    except ClientError as error:
        if error.response["Error"]["Code"] == "ExecutionDoesNotExist":
            return None
        raise
