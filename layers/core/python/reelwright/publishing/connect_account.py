"""Stores an account that was allowed, with its sealed grant: the same row however often it is connected."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from reelwright.kit.database import Database
from reelwright.kit.envelope import Envelope
from reelwright.kit.errors import Conflict, ReconnectNeeded
from reelwright.kit.identifiers import new_id
from reelwright.publishing.grant import Grant
from reelwright.publishing.keep_grant import KeptGrant, kept, open_grant, put_grant, seal_grant
from reelwright.publishing.platform import AccountChoice, Platform
from reelwright.publishing.refresh_grant import when_to_renew
from reelwright.publishing.social_account import AccountState
from reelwright.publishing.tables import GrantRow, SocialAccountRow

TRIES = 5  # each is lost only to somebody who connects or refreshes the same account in this very moment


@dataclass(frozen=True)
class _Known:
    """What is stored of the account."""

    account_id: str
    grant: KeptGrant | None


def connect_accounts(database: Database, envelope: Envelope, platform: Platform, creator_id: str, choices: Sequence[AccountChoice], now: datetime) -> list[str]:
    """The ids of the accounts, connected now. An earlier row is kept, and so is its refresh token where the platform sent none this time."""
    return [_connect(database, envelope, platform, creator_id, choice, now) for choice in choices]


def _connect(database: Database, envelope: Envelope, platform: Platform, creator_id: str, choice: AccountChoice, now: datetime) -> str:
    for _ in range(TRIES):
        with database.transaction() as session:
            known = _find(session, creator_id, platform, choice)
        account_id = known.account_id if known else new_id("account")
        grant = choice.grant.keep_refresh_token(_open(envelope, platform, known.grant if known else None))
        sealed = seal_grant(envelope, grant, account_id)
        with database.transaction() as session:
            if _put(session, platform, creator_id, account_id, known, choice, grant, sealed, now):
                return account_id
    raise Conflict(f"{choice.name} is being connected by somebody else at the same time. Try again in a moment.")


def _find(session: Session, creator_id: str, platform: Platform, choice: AccountChoice) -> _Known | None:
    statement = select(SocialAccountRow).where(
        SocialAccountRow.creator_id == creator_id, SocialAccountRow.platform == platform.name, SocialAccountRow.external_id == choice.external_id
    )
    row = session.scalars(statement).one_or_none()
    if row is None:
        return None
    grant = session.get(GrantRow, row.id)
    # A refresh token of the other way of Instagram is of no use to this one.
    return _Known(row.id, kept(grant, row.way) if grant else None)  # type: ignore[arg-type]


def _open(envelope: Envelope, platform: Platform, earlier: KeptGrant | None) -> Grant | None:
    if earlier is None or earlier.way != platform.way:
        return None
    try:
        return open_grant(envelope, earlier.account_id, earlier.sealed)
    except ReconnectNeeded:  # its key is gone; the new grant has to do without
        return None


def _put(
    session: Session,
    platform: Platform,
    creator_id: str,
    account_id: str,
    known: _Known | None,
    choice: AccountChoice,
    grant: Grant,
    sealed: bytes,
    now: datetime,
) -> bool:
    """Whether nothing came between; else all of it is done again."""
    if known is None and not _insert(session, platform, creator_id, account_id, choice, now):
        return False
    account = session.scalars(select(SocialAccountRow).where(SocialAccountRow.id == account_id).with_for_update()).one_or_none()
    row = session.get(GrantRow, account_id)
    if account is None or (row.version if row else None) != (known.grant.version if known and known.grant else None):
        return False
    account.way, account.name, account.username, account.picture_url = platform.way, choice.name, choice.username, choice.picture_url
    account.state, account.state_detail, account.connected_at, account.disconnected_at = AccountState.CONNECTED, "", now, None
    if row is None:
        row = GrantRow(social_account_id=account_id, creator_id=creator_id)
        put_grant(row, grant, sealed, when_to_renew(platform, grant, now), now)
        session.add(row)
    else:
        put_grant(row, grant, sealed, when_to_renew(platform, grant, now), now)
    return True


def _insert(session: Session, platform: Platform, creator_id: str, account_id: str, choice: AccountChoice, now: datetime) -> bool:
    values = {
        "id": account_id,
        "creator_id": creator_id,
        "platform": platform.name,
        "way": platform.way,
        "external_id": choice.external_id,
        "name": choice.name,
        "username": choice.username,
        "picture_url": choice.picture_url,
        "label": "",
        "state": AccountState.CONNECTED,
        "state_detail": "",
        "created_at": now,
        "connected_at": now,
    }
    statement = insert(SocialAccountRow).values(values).on_conflict_do_nothing().returning(SocialAccountRow.id)
    return session.execute(statement).one_or_none() is not None
