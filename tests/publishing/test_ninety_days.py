"""Ninety days by a set clock, by each platform's rules of tokens, with failures on the way: nobody has to connect again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from reelwright.kit.database import Database
from reelwright.kit.errors import PlatformUnavailable
from reelwright.publishing.keep_accounts import look_after_accounts
from reelwright.publishing.refresh_grant import fresh_grant
from tests.publishing.connected_accounts import Connections, add_creator, make_connections
from tests.publishing.fake_platform import HOURLY, NEVER_ENDING, ROTATING, SIXTY_DAYS, TokenRules

DAYS = 90
RULES = {"TikTok": ROTATING, "Instagram Login": SIXTY_DAYS, "Facebook page": NEVER_ENDING, "YouTube": HOURLY}


@pytest.fixture
def connections(database: Database, tmp_path: Path) -> Connections:
    return make_connections(database, tmp_path)


def sweep(connections: Connections) -> None:
    counts = look_after_accounts(connections.database, connections.envelope, connections.platforms, connections.clock())
    assert counts["reconnect_needed"] == 0


def use(connections: Connections, account: str, rules: TokenRules) -> None:
    grant = fresh_grant(connections.database, connections.envelope, connections.platforms, account, connections.clock(), pause=lambda _: None)
    assert connections.platform(rules).is_valid(grant), connections.clock()


@pytest.mark.parametrize("rules", RULES.values(), ids=RULES.keys())
def test_an_account_that_posts_every_day_never_has_to_be_connected_again(connections: Connections, rules: TokenRules) -> None:
    account = connections.connect(add_creator(connections.database), rules)
    platform, refreshes = connections.platform(rules), {"tiktok": 90, "instagram": 1, "facebook": 0, "youtube": 90}
    for day in range(DAYS):
        if day % 7 == 3:  # once in a while the platform is down for a moment
            platform.fail("refresh", PlatformUnavailable("It does not answer."))
        connections.clock.go_on(days=1)
        sweep(connections)
        try:
            use(connections, account, rules)
        except PlatformUnavailable:  # the grant was over, so the post waits half a minute
            connections.clock.go_on(seconds=30)
            use(connections, account, rules)
    assert connections.account(account).state == "connected"
    assert platform.calls["exchange_code"] == 1
    # A failed try is one more; an hourly grant is got once per use, a grant of sixty days once before its end.
    assert refreshes[rules.name] <= platform.calls["refresh"] <= refreshes[rules.name] + 15


@pytest.mark.parametrize("rules", RULES.values(), ids=RULES.keys())
def test_an_account_that_nobody_uses_for_ninety_days_still_works(connections: Connections, rules: TokenRules) -> None:
    account = connections.connect(add_creator(connections.database), rules)
    for _ in range(DAYS):
        connections.clock.go_on(days=1)
        sweep(connections)
    use(connections, account, rules)
    assert connections.account(account).state == "connected"
    assert connections.platform(rules).calls["refresh"] <= 4, "rotating tokens are not renewed for nothing"


@pytest.mark.parametrize("rules", [ROTATING, SIXTY_DAYS], ids=["TikTok", "Instagram Login"])
def test_without_the_sweep_it_would_be_over(connections: Connections, rules: TokenRules) -> None:
    """Else the days above would prove nothing."""
    account = connections.connect(add_creator(connections.database), rules)
    connections.clock.go_on(days=181)
    grant: Any = connections.stored(account)
    assert not connections.platform(rules).is_valid(grant)
    counts = look_after_accounts(connections.database, connections.envelope, connections.platforms, connections.clock())
    assert counts["reconnect_needed"] == 1


def test_a_year_of_a_rotating_grant_leaves_one_living_refresh_token(connections: Connections) -> None:
    account = connections.connect(add_creator(connections.database), ROTATING)
    for _ in range(73):
        connections.clock.go_on(days=5)
        sweep(connections)
    use(connections, account, ROTATING)
    assert connections.platform(ROTATING).live_refresh_tokens == 1


def test_a_platform_that_is_down_for_a_week_at_the_end_of_sixty_days_costs_nothing(connections: Connections) -> None:
    account, platform = connections.connect(add_creator(connections.database), SIXTY_DAYS), connections.platform(SIXTY_DAYS)
    connections.clock.go_on(days=50)
    platform.fail("refresh", PlatformUnavailable("It does not answer."), times=10_000)
    for _ in range(7 * 8):
        connections.clock.go_on(hours=3)
        sweep(connections)
        use(connections, account, SIXTY_DAYS)
    platform.heal()
    connections.clock.go_on(hours=1)
    sweep(connections)
    row = connections.row(account)
    assert row is not None
    assert row.version == 2
    assert platform.calls["refresh"] == 7 * 8 + 1, "once in three hours, however often the grant is used"
