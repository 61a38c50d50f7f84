"""Step 'Check Post': the post against its account, its file and the platform's rules, before anything is sent."""

from __future__ import annotations

from typing import Any

from functions.bootstrap import World
from functions.post_means import posting_means
from reelwright.publishing.check_post import check_post, check_scheduled_post


def run(event: dict[str, Any], world: World) -> dict[str, Any]:
    """``needs_file``: the platform's file is made first. Raises PlatformRefused, PlatformThrottled, PlatformUnavailable, ReconnectNeeded, Conflict."""
    means = posting_means(world)
    if event["is_only_check"]:
        answer = check_scheduled_post(means, event["post_id"], event["version"], world.clock())
    else:
        answer = check_post(means, event["post_id"], event["attempt"], world.clock())
    return {"needs_file": answer.needs_file}
