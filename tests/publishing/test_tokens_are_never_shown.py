"""Tokens are never shown: not by a noun that is printed, not by an error, not by a trace, not by a row of the database."""

from __future__ import annotations

import json
import logging
import socket
import traceback
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr
from sqlalchemy import text

from reelwright.kit.database import Database
from reelwright.kit.errors import PlatformUnavailable
from reelwright.kit.http_client import AnswerLost, HttpAnswer, HttpRequest, NotHeard
from reelwright.kit.requests_client import RequestsClient
from reelwright.publishing.connect_callback import Callback
from reelwright.publishing.disconnect import disconnect_account
from reelwright.publishing.grant import Grant
from reelwright.publishing.keep_accounts import look_after_accounts
from reelwright.publishing.platform import Account, AccountChoice, ConnectRequest
from reelwright.publishing.platforms.apps import AppCredentials, Apps, Hosts
from reelwright.publishing.platforms.registry import build_platforms
from reelwright.publishing.refresh_grant import fresh_grant
from tests.publishing.connected_accounts import add_creator, make_connections
from tests.publishing.fake_platform import HOURLY, NEVER_ENDING, ROTATING, SIXTY_DAYS, FakeAccount

ACCESS, REFRESH, PARENT = "act.access-5f3c2a9d8b7e4f10abcdef", "rft.refresh-5f3c2a9d8b7e4f10abcdef", "EAAparent5f3c2a9d8b7e4f10abcdef"
VERIFIER, CODE, STATE = "verifier-5f3c2a9d8b7e4f10abcdef00", "code-5f3c2a9d8b7e4f10abcdef0000", "state-5f3c2a9d8b7e4f10abcdef000"
APP_SECRET = "app-secret-5f3c2a9d8b7e4f10abcdef"
SECRETS = (ACCESS, REFRESH, PARENT, VERIFIER, CODE, STATE, APP_SECRET)
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
GRANT = Grant(
    access_token=SecretStr(ACCESS),
    refresh_token=SecretStr(REFRESH),
    parent_token=SecretStr(PARENT),
    expires_at=NOW + timedelta(hours=2),
    issued_at=NOW,
    scopes=frozenset({"video.publish"}),
)
REQUEST = ConnectRequest(state=STATE, redirect_uri="https://ours.test/callback", code_verifier=VERIFIER)
APP = AppCredentials(client_id="reelwright", client_secret=SecretStr(APP_SECRET))
APPS = Apps(meta=APP, instagram=APP, google=APP, tiktok=APP)


def holds_none(shown: str) -> bool:
    return not [secret for secret in SECRETS if secret in shown]


def test_printed_nouns_show_no_token() -> None:
    nouns: list[Any] = [
        GRANT,
        Account("1", "maya", "tiktok", GRANT),
        AccountChoice("1", "Maya", "maya", "", GRANT),
        REQUEST,
        Callback("tiktok", STATE, CODE),
        APPS,
        HttpRequest("POST", f"https://t.test/?access_token={ACCESS}", {"t": ACCESS}, {"Authorization": ACCESS}, {"r": REFRESH}, {"c": CODE}, CODE.encode()),
        HttpAnswer(200, {"set-cookie": ACCESS}, ACCESS.encode()),
    ]
    for noun in nouns:
        for shown in (repr(noun), str(noun), f"{noun}", repr([noun]), json.dumps(noun, default=str)):
            assert holds_none(shown), type(noun)


class Echo:
    """A platform's server that repeats in its words everything that it was sent, as some do with a token that is wrong."""

    def __init__(self, status: int) -> None:
        self.status, self.asked = status, 0

    def send(self, request: HttpRequest) -> HttpAnswer:
        self.asked += 1
        sent = " ".join(
            [
                request.url,
                *map(str, request.params.values()),
                *map(str, request.headers.values()),
                *map(str, (request.form or {}).values()),
                str(request.document),
            ]
        )
        words = f"Malformed access token {sent}"
        error = {"code": 4711, "message": words, "error_user_msg": words, "errors": [{"message": words, "reason": "odd"}], "log_id": "1"}
        flat = {"error": error, "error_description": words, "error_message": words, "code": 4711, "error_type": words}
        oauth = {**flat, "error": words}
        return HttpAnswer(self.status, {"content-type": "application/json"}, json.dumps(oauth if "oauth" in request.url else flat).encode())


