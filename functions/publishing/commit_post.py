"""Step 'Commit Post': the one irreversible call, with its intent in the row before it. Irreversible: never retry."""

from __future__ import annotations

from typing import Any

from functions.bootstrap import World
from functions.post_means import posting_means
from functions.start_posts import start_waiting_posts
from reelwright.publishing.commit_post import commit_post
from reelwright.publishing.write_comment import write_comment


def run(event: dict[str, Any], world: World) -> dict[str, Any]:
    """``is_over``: all is known; else the account is looked at. Raises only where nothing was posted, or before the call was made."""
    is_over = commit_post(posting_means(world), event["post_id"], event["attempt"], world.clock())
    if is_over:
        write_comment(posting_means(world), event["post_id"], world.clock())
        start_waiting_posts(world)
    return {"is_over": is_over}
