"""Step 'Claim Post': whether this execution still serves the post, and whether the irreversible call was made already."""

from __future__ import annotations

from typing import Any

from functions.bootstrap import World
from reelwright.publishing.post import PostState
from reelwright.publishing.post_row import AT_WORK, lock_post, may_be_posted


def run(event: dict[str, Any], world: World) -> dict[str, Any]:
    """``is_taken``: it goes on; ``is_committed``: only the account is looked at. An execution of an older version or attempt ends here."""
    with world.database.transaction() as session:
        row = lock_post(session, event["post_id"])
        is_current = row.version == event["version"]
        if event["is_only_check"]:
            return {"is_taken": is_current and row.state == PostState.SCHEDULED, "is_committed": False}
        is_taken = is_current and row.attempt == event["attempt"] and row.state in AT_WORK
        return {"is_taken": is_taken, "is_committed": is_taken and may_be_posted(row)}