class Away:
    def __init__(self, error: Exception) -> None:
        self.error = error

    def send(self, request: HttpRequest) -> HttpAnswer:
        raise self.error


@pytest.mark.parametrize(
    "server", [Echo(400), Echo(401), Echo(200), Echo(503), Away(NotHeard("x")), Away(AnswerLost("x"))], ids=lambda each: type(each).__name__
)
@pytest.mark.parametrize("way", ["facebook_login", "instagram_login", "facebook_page", "youtube", "tiktok"])
def test_no_error_of_an_adapter_repeats_a_token(server: Any, way: Any) -> None:
    platform = build_platforms(server, APPS, Hosts(), lambda: NOW)[way]
    account = Account("1", "maya", way, GRANT)
    calls = (
        lambda: platform.exchange_code(CODE, REQUEST, NOW),
        lambda: platform.list_accounts(GRANT, NOW),
        lambda: platform.refresh(GRANT, NOW),
        lambda: platform.revoke(GRANT),
        lambda: platform.read_options(account, NOW),
        lambda: platform.read_metrics(account, ["1"]),
    )
    raised = 0
    for call in calls:
        error = error_of(call)
        raised += error is not None
        shown = "" if error is None else str(error) + repr(error) + "".join(traceback.format_exception(error))
        assert holds_none(shown), shown
    assert raised >= 2


def error_of(call: Any) -> Exception | None:
    try:
        call()
    except Exception as error:
        return error
    return None


def test_an_address_that_cannot_be_reached_is_not_told_with_its_token() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(NotHeard) as refusal:
        RequestsClient().send(HttpRequest("GET", f"http://127.0.0.1:{port}/me", params={"access_token": ACCESS}))
    assert holds_none("".join(traceback.format_exception(refusal.value)))


def test_no_row_and_no_log_holds_a_token(database: Database, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    connections = make_connections(database, tmp_path)
    maya = add_creator(database)
    accounts = [connections.connect(maya, rules) for rules in (ROTATING, SIXTY_DAYS, HOURLY)]
    connections.platform(NEVER_ENDING).accounts = [FakeAccount("1", "The Sea"), FakeAccount("2", "The Hills")]
    connections.begin(maya, NEVER_ENDING)
    connections.come_back(NEVER_ENDING)  # its grants wait for the choice
    connections.begin(maya, HOURLY)  # its consent page is open
    rows = everything_in(database)
    connections.clock.go_on(hours=3)
    fresh_grant(database, connections.envelope, connections.platforms, accounts[0], connections.clock())
    connections.platform(HOURLY).fail("refresh", PlatformUnavailable("It does not answer."))
    connections.clock.go_on(days=51)
    look_after_accounts(database, connections.envelope, connections.platforms, connections.clock())
    connections.platform(ROTATING).fail("revoke", PlatformUnavailable("It does not answer."))
    disconnect_account(database, connections.envelope, connections.platforms, maya, accounts[0], connections.clock())
    rows += everything_in(database)
    asked = [request for platform in connections.platforms.values() for request in platform.requests]
    secrets = [secret for request in asked for secret in (request.state, request.code_verifier)] + ["fake-access-token", "fake-refresh-token", "code-"]
    assert "grants" in rows
    assert "connect_requests" in rows
    assert len(caplog.records) >= 2
    logged = "".join(str(vars(record)) for record in caplog.records)
    for secret in secrets:
        assert secret not in rows, secret
        assert secret not in logged, secret


def everything_in(database: Database) -> str:
    """Every value of every table, bytes as text too."""
    found = []
    with database.transaction() as session:
        tables = session.scalars(text("SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'")).all()
        for table in tables:
            for row in session.execute(text(f'SELECT * FROM "{table}"')):
                found += [table, *(value.decode("latin-1") if isinstance(value, bytes) else str(value) for value in row)]
    return "|".join(found)
