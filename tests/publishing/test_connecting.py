"""Connecting: the state is one creator's, for ten minutes, once; what counts is what was granted; a reconnect loses nothing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from reelwright.kit.database import Database
from reelwright.kit.errors import Conflict, InvalidInput, NotFound, PlatformUnavailable, RateLimited, Unavailable
from reelwright.publishing.connect import ConnectWish, begin_connecting, check_return_to
from reelwright.publishing.connect_choice import choose_accounts, find_connection, state_of, sweep_connections
from reelwright.publishing.platforms.pkce import challenge_of
from reelwright.publishing.tables import ConnectRequestRow
from tests.publishing.connected_accounts import Connections, add_creator, all_at_once, make_connections
from tests.publishing.fake_platform import HOURLY, NEVER_ENDING, ROTATING, SIXTY_DAYS, FakeAccount

PAGES = [
    FakeAccount("1", "The Sea", "the.sea"),
    FakeAccount("2", "The Hills", "the.hills"),
    FakeAccount("3", "Not mine", cannot="You may not post on this page."),
]


@pytest.fixture
def connections(database: Database, tmp_path: Path) -> Connections:
    return make_connections(database, tmp_path)


@pytest.fixture
def maya(database: Database) -> str:
    return add_creator(database)


def requests(database: Database) -> list[ConnectRequestRow]:
    with database.transaction() as session:
        return list(session.query(ConnectRequestRow))


def state(connections: Connections, creator_id: str, connect_id: str) -> tuple[str, Any]:
    with connections.database.transaction() as session:
        row = find_connection(session, creator_id, connect_id)
        return state_of(row, connections.clock()), row.failure_detail


def test_one_account_is_connected_when_the_browser_comes_back(connections: Connections, maya: str) -> None:
    begun = connections.begin(maya, ROTATING)
    assert state(connections, maya, begun.id) == ("waiting", None)
    landing = connections.come_back(ROTATING)
    assert (landing.is_good, landing.title, landing.sentence) == (True, "TikTok is connected", "@maya.sea is connected. You can close this page.")
    assert state(connections, maya, begun.id) == ("connected", None)
    with connections.database.transaction() as session:
        (account_id,) = find_connection(session, maya, begun.id).account_ids
    account = connections.account(account_id)
    assert (account.creator_id, account.platform, account.way, account.external_id, account.username) == (maya, "tiktok", "tiktok", "100", "maya.sea")
    assert (account.state, account.connected_at) == ("connected", connections.clock())
    assert connections.platform(ROTATING).is_valid(connections.stored(account_id))


def test_neither_state_nor_verifier_nor_code_stands_in_the_database(connections: Connections, maya: str) -> None:
    connections.begin(maya, ROTATING)
    (request,) = connections.platform(ROTATING).requests
    (row,) = requests(connections.database)
    assert len(request.state) >= 43
    assert 43 <= len(request.code_verifier) <= 128
    text = "|".join(str(getattr(row, column.name)) for column in row.__table__.columns) + row.sealed.hex() + row.sealed.decode("latin-1")
    assert request.state not in text
    assert request.code_verifier not in text
    connections.come_back(ROTATING)
    (row,) = requests(connections.database)
    assert row.sealed == b""


def test_the_verifier_is_new_each_time_and_only_its_digest_would_leave(connections: Connections, maya: str) -> None:
    for _ in range(3):
        begun = connections.begin(maya, ROTATING)
        sent = parse_qs(urlsplit(begun.authorize_url).query)
        assert connections.platform(ROTATING).requests[-1].code_verifier not in str(sent)
    asked = connections.platform(ROTATING).requests
    assert len({request.code_verifier for request in asked}) == len({request.state for request in asked}) == 3
    assert challenge_of(asked[0].code_verifier) != challenge_of(asked[1].code_verifier)


def test_a_state_works_once(connections: Connections, maya: str) -> None:
    connections.begin(maya, ROTATING)
    assert connections.come_back(ROTATING).is_good
    again = connections.come_back(ROTATING)
    assert not again.is_good
    assert again.sentence.startswith("This page was used already.")
    assert connections.platform(ROTATING).calls["exchange_code"] == 1


def test_a_state_works_once_even_when_two_browsers_come_at_the_same_moment(connections: Connections, maya: str) -> None:
    connections.begin(maya, ROTATING)
    platform = connections.platform(ROTATING)
    code = platform.consent()
    landings = all_at_once([lambda: connections.come_back(ROTATING, code=code)] * 4)
    assert sorted(landing.is_good for landing in landings) == [False, False, False, True]
    assert platform.calls["exchange_code"] == 1


def test_a_state_is_over_after_ten_minutes(connections: Connections, maya: str) -> None:
    begun = connections.begin(maya, ROTATING)
    connections.clock.go_on(minutes=10)
    landing = connections.come_back(ROTATING)
    assert (landing.is_good, landing.sentence) == (
        False,
        "More than ten minutes went by, so this page is over. Nothing was connected. Begin again with Connect TikTok.",
    )
    assert state(connections, maya, begun.id)[0] == "over"


@pytest.mark.parametrize("forged", ["", "nothing", "x" * 500])
def test_a_state_that_is_not_ours_connects_nothing(connections: Connections, maya: str, forged: str) -> None:
    connections.begin(maya, ROTATING)
    landing = connections.come_back(ROTATING, state=forged)
    assert not landing.is_good
    assert "egin" in landing.sentence
    assert landing.return_to == ""
    assert connections.platform(ROTATING).calls["exchange_code"] == 0


def test_a_state_of_one_platform_is_nothing_to_another(connections: Connections, maya: str) -> None:
    connections.begin(maya, ROTATING)
    connections.platform(HOURLY)
    landing = connections.come_back(ROTATING, platform="youtube")
    assert "does not belong to a connection" in landing.sentence
    assert connections.come_back(ROTATING).is_good, "the right page still works"


@pytest.mark.parametrize(
    ("error", "words"),
    [
        ("access_denied", "You did not allow it at TikTok, so nothing was connected. Connect again whenever you like."),
        ("server_error", "TikTok could not finish this just now. Nothing was connected. Try again in a few minutes."),
        ("invalid_scope", "TikTok did not give a permission."),
        ("", "TikTok did not give a permission."),
    ],
)
def test_a_refusal_of_the_consent_page_is_said_in_words(connections: Connections, maya: str, error: str, words: str) -> None:
    begun = connections.begin(maya, ROTATING)
    landing = connections.come_back(ROTATING, error=error)
    assert not landing.is_good
    assert landing.sentence.startswith(words)
    assert state(connections, maya, begun.id) == ("failed", landing.sentence)


def test_a_platform_that_is_down_is_said_in_its_own_words(connections: Connections, maya: str) -> None:
    begun = connections.begin(maya, ROTATING)
    connections.platform(ROTATING).fail("exchange_code", PlatformUnavailable("TikTok does not answer. Try again in a few minutes."))
    assert connections.come_back(ROTATING).sentence == "TikTok does not answer. Try again in a few minutes."
    assert state(connections, maya, begun.id) == ("failed", "TikTok does not answer. Try again in a few minutes.")


def test_what_was_not_granted_is_named(connections: Connections, maya: str) -> None:
    platform = connections.platform(SIXTY_DAYS)
    platform.scopes = frozenset({"instagram_business_basic", "instagram_business_content_publish", "odd_scope"})
    platform.withheld_scopes = frozenset({"instagram_business_content_publish", "odd_scope"})
    begun = connections.begin(maya, SIXTY_DAYS)
    landing = connections.come_back(SIXTY_DAYS)
    assert landing.sentence == (
        "You did not allow us to publish reels (instagram_business_content_publish) and use “odd_scope” at Instagram. Connect again and leave them ticked."
    )
    assert state(connections, maya, begun.id)[0] == "failed"
    platform.withheld_scopes = frozenset()
    connections.connect(maya, SIXTY_DAYS)


def test_a_login_without_any_account_is_told_what_to_do(connections: Connections, maya: str) -> None:
    connections.platform(HOURLY).accounts = []
    connections.begin(maya, HOURLY)
    assert connections.come_back(HOURLY).sentence == "This Google account has no YouTube channel. Make one on youtube.com, then connect again."


def test_of_several_accounts_the_creator_chooses(connections: Connections, maya: str) -> None:
    connections.platform(NEVER_ENDING).accounts = PAGES
    begun = connections.begin(maya, NEVER_ENDING)
    landing = connections.come_back(NEVER_ENDING)
    assert (landing.is_good, landing.sentence) == (True, "Facebook shows 3 accounts. Go back to Reelwright and choose which of them to connect.")
    assert state(connections, maya, begun.id) == ("choosing", None)
    (row,) = requests(connections.database)
    assert [choice["name"] for choice in row.choices or []] == ["The Sea", "The Hills", "Not mine"]
    assert "fake-access-token" not in json.dumps(row.choices) + row.sealed.decode("latin-1")

    def choose(*external_ids: str) -> list[str]:
        return choose_accounts(connections.database, connections.envelope, connections.platforms, maya, begun.id, external_ids, connections.clock())

    with pytest.raises(InvalidInput, match="You may not post on this page"):
        choose("1", "3")
    with pytest.raises(InvalidInput, match="none of the accounts"):
        choose("9")
    ids = choose("1", "2")
    assert [connections.account(id_).name for id_ in ids] == ["The Sea", "The Hills"]
    assert choose("1", "2") == ids, "asked twice, it changes nothing"
    assert requests(connections.database)[0].sealed == b""


def test_a_choice_is_the_creators_own_and_ends(connections: Connections, maya: str, database: Database) -> None:
    connections.platform(NEVER_ENDING).accounts = PAGES
    begun = connections.begin(maya, NEVER_ENDING)
    arguments = (database, connections.envelope, connections.platforms)
    with pytest.raises(Conflict, match="consent page is still open"):
        choose_accounts(*arguments, maya, begun.id, ["1"], connections.clock())
    connections.come_back(NEVER_ENDING)
    with pytest.raises(NotFound):
        choose_accounts(*arguments, add_creator(database, "Ben"), begun.id, ["1"], connections.clock())
    connections.clock.go_on(minutes=30)
    with pytest.raises(Conflict, match="time to choose is over"):
        choose_accounts(*arguments, maya, begun.id, ["1"], connections.clock())
    with database.transaction() as session:
        assert sweep_connections(session, connections.clock()) == 0
    assert requests(database)[0].sealed == b"", "grants that nobody chose are forgotten"
    connections.clock.go_on(days=2)
    with database.transaction() as session:
        assert sweep_connections(session, connections.clock()) == 1
    assert requests(database) == []


def test_connecting_again_keeps_the_row_and_never_forgets_a_refresh_token(connections: Connections, maya: str) -> None:
    first = connections.connect(maya, HOURLY)
    refresh_token = connections.stored(first).refresh_token
    platform = connections.platform(HOURLY)
    platform.gives_refresh_token = False
    platform.accounts = [FakeAccount("100", "Maya at home", "maya.home")]
    connections.clock.go_on(days=3)
    assert connections.connect(maya, HOURLY) == first
    account, grant = connections.account(first), connections.stored(first)
    assert (account.name, account.connected_at) == ("Maya at home", connections.clock())
    assert grant.refresh_token == refresh_token
    assert platform.is_valid(grant)
    platform.gives_refresh_token = True
    connections.connect(maya, HOURLY)
    assert connections.stored(first).refresh_token not in (None, refresh_token)


def test_an_account_that_is_to_be_connected_again_must_be_the_one_that_comes_back(connections: Connections, maya: str) -> None:
    platform = connections.platform(NEVER_ENDING)
    platform.accounts = PAGES[:1]
    first = connections.connect(maya, NEVER_ENDING)
    platform.accounts = PAGES
    connections.begin(maya, NEVER_ENDING, account_id=first)
    assert connections.come_back(NEVER_ENDING).title == "Facebook is connected", "no choice is asked for"
    platform.accounts = PAGES[1:2]
    connections.begin(maya, NEVER_ENDING, account_id=first)
    assert connections.come_back(NEVER_ENDING).sentence == (
        "You allowed @the.hills, but Facebook @the.sea was to be connected again. Log in at Facebook as that account, then connect."
    )


def test_two_who_connect_the_same_account_at_once_make_one_row(connections: Connections, maya: str, database: Database) -> None:
    platform = connections.platform(ROTATING)
    comings = []
    for _ in range(4):
        connections.begin(maya, ROTATING)
        comings.append({"state": platform.requests[-1].state, "code": platform.consent()})
    landings = all_at_once([lambda sent=sent: connections.come_back(ROTATING, **sent) for sent in comings])  # type: ignore[misc]
    assert all(landing.is_good for landing in landings), landings
    assert len({tuple(row.account_ids or ()) for row in requests(database)}) == 1


def test_the_same_account_of_two_creators_is_two_rows(connections: Connections, maya: str, database: Database) -> None:
    assert connections.connect(maya, ROTATING) != connections.connect(add_creator(database, "Ben"), ROTATING)


def test_nobody_opens_consent_pages_without_end(connections: Connections, maya: str) -> None:
    for _ in range(20):
        connections.begin(maya, ROTATING)
    with pytest.raises(RateLimited, match="20 consent pages"):
        connections.begin(maya, ROTATING)
    connections.clock.go_on(minutes=11)
    connections.begin(maya, ROTATING)


def test_a_platform_without_an_app_is_refused_in_words(connections: Connections, maya: str) -> None:
    with pytest.raises(Unavailable, match="operator has set no app"):
        begin_connecting(connections.database, connections.envelope, {}, maya, ConnectWish("tiktok"), "http://r.test", connections.clock())


@pytest.mark.parametrize("good", ["", "/", "/accounts", "/accounts/new?tab=tiktok", "reelwright://connected", "reelwright://accounts/new?a=b"])
def test_the_browser_may_go_on_to_our_own_pages_and_app(good: str) -> None:
    check_return_to(good)


@pytest.mark.parametrize(
    "evil",
    [
        "https://evil.test",
        "//evil.test",
        "/\\evil.test",
        "\\/evil.test",
        "/a//evil.test",
        "javascript:alert(1)",
        "reelwright:evil",
        "reelwright://a@evil.test",
        "/ok\r\nSet-Cookie: a=b",
        "/ok\n",
        "http:/evil.test",
        " /accounts",
        "/<script>",
        "evil.test",
        "/" + "a" * 300,
        "/\t/evil.test",
        "data:text/html,hi",
    ],
)
def test_the_browser_goes_nowhere_else(evil: str) -> None:
    with pytest.raises(InvalidInput, match="return_to"):
        check_return_to(evil)
