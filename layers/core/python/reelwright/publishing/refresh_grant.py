"""Refreshes grants before they end: one at a time per account, by each platform's own rules.

A lease in the row says who refreshes. Who ends in between lets it run out. The new tokens are stored before anybody uses them, because
some platforms end the old ones with the same answer.
"""

from __future__ import annotations

import contextlib
import logging
import secrets
import time
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from sqlalchemy import or_, select, update

from reelwright.kit.database import Database
from reelwright.kit.envelope import Envelope
from reelwright.kit.errors import PlatformUnavailable, ReconnectNeeded, ReelwrightError, Unavailable
from reelwright.publishing.grant import Grant
from reelwright.publishing.keep_grant import KeptGrant, mark_reconnect_needed, open_grant, put_grant, read_kept, seal_grant
from reelwright.publishing.platform import Platform
from reelwright.publishing.social_account import AccountState, ConnectWay
from reelwright.publishing.tables import GrantRow, SocialAccountRow

Platforms = Mapping[ConnectWay, Platform]
Pause = Callable[[float], None]

LEASE_SECONDS = 180  # two calls of 70 seconds at most, and what stands around them
WAIT_SECONDS = 0.25
WAITS = 40  # ten seconds for somebody else's refresh
STORE_TRIES = 5
FIRST_BACKOFF_SECONDS = 60
LONGEST_BACKOFF_SECONDS = 3600
OVER_BACKOFF_SECONDS = 30  # a token that is over is tried again soon: a post may wait for it
KEPT_ALIVE = timedelta(days=30)  # a refresh token that nobody uses dies (Google: after six months)
BEFORE_REFRESH_END = timedelta(days=30)
SELDOM = timedelta(days=1)
_LOGGER = logging.getLogger(__name__)
_NOT_TAKEN = "The platform does not take our permission for this account any more. Connect it again; nothing else is lost."


def fresh_grant(
    database: Database,
    envelope: Envelope,
    platforms: Platforms,
    account_id: str,
    now: datetime,
    *,
    rejected: Grant | None = None,
    pause: Pause = time.sleep,
) -> Grant:
    """The account's grant, refreshed first where it comes near its end. Two at once refresh once.

    ``rejected``: the grant that the platform has just refused; it is refreshed whatever its time says.
    Raises ReconnectNeeded (the account is marked then), PlatformError where the old one is over and no new one was to be had, NotFound.
    """
    for _ in range(WAITS):
        kept = read_kept(database, account_id)
        platform = platform_of(platforms, kept.way)
        if rejected is None and not _is_due(platform, kept, now):
            return _open(database, envelope, kept)
        newer = _newer_than(rejected, database, envelope, platform, kept, now)
        if newer is not None:
            return newer
        is_usable = rejected is None and not _is_over(kept, now)
        if not is_usable and kept.retry_at is not None and kept.retry_at > now:
            raise PlatformUnavailable("The permission is over and cannot be renewed for a moment.", retry_after_seconds=_seconds(kept.retry_at - now))
        if take_lease(database, kept, now):
            return refresh_under_lease(database, envelope, platform, kept, now, rejected=rejected, pause=pause)
        if is_usable:
            return _open(database, envelope, kept)
        pause(WAIT_SECONDS)
    raise PlatformUnavailable("The permission of this account is being renewed. Try again in a moment.", retry_after_seconds=OVER_BACKOFF_SECONDS)


def platform_of(platforms: Platforms, way: ConnectWay) -> Platform:
    """The adapter. Raises Unavailable where this installation has none."""
    found = platforms.get(way)
    if found is None:
        raise Unavailable("This installation cannot reach that platform: its operator has set no app for it.")
    return found


def take_lease(database: Database, kept: KeptGrant, now: datetime) -> bool:
    """Whether this version of the grant is now ours to refresh."""
    statement = (
        update(GrantRow)
        .where(GrantRow.social_account_id == kept.account_id, GrantRow.version == kept.version)
        .where(or_(GrantRow.lease_until.is_(None), GrantRow.lease_until <= now))
        .values(lease_owner=secrets.token_hex(8), lease_until=now + timedelta(seconds=LEASE_SECONDS))
        .returning(GrantRow.version)
    )
    with database.transaction() as session:
        return session.execute(statement).one_or_none() is not None


def refresh_under_lease(
    database: Database, envelope: Envelope, platform: Platform, kept: KeptGrant, now: datetime, *, rejected: Grant | None = None, pause: Pause = time.sleep
) -> Grant:
    """Asks the platform for a new grant and stores it; where that fails for a passing reason, the old one as long as it lasts.

    ``rejected``: the platform refused the old one, so it is not gone on with.
    """
    old = _open(database, envelope, kept)
    try:
        new = _complete(_ask(platform, old, now), old)
        if rejected is not None and new.access_token == rejected.access_token:
            raise ReconnectNeeded(_NOT_TAKEN)
    except ReconnectNeeded as refusal:
        _mark(database, kept, refusal)
        raise
    except ReelwrightError as error:
        _back_off(database, kept, error, now)
        if rejected is not None or _is_over(kept, now):
            raise
        return old
    return _store(database, envelope, platform, kept, new, now, pause)


