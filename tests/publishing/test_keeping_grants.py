"""Grants: sealed for their account, refreshed in time and once, stored before they are used; what fails for a moment is waited out."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest

from reelwright.kit.database import Database
from reelwright.kit.errors import PlatformThrottled, PlatformUnavailable, ReconnectNeeded, SealBroken, Unavailable
from reelwright.kit.key_file_envelope import KeyFileEnvelope, make_key_file, rotate_key_file
from reelwright.publishing.grant import Grant
from reelwright.publishing.keep_grant import mark_reconnect_needed, open_grant, read_grant, write_grant
from reelwright.publishing.refresh_due import refresh_grants_due
from reelwright.publishing.refresh_grant import fresh_grant, take_lease
from reelwright.publishing.rotate_seals import reseal_grants
from reelwright.publishing.tables import GrantRow
from tests.publishing.connected_accounts import Connections, add_creator, all_at_once, make_connections
from tests.publishing.fake_platform import HOURLY, NEVER_ENDING, ROTATING, SIXTY_DAYS, FakeAccount

AWAY = PlatformUnavailable("TikTok does not answer. Try again in a few minutes.")


@pytest.fixture
def connections(database: Database, tmp_path: Path) -> Connections:
    return make_connections(database, tmp_path)


@pytest.fixture
def maya(database: Database) -> str:
    return add_creator(database)


def fresh(connections: Connections, account_id: str, **more: Any) -> Grant:
    return fresh_grant(connections.database, connections.envelope, connections.platforms, account_id, connections.clock(), pause=lambda _: None, **more)


def sweep(connections: Connections) -> dict[str, int]:
    return refresh_grants_due(connections.database, connections.envelope, connections.platforms, connections.clock())


def test_a_grant_comes_back_from_its_bytes_as_it_was(connections: Connections, maya: str) -> None:
    grant = connections.stored(connections.connect(maya, ROTATING))
    assert read_grant(write_grant(grant)) == grant
    assert grant.refresh_token is not None
    assert grant.scopes == {"publish", "profile"}


def test_a_grant_copied_to_another_account_cannot_be_opened_there(connections: Connections, maya: str) -> None:
    connections.platform(NEVER_ENDING).accounts = [FakeAccount("1", "The Sea")]
    first = connections.connect(maya, NEVER_ENDING)
    connections.platform(NEVER_ENDING).accounts = [FakeAccount("2", "The Hills")]
    second = connections.connect(maya, NEVER_ENDING)
    row = connections.row(first)
    assert row is not None
    with pytest.raises(ReconnectNeeded):
        open_grant(connections.envelope, second, row.sealed)
    with pytest.raises(SealBroken):
        connections.envelope.open(row.sealed, second)


def test_a_grant_that_lasts_is_not_refreshed(connections: Connections, maya: str) -> None:
    account = connections.connect(maya, ROTATING)
    connections.clock.go_on(minutes=109)
    assert connections.platform(ROTATING).is_valid(fresh(connections, account))
    assert connections.platform(ROTATING).calls["refresh"] == 0


def test_a_grant_near_its_end_is_refreshed_and_stored_before_it_is_given(connections: Connections, maya: str) -> None:
    account = connections.connect(maya, ROTATING)
    before = connections.stored(account)
    connections.clock.go_on(minutes=111)
    grant = fresh(connections, account)
    assert grant == connections.stored(account)
    assert grant.access_token != before.access_token
    assert grant.refresh_token != before.refresh_token
    assert grant.scopes == before.scopes
    row = connections.row(account)
    assert row is not None
    assert (row.version, row.lease_until, row.refreshed_at) == (2, None, connections.clock())
    assert fresh(connections, account) == grant
    assert connections.platform(ROTATING).calls["refresh"] == 1


def test_many_at_once_refresh_once(connections: Connections, maya: str) -> None:
    account = connections.connect(maya, ROTATING)
    for _ in range(3):
        connections.clock.go_on(minutes=115)
        grants = all_at_once([lambda: fresh_grant(connections.database, connections.envelope, connections.platforms, account, connections.clock())] * 5)
        assert all(isinstance(grant, Grant) for grant in grants), grants
        assert all(connections.platform(ROTATING).is_valid(grant) for grant in grants)
    assert connections.platform(ROTATING).calls["refresh"] == 3
    assert connections.platform(ROTATING).live_refresh_tokens == 1


def test_who_comes_when_the_grant_is_over_waits_for_whoever_refreshes(connections: Connections, maya: str) -> None:
    account, platform = connections.connect(maya, ROTATING), connections.platform(ROTATING)
    connections.clock.go_on(hours=3)
    is_refreshing, may_go_on, refresh = threading.Event(), threading.Event(), platform.refresh

    def slow_refresh(*arguments: Any) -> Grant:
        is_refreshing.set()
        assert may_go_on.wait(10)
        return refresh(*arguments)

    platform.refresh = slow_refresh  # type: ignore[method-assign]
    results: list[Grant] = []
    first = threading.Thread(target=lambda: results.append(fresh(connections, account)))
    first.start()
    assert is_refreshing.wait(10)
    pauses: list[float] = []

    def pause(seconds: float) -> None:
        pauses.append(seconds)
        may_go_on.set()
        first.join(10)

    second = fresh_grant(connections.database, connections.envelope, connections.platforms, account, connections.clock(), pause=pause)
    assert results == [second]
    assert len(pauses) == 1
    assert platform.calls["refresh"] == 1


def test_who_ends_while_refreshing_lets_the_lease_run_out(connections: Connections, maya: str) -> None:
    from reelwright.publishing.keep_grant import read_kept

    account = connections.connect(maya, ROTATING)
    connections.clock.go_on(minutes=115)
    assert take_lease(connections.database, read_kept(connections.database, account), connections.clock())
    old = fresh(connections, account)
    assert connections.platform(ROTATING).is_valid(old), "as long as the old one lasts, everybody goes on with it"
    connections.clock.go_on(minutes=2)
    assert fresh(connections, account) == old
    connections.clock.go_on(minutes=1, seconds=1)
    assert fresh(connections, account) != old
    assert connections.platform(ROTATING).calls["refresh"] == 1


def test_a_lease_that_nobody_ends_is_waited_for_only_so_long(connections: Connections, maya: str) -> None:
    from reelwright.publishing.keep_grant import read_kept

    account = connections.connect(maya, ROTATING)
    connections.clock.go_on(hours=3)
    take_lease(connections.database, read_kept(connections.database, account), connections.clock())
    with pytest.raises(PlatformUnavailable, match="being renewed") as refusal:
        fresh(connections, account)
    assert refusal.value.retry_after_seconds == 30


def test_a_passing_failure_goes_on_with_the_old_grant_and_tries_later(connections: Connections, maya: str) -> None:
    account, platform = connections.connect(maya, ROTATING), connections.platform(ROTATING)
    old = connections.stored(account)
    connections.clock.go_on(minutes=112)
    platform.fail("refresh", AWAY, times=2)
    assert fresh(connections, account) == old
    assert fresh(connections, account) == old
    assert platform.calls["refresh"] == 1, "not before its time is it tried again"
    row = connections.row(account)
    assert row is not None
    assert (row.failed_refreshes, (row.retry_at - connections.clock()).total_seconds()) == (1, 60)  # type: ignore[operator]
    connections.clock.go_on(minutes=1)
    assert fresh(connections, account) == old
    row = connections.row(account)
    assert row is not None
    assert (row.failed_refreshes, (row.retry_at - connections.clock()).total_seconds()) == (2, 120)  # type: ignore[operator]
    connections.clock.go_on(minutes=2)
    assert fresh(connections, account) != old
    assert connections.account(account).state == "connected"
    row = connections.row(account)
    assert row is not None
    assert (row.failed_refreshes, row.retry_at) == (0, None)


def test_when_the_old_one_is_over_a_passing_failure_is_told_and_tried_soon(connections: Connections, maya: str) -> None:
    account, platform = connections.connect(maya, ROTATING), connections.platform(ROTATING)
    connections.clock.go_on(hours=3)
    platform.fail("refresh", AWAY)
    with pytest.raises(PlatformUnavailable, match="does not answer"):
        fresh(connections, account)
    with pytest.raises(PlatformUnavailable) as refusal:
        fresh(connections, account)
    assert refusal.value.retry_after_seconds == 30
    assert connections.account(account).state == "connected"
    connections.clock.go_on(seconds=30)
    assert platform.is_valid(fresh(connections, account))


def test_the_time_that_a_platform_names_is_kept(connections: Connections, maya: str) -> None:
    account, platform = connections.connect(maya, ROTATING), connections.platform(ROTATING)
    connections.clock.go_on(minutes=112)
    platform.fail("refresh", PlatformThrottled("TikTok asks to slow down.", retry_after_seconds=333))
    fresh(connections, account)
    row = connections.row(account)
    assert row is not None
    assert (row.retry_at - connections.clock()).total_seconds() == 333  # type: ignore[operator]


def test_a_permission_that_is_over_marks_the_account_in_words(connections: Connections, maya: str) -> None:
    account, platform = connections.connect(maya, ROTATING), connections.platform(ROTATING)
    platform.end_grants()
    connections.clock.go_on(hours=2)
    with pytest.raises(ReconnectNeeded):
        fresh(connections, account)
    stored = connections.account(account)
    assert (stored.state, stored.state_detail) == ("reconnect_needed", "The permission is over. Connect the account again.")
    with pytest.raises(ReconnectNeeded, match="The permission is over"):
        fresh(connections, account)
    assert platform.calls["refresh"] == 1, "nobody asks for what only the creator can give"
    assert connections.connect(maya, ROTATING) == account
    assert platform.is_valid(fresh(connections, account))
    assert connections.account(account).state_detail == ""


def test_a_refusal_of_an_older_grant_does_not_mark_a_newer_one(connections: Connections, maya: str) -> None:
    account = connections.connect(maya, ROTATING)
    connections.connect(maya, ROTATING)
    with connections.database.transaction() as session:
        assert not mark_reconnect_needed(session, account, "Old news.", version=1)
        assert mark_reconnect_needed(session, account, "Today's news.", version=2)


def test_a_refused_token_is_renewed_once_before_anybody_asks_the_creator(connections: Connections, maya: str) -> None:
    account, platform = connections.connect(maya, ROTATING), connections.platform(ROTATING)
    old = connections.stored(account)
    new = fresh(connections, account, rejected=old)
    assert new.access_token != old.access_token
    assert fresh(connections, account, rejected=old) == new, "the one who comes second finds it renewed"
    assert platform.calls["refresh"] == 1


def test_a_refused_token_that_cannot_be_renewed_marks_the_account(connections: Connections, maya: str) -> None:
    for rules in (NEVER_ENDING, SIXTY_DAYS):
        account = connections.connect(maya, rules)
        with pytest.raises(ReconnectNeeded, match="does not take our permission"):
            fresh(connections, account, rejected=connections.stored(account))
        assert connections.account(account).state == "reconnect_needed"


def test_a_token_younger_than_a_day_is_never_renewed(connections: Connections, maya: str) -> None:
    account, platform = connections.connect(maya, SIXTY_DAYS), connections.platform(SIXTY_DAYS)
    platform.refresh_margin_seconds = 61 * 86_400  # whatever the margin says
    connections.clock.go_on(hours=23)
    fresh(connections, account)
    assert platform.calls["refresh"] == 0
    connections.clock.go_on(hours=2)
    fresh(connections, account)
    assert platform.calls["refresh"] == 1


def test_a_reconnect_while_somebody_refreshes_keeps_the_reconnects_grant(connections: Connections, maya: str) -> None:
    account, platform = connections.connect(maya, HOURLY), connections.platform(HOURLY)
    connections.clock.go_on(minutes=58)
    refresh = platform.refresh

    def refresh_and_reconnect(*arguments: Any) -> Grant:
        grant = refresh(*arguments)
        connections.connect(maya, HOURLY)
        return grant

    platform.refresh = refresh_and_reconnect  # type: ignore[method-assign]
    given = fresh(connections, account)
    assert given == connections.stored(account)
    row = connections.row(account)
    assert row is not None
    assert row.version == 2


def test_new_tokens_survive_a_key_that_does_not_answer_for_a_moment(connections: Connections, maya: str) -> None:
    account = connections.connect(maya, ROTATING)
    inner, refusals = connections.envelope, [1, 1, 1]

    class Away:
        open, is_current = inner.open, inner.is_current

        def seal(self, plain: bytes, context: str) -> bytes:
            if refusals:
                refusals.pop()
                raise Unavailable("The key does not answer.")
            return inner.seal(plain, context)

    connections.envelope = Away()
    connections.clock.go_on(hours=2)
    assert fresh(connections, account) == connections.stored(account)
    assert connections.platform(ROTATING).calls["refresh"] == 1


def test_a_key_that_is_gone_asks_for_a_reconnect_in_words(connections: Connections, maya: str, tmp_path: Path) -> None:
    account = connections.connect(maya, ROTATING)
    make_key_file(tmp_path / "other.json")
    connections.envelope = KeyFileEnvelope(tmp_path / "other.json")
    with pytest.raises(ReconnectNeeded, match="key is not here any more"):
        fresh(connections, account)
    assert connections.account(account).state == "reconnect_needed"
    assert connections.connect(maya, ROTATING) == account
    assert connections.platform(ROTATING).is_valid(fresh(connections, account))


def test_the_sweep_refreshes_what_comes_near_its_end_and_nothing_else(connections: Connections, maya: str) -> None:
    sixty, never, hourly = (connections.connect(maya, rules) for rules in (SIXTY_DAYS, NEVER_ENDING, HOURLY))
    connections.clock.go_on(days=29)
    assert sweep(connections) == {"refreshed": 0, "later": 0, "reconnect_needed": 0}
    connections.clock.go_on(days=1)
    assert sweep(connections)["refreshed"] == 1, "an unused refresh token is kept alive"
    connections.clock.go_on(days=20)
    assert sweep(connections)["refreshed"] == 1
    versions = [row.version for row in map(connections.row, (sixty, never, hourly)) if row]
    assert versions == [2, 1, 2]


def test_one_accounts_failure_holds_up_no_other(connections: Connections, maya: str) -> None:
    first, second = connections.connect(maya, SIXTY_DAYS), connections.connect(maya, HOURLY)
    connections.platform(SIXTY_DAYS).end_grants()
    connections.platform(HOURLY).fail("refresh", AWAY)
    connections.clock.go_on(days=50)
    assert sweep(connections) == {"refreshed": 0, "later": 1, "reconnect_needed": 1}
    assert (connections.account(first).state, connections.account(second).state) == ("reconnect_needed", "connected")
    assert sweep(connections) == {"refreshed": 0, "later": 0, "reconnect_needed": 0}
    connections.clock.go_on(minutes=1)
    assert sweep(connections) == {"refreshed": 1, "later": 0, "reconnect_needed": 0}


def test_an_answer_that_cannot_be_read_is_one_accounts_trouble(connections: Connections, maya: str) -> None:
    odd, good = connections.connect(maya, SIXTY_DAYS), connections.connect(maya, HOURLY)

    def refresh(*_: Any) -> Grant:
        raise KeyError("access_token")

    connections.platform(SIXTY_DAYS).refresh = refresh  # type: ignore[method-assign]
    connections.clock.go_on(days=50)
    assert sweep(connections) == {"refreshed": 1, "later": 1, "reconnect_needed": 0}
    row = connections.row(odd)
    assert row is not None
    assert (row.failed_refreshes, row.lease_until) == (1, None)
    assert connections.stored(good)


def test_two_sweeps_at_once_refresh_each_once(connections: Connections, maya: str, database: Database) -> None:
    for number in range(6):
        connections.platform(ROTATING).accounts = [FakeAccount(str(number), f"Account {number}")]
        connections.connect(maya, ROTATING, f"user-{number}")
    connections.clock.go_on(days=31)
    counts = all_at_once([lambda: sweep(connections)] * 3)
    assert sum(count["refreshed"] for count in counts) == connections.platform(ROTATING).calls["refresh"] == 6


def test_after_a_rotation_every_row_is_sealed_anew_and_nothing_else_changes(connections: Connections, maya: str, tmp_path: Path) -> None:
    accounts = [connections.connect(maya, rules) for rules in (ROTATING, SIXTY_DAYS, HOURLY)]
    grants = [connections.stored(account) for account in accounts]
    rotate_key_file(tmp_path / "keys.json")
    assert reseal_grants(connections.database, connections.envelope, limit=1) == {"resealed": 1, "left": 0}
    assert reseal_grants(connections.database, connections.envelope) == {"resealed": 2, "left": 0}
    assert reseal_grants(connections.database, connections.envelope) == {"resealed": 0, "left": 0}
    assert [connections.stored(account) for account in accounts] == grants
    rows = [row for row in map(connections.row, accounts) if row]
    assert all(connections.envelope.is_current(row.sealed) for row in rows)
    assert [row.version for row in rows] == [1, 1, 1]


def test_a_row_that_cannot_be_opened_does_not_stop_the_others(connections: Connections, maya: str, tmp_path: Path) -> None:
    broken, good = connections.connect(maya, ROTATING), connections.connect(maya, HOURLY)
    with connections.database.transaction() as session:
        session.get_one(GrantRow, broken).sealed = b"\x02\x00\x00\x00\x01nothing"
    rotate_key_file(tmp_path / "keys.json")
    assert reseal_grants(connections.database, connections.envelope) == {"resealed": 1, "left": 1}
    assert connections.stored(good)
