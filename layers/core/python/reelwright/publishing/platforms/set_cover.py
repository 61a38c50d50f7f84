"""A cover picture that is sent beside the video: once, and never in the way of the post."""

from __future__ import annotations

from collections.abc import Callable

from reelwright.kit.errors import PlatformError, ReconnectNeeded
from reelwright.publishing.platform import Order
from reelwright.publishing.post import Checkpoint


def set_cover(order: Order, checkpoint: Checkpoint, send: Callable[[bytes], object]) -> Checkpoint:
    """The checkpoint with what became of the cover: "set", or "refused" where ``send`` raised. Raises ReconnectNeeded."""
    if order.cover is None or "cover" in checkpoint:
        return checkpoint
    try:
        send(order.cover())
    except ReconnectNeeded:
        raise
    except PlatformError:
        return {**checkpoint, "cover": "refused"}
    return {**checkpoint, "cover": "set"}
