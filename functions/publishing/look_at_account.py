"""Step 'Look At Account': what became of the post, only by reading. May run as often as anybody likes."""

from __future__ import annotations

from typing import Any

from functions.bootstrap import World
from functions.post_means import posting_means
from functions.start_posts import start_waiting_posts
from reelwright.publishing.look_at_account import look_at_account
from reelwright.publishing.write_comment import write_comment


def run(event: dict[str, Any], world: World) -> dict[str, Any]:
    """``is_over``: settled, or left to the minute's step; ``goes_back``: nothing was committed yet; ``wait_seconds`` until the next look."""
    means = posting_means(world)
    answer = look_at_account(means, event["post_id"], world.clock(), event["attempt"])
    write_comment(means, event["post_id"], world.clock())
    if answer.is_over:
        start_waiting_posts(world)
    return {"is_over": answer.is_over, "goes_back": answer.goes_back, "wait_seconds": answer.wait_seconds}
