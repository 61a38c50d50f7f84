"""Disconnecting: nobody posts from that moment on, the platform is told, the grant is forgotten, and what was scheduled is told in words."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select

from reelwright.kit.database import Database
from reelwright.kit.errors import NotFound, PlatformUnavailable, ReconnectNeeded
from reelwright.publishing.disconnect import Disconnection, count_posts, disconnect_account
from reelwright.publishing.keep_accounts import look_after_accounts
from reelwright.publishing.refresh_grant import fresh_grant
from reelwright.publishing.tables import PostEventRow, PostRow
from tests.publishing.connected_accounts import Connections, add_creator, add_post, make_connections
from tests.publishing.fake_platform import NEVER_ENDING, PAGE_OF_INSTAGRAM, ROTATING, FakeAccount

AWAY = PlatformUnavailable("It does not answer.")


@pytest.fixture
def connections(database: Database, tmp_path: Path) -> Connections:
    return make_connections(database, tmp_path)


@pytest.fixture
def maya(database: Database) -> str:
    return add_creator(database)


def disconnect(connections: Connections, creator_id: str, account_id: str) -> Disconnection:
    return disconnect_account(connections.database, connections.envelope, connections.platforms, creator_id, account_id, connections.clock())


def test_the_platform_is_told_and_the_grant_is_gone(connections: Connections, maya: str) -> None:
    account = connections.connect(maya, ROTATING)
    grant = connections.stored(account)
    done = disconnect(connections, maya, account)
    assert (done.revocation, done.sentence) == ("revoked", "TikTok @maya.sea is disconnected. TikTok was told.")
    assert not connections.platform(ROTATING).is_valid(grant)
    assert connections.platform(ROTATING).live_refresh_tokens == 0
    assert connections.row(account) is None
    stored = connections.account(account)
    assert (stored.state, stored.disconnected_at) == ("disconnected", connections.clock())
    with pytest.raises(ReconnectNeeded, match="was disconnected"):
        fresh_grant(connections.database, connections.envelope, connections.platforms, account, connections.clock())
    again = disconnect(connections, maya, account)
    assert (again.revocation, again.failed_posts) == ("revoked", 0)
    assert connections.platform(ROTATING).calls["revoke"] == 1


def test_a_token_that_is_over_is_renewed_so_that_it_can_be_revoked(connections: Connections, maya: str) -> None:
    account = connections.connect(maya, ROTATING)
    connections.clock.go_on(hours=5)
    assert disconnect(connections, maya, account).revocation == "revoked"
    assert connections.platform(ROTATING).live_refresh_tokens == 0


def test_scheduled_posts_fail_in_words_and_others_are_left_alone(connections: Connections, maya: str) -> None:
    account = connections.connect(maya, ROTATING)
    states = ("scheduled", "scheduled", "draft", "published", "publishing", "unconfirmed")
    posts = {add_post(connections, maya, account, state): state for state in states}
    with connections.database.transaction() as session:
        assert count_posts(session, account) == 2
    done = disconnect(connections, maya, account)
    assert (done.failed_posts, done.unfinished_posts) == (2, 2)
    assert done.sentence == (
        "TikTok @maya.sea is disconnected. TikTok was told. 2 posts scheduled for it will not be posted; connect it again to schedule them anew."
        " 2 posts under way may still come out."
    )
    with connections.database.transaction() as session:
        for post_id, before in posts.items():
            row = session.get_one(PostRow, post_id)
            events = session.scalars(select(PostEventRow.sentence).where(PostEventRow.post_id == post_id)).all()
            if before != "scheduled":
                assert (row.state, row.version, events) == (before, 1, [])
                continue
            words = "TikTok @maya.sea was disconnected before this was due. Nothing was posted. Connect it again, then schedule this anew."
            assert (row.state, row.failure_type, row.failure_detail, row.is_retryable, events) == ("failed", "ReconnectNeeded", words, True, [words])
            assert row.version == 2, "its timer does nothing any more"


def test_a_platform_that_does_not_answer_is_told_later(connections: Connections, maya: str) -> None:
    account, platform = connections.connect(maya, ROTATING), connections.platform(ROTATING)
    platform.fail("revoke", AWAY, times=2)
    done = disconnect(connections, maya, account)
    assert (done.revocation, done.account.state) == ("later", "disconnected")
    assert done.sentence == "TikTok @maya.sea is disconnected. TikTok does not answer now; it is told as soon as it does."
    arguments = (connections.database, connections.envelope, connections.platforms)
    assert look_after_accounts(*arguments, connections.clock())["disconnected"] == 0
    connections.clock.go_on(minutes=10)
    assert look_after_accounts(*arguments, connections.clock())["disconnected"] == 0
    connections.clock.go_on(minutes=10)
    assert look_after_accounts(*arguments, connections.clock())["disconnected"] == 1
    assert platform.live_refresh_tokens == 0
    assert connections.row(account) is None


def test_after_a_day_without_an_answer_the_grant_is_forgotten_all_the_same(connections: Connections, maya: str) -> None:
    account = connections.connect(maya, ROTATING)
    connections.platform(ROTATING).fail("revoke", AWAY, times=1000)
    disconnect(connections, maya, account)
    connections.clock.go_on(days=1)
    look_after_accounts(connections.database, connections.envelope, connections.platforms, connections.clock())
    assert connections.row(account) is None


def test_who_connects_again_before_the_platform_was_told_stays_connected(connections: Connections, maya: str) -> None:
    account, platform = connections.connect(maya, ROTATING), connections.platform(ROTATING)
    platform.fail("revoke", AWAY)
    disconnect(connections, maya, account)
    assert connections.connect(maya, ROTATING) == account
    connections.clock.go_on(minutes=20)
    look_after_accounts(connections.database, connections.envelope, connections.platforms, connections.clock())
    assert connections.account(account).state == "connected"
    assert platform.is_valid(connections.stored(account))
    assert platform.calls["revoke"] == 1


def test_one_permission_of_several_accounts_is_ended_with_the_last_of_them(connections: Connections, maya: str) -> None:
    """A Facebook user's permission carries pages and Instagram accounts."""
    facebook, instagram = connections.platform(NEVER_ENDING), connections.platform(PAGE_OF_INSTAGRAM)
    page = connections.connect(maya, NEVER_ENDING)
    facebook.accounts = [FakeAccount("2", "The Hills")]
    hills = connections.connect(maya, NEVER_ENDING, "page-2")
    gram = connections.connect(maya, PAGE_OF_INSTAGRAM, "gram-1")
    first = disconnect(connections, maya, page)
    assert (first.revocation, facebook.calls["revoke"]) == ("kept", 0)
    assert first.sentence.endswith("Our permission at Facebook stays, because another connected account may stand on it.")
    assert connections.row(page) is None
    assert disconnect(connections, maya, hills).revocation == "kept"
    assert disconnect(connections, maya, gram).revocation == "revoked"
    assert instagram.calls["revoke"] == 1


def test_an_account_that_another_creator_uses_too_stays_allowed_for_them(connections: Connections, maya: str) -> None:
    ben = add_creator(connections.database, "Ben")
    mine, his = connections.connect(maya, ROTATING), connections.connect(ben, ROTATING)
    assert disconnect(connections, maya, mine).revocation == "kept"
    assert connections.platform(ROTATING).is_valid(connections.stored(his))
    assert disconnect(connections, ben, his).revocation == "revoked"


def test_nobody_disconnects_anothers_account(connections: Connections, maya: str) -> None:
    account = connections.connect(maya, ROTATING)
    with pytest.raises(NotFound):
        disconnect(connections, add_creator(connections.database, "Ben"), account)
    assert connections.account(account).state == "connected"
