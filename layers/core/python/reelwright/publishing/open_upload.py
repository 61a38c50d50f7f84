"""Opens the upload at the platform, or finds the one that is open. Nothing is visible; opening twice is harmless."""

from __future__ import annotations

from datetime import datetime

from reelwright.publishing.history import add_event, title_of
from reelwright.publishing.outside_call import outside_call
from reelwright.publishing.post import PostStage
from reelwright.publishing.post_row import count_try, enter_stage, forget_upload, lock_attempt, read_count, set_count
from reelwright.publishing.posting_means import PostingMeans, take_in_hand
from reelwright.publishing.tell_cover import tell_cover


def open_upload(means: PostingMeans, post_id: str, attempt: int, now: datetime) -> bool:
    """Whether the whole video is there already. Raises Conflict, PlatformRefused, PlatformThrottled, PlatformUnavailable, ReconnectNeeded."""
    at_hand = take_in_hand(means, post_id, now, attempt=attempt)
    with means.database.transaction() as session:
        row = lock_attempt(session, post_id, attempt)
        if row.checkpoint is not None and read_count(row, "opened_version") == row.version:
            is_sent = bool(read_count(row, "is_sent"))
            enter_stage(row, PostStage.PROCESSING if is_sent else PostStage.UPLOADING, now)
            return is_sent
        forget_upload(row)
        enter_stage(row, PostStage.OPENING, now)
        count_try(row, "opens")
    with outside_call(means, at_hand, now):
        checkpoint = at_hand.platform.open(at_hand.account, at_hand.order)
    with means.database.transaction() as session:
        row = lock_attempt(session, post_id, attempt)
        row.checkpoint = checkpoint
        set_count(row, "opened_version", at_hand.row.version)
        enter_stage(row, PostStage.UPLOADING, now)
        add_event(session, row, "opened", f"{title_of(row.platform)} takes the video now.", now)
        tell_cover(session, row, None, checkpoint, now)
    return False
