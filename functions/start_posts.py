"""Starts the storyboard 'publish_post' for rows that are committed already: as many as the cap allows, each execution once."""

from __future__ import annotations

from datetime import timedelta

from aws_lambda_powertools import Logger
from botocore.exceptions import BotoCoreError, ClientError

from functions.bootstrap import World
from reelwright.kit.executions import RUNNING, execution_name, read_status, start_execution
from reelwright.publishing.admit_posts import Admitted, admit_posts, claim_execution_again, list_running
from reelwright.publishing.claim_post import claim_post

GRACE = timedelta(seconds=10)  # between a row's commit and the start of its execution
RUNNING_AT_ONCE = 200
TIMER = "timer"

logger = Logger(service="publishing", child=True)


def start_due_post(world: World, post_id: str, version: int) -> bool:
    """Claims one post whose time has come and lets it begin; whether it was claimed here. An old version does nothing."""
    with world.database.transaction() as session:
        is_claimed = claim_post(session, post_id, version, world.clock(), TIMER)
    if is_claimed:
        start_waiting_posts(world)
    return is_claimed


def start_waiting_posts(world: World) -> int:
    """Begins claimed posts up to the cap; how many."""
    with world.database.transaction() as session:
        admitted = admit_posts(session, world.settings.running_posts, world.clock())
    for each in admitted:
        _start(world, each)
    return len(admitted)


def restart_dead_posts(world: World) -> int:
    """Posts without an execution get one, those with a dead one another; how many."""
    with world.database.transaction() as session:
        running = list_running(session, RUNNING_AT_ONCE)
    started = 0
    for each, moved_at in running:
        status = read_status(world.step_functions, world.settings.publish_post_arn, execution_name(each.execution_row, each.execution_attempt))
        if status == RUNNING or (status is None and world.clock() - moved_at < GRACE):
            continue
        if status is None:
            started += _start(world, each)
            continue
        with world.database.transaction() as session:
            again = claim_execution_again(session, each, world.clock())
        started += again is not None and _start(world, again)
    return started


def start_check(world: World, post_id: str, creator_id: str, version: int) -> bool:
    """Has the post held against its platform before its hour, and its file made where it does not fit. Once a minute at most."""
    name = f"{post_id}-check-{version}-{int(world.clock().timestamp()) // 60}"
    state: dict[str, str | int | bool] = {"post_id": post_id, "creator_id": creator_id, "version": version, "attempt": 0, "is_only_check": True}
    return _try_to_start(world, name, state)


def _start(world: World, admitted: Admitted) -> bool:
    return _try_to_start(world, execution_name(admitted.execution_row, admitted.execution_attempt), admitted.state)


def _try_to_start(world: World, name: str, state: dict[str, str | int | bool]) -> bool:
    """A start that fails is made up for by the next minute's step: the row says what is to run."""
    try:
        return start_execution(world.step_functions, world.settings.publish_post_arn, name, state)
    except (BotoCoreError, ClientError) as error:
        logger.warning("execution not started", extra={"execution": name, "error": str(error)})
        return False
