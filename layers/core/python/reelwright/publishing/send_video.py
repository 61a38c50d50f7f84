"""Sends the video piece by piece: one piece is in memory at a time, and the row says how far it is."""

from __future__ import annotations

from datetime import datetime

from reelwright.publishing.history import add_event, title_of
from reelwright.publishing.outside_call import outside_call
from reelwright.publishing.platform import Sent
from reelwright.publishing.post import PostStage
from reelwright.publishing.post_row import enter_stage, lock_attempt
from reelwright.publishing.posting_means import PostAtHand, PostingMeans

MEGABYTE = 1_000_000


def send_piece(means: PostingMeans, at_hand: PostAtHand, now: datetime) -> Sent:
    """The next piece; the adapter asks first how much is there, so that a repeat sends nothing twice.

    Raises UploadExpired, PlatformUnavailable, PlatformThrottled, PlatformRefused, ReconnectNeeded, Conflict.
    """
    post_id, attempt = at_hand.row.id, at_hand.row.attempt
    with outside_call(means, at_hand, now):
        sent = at_hand.platform.send(at_hand.account, at_hand.order, at_hand.checkpoint)
    with means.database.transaction() as session:
        row = lock_attempt(session, post_id, attempt)
        row.checkpoint, row.sent_bytes, row.updated_at = sent.checkpoint, sent.sent_bytes, now
        if sent.is_complete and row.stage == PostStage.UPLOADING:
            row.counts = {**(row.counts or {}), "is_sent": True, "down_since": None, "pauses": 0}
            enter_stage(row, PostStage.PROCESSING, now)
            size = f"{at_hand.order.video.size_bytes / MEGABYTE:.1f} MB"
            add_event(session, row, "sent", f"The video ({size}) is at {title_of(row.platform)}; nobody sees it yet.", now)
    at_hand.row.checkpoint = sent.checkpoint
    return sent
