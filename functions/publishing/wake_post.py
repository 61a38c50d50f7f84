"""Step 'Wake Post': a post's timer has come. An old version, a cancelled post and one that another has claimed do nothing."""

from __future__ import annotations

from typing import Any

from functions.bootstrap import World
from functions.start_posts import start_due_post


def run(event: dict[str, Any], world: World) -> dict[str, Any]:
    """``is_claimed``: it was this timer that claimed the post."""
    return {"is_claimed": start_due_post(world, event["post_id"], event["version"])}
