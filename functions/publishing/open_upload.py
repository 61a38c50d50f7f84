"""Step 'Open Upload': an upload or container at the platform, or the one that is open. Nothing is visible."""

from __future__ import annotations

from typing import Any

from functions.bootstrap import World
from functions.post_means import posting_means
from reelwright.publishing.open_upload import open_upload


def run(event: dict[str, Any], world: World) -> dict[str, Any]:
    """``is_sent``: the whole video is there already."""
    return {"is_sent": open_upload(posting_means(world), event["post_id"], event["attempt"], world.clock())}
