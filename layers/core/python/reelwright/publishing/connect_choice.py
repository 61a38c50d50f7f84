"""What became of a connection that was begun, and the choice where a login reaches several accounts."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from reelwright.kit.database import Database
from reelwright.kit.envelope import Envelope
from reelwright.kit.errors import Conflict, FieldError, InvalidInput, NotFound, SealBroken
from reelwright.publishing.connect import KEPT_AFTERWARDS
from reelwright.publishing.connect_account import connect_accounts
from reelwright.publishing.keep_grant import read_grant
from reelwright.publishing.platform import AccountChoice
from reelwright.publishing.refresh_grant import Platforms, platform_of
from reelwright.publishing.social_account import ConnectWay
from reelwright.publishing.tables import ConnectRequestRow

ConnectionState = Literal["waiting", "choosing", "connected", "failed", "over"]
_OVER = "The time to choose is over. Nothing was connected. Connect again."


def find_connection(session: Session, creator_id: str, connect_id: str, *, is_to_change: bool = False) -> ConnectRequestRow:
    """The creator's own request. Raises NotFound."""
    statement = select(ConnectRequestRow).where(ConnectRequestRow.id == connect_id, ConnectRequestRow.creator_id == creator_id)
    row = session.scalars(statement.with_for_update() if is_to_change else statement).one_or_none()
    if row is None:
        raise NotFound("There is no such connection among those that you began. It may be more than a day old: connect again.")
    return row


def state_of(row: ConnectRequestRow, now: datetime) -> ConnectionState:
    """Where it is: ``waiting`` for the consent page, ``choosing``, ``connected``, ``failed`` in words, or ``over``."""
    if row.account_ids is not None:
        return "connected"
    if row.failure_detail is not None:
        return "failed"
    if row.expires_at <= now:
        return "over"
    return "choosing" if row.choices is not None else "waiting"


def choose_accounts(
    database: Database, envelope: Envelope, platforms: Platforms, creator_id: str, connect_id: str, external_ids: Sequence[str], now: datetime
) -> list[str]:
    """Connects those of the choices; their ids here. A repeat with the same ones changes nothing. Raises NotFound, Conflict, InvalidInput."""
    with database.transaction() as session:
        row = find_connection(session, creator_id, connect_id)
        if state_of(row, now) != "choosing":
            return _chosen_before(row, now)
        choices, sealed = list(row.choices or ()), row.sealed
        way: ConnectWay = row.way  # type: ignore[assignment]
    _check(choices, external_ids)
    grants = _unseal(envelope, sealed, connect_id)
    wanted = [
        AccountChoice(each["external_id"], each["name"], each["username"], each["picture_url"], read_grant(grants[each["external_id"]].encode()))
        for each in choices
        if each["external_id"] in external_ids
    ]
    account_ids = connect_accounts(database, envelope, platform_of(platforms, way), creator_id, wanted, now)
    with database.transaction() as session:
        row = find_connection(session, creator_id, connect_id, is_to_change=True)
        row.account_ids, row.sealed = account_ids, b""  # the grants that were not chosen are forgotten
    return account_ids


def sweep_connections(session: Session, now: datetime) -> int:
    """Forgets requests that ended more than a day ago, and the grants that nobody chose; how many rows went."""
    overdue = session.scalars(select(ConnectRequestRow).where(ConnectRequestRow.expires_at <= now, ConnectRequestRow.sealed != b"")).all()
    for row in overdue:
        row.sealed = b""
    gone = session.execute(delete(ConnectRequestRow).where(ConnectRequestRow.expires_at < now - KEPT_AFTERWARDS).returning(ConnectRequestRow.id)).all()
    return len(gone)


def _chosen_before(row: ConnectRequestRow, now: datetime) -> list[str]:
    if row.account_ids is not None:
        return list(row.account_ids)
    if state_of(row, now) == "waiting":
        raise Conflict("The consent page is still open. Choose when the platform has sent you back.")
    raise Conflict(row.failure_detail or _OVER)


def _check(choices: Sequence[dict[str, str]], external_ids: Sequence[str]) -> None:
    known = {choice["external_id"]: choice for choice in choices}
    errors = []
    for number, external_id in enumerate(external_ids):
        choice = known.get(external_id)
        if choice is None or choice["cannot"]:
            errors.append(FieldError(f"/external_ids/{number}", choice["cannot"] if choice else "This is none of the accounts that can be chosen."))
    if errors:
        raise InvalidInput(errors[0].detail, errors=errors)


def _unseal(envelope: Envelope, sealed: bytes, connect_id: str) -> dict[str, str]:
    try:
        return dict(json.loads(envelope.open(sealed, connect_id))["grants"])
    except SealBroken:
        raise Conflict(_OVER) from None
