"""Writes a post's first comment once the post is to be seen. Whatever becomes of it, the post stays published.

A call whose answer was lost is not made again before the post was looked at; what a platform refused is not asked for again at all, because it was seen
to write a comment and refuse afterwards.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from reelwright.kit.errors import (
    OutcomeUnknown,
    PlatformError,
    PlatformNotReady,
    PlatformRefused,
    PlatformThrottled,
    PlatformUnavailable,
    ReconnectNeeded,
    ReelwrightError,
)
from reelwright.kit.http_client import NotHeard
from reelwright.publishing.first_comment import Turn, end_comment, postpone_comment, take_turn, wish_of, write_intent
from reelwright.publishing.history import say_time, title_of
from reelwright.publishing.outside_call import outside_call
from reelwright.publishing.platform import Comments
from reelwright.publishing.post import CommentState
from reelwright.publishing.post_row import lock_post
from reelwright.publishing.posting_means import PostAtHand, PostingMeans, take_in_hand

# A post shows its comments late: no sooner is "it is not there" believed.
ABSENT_AFTER = timedelta(seconds=150)
MAX_ASKS = 2
LOOK_PAUSE = timedelta(seconds=30)
AGAIN_PAUSE = timedelta(minutes=2)
PATIENCE = timedelta(hours=26)  # a day's number of calls is new by then
TOLD_FROM = timedelta(minutes=10)  # a shorter wait is not worth a sentence
NO_PLACE = "{title} takes no comment from an app."
TOO_LONG = "{title} was out of reach for a day."
_LOGGER = logging.getLogger(__name__)
NOT_SEEN = "the answer got lost, and the post does not show it."


def write_comment(means: PostingMeans, post_id: str, now: datetime) -> None:
    """Goes on with the comment where it is its turn; harmless to repeat, and never raises for what the platform did."""
    with means.database.transaction() as session:
        turn = take_turn(session, post_id, now)
    if turn is None:
        return
    try:
        at_hand = take_in_hand(means, post_id, now)
        comments = at_hand.platform.comments
        if comments is None:
            raise PlatformRefused(NO_PLACE.format(title=title_of(at_hand.row.platform)))
        if turn.asked_at is not None and not _is_to_be_asked_again(means, at_hand, comments, turn, now):
            return
    except PlatformError as error:
        _after_error(means, post_id, error, now, may_be_there=turn.asked_at is not None)
        return
    _ask(means, at_hand, comments, now)


def _is_to_be_asked_again(means: PostingMeans, at_hand: PostAtHand, comments: Comments, turn: Turn, now: datetime) -> bool:
    """Looks for the comment of an earlier call: found, not there yet, or not there at all. Raises PlatformError."""
    since = turn.asked_at or now
    with outside_call(means, at_hand, now), _understood(at_hand):
        found = comments.find(at_hand.account, at_hand.row.external_id or "", wish_of(at_hand.row), at_hand.row.published_at or since)
    if found:
        _end(means, at_hand.row.id, CommentState.WRITTEN, "", now)
    elif now - since < ABSENT_AFTER:
        with means.database.transaction() as session:
            postpone_comment(session, at_hand.row.id, now + LOOK_PAUSE, certainly_absent=False, now=now)
    elif turn.asks >= MAX_ASKS:
        _end(means, at_hand.row.id, CommentState.UNKNOWN, NOT_SEEN, now)
    else:
        return True
    return False


def _ask(means: PostingMeans, at_hand: PostAtHand, comments: Comments, now: datetime) -> None:
    with means.database.transaction() as session:
        write_intent(session, at_hand.row.id, now)
    try:
        with outside_call(means, at_hand, now), _understood(at_hand):
            comments.write(at_hand.account, at_hand.row.external_id or "", wish_of(at_hand.row))
    except PlatformError as error:
        _after_error(means, at_hand.row.id, error, now, may_be_there=not _wrote_nothing(error))
        return
    _end(means, at_hand.row.id, CommentState.WRITTEN, "", now)


@contextmanager
def _understood(at_hand: PostAtHand) -> Iterator[None]:
    """An answer that no adapter can read leaves it open what happened; its patience ends it as it ends any other doubt."""
    try:
        yield
    except ReelwrightError:
        raise
    except Exception as error:
        title = title_of(at_hand.row.platform)
        _LOGGER.error("comment not understood", extra={"post_id": at_hand.row.id, "error_type": type(error).__name__})
        raise OutcomeUnknown(f"{title} answered in a way that we do not understand.") from None


def _wrote_nothing(error: PlatformError) -> bool:
    """Whether the call certainly had no effect: it was not heard, or refused by what stands before the comments."""
    never_left = isinstance(error, PlatformUnavailable) and isinstance(error.__cause__, NotHeard | ReconnectNeeded)
    return never_left or isinstance(error, PlatformThrottled | PlatformNotReady | ReconnectNeeded | PlatformRefused)


def _after_error(means: PostingMeans, post_id: str, error: PlatformError, now: datetime, *, may_be_there: bool) -> None:
    pause = timedelta(seconds=error.retry_after_seconds) if error.retry_after_seconds is not None else AGAIN_PAUSE
    with means.database.transaction() as session:
        row = lock_post(session, post_id)
        is_over = now + pause - (row.published_at or now) > PATIENCE
        passes = isinstance(error, PlatformThrottled | PlatformUnavailable | PlatformNotReady | OutcomeUnknown)
        if passes and not is_over:
            at = now + (LOOK_PAUSE if isinstance(error, OutcomeUnknown) else pause)
            note = f"The first comment waits until {say_time(at)}: {error.detail}" if pause > TOLD_FROM else ""
            postpone_comment(session, post_id, at, certainly_absent=not may_be_there, note=note, now=now)
            return
        detail = error.detail if not isinstance(error, PlatformUnavailable | OutcomeUnknown) else TOO_LONG.format(title=title_of(row.platform))
        end_comment(session, row, CommentState.UNKNOWN if may_be_there else CommentState.FAILED, detail, now)


def _end(means: PostingMeans, post_id: str, state: CommentState, detail: str, now: datetime) -> None:
    with means.database.transaction() as session:
        end_comment(session, lock_post(session, post_id), state, detail, now)
