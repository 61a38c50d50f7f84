"""Starts a storyboard for a row that is committed already."""

from __future__ import annotations

import json

from aws_lambda_powertools import Logger
from botocore.exceptions import BotoCoreError, ClientError

from functions.bootstrap import World


def start_execution(world: World, logger: Logger, machine_arn: str, row_id: str, attempt: int, ids: dict[str, str]) -> bool:
    """Whether the execution ``<row id>-<attempt>`` was started. Where not, the reconciler does it within a minute."""
    try:
        world.step_functions.start_execution(stateMachineArn=machine_arn, name=f"{row_id}-{attempt}", input=json.dumps(ids))
    except (BotoCoreError, ClientError) as error:
        logger.warning("execution not started", extra={"row_id": row_id, "error": str(error)})
        return False
    return True
