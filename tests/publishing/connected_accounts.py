"""Creators, key files and connected accounts for tests, made the way the product makes them."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from reelwright.creators.tables import CreatorRow
from reelwright.kit.database import Database
from reelwright.kit.envelope import Envelope
from reelwright.kit.identifiers import new_id
from reelwright.kit.key_file_envelope import KeyFileEnvelope, make_key_file
from reelwright.publishing.connect import BegunConnection, ConnectWish, begin_connecting
from reelwright.publishing.connect_callback import Callback, Landing, finish_connecting
from reelwright.publishing.connect_choice import find_connection
from reelwright.publishing.grant import Grant
from reelwright.publishing.keep_grant import open_grant
from reelwright.publishing.tables import GrantRow, PostRow, SocialAccountRow
from tests.publishing.fake_platform import FakePlatform, TokenRules

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
REDIRECT = "http://127.0.0.1:8787/v1/oauth/{platform}/callback"


class SetClock:
    """Shows the time that it was set to."""

    def __init__(self, now: datetime = NOON) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def go_on(self, **duration: float) -> datetime:
        self.now += timedelta(**duration)
        return self.now


def add_creator(database: Database, name: str = "Maya") -> str:
    creator_id = new_id("creator")
    with database.transaction() as session:
        session.add(CreatorRow(id=creator_id, email=f"{creator_id}@example.org", name=name, password_hash="x"))
    return creator_id


@dataclass
class Connections:
    """One installation: a database, a key file, a clock, and fake platforms by way."""

    database: Database
    envelope: Envelope
    clock: SetClock
    platforms: dict[Any, FakePlatform]

    def platform(self, rules: TokenRules) -> FakePlatform:
        """The fake of these rules; made at the first call."""
        return self.platforms.setdefault(rules.way, FakePlatform(self.clock, rules))

    def begin(self, creator_id: str, rules: TokenRules, **wish: Any) -> BegunConnection:
        platform = self.platform(rules)
        wanted = ConnectWish(platform.name, rules.way, **wish)
        return begin_connecting(self.database, self.envelope, self.platforms, creator_id, wanted, REDIRECT.format(platform=platform.name), self.clock())

    def come_back(self, rules: TokenRules, *, subject: str = "user-1", **callback: str) -> Landing:
        """The browser comes back from the newest consent page of this platform, with a code unless told otherwise."""
        platform = self.platform(rules)
        sent = {"platform": platform.name, "state": platform.requests[-1].state, **callback}
        if "error" not in sent and "code" not in sent:
            sent["code"] = platform.consent(subject)
        return finish_connecting(self.database, self.envelope, self.platforms, Callback(**sent), self.clock())

    def connect(self, creator_id: str, rules: TokenRules, subject: str = "user-1") -> str:
        """The id of the account, where the consent reaches one."""
        begun = self.begin(creator_id, rules)
        landing = self.come_back(rules, subject=subject)
        assert landing.is_good, landing.sentence
        with self.database.transaction() as session:
            (account_id,) = find_connection(session, creator_id, begun.id).account_ids or []
        return str(account_id)

    def account(self, account_id: str) -> SocialAccountRow:
        with self.database.transaction() as session:
            return session.get_one(SocialAccountRow, account_id)

    def row(self, account_id: str) -> GrantRow | None:
        with self.database.transaction() as session:
            return session.get(GrantRow, account_id)

    def stored(self, account_id: str) -> Grant:
        """The grant in the row, opened."""
        row = self.row(account_id)
        assert row is not None
        return open_grant(self.envelope, account_id, row.sealed)


def make_connections(database: Database, folder: Path) -> Connections:
    make_key_file(folder / "keys.json")
    return Connections(database, KeyFileEnvelope(folder / "keys.json"), SetClock(), {})


def add_post(connections: Connections, creator_id: str, account_id: str, state: str = "scheduled", **more: Any) -> str:
    """A post for the account."""
    post_id = new_id("post")
    with connections.database.transaction() as session:
        platform = session.get_one(SocialAccountRow, account_id).platform
        session.add(
            PostRow(
                id=post_id,
                creator_id=creator_id,
                social_account_id=account_id,
                platform=platform,
                render_id=new_id("render"),
                content={"caption": "The sea"},
                state=state,
                due_at=connections.clock() + timedelta(days=1),
                **more,
            )
        )
    return post_id


def all_at_once(works: list[Any]) -> list[Any]:
    """Results, or the errors, of the works begun in the same moment."""
    begin, results = threading.Barrier(len(works)), [None] * len(works)

    def work(number: int) -> None:
        begin.wait()
        try:
            results[number] = works[number]()
        except Exception as error:
            results[number] = error

    threads = [threading.Thread(target=work, args=(number,)) for number in range(len(works))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results
