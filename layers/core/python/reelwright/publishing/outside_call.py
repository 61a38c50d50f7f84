"""A call to a platform that may be repeated: what its error says beyond its class is kept in the row, and a refused token is renewed once or twice."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from reelwright.kit.errors import PlatformError, PlatformUnavailable, ReconnectNeeded
from reelwright.publishing.post_row import count_try, lock_post, set_count
from reelwright.publishing.posting_means import PostAtHand, PostingMeans

MAX_RENEWALS = 2


@contextmanager
def outside_call(means: PostingMeans, at_hand: PostAtHand, now: datetime) -> Iterator[None]:
    """No transaction is open inside.

    A storyboard hands on an error's class and sentence only, so the time that the platform named is written down. A token that the platform
    refuses before its time is renewed; then the call may be repeated, which PlatformUnavailable says.
    """
    try:
        yield
    except ReconnectNeeded as refusal:
        _renew(means, at_hand, refusal, now)
        raise PlatformUnavailable("The permission was renewed.") from refusal
    except PlatformError as error:
        if error.retry_after_seconds is not None:
            with means.database.transaction() as session:
                set_count(lock_post(session, at_hand.row.id), "retry_at", (now + timedelta(seconds=error.retry_after_seconds)).isoformat())
        raise


def _renew(means: PostingMeans, at_hand: PostAtHand, refusal: ReconnectNeeded, now: datetime) -> None:
    """Raises the refusal where there is nothing to renew, or it did not help."""
    with means.database.transaction() as session:
        if count_try(lock_post(session, at_hand.row.id), "renewals") > MAX_RENEWALS:
            raise refusal
    refused = at_hand.account.grant
    try:
        renewed = means.grant_of(at_hand.row.social_account_id, now, rejected=refused)
    except ReconnectNeeded:
        raise refusal from None
    if renewed.access_token == refused.access_token:
        raise refusal
