"""Step 'Send Video': pieces of the video for a while, each read from S3 by its range; called again until all is there."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from functions.bootstrap import World
from functions.post_means import posting_means
from reelwright.publishing.posting_means import take_in_hand
from reelwright.publishing.send_video import send_piece

# Well under the function's time limit, so that a piece that takes long is not cut off.
SENDS_FOR = timedelta(seconds=30)


def run(event: dict[str, Any], world: World) -> dict[str, Any]:
    """``is_complete``, ``sent_bytes``. Raises UploadExpired, PlatformUnavailable, PlatformThrottled, PlatformRefused, ReconnectNeeded, Conflict."""
    means = posting_means(world)
    until = world.clock() + SENDS_FOR
    at_hand = take_in_hand(means, event["post_id"], world.clock(), attempt=event["attempt"])
    while True:
        sent = send_piece(means, at_hand, world.clock())
        if sent.is_complete or world.clock() >= until:
            return {"is_complete": sent.is_complete, "sent_bytes": sent.sent_bytes}
