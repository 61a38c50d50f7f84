"""Keeps grants: sealed in their rows with the account's id as context, opened only by whoever calls the platform next.

Sealing and opening may ask KMS, so both are done outside of transactions.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from pydantic import SecretStr
from sqlalchemy import select
from sqlalchemy.orm import Session

from reelwright.kit.database import Database
from reelwright.kit.envelope import Envelope
from reelwright.kit.errors import NotFound, ReconnectNeeded, SealBroken
from reelwright.publishing.find_account import require_connected, way_of
from reelwright.publishing.grant import Grant
from reelwright.publishing.social_account import AccountState, ConnectWay
from reelwright.publishing.tables import GrantRow, SocialAccountRow

_SECRETS = ("access_token", "refresh_token", "parent_token")


@dataclass(frozen=True)
class KeptGrant:
    """A grant's row as it was read: everything but the tokens is plain."""

    account_id: str
    way: ConnectWay
    sealed: bytes
    version: int
    expires_at: datetime | None
    refreshed_at: datetime
    retry_at: datetime | None
    failed_refreshes: int


def seal_grant(envelope: Envelope, grant: Grant, account_id: str) -> bytes:
    """The grant's bytes for the row. Raises Unavailable."""
    return envelope.seal(write_grant(grant), account_id)


def open_grant(envelope: Envelope, account_id: str, sealed: bytes) -> Grant:
    """The grant in a row's bytes. Raises ReconnectNeeded where they cannot be opened any more, Unavailable."""
    try:
        return read_grant(envelope.open(sealed, account_id))
    except SealBroken as error:
        raise ReconnectNeeded(error.detail) from error


def write_grant(grant: Grant) -> bytes:
    """The grant as JSON with its tokens in clear: only to be sealed at once."""
    document = grant.model_dump(mode="json", exclude=set(_SECRETS))
    for name in _SECRETS:
        secret: SecretStr | None = getattr(grant, name)
        document[name] = None if secret is None else secret.get_secret_value()
    document["scopes"] = sorted(grant.scopes)
    return json.dumps(document).encode()


def read_grant(plain: bytes) -> Grant:
    """The grant of its JSON."""
    return Grant.model_validate_json(plain)


def read_kept(database: Database, account_id: str) -> KeptGrant:
    """The grant of an account that is connected. Raises NotFound, ReconnectNeeded."""
    with database.transaction() as session:
        account = session.get(SocialAccountRow, account_id)
        if account is None:
            raise NotFound("There is no such account.")
        require_connected(account)
        row = session.get(GrantRow, account_id)
        if row is None:
            raise ReconnectNeeded("The permission of this account is not here any more. Connect it again.")
        return kept(row, way_of(account))


def kept(row: GrantRow, way: ConnectWay) -> KeptGrant:
    """What is to be known of a row after its transaction."""
    return KeptGrant(row.social_account_id, way, row.sealed, row.version, row.expires_at, row.refreshed_at, row.retry_at, row.failed_refreshes)


def put_grant(row: GrantRow, grant: Grant, sealed: bytes, renew_at: datetime | None, now: datetime) -> None:
    """Writes a new grant into its row: a version of its own, no lease, no failure."""
    row.sealed, row.subject = sealed, grant.subject
    row.expires_at, row.refresh_expires_at = grant.expires_at, grant.refresh_expires_at
    row.refreshed_at, row.renew_at = now, renew_at
    row.version = (row.version or 0) + 1
    row.failed_refreshes, row.retry_at = 0, None
    row.lease_owner, row.lease_until = None, None


def mark_reconnect_needed(session: Session, account_id: str, detail: str, version: int | None = None) -> bool:
    """Says on the account, in words, that its creator has to connect it again; whether it was marked.

    ``version``: that of the grant which the platform refused; where there is a newer one, the refusal is old news.
    """
    account = session.scalars(select(SocialAccountRow).where(SocialAccountRow.id == account_id).with_for_update()).one_or_none()
    row = session.get(GrantRow, account_id)
    if account is None or account.state == AccountState.DISCONNECTED:
        return False
    if version is not None and row is not None and row.version != version:
        return False
    account.state, account.state_detail = AccountState.RECONNECT_NEEDED, detail
    if row is not None:
        row.lease_owner, row.lease_until = None, None
    return True