def _ask(platform: Platform, old: Grant, now: datetime) -> Grant:
    """An answer that no adapter can read is one account's trouble of the moment, not everybody's."""
    try:
        return platform.refresh(old, now)
    except ReelwrightError:
        raise
    except Exception as error:
        _LOGGER.error("refresh not understood", extra={"way": platform.way, "error_type": type(error).__name__})
        raise PlatformUnavailable("The platform answered in a way that we do not understand. It is tried again by itself.") from None


def when_to_renew(platform: Platform, grant: Grant, now: datetime) -> datetime | None:
    """When a grant that was got now is refreshed even if nobody uses it; None: never.

    What has a refresh token is refreshed when it is used, and here only so that the refresh token itself does not end.
    """
    if grant.refresh_token is None:
        if grant.expires_at is None:
            return None
        return max(grant.expires_at - timedelta(seconds=platform.refresh_margin_seconds), now + timedelta(seconds=platform.min_refresh_age_seconds))
    at = now + KEPT_ALIVE
    if grant.refresh_expires_at is not None:
        left = grant.refresh_expires_at - now
        at = min(at, max(grant.refresh_expires_at - BEFORE_REFRESH_END, now + min(SELDOM, left / 2)))
    return at


def _is_due(platform: Platform, kept: KeptGrant, now: datetime) -> bool:
    if kept.expires_at is None or kept.expires_at - now > timedelta(seconds=platform.refresh_margin_seconds):
        return False
    is_over = _is_over(kept, now)
    if kept.retry_at is not None and kept.retry_at > now and not is_over:
        return False
    return is_over or now - kept.refreshed_at >= timedelta(seconds=platform.min_refresh_age_seconds)


def _is_over(kept: KeptGrant, now: datetime) -> bool:
    return kept.expires_at is not None and kept.expires_at <= now


def _newer_than(rejected: Grant | None, database: Database, envelope: Envelope, platform: Platform, kept: KeptGrant, now: datetime) -> Grant | None:
    """The stored grant where it is another one than the platform refused. Raises ReconnectNeeded where no refresh can be asked for."""
    if rejected is None:
        return None
    current = _open(database, envelope, kept)
    if current.access_token != rejected.access_token:
        return current
    if now - kept.refreshed_at < timedelta(seconds=platform.min_refresh_age_seconds):
        refusal = ReconnectNeeded(_NOT_TAKEN)
        _mark(database, kept, refusal)
        raise refusal
    return None


def _open(database: Database, envelope: Envelope, kept: KeptGrant) -> Grant:
    try:
        return open_grant(envelope, kept.account_id, kept.sealed)
    except ReconnectNeeded as refusal:
        _mark(database, kept, refusal)
        raise


def _mark(database: Database, kept: KeptGrant, refusal: ReconnectNeeded) -> None:
    with database.transaction() as session:
        mark_reconnect_needed(session, kept.account_id, refusal.detail, kept.version)


def _complete(new: Grant, old: Grant) -> Grant:
    """What platforms leave out of the answer to a refresh is what it was."""
    same = {"scopes": new.scopes or old.scopes, "subject": new.subject or old.subject}
    return new.keep_refresh_token(old).model_copy(update=same)


def _back_off(database: Database, kept: KeptGrant, error: ReelwrightError, now: datetime) -> None:
    seconds = min(FIRST_BACKOFF_SECONDS * 2 ** min(kept.failed_refreshes, 10), LONGEST_BACKOFF_SECONDS)
    if _is_over(kept, now):
        seconds = min(seconds, OVER_BACKOFF_SECONDS)
    retry_at = now + timedelta(seconds=error.retry_after_seconds or seconds)
    values = {"failed_refreshes": kept.failed_refreshes + 1, "retry_at": retry_at, "lease_owner": None, "lease_until": None}
    with database.transaction() as session:
        session.execute(update(GrantRow).where(GrantRow.social_account_id == kept.account_id, GrantRow.version == kept.version).values(values))


def _store(database: Database, envelope: Envelope, platform: Platform, kept: KeptGrant, new: Grant, now: datetime, pause: Pause) -> Grant:
    """Keeps the new grant, and gives the one to be used: a newer one where the account was connected again meanwhile."""
    sealed = _seal(envelope, new, kept.account_id, pause)
    with database.transaction() as session:
        row = session.scalars(select(GrantRow).where(GrantRow.social_account_id == kept.account_id).with_for_update()).one_or_none()
        account = session.get(SocialAccountRow, kept.account_id)
        if row is not None and account is not None and row.version == kept.version:
            put_grant(row, new, sealed, when_to_renew(platform, new, now), now)
            if account.state == AccountState.RECONNECT_NEEDED:
                account.state, account.state_detail = AccountState.CONNECTED, ""
            return new
    return _open(database, envelope, read_kept(database, kept.account_id))


def _seal(envelope: Envelope, new: Grant, account_id: str, pause: Pause) -> bytes:
    """The old tokens may be dead already, so this is tried several times."""
    for number in range(STORE_TRIES - 1):
        with contextlib.suppress(Unavailable):
            return seal_grant(envelope, new, account_id)
        pause(WAIT_SECONDS * 2**number)
    return seal_grant(envelope, new, account_id)


def _seconds(left: timedelta) -> int:
    return max(1, round(left.total_seconds()))
