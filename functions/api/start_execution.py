"""Starts a storyboard for a row that is committed already."""

from __future__ import annotations

from aws_lambda_powertools import Logger
from botocore.exceptions import BotoCoreError, ClientError

from functions.bootstrap import World
from reelwright.kit import executions


def start_execution(world: World, logger: Logger, machine_arn: str, row_id: str, attempt: int, ids: dict[str, str]) -> bool:
    """Whether the row's execution was started. Where not, the reconciler does it within a minute."""
    try:
        return executions.start_execution(world.step_functions, machine_arn, executions.execution_name(row_id, attempt), ids)
    except (BotoCoreError, ClientError) as error:
        logger.warning("execution not started", extra={"row_id": row_id, "error": str(error)})
        return False
