"""Finishes connecting when the browser comes back from the consent page: the state is used up first, then the code is exchanged."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from reelwright.kit.database import Database
from reelwright.kit.envelope import Envelope
from reelwright.kit.errors import ReelwrightError, SealBroken
from reelwright.publishing.connect import hash_state
from reelwright.publishing.connect_account import connect_accounts
from reelwright.publishing.connect_words import say_denied, say_missing, say_nobody, say_other_account
from reelwright.publishing.find_account import describe_account
from reelwright.publishing.history import title_of
from reelwright.publishing.keep_grant import write_grant
from reelwright.publishing.platform import AccountChoice, ConnectRequest, Platform
from reelwright.publishing.refresh_grant import Platforms, platform_of
from reelwright.publishing.social_account import ConnectWay
from reelwright.publishing.tables import ConnectRequestRow, SocialAccountRow

CHOICE_LASTS = timedelta(minutes=30)
MAX_STATE_LETTERS = 200
_LOGGER = logging.getLogger(__name__)


@dataclass(frozen=True, repr=False)
class Callback:
    """What the consent page sent the browser back with. Not to be shown: the code is as good as a token for a while."""

    platform: str
    state: str
    code: str = ""
    error: str = ""


@dataclass(frozen=True)
class Landing:
    """What the browser is told. ``connect_id`` is empty where the state is none of ours."""

    is_good: bool
    title: str
    sentence: str
    connect_id: str = ""
    creator_id: str = ""
    return_to: str = ""


@dataclass(frozen=True)
class _Request:
    """The row, read while it was used up."""

    id: str
    creator_id: str
    way: ConnectWay
    sealed: bytes
    redirect_uri: str
    return_to: str


def finish_connecting(database: Database, envelope: Envelope, platforms: Platforms, callback: Callback, now: datetime) -> Landing:
    """Connects the account, or keeps the choice where there are several. Never raises for what platform or browser did: it says so."""
    title = f"{title_of(callback.platform)} was not connected"
    request = _use_state(database, callback, now)
    if isinstance(request, str):
        return Landing(False, title, request)
    landing = Landing(False, title, "", request.id, request.creator_id, request.return_to)
    try:
        if callback.error or not callback.code:
            return _fail(database, landing, say_denied(callback.platform, callback.error))
        return _connect(database, envelope, platform_of(platforms, request.way), request, callback, landing, now)
    except ReelwrightError as refusal:
        _LOGGER.warning("not connected", extra={"connect_id": request.id, "error_type": type(refusal).__name__})
        return _fail(database, landing, refusal.detail)
    except Exception as error:
        _LOGGER.error("connecting failed", extra={"connect_id": request.id, "error_type": type(error).__name__})
        _fail(database, landing, "Something went wrong on our side. Nothing was connected. Connect again; if it stays, tell us.")
        raise


def _use_state(database: Database, callback: Callback, now: datetime) -> _Request | str:
    """The request, used up now and for good; or why there is none, in words."""
    title = title_of(callback.platform)
    if not callback.state or len(callback.state) > MAX_STATE_LETTERS:
        return f"This page is opened by {title} only, after you began to connect in Reelwright. Begin there."
    with database.transaction() as session:
        row = session.scalars(select(ConnectRequestRow).where(ConnectRequestRow.state_hash == hash_state(callback.state)).with_for_update()).one_or_none()
        if row is None or row.platform != callback.platform:
            return f"This page does not belong to a connection that was begun in Reelwright. Nothing was connected. Begin again with Connect {title}."
        if row.used_at is not None:
            return "This page was used already. Look at your accounts: what it connected is there. If nothing is, connect again."
        if row.expires_at <= now:
            return f"More than ten minutes went by, so this page is over. Nothing was connected. Begin again with Connect {title}."
        row.used_at = now
        way: ConnectWay = row.way  # type: ignore[assignment]
        return _Request(row.id, row.creator_id, way, row.sealed, row.redirect_uri, row.return_to)


def _connect(database: Database, envelope: Envelope, platform: Platform, request: _Request, callback: Callback, landing: Landing, now: datetime) -> Landing:
    kept = _unseal(envelope, request)
    asked = ConnectRequest(state=callback.state, redirect_uri=request.redirect_uri, code_verifier=kept["code_verifier"])
    grant = platform.exchange_code(callback.code, asked, now)
    choices = [_check_scopes(platform, choice) for choice in platform.list_accounts(grant, now)]
    if kept.get("account_id"):
        choices, refusal = _only(database, platform, str(kept["account_id"]), choices)
        if refusal:
            return _fail(database, landing, refusal)
    usable = [choice for choice in choices if not choice.cannot]
    if not usable:
        return _fail(database, landing, choices[0].cannot if choices else say_nobody(platform.way))
    if len(usable) > 1:
        return _keep_choices(database, envelope, request, platform, choices, landing, now)
    account_ids = connect_accounts(database, envelope, platform, request.creator_id, usable, now)
    with database.transaction() as session:
        row = session.scalars(select(ConnectRequestRow).where(ConnectRequestRow.id == request.id)).one()
        row.account_ids, row.sealed = account_ids, b""
    return replace(landing, is_good=True, title=f"{title_of(platform.name)} is connected", sentence=_say_connected(usable[0]))


def _unseal(envelope: Envelope, request: _Request) -> dict[str, Any]:
    try:
        return dict(json.loads(envelope.open(request.sealed, request.id)))
    except SealBroken:
        raise SealBroken("What was kept for this page cannot be opened any more. Nothing was connected. Connect again.") from None


def _check_scopes(platform: Platform, choice: AccountChoice) -> AccountChoice:
    """The choice, with what was not allowed said in words: what counts is what was granted, not what was asked for."""
    missing = platform.scopes - choice.grant.scopes
    return choice if choice.cannot or not missing else replace(choice, cannot=say_missing(platform.name, missing))


def _only(database: Database, platform: Platform, account_id: str, choices: Sequence[AccountChoice]) -> tuple[list[AccountChoice], str]:
    """The one that is to be connected again, or why it is not among them."""
    with database.transaction() as session:
        account = session.get(SocialAccountRow, account_id)
        external_id, wanted = (account.external_id, describe_account(account)) if account else ("", "the account")
    found = [choice for choice in choices if choice.external_id == external_id]
    return found, "" if found or not choices else say_other_account(platform.name, wanted, [choice.username or choice.name for choice in choices])


def _keep_choices(
    database: Database, envelope: Envelope, request: _Request, platform: Platform, choices: Sequence[AccountChoice], landing: Landing, now: datetime
) -> Landing:
    sealed = envelope.seal(json.dumps({"grants": {choice.external_id: write_grant(choice.grant).decode() for choice in choices}}).encode(), request.id)
    with database.transaction() as session:
        row = session.scalars(select(ConnectRequestRow).where(ConnectRequestRow.id == request.id)).one()
        row.sealed, row.choices, row.expires_at = sealed, [_describe(choice) for choice in choices], now + CHOICE_LASTS
    sentence = f"{title_of(platform.name)} shows {len(choices)} accounts. Go back to Reelwright and choose which of them to connect."
    return replace(landing, is_good=True, title="One more step", sentence=sentence)


def _describe(choice: AccountChoice) -> Mapping[str, str]:
    return {
        "external_id": choice.external_id,
        "name": choice.name,
        "username": choice.username,
        "picture_url": choice.picture_url,
        "cannot": choice.cannot,
    }


def _fail(database: Database, landing: Landing, sentence: str) -> Landing:
    with database.transaction() as session:
        row = session.scalars(select(ConnectRequestRow).where(ConnectRequestRow.id == landing.connect_id)).one_or_none()
        if row is not None:
            row.failure_detail, row.sealed = sentence, b""
    return replace(landing, sentence=sentence)


def _say_connected(choice: AccountChoice) -> str:
    return f"{f'@{choice.username}' if choice.username else choice.name} is connected. You can close this page."
