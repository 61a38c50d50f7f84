"""Disconnects an account: nobody posts to it from this moment on, the platform is told, and the grant is forgotten.

Where the platform does not answer, the minute's step tells it later; the sealed grant is kept for that, a day at most.
"""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from reelwright.kit.database import Database
from reelwright.kit.envelope import Envelope
from reelwright.kit.errors import ReconnectNeeded, ReelwrightError
from reelwright.publishing.fail_post import fail_post
from reelwright.publishing.find_account import describe_account, load_account, way_of
from reelwright.publishing.history import title_of
from reelwright.publishing.keep_grant import open_grant
from reelwright.publishing.post import PostState
from reelwright.publishing.refresh_grant import Platforms, fresh_grant, platform_of
from reelwright.publishing.social_account import AccountState, ConnectWay
from reelwright.publishing.tables import GrantRow, PostRow, SocialAccountRow

Revocation = Literal["revoked", "kept", "later", "not_told", "not_possible"]
"""``kept``: another connected account may stand on the same permission; ``later``: the platform did not answer and is told again;
``not_told``: it did not for a day; ``not_possible``: it has no call for that."""

REVOKE_PATIENCE = timedelta(days=1)
REVOKE_PAUSE = timedelta(minutes=10)
DISCONNECTS_AT_ONCE = 20
_BY_FACEBOOK: frozenset[ConnectWay] = frozenset({"facebook_login", "facebook_page"})  # a Facebook user's one permission carries all of these
_WITHOUT_REVOCATION: frozenset[ConnectWay] = frozenset({"instagram_login"})
_UNFINISHED = (PostState.PUBLISHING, PostState.UNCONFIRMED)
_LOGGER = logging.getLogger(__name__)


@dataclass(frozen=True)
class Disconnection:
    """``failed_posts``: those that were scheduled for it. ``unfinished_posts``: being sent, or not confirmed yet."""

    account: SocialAccountRow
    revocation: Revocation
    failed_posts: int
    unfinished_posts: int
    sentence: str


def disconnect_account(database: Database, envelope: Envelope, platforms: Platforms, creator_id: str, account_id: str, now: datetime) -> Disconnection:
    """Ends the connection; again, it changes nothing. Raises NotFound. What a platform answers never stops it."""
    with database.transaction() as session:
        load_account(session, creator_id, account_id)
    with contextlib.suppress(ReelwrightError):  # some platforms take only a token that is still good for revoking
        fresh_grant(database, envelope, platforms, account_id, now)
    with database.transaction() as session:
        account = load_account(session, creator_id, account_id, is_to_change=True)
        failed = 0
        if account.state != AccountState.DISCONNECTED:
            account.state, account.state_detail, account.disconnected_at = AccountState.DISCONNECTED, "", now
            failed = fail_scheduled_posts(session, account, now)
        unfinished = count_posts(session, account_id, _UNFINISHED)
    revocation = finish_disconnect(database, envelope, platforms, account_id, now)
    return Disconnection(account, revocation, failed, unfinished, _say(account, revocation, failed, unfinished))


def count_posts(session: Session, account_id: str, states: Sequence[PostState] = (PostState.SCHEDULED,)) -> int:
    """How many posts of the account are in these states."""
    statement = select(func.count()).select_from(PostRow).where(PostRow.social_account_id == account_id, PostRow.state.in_(states))
    return session.scalar(statement) or 0


def fail_scheduled_posts(session: Session, account: SocialAccountRow, now: datetime) -> int:
    """Ends every scheduled post of the account in words; its timers do nothing any more. How many there were."""
    statement = select(PostRow).where(PostRow.social_account_id == account.id, PostRow.state == PostState.SCHEDULED).with_for_update()
    rows = session.scalars(statement.order_by(PostRow.id)).all()
    detail = f"{describe_account(account)} was disconnected before this was due. Nothing was posted. Connect it again, then schedule this anew."
    for row in rows:
        row.version += 1
        fail_post(session, row, "ReconnectNeeded", detail, now, is_retryable=True)
    return len(rows)


