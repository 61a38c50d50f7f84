"""Holds a post against its account and its platform before anything is sent: what would be refused is said in a sentence with what to do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from reelwright.kit.errors import Conflict, PlatformError, PlatformRefused, PlatformThrottled, PlatformUnavailable, ReconnectNeeded
from reelwright.publishing.connect_words import say_missing
from reelwright.publishing.history import add_event, title_of
from reelwright.publishing.outside_call import outside_call
from reelwright.publishing.platform import PublishingOptions
from reelwright.publishing.post import PostStage, PostState
from reelwright.publishing.post_row import enter_stage, lock_attempt, lock_post, set_count
from reelwright.publishing.posting_means import FILES_GONE, PostAtHand, PostingMeans, take_in_hand
from reelwright.publishing.settle_post import settle_post
from reelwright.publishing.tables import PostRow

QUOTA_PAUSE_SECONDS = 3600
MAX_PAUSE_SECONDS = 48 * 3600
BEFORE_THE_HOUR = timedelta(hours=1)
TOO_LATE_TO_CHECK = timedelta(minutes=2)  # the same check is the first step of posting it


@dataclass(frozen=True)
class CheckAnswer:
    """``needs_file``: the platform's file is missing, or was not held against today's specification: it is made, then checked again."""

    needs_file: bool


def check_post(means: PostingMeans, post_id: str, attempt: int, now: datetime) -> CheckAnswer:
    """The post can be sent, as far as can be told beforehand. May be repeated.

    Raises PlatformRefused with every reason, PlatformThrottled where the day's number is reached, ReconnectNeeded, PlatformUnavailable, Conflict.
    """
    at_hand = take_in_hand(means, post_id, now, attempt=attempt)
    if (at_hand.row.counts or {}).get("earlier"):
        _look_for_earlier(means, at_hand, now)
    if _needs_file(at_hand):
        return CheckAnswer(needs_file=True)
    with outside_call(means, at_hand, now):
        _require_sendable(at_hand, now)
    with means.database.transaction() as session:
        row = lock_attempt(session, post_id, attempt)
        if row.stage == PostStage.CLAIMED:
            enter_stage(row, PostStage.OPENING, now)
            add_event(session, row, "checked", f"Account, file and text are as {title_of(row.platform)} takes them.", now)
    return CheckAnswer(needs_file=False)


def _look_for_earlier(means: PostingMeans, at_hand: PostAtHand, now: datetime) -> None:
    """Before a retry sends anything: an account may show a post very late. Raises Conflict where it is there, PlatformUnavailable where nobody can tell."""
    earlier = (at_hand.row.counts or {})["earlier"]
    since = datetime.fromisoformat(earlier["committed_at"])
    with outside_call(means, at_hand, now):
        outcome = at_hand.platform.look(at_hand.account, at_hand.order, earlier["checkpoint"], since)
    if outcome.state in ("pending", "unknown"):
        raise PlatformUnavailable("The account is looked at once more before the post is sent again, and it cannot be told yet.")
    with means.database.transaction() as session:
        row = lock_attempt(session, at_hand.row.id, at_hand.row.attempt)
        set_count(row, "earlier", None)
        if outcome.state == "published":
            row.committed_at = since
            settle_post(session, row, outcome, now, by_execution=False)
    if outcome.state == "published":
        raise Conflict("It is on the account after all; nothing was sent again.")


def check_scheduled_post(means: PostingMeans, post_id: str, version: int, now: datetime) -> CheckAnswer:
    """The same check before the hour: what it finds is told, and nothing else happens. Raises Conflict where the post was changed meanwhile."""
    detail = ""
    try:
        at_hand = take_in_hand(means, post_id, now)
        if at_hand.row.state != PostState.SCHEDULED or at_hand.row.version != version:
            raise Conflict("The post was changed meanwhile.")
        if _needs_file(at_hand):
            return CheckAnswer(needs_file=True)
        _require_sendable(at_hand, now)
    except (PlatformRefused, ReconnectNeeded) as error:
        detail = error.detail
    except PlatformError:
        return CheckAnswer(needs_file=False)  # it is down or full now, which says nothing about the hour
    record_check(means, post_id, version, detail, now)
    return CheckAnswer(needs_file=False)


def record_check(means: PostingMeans, post_id: str, version: int, detail: str, now: datetime) -> None:
    """Keeps what the check before the hour found; an empty ``detail`` is good news."""
    with means.database.transaction() as session:
        row = lock_post(session, post_id)
        if row.state != PostState.SCHEDULED or row.version != version:
            return
        is_news = row.check_detail != detail
        row.checked_at, row.check_detail = now, detail
        title = title_of(row.platform)
        if is_news and detail:
            add_event(session, row, "warned", f"As it is, {title} would not take it: {detail}", now)
        elif is_news:
            add_event(session, row, "checked", f"Checked beforehand: account, file and text are as {title} takes them.", now)


def claim_checks(session: Session, now: datetime, limit: int) -> list[tuple[str, str, int]]:
    """Id, creator and version of scheduled posts that were not checked yet, or not within their last hour; for a while they are this caller's alone."""
    is_due_soon = and_(PostRow.due_at <= now + BEFORE_THE_HOUR, PostRow.checked_at < PostRow.due_at - BEFORE_THE_HOUR)
    waiting = select(PostRow).where(
        PostRow.state == PostState.SCHEDULED, PostRow.due_at > now + TOO_LATE_TO_CHECK, or_(PostRow.checked_at.is_(None), is_due_soon)
    )
    rows = session.scalars(waiting.order_by(PostRow.due_at).limit(limit).with_for_update(skip_locked=True)).all()
    for row in rows:
        row.checked_at = now
    return [(row.id, row.creator_id, row.version) for row in rows]


