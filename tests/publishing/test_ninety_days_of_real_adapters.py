"""Ninety days of every adapter before the stand-ins, whose tokens end as the vendors say: nobody has to connect again, and a disconnect ends them."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest

from reelwright.kit.database import Database
from reelwright.kit.errors import ReconnectNeeded
from reelwright.kit.http_client import HttpRequest
from reelwright.kit.key_file_envelope import KeyFileEnvelope, make_key_file
from reelwright.publishing.connect import ConnectWish, begin_connecting
from reelwright.publishing.connect_callback import Callback, finish_connecting
from reelwright.publishing.connect_choice import find_connection
from reelwright.publishing.disconnect import disconnect_account
from reelwright.publishing.find_account import account_with
from reelwright.publishing.find_account_options import find_account_options
from reelwright.publishing.keep_accounts import look_after_accounts
from reelwright.publishing.keep_grant import open_grant
from reelwright.publishing.tables import GrantRow, SocialAccountRow
from tests.publishing.connected_accounts import add_creator
from tests.publishing.platforms.platform_contract import REDIRECT, WAYS, Desk

DAYS = 90


class Household:
    """One creator, one account, one adapter, one clock."""

    def __init__(self, way: Any, database: Database, folder: Path) -> None:
        make_key_file(folder / "keys.json")
        self.desk, self.database, self.envelope = Desk(way), database, KeyFileEnvelope(folder / "keys.json")
        self.platforms = {way: self.desk.platform}
        self.creator_id = add_creator(database)
        self.account_id = self.connect()

    def connect(self) -> str:
        wish = ConnectWish(self.desk.platform.name, self.desk.way)
        begun = begin_connecting(self.database, self.envelope, self.platforms, self.creator_id, wish, REDIRECT, self.desk.now)
        answer = self.desk.client.send(HttpRequest("GET", f"{begun.authorize_url}&auto=allow"))
        said = dict(parse_qsl(urlsplit(answer.headers["location"]).query))
        callback = Callback(self.desk.platform.name, said["state"], said["code"])
        landing = finish_connecting(self.database, self.envelope, self.platforms, callback, self.desk.now)
        assert landing.is_good, landing.sentence
        with self.database.transaction() as session:
            return str((find_connection(session, self.creator_id, begun.id).account_ids or [])[0])

    def use(self) -> None:
        """Asks the platform something that it answers only to a living token."""
        find_account_options(self.database, self.envelope, self.platforms, self.creator_id, self.account_id, self.desk.now)

    def look_after(self) -> dict[str, int]:
        return look_after_accounts(self.database, self.envelope, self.platforms, self.desk.now)

    @property
    def state(self) -> str:
        with self.database.transaction() as session:
            return session.get_one(SocialAccountRow, self.account_id).state


@pytest.fixture(params=WAYS)
def household(request: pytest.FixtureRequest, database: Database, tmp_path: Path) -> Household:
    return Household(request.param, database, tmp_path)


@pytest.mark.parametrize("every_days", [3, DAYS], ids=["used often", "used at the end"])
def test_nobody_has_to_connect_again(household: Household, every_days: int) -> None:
    for day in range(1, DAYS + 1):
        household.desk.wait(days=1)
        assert household.look_after()["reconnect_needed"] == 0
        if day % every_days == 0:
            household.use()
    assert household.state == "connected"


def test_a_disconnect_ends_the_tokens_at_the_platform(household: Household) -> None:
    with household.database.transaction() as session:
        account = session.get_one(SocialAccountRow, household.account_id)
        sealed = session.get_one(GrantRow, household.account_id).sealed
    grant = open_grant(household.envelope, household.account_id, sealed)
    household.desk.platform.read_options(account_with(account, grant), household.desk.now)
    household.desk.wait(days=1)
    arguments = (household.database, household.envelope, household.platforms, household.creator_id, household.account_id, household.desk.now)
    done = disconnect_account(*arguments)
    if household.desk.way == "instagram_login":  # it has no call that ends a grant
        assert done.revocation == "not_possible"
        assert "remove our app in your settings there" in done.sentence
        return
    assert done.revocation == "revoked"
    with pytest.raises(ReconnectNeeded):
        household.desk.platform.read_options(account_with(account, grant), household.desk.now)


def test_connecting_again_after_a_disconnect_is_the_same_account(household: Household) -> None:
    before = household.account_id
    disconnect_account(household.database, household.envelope, household.platforms, household.creator_id, before, household.desk.now)
    household.desk.wait(minutes=5)
    assert household.connect() == before
    household.use()
