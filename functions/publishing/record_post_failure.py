"""Step 'Record Post Failure': what an error means for the post: it fails in words, waits, opens its upload anew, or is looked for."""

from __future__ import annotations

from typing import Any

from functions.bootstrap import World
from functions.post_means import posting_means
from functions.start_posts import start_waiting_posts
from reelwright.generation.end_generation import explain_failure
from reelwright.publishing.check_post import record_check
from reelwright.publishing.fail_post import Failure, record_failure


def run(event: dict[str, Any], world: World) -> dict[str, Any]:
    """One of ``must_look``, ``opens_again``, ``checks_again``, ``is_failed``, or none of them: it waits, or it is another's. May run again."""
    type_, detail = explain_failure(event.get("error") or {})
    if event["is_only_check"]:
        record_check(posting_means(world), event["post_id"], event["version"], detail, world.clock())
        return _say("over")
    with world.database.transaction() as session:
        aftermath = record_failure(session, event["post_id"], event["attempt"], Failure(type_, detail), world.clock())
    if aftermath in ("failed", "deferred"):
        start_waiting_posts(world)
    return _say(aftermath)


def _say(aftermath: str) -> dict[str, Any]:
    return {
        "must_look": aftermath == "look",
        "opens_again": aftermath == "open",
        "checks_again": aftermath == "check",
        "is_failed": aftermath == "failed",
    }