def _needs_file(at_hand: PostAtHand) -> bool:
    if at_hand.file is None:
        raise PlatformRefused(FILES_GONE)
    return not at_hand.file.fits


def _require_sendable(at_hand: PostAtHand, now: datetime) -> None:
    options = at_hand.platform.read_options(at_hand.account, now)
    if options.cannot and options.retry_at is None:
        raise PlatformRefused(options.cannot)
    if options.cannot or _is_quota_used(options):
        raise _full(at_hand, options, now)
    reasons = [*_refuse_address(at_hand), *at_hand.platform.check_order(at_hand.order, options), *_refuse_comment(at_hand)]
    if reasons:
        raise PlatformRefused(" ".join(dict.fromkeys(reasons)))


def _is_quota_used(options: PublishingOptions) -> bool:
    return options.quota_total is not None and (options.quota_used or 0) >= options.quota_total


def _full(at_hand: PostAtHand, options: PublishingOptions, now: datetime) -> PlatformThrottled:
    pause = (options.retry_at - now).total_seconds() if options.retry_at is not None else QUOTA_PAUSE_SECONDS
    title = title_of(at_hand.row.platform)
    said = options.cannot or f"{title} takes {options.quota_total} posts a day from this account, and they are used up."
    return PlatformThrottled(said, retry_after_seconds=int(min(max(pause, 1), MAX_PAUSE_SECONDS)))


def _refuse_comment(at_hand: PostAtHand) -> Iterator[str]:
    """A permission that its first comment needs and that was not given; a platform that takes no comment says so with its other reasons."""
    comments, content = at_hand.platform.comments, at_hand.order.content
    if comments is None or not content.first_comment.strip():
        return
    missing = say_missing(at_hand.row.platform, comments.scopes - at_hand.account.grant.scopes)
    if missing:
        yield f"{missing} Or leave the first comment out."


def _refuse_address(at_hand: PostAtHand) -> Iterator[str]:
    if at_hand.platform.needs_public_address and not at_hand.order.video.is_address_public:
        title = title_of(at_hand.row.platform)
        yield f"{title} fetches the video by itself from a public address, which this machine has not. Connect the account by Facebook Login instead."
