"""Step 'Start Due Posts': the minute's look at all posts. Whatever was forgotten, interrupted or is still unknown goes on.

It claims every due post, begins as many as the cap allows, restarts dead executions, looks for posts whose answer was lost, writes first comments, has
scheduled posts checked before their hour, continues series, refreshes grants and collects metrics. One part that fails holds no other up. May run twice at once.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

from aws_lambda_powertools import Logger
from sqlalchemy.orm import Session

from functions.bootstrap import World
from functions.post_means import posting_means, wake_place
from functions.start_posts import restart_dead_posts, start_check, start_waiting_posts
from reelwright.publishing.check_post import claim_checks
from reelwright.publishing.claim_post import claim_due_posts
from reelwright.publishing.collect_metrics import collect_metrics
from reelwright.publishing.continue_series import continue_series
from reelwright.publishing.first_comment import list_due_comments
from reelwright.publishing.keep_accounts import look_after_accounts
from reelwright.publishing.look_at_account import claim_looks, look_at_account
from reelwright.publishing.plan_wake import plan_wake
from reelwright.publishing.posting_means import PostingMeans
from reelwright.publishing.write_comment import write_comment

Take = Callable[[Session, datetime, int], Sequence[str]]
Work = Callable[[PostingMeans, str, datetime], object]

SWEEP = "sweep"
CLAIMS_FOR = timedelta(seconds=45)
LOOKS_FOR = timedelta(seconds=40)
LOOKS_AT_ONCE = 10
CHECKS_AT_ONCE = 20
COMMENTS_FOR = timedelta(seconds=20)
COMMENTS_AT_ONCE = 10

logger = Logger(service="publishing", child=True)


def run(event: dict[str, Any], world: World) -> dict[str, Any]:
    """How many posts of each kind were helped; -1 where that part failed."""
    parts: dict[str, Callable[[World], int]] = {
        "claimed": claim_all,
        "started": start_waiting_posts,
        "restarted": restart_dead_posts,
        "looked_at": look_again,
        "commented": write_comments,
        "series": go_on_with_series,
        "checked": check_before_the_hour,
        "refreshed": refresh,
        "measured": measure,
    }
    return {name: _count(name, part, world) for name, part in parts.items()}


def claim_all(world: World) -> int:
    """Claims in batches until nothing is due, or most of a minute is over."""
    until = world.clock() + CLAIMS_FOR
    count = 0
    while True:
        with world.database.transaction() as session:
            claimed = len(claim_due_posts(session, world.clock(), SWEEP))
        count += claimed
        if not claimed or world.clock() > until:
            return count


def look_again(world: World) -> int:
    """Looks for posts whose time to be looked for has come."""
    return _work_off(world, claim_looks, look_at_account, LOOKS_AT_ONCE, LOOKS_FOR)


def write_comments(world: World) -> int:
    """Goes on with first comments whose time has come."""
    return _work_off(world, list_due_comments, write_comment, COMMENTS_AT_ONCE, COMMENTS_FOR)


def _work_off(world: World, take: Take, work: Work, at_once: int, longest: timedelta) -> int:
    """Takes the posts that wait, ``at_once`` at a time, and works on each until none waits or it took ``longest``."""
    means, until, count = posting_means(world), world.clock() + longest, 0
    while world.clock() < until:
        with world.database.transaction() as session:
            waiting = take(session, world.clock(), at_once)
        for post_id in waiting:
            work(means, post_id, world.clock())
        count += len(waiting)
        if len(waiting) < at_once:
            break
    return count


def go_on_with_series(world: World) -> int:
    """The next posts of series, each with its timer."""
    with world.database.transaction() as session:
        made = [(row.id, row.version, row.due_at) for row in continue_series(session, world.clock())]
    for post_id, version, due_at in made:
        if due_at is not None:
            plan_wake(world.scheduler, wake_place(world), post_id, version, due_at)
    return len(made)


def check_before_the_hour(world: World) -> int:
    """Has new and soon due posts held against their platforms."""
    with world.database.transaction() as session:
        waiting = claim_checks(session, world.clock(), CHECKS_AT_ONCE)
    return sum(start_check(world, post_id, creator_id, version) for post_id, creator_id, version in waiting)


def refresh(world: World) -> int:
    """Refreshes grants that come near their end, and finishes what a disconnect could not."""
    return sum(look_after_accounts(world.database, world.envelope, world.platforms, world.clock()).values())


def measure(world: World) -> int:
    """Collects counts of posts that are due."""
    grant_of = posting_means(world).grant_of
    return collect_metrics(world.database, world.platforms, lambda account_id: grant_of(account_id, world.clock()), world.clock())


def _count(name: str, part: Callable[[World], int], world: World) -> int:
    try:
        return part(world)
    except Exception:
        logger.exception("a part of the minute's step failed", extra={"part": name})
        return -1
