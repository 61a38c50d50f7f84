"""Step 'Mark Ready': from now on plans may use the file."""

from __future__ import annotations

from typing import Any

from functions.bootstrap import World
from reelwright.kit.errors import Conflict
from reelwright.media.ingest import NORMAL, find_rendition, mark_ready


def run(event: dict[str, Any], world: World) -> dict[str, Any]:
    """Raises Conflict where a step before it is missing, NotFound (deleted meanwhile)."""
    with world.database.transaction() as session:
        if find_rendition(session, event["media_id"], NORMAL) is None:
            raise Conflict("This file was not normalised yet.")
        mark_ready(session, event["media_id"], world.clock())
    return {"state": "ready"}
