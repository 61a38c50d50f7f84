"""Begins connecting an account: a consent page's address, whose ``state`` is kept here as a digest, for one creator, ten minutes, one use."""

from __future__ import annotations

import hashlib
import json
import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from reelwright.kit.database import Database
from reelwright.kit.envelope import Envelope
from reelwright.kit.errors import FieldError, InvalidInput, RateLimited
from reelwright.kit.identifiers import new_id
from reelwright.publishing.find_account import load_account, way_of
from reelwright.publishing.platform import ConnectRequest
from reelwright.publishing.refresh_grant import Platforms, platform_of
from reelwright.publishing.social_account import WAYS_OF_PLATFORM, ConnectWay
from reelwright.publishing.tables import ConnectRequestRow

STATE_LASTS = timedelta(minutes=10)
STATE_BYTES = 32
VERIFIER_BYTES = 64  # 86 letters: PKCE allows 43 to 128
OPEN_REQUESTS_PER_CREATOR = 20
KEPT_AFTERWARDS = timedelta(days=1)  # so that a client may still ask what became of it
APP_SCHEME = "reelwright"
MAX_RETURN_LETTERS = 200
_OWN_PATH = re.compile(r"/(?:[A-Za-z0-9._~!$&'()*+,;=:@%-]+/?)*(?:\?[A-Za-z0-9._~!$&'()*+,;=:@%/?-]*)?")
_APP_ADDRESS = re.compile(rf"{APP_SCHEME}://[A-Za-z0-9._~-]+(?:/[A-Za-z0-9._~%-]*)*(?:\?[A-Za-z0-9._~=&%-]*)?")


@dataclass(frozen=True)
class ConnectWish:
    """What a creator wants to connect. ``account_id``: an account of theirs that is to be connected again."""

    platform: str
    way: ConnectWay | None = None
    account_id: str | None = None
    return_to: str = ""


@dataclass(frozen=True)
class BegunConnection:
    """Where to send the creator's browser, until when."""

    id: str
    way: ConnectWay
    authorize_url: str
    expires_at: datetime


def begin_connecting(
    database: Database, envelope: Envelope, platforms: Platforms, creator_id: str, wish: ConnectWish, redirect_uri: str, now: datetime
) -> BegunConnection:
    """Keeps a state and a code verifier and gives the consent page's address. Raises InvalidInput, NotFound, RateLimited, Unavailable."""
    check_return_to(wish.return_to)
    with database.transaction() as session:
        way = _choose_way(session, creator_id, wish)
        _make_room(session, creator_id, now)
    platform = platform_of(platforms, way)
    connect_id, state, verifier = new_id("connect"), secrets.token_urlsafe(STATE_BYTES), secrets.token_urlsafe(VERIFIER_BYTES)
    kept = {"code_verifier": verifier, "account_id": wish.account_id}
    row = ConnectRequestRow(
        state_hash=hash_state(state),
        id=connect_id,
        creator_id=creator_id,
        platform=platform.name,
        way=way,
        sealed=envelope.seal(json.dumps(kept).encode(), connect_id),
        redirect_uri=redirect_uri,
        return_to=wish.return_to,
        created_at=now,
        expires_at=now + STATE_LASTS,
    )
    with database.transaction() as session:
        session.add(row)
    address = platform.authorize_url(ConnectRequest(state=state, redirect_uri=redirect_uri, code_verifier=verifier))
    return BegunConnection(connect_id, way, address, row.expires_at)


def check_return_to(return_to: str) -> None:
    """Raises InvalidInput for an address that is neither a path of ours nor our app's: nobody is sent elsewhere from here."""
    is_own_path = bool(_OWN_PATH.fullmatch(return_to)) and "//" not in return_to.partition("?")[0]
    if return_to and (len(return_to) > MAX_RETURN_LETTERS or not (is_own_path or _APP_ADDRESS.fullmatch(return_to))):
        detail = f"Use a path of ours such as /accounts, or an address of the app such as {APP_SCHEME}://connected."
        raise InvalidInput("1 field needs another value: /return_to.", errors=[FieldError("/return_to", detail)])


def hash_state(state: str) -> str:
    """The digest under which a state is kept; it has 256 random bits, so no salt is needed."""
    return hashlib.sha256(state.encode()).hexdigest()


def _choose_way(session: Session, creator_id: str, wish: ConnectWish) -> ConnectWay:
    ways = WAYS_OF_PLATFORM[wish.platform]
    if wish.account_id is not None:
        account = load_account(session, creator_id, wish.account_id)
        if account.platform != wish.platform:
            raise InvalidInput("1 field needs another value: /account_id.", errors=[FieldError("/account_id", "This account is on another platform.")])
        return wish.way if wish.way in ways else way_of(account)
    if wish.way is not None and wish.way not in ways:
        detail = f"{wish.platform} is connected by {' or '.join(ways)}."
        raise InvalidInput("1 field needs another value: /way.", errors=[FieldError("/way", detail)])
    return wish.way or ways[0]


def _make_room(session: Session, creator_id: str, now: datetime) -> None:
    mine = ConnectRequestRow.creator_id == creator_id
    session.execute(delete(ConnectRequestRow).where(mine, ConnectRequestRow.expires_at < now - KEPT_AFTERWARDS))
    waiting = session.scalar(
        select(func.count()).select_from(ConnectRequestRow).where(mine, ConnectRequestRow.used_at.is_(None), ConnectRequestRow.expires_at > now)
    )
    if (waiting or 0) >= OPEN_REQUESTS_PER_CREATOR:
        raise RateLimited(
            f"{OPEN_REQUESTS_PER_CREATOR} consent pages are open already. Finish one of them, or wait until they end.",
            retry_after_seconds=int(STATE_LASTS.total_seconds()),
        )
