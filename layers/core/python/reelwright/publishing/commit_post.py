"""The one irreversible call: its intent is in the row before it is made, and it is made at most once for an attempt.

Irreversible: never retry. Whoever finds the intent in the row looks at the account instead.
"""

from __future__ import annotations

from datetime import datetime

from reelwright.kit.errors import (
    PlatformError,
    PlatformNotReady,
    PlatformRefused,
    PlatformThrottled,
    PlatformUnavailable,
    ReconnectNeeded,
    UploadExpired,
)
from reelwright.kit.http_client import NotHeard
from reelwright.publishing.fail_post import doubt_post
from reelwright.publishing.history import add_event, title_of
from reelwright.publishing.outside_call import outside_call
from reelwright.publishing.platform import Outcome
from reelwright.publishing.post import PostStage
from reelwright.publishing.post_row import enter_stage, lock_attempt, lock_post, may_be_posted
from reelwright.publishing.posting_means import PostingMeans, take_in_hand
from reelwright.publishing.settle_post import settle_post

# The port allows these only where the platform certainly posted nothing.
_POSTED_NOTHING = (PlatformNotReady, PlatformRefused, PlatformThrottled, ReconnectNeeded, UploadExpired)


def commit_post(means: PostingMeans, post_id: str, attempt: int, now: datetime) -> bool:
    """Whether all is known. If not, the account is looked at: the answer was lost, or the platform is not done showing the post.

    Raises Conflict where the attempt is over, and PlatformNotReady, PlatformThrottled, PlatformRefused, ReconnectNeeded, UploadExpired and
    PlatformUnavailable only where nothing was posted.
    """
    at_hand = take_in_hand(means, post_id, now, attempt=attempt)
    if not _write_intent(means, post_id, attempt, now):
        return False
    try:
        outcome = at_hand.platform.commit(at_hand.account, at_hand.order, at_hand.checkpoint)
    except PlatformError as error:
        if not _posted_nothing(error):
            with means.database.transaction() as session:
                doubt_post(session, lock_post(session, post_id), now)
            return False
        _take_back_intent(means, post_id, attempt, now)
        with outside_call(means, at_hand, now):
            raise
    return _settle(means, post_id, outcome, now)


def _write_intent(means: PostingMeans, post_id: str, attempt: int, now: datetime) -> bool:
    """Whether this call is the one that may commit. The lock lets one through; everybody after it sees the intent."""
    with means.database.transaction() as session:
        row = lock_post(session, post_id)
        if may_be_posted(row):
            return False
        row = lock_attempt(session, post_id, attempt)
        enter_stage(row, PostStage.COMMITTING, now)
        row.committed_at = now
        add_event(session, row, "committing", f"{title_of(row.platform)} is asked to make it visible.", now)
    return True


def _posted_nothing(error: PlatformError) -> bool:
    never_left = isinstance(error, PlatformUnavailable) and isinstance(error.__cause__, NotHeard)
    return isinstance(error, _POSTED_NOTHING) or never_left


def _take_back_intent(means: PostingMeans, post_id: str, attempt: int, now: datetime) -> None:
    with means.database.transaction() as session:
        row = lock_attempt(session, post_id, attempt)
        if row.stage == PostStage.COMMITTING:
            enter_stage(row, PostStage.PROCESSING, now)
            row.committed_at = None


def _settle(means: PostingMeans, post_id: str, outcome: Outcome, now: datetime) -> bool:
    with means.database.transaction() as session:
        return settle_post(session, lock_post(session, post_id), outcome, now, by_execution=True).is_over
