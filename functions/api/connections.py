"""Connecting an account: the consent page is opened, the browser comes back, and where a login reaches several accounts one is chosen."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.openapi.params import Path
from pydantic import Field
from sqlalchemy.orm import Session

from functions.api.answers import Answer, Failure, Id, shown
from functions.api.call import Call, call_of
from functions.api.connect_page import answer_page, answer_redirect
from functions.api.routes import Routes
from functions.api.social_accounts import ACCOUNT, SocialAccountAnswer, describe_social_account
from reelwright.creators.tables import CreatorRow
from reelwright.kit.errors import Conflict, NotFound, RateLimited
from reelwright.publishing.connect import MAX_RETURN_LETTERS, ConnectWish, begin_connecting
from reelwright.publishing.connect_callback import Callback, finish_connecting
from reelwright.publishing.connect_choice import ConnectionState, choose_accounts, find_connection, state_of
from reelwright.publishing.find_account import load_account
from reelwright.publishing.social_account import WAYS_OF_PLATFORM, ConnectWay
from reelwright.publishing.tables import ConnectRequestRow
from reelwright.reels.project import PlatformName

routes = Routes("social accounts")
MAX_ACCOUNTS_AT_ONCE = 25
_CONNECT_ID = "connect_01jdc5w0fk7q2m3n4p5r6s7t8v"
_BEGUN = {
    "id": _CONNECT_ID,
    "platform": "instagram",
    "way": "facebook_login",
    "authorize_url": "https://www.facebook.com/v26.0/dialog/oauth?client_id=4711&state=kZ0…",
    "expires_at": "2026-11-24T09:10:00Z",
}
_CHOICE = {"external_id": "17841400000000000", "name": "Maya by the sea", "username": "maya.sea", "picture_url": "", "cannot": ""}
_CONNECTION = {
    "id": _CONNECT_ID,
    "platform": "instagram",
    "way": "facebook_login",
    "state": "connected",
    "choices": [],
    "accounts": [ACCOUNT],
    "failure": None,
    "expires_at": "2026-11-24T09:10:00Z",
}
_PLATFORM = Annotated[str, Path(description="instagram, facebook, youtube or tiktok")]


class ConnectOrder(Answer):
    """What to connect. ``way``: Instagram has two, facebook_login and instagram_login; the first without.

    ``account_id``: an account of yours that is to be connected again. ``return_to``: where the browser goes afterwards, a path of ours or our
    app's address; a page in words without.
    """

    model_config = shown({"platform": "instagram", "way": "facebook_login", "return_to": "reelwright://connected"})

    platform: PlatformName
    way: ConnectWay | None = None
    account_id: Annotated[str | None, Field(max_length=60)] = None
    return_to: Annotated[str, Field(max_length=MAX_RETURN_LETTERS)] = ""


class BegunAnswer(Answer):
    """Where to send the creator: the consent page, open until ``expires_at`` and good for one answer."""

    model_config = shown(_BEGUN)

    id: str
    platform: str
    way: ConnectWay
    authorize_url: str
    expires_at: datetime


class AccountChoiceAnswer(Answer):
    """An account that the login reaches. ``cannot``: why it cannot be posted to; empty where it can."""

    model_config = shown(_CHOICE)

    external_id: str
    name: str
    username: str
    picture_url: str
    cannot: str


class ConnectionAnswer(Answer):
    """What became of a connection. ``state``: waiting → connected, choosing, failed; over when nobody came back in time."""

    model_config = shown(_CONNECTION)

    id: str
    platform: str
    way: ConnectWay
    state: ConnectionState
    choices: list[AccountChoiceAnswer]
    accounts: list[SocialAccountAnswer]
    failure: Failure | None
    expires_at: datetime


class Choice(Answer):
    """Which of the choices to connect."""

    model_config = shown({"external_ids": ["17841400000000000"]})

    external_ids: Annotated[tuple[Annotated[str, Field(max_length=200)], ...], Field(min_length=1, max_length=MAX_ACCOUNTS_AT_ONCE)]


@routes.serve("POST", "/social-accounts/connect", "Begin to connect an account", NotFound, RateLimited)
def begin_connection(order: ConnectOrder) -> BegunAnswer:
    """Open ``authorize_url`` in a browser; GET …/connect/{id} then says what became of it. Each call opens a page of its own."""
    call = call_of(routes)
    wish = ConnectWish(order.platform, order.way, order.account_id, order.return_to)
    redirect_uri = f"{call.world.settings.public_url.rstrip('/')}/v1/oauth/{order.platform}/callback"
    world = call.world
    begun = begin_connecting(world.database, world.envelope, world.platforms, call.creator_id, wish, redirect_uri, call.now)
    return BegunAnswer(id=begun.id, platform=order.platform, way=begun.way, authorize_url=begun.authorize_url, expires_at=begun.expires_at)


@routes.serve("GET", "/social-accounts/connect/<connect_id>", "What became of a connection", NotFound)
def get_connection(connect_id: Id) -> ConnectionAnswer:
    call = call_of(routes)
    with call.transaction() as session:
        return _describe(session, call, find_connection(session, call.creator_id, connect_id))


@routes.serve("POST", "/social-accounts/connect/<connect_id>/choose", "Choose which accounts to connect", NotFound, Conflict)
def choose_connection(connect_id: Id, choice: Choice) -> ConnectionAnswer:
    """Where a login reaches several accounts or pages. Choosing again changes nothing."""
    call = call_of(routes)
    world = call.world
    choose_accounts(world.database, world.envelope, world.platforms, call.creator_id, connect_id, choice.external_ids, call.now)
    with call.transaction() as session:
        return _describe(session, call, find_connection(session, call.creator_id, connect_id))


@routes.serve("GET", "/oauth/<platform>/callback", "Where a consent page sends the browser back", NotFound, is_public=True, is_page=True)
def finish_connection(platform: _PLATFORM) -> Response[Any]:
    """For the platforms alone: a page in words, or a redirect to ``return_to``. Its ``state`` works once, for ten minutes."""
    if platform not in WAYS_OF_PLATFORM:
        raise NotFound("There is no such platform. Accounts of instagram, facebook, youtube and tiktok can be connected.")
    call = call_of(routes)
    sent = call.event.query_string_parameters
    callback = Callback(platform, sent.get("state", ""), sent.get("code", ""), sent.get("error", ""))
    world = call.world
    landing = finish_connecting(world.database, world.envelope, world.platforms, callback, call.now)
    if landing.return_to:
        return answer_redirect(landing.return_to, landing.connect_id)
    return answer_page(landing.title, landing.sentence, _creator_name(call, landing.creator_id))


def _creator_name(call: Call, creator_id: str) -> str:
    if not creator_id:
        return ""
    with call.transaction() as session:
        creator = session.get(CreatorRow, creator_id)
        return (creator.name or creator.email) if creator else ""


def _describe(session: Session, call: Call, row: ConnectRequestRow) -> ConnectionAnswer:
    state = state_of(row, call.now)
    accounts = [load_account(session, call.creator_id, account_id) for account_id in row.account_ids or ()]
    way: ConnectWay = row.way  # type: ignore[assignment]
    return ConnectionAnswer(
        id=row.id,
        platform=row.platform,
        way=way,
        state=state,
        choices=[AccountChoiceAnswer(**choice) for choice in row.choices or ()] if state == "choosing" else [],
        accounts=[describe_social_account(account) for account in accounts],
        failure=Failure(type="not-connected", detail=row.failure_detail) if row.failure_detail is not None else None,
        expires_at=row.expires_at,
    )