def finish_disconnect(database: Database, envelope: Envelope, platforms: Platforms, account_id: str, now: datetime) -> Revocation:
    """Tells the platform and forgets the grant. An account that was connected again meanwhile is left alone."""
    with database.transaction() as session:
        account, row = session.get_one(SocialAccountRow, account_id), session.get(GrantRow, account_id)
        if row is None or account.state != AccountState.DISCONNECTED:
            return "revoked"
        is_shared = _is_shared(session, account, row)
    revocation: Revocation = "kept" if is_shared else _revoke(envelope, platforms, account, row, now)
    with database.transaction() as session:
        stored = session.scalars(
            select(GrantRow).where(GrantRow.social_account_id == account_id, GrantRow.version == row.version).with_for_update()
        ).one_or_none()
        account = session.get_one(SocialAccountRow, account_id)
        if stored is None or account.state != AccountState.DISCONNECTED:
            return revocation
        if revocation == "later":
            stored.retry_at = now + REVOKE_PAUSE
        else:
            session.delete(stored)
    return revocation


def finish_disconnects(database: Database, envelope: Envelope, platforms: Platforms, now: datetime, limit: int = DISCONNECTS_AT_ONCE) -> int:
    """Finishes what an earlier disconnect could not; how many grants were forgotten."""
    statement = (
        select(GrantRow.social_account_id)
        .join(SocialAccountRow, SocialAccountRow.id == GrantRow.social_account_id)
        .where(SocialAccountRow.state == AccountState.DISCONNECTED, or_(GrantRow.retry_at.is_(None), GrantRow.retry_at <= now))
        .order_by(SocialAccountRow.disconnected_at)
        .limit(limit)
    )
    with database.transaction() as session:
        waiting = list(session.scalars(statement))
    return sum(finish_disconnect(database, envelope, platforms, account_id, now) != "later" for account_id in waiting)


def _is_shared(session: Session, account: SocialAccountRow, row: GrantRow) -> bool:
    """Whether revoking would, or may, end another connected account too: the same one of another creator, or what one Facebook user allowed."""
    way = way_of(account)
    is_by_facebook = way in _BY_FACEBOOK
    same = and_(GrantRow.subject == row.subject, GrantRow.subject != "")
    statement = (
        select(SocialAccountRow.id)
        .join(GrantRow, GrantRow.social_account_id == SocialAccountRow.id)
        .where(SocialAccountRow.way.in_(_BY_FACEBOOK if is_by_facebook else {way}))
        .where(or_(same, SocialAccountRow.creator_id == account.creator_id) if is_by_facebook else same)
        .where(SocialAccountRow.id != account.id, SocialAccountRow.state != AccountState.DISCONNECTED)
    )
    return session.scalars(statement.limit(1)).first() is not None


def _revoke(envelope: Envelope, platforms: Platforms, account: SocialAccountRow, row: GrantRow, now: datetime) -> Revocation:
    if way_of(account) in _WITHOUT_REVOCATION:
        return "not_possible"
    try:
        platform_of(platforms, way_of(account)).revoke(open_grant(envelope, account.id, row.sealed))
    except ReconnectNeeded:  # it was over already, or cannot be opened: there is nothing left to revoke with
        return "revoked"
    except ReelwrightError as error:
        _LOGGER.warning("grant not revoked", extra={"account_id": account.id, "error_type": type(error).__name__})
        return "later" if now - (account.disconnected_at or now) < REVOKE_PATIENCE else "not_told"
    return "revoked"


def _say(account: SocialAccountRow, revocation: Revocation, failed: int, unfinished: int) -> str:
    title, name = title_of(account.platform), describe_account(account)
    told = {
        "revoked": f"{title} was told.",
        "kept": f"Our permission at {title} stays, because another connected account may stand on it.",
        "later": f"{title} does not answer now; it is told as soon as it does.",
        "not_told": f"{title} did not answer. Remove our app in your settings there.",
        "not_possible": f"We forgot the permission, but {title} cannot be told: remove our app in your settings there, or it ends by itself in 60 days.",
    }[revocation]
    posts = f" {_count(failed)} scheduled for it will not be posted; connect it again to schedule {'it' if failed == 1 else 'them'} anew." if failed else ""
    under_way = f" {_count(unfinished)} under way may still come out." if unfinished else ""
    return f"{name} is disconnected. {told}{posts}{under_way}"


def _count(number: int) -> str:
    return "1 post" if number == 1 else f"{number} posts"
