"""Asks whether the platform is done with the video. May be asked for ever."""

from __future__ import annotations

from datetime import datetime

from reelwright.kit.errors import PlatformNotReady
from reelwright.publishing.fail_post import LONGEST_PROCESSING
from reelwright.publishing.history import title_of
from reelwright.publishing.outside_call import outside_call
from reelwright.publishing.post_row import lock_attempt, seconds_in_stage, set_count
from reelwright.publishing.posting_means import PostingMeans, take_in_hand
from reelwright.publishing.tell_cover import tell_cover


def check_processing(means: PostingMeans, post_id: str, attempt: int, now: datetime) -> bool:
    """Whether the post can be committed.

    Raises PlatformRefused where the platform cannot use the video, PlatformNotReady where it works on it for longer than ``LONGEST_PROCESSING``,
    UploadExpired and the rest.
    """
    at_hand = take_in_hand(means, post_id, now, attempt=attempt)
    with outside_call(means, at_hand, now):
        readiness = at_hand.platform.check(at_hand.account, at_hand.order, at_hand.checkpoint)
    with means.database.transaction() as session:
        row = lock_attempt(session, post_id, attempt)
        tell_cover(session, row, row.checkpoint, readiness.checkpoint, now)
        row.checkpoint, row.updated_at = readiness.checkpoint, now
        set_count(row, "unavailable", 0)
        if readiness.state == "ready":
            return True
        if seconds_in_stage(row, now) > LONGEST_PROCESSING.total_seconds():
            minutes = int(LONGEST_PROCESSING.total_seconds() // 60)
            raise PlatformNotReady(f"{title_of(row.platform)} did not finish working on the video in {minutes} minutes. Nothing was posted; please retry.")
    return False
