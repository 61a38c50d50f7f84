"""Every adapter that can writes a comment once, finds it again after a lost answer, and says in words why there is none."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from reelwright.kit.errors import OutcomeUnknown, PlatformRefused, PlatformThrottled, PlatformUnavailable, ReconnectNeeded
from reelwright.kit.http_client import NotHeard
from reelwright.publishing.platform import Account, Comments
from reelwright.publishing.social_account import ConnectWay
from tests.publishing.platforms.platform_contract import WAYS, Desk, serve_videos

WORDS = "The recipe is in our profile."
COMMENTING = [way for way in WAYS if way != "tiktok"]


@pytest.fixture(scope="module")
def shelf() -> Iterator[str]:
    with serve_videos() as address:
        yield address


@pytest.fixture(params=COMMENTING)
def desk(request: pytest.FixtureRequest, shelf: str) -> Desk:
    way: ConnectWay = request.param
    return Desk(way, shelf=shelf)


def publish(desk: Desk) -> tuple[Account, Comments, str]:
    """A post that is to be seen, and the comments under it."""
    account = desk.connect()
    comments = desk.platform.comments
    assert comments is not None
    return account, comments, desk.publish(account, desk.order()).external_id


def test_the_consent_page_asks_for_what_a_comment_needs(desk: Desk) -> None:
    comments = desk.platform.comments
    assert comments is not None
    assert comments.scopes <= desk.connect().grant.scopes


def test_a_comment_stands_under_the_post_and_is_found_by_its_words(desk: Desk) -> None:
    account, comments, post = publish(desk)
    written = comments.write(account, post, WORDS)
    assert written
    assert desk.posts()[0].comments == (WORDS,)
    assert comments.find(account, post, WORDS, desk.now) == written
    assert comments.find(account, post, "Other words", desk.now) == ""


def test_an_older_comment_with_the_same_words_is_not_taken_for_ours(desk: Desk) -> None:
    account, comments, post = publish(desk)
    comments.write(account, post, WORDS)
    desk.wait(minutes=30)
    assert comments.find(account, post, WORDS, desk.now) == ""


@pytest.mark.parametrize(("kind", "said"), [("cut_after", {}), ("status", {"status": 500, "is_done": True})])
def test_a_lost_answer_is_unknown_and_the_comment_is_found_by_looking(desk: Desk, kind: str, said: dict[str, object]) -> None:
    account, comments, post = publish(desk)
    desk.sandbox.set_fault(kind, desk.vendor, "comment", **said)
    with pytest.raises(OutcomeUnknown):
        comments.write(account, post, WORDS)
    assert comments.find(account, post, WORDS, desk.now)
    assert desk.posts()[0].comments == (WORDS,)


def test_a_call_that_did_not_arrive_is_unknown_and_nothing_is_found(desk: Desk) -> None:
    account, comments, post = publish(desk)
    desk.sandbox.set_fault("cut_before", desk.vendor, "comment")
    with pytest.raises(OutcomeUnknown):
        comments.write(account, post, WORDS)
    assert comments.find(account, post, WORDS, desk.now) == ""


def test_a_server_that_cannot_be_reached_wrote_nothing(desk: Desk) -> None:
    account, comments, post = publish(desk)
    desk.sandbox.set_fault("not_heard", desk.vendor, "comment")
    with pytest.raises(PlatformUnavailable) as caught:
        comments.write(account, post, WORDS)
    assert isinstance(caught.value.__cause__, NotHeard)


def test_a_rate_limit_names_a_time_and_a_token_that_is_over_asks_to_connect(desk: Desk) -> None:
    account, comments, post = publish(desk)
    desk.sandbox.set_fault("rate_limit", desk.vendor, "comment")
    with pytest.raises(PlatformThrottled) as caught:
        comments.write(account, post, WORDS)
    assert caught.value.retry_after_seconds
    desk.sandbox.set_fault("expired_token", desk.vendor, "comment")
    with pytest.raises(ReconnectNeeded):
        comments.write(account, post, WORDS)
    assert desk.posts()[0].comments == ()


def test_a_missing_permission_is_a_refusal_in_words_and_not_the_end_of_the_account(desk: Desk) -> None:
    account, comments, post = publish(desk)
    desk.sandbox.set_fault("error", desk.vendor, "comment", code="insufficientPermissions" if desk.vendor == "youtube" else "10")
    with pytest.raises(PlatformRefused) as caught:
        comments.write(account, post, WORDS)
    assert "permission to write comments is missing" in caught.value.detail
    assert "again" in caught.value.detail


def test_a_post_that_is_gone_is_said(desk: Desk) -> None:
    account, comments, _ = publish(desk)
    with pytest.raises(PlatformRefused) as caught:
        comments.write(account, "404", WORDS)
    assert caught.value.detail.endswith(".")


def test_a_first_comment_passes_the_check_of_an_ordinary_post(desk: Desk) -> None:
    options = desk.platform.read_options(desk.connect(), desk.now)
    assert desk.platform.check_order(desk.order(first_comment=WORDS), options) == []


def test_youtube_says_where_nobody_can_comment(shelf: str) -> None:
    desk = Desk("youtube", shelf=shelf)
    options = desk.platform.read_options(desk.connect(), desk.now)
    refused = desk.platform.check_order(desk.order(privacy="private", is_made_for_kids=True, first_comment=WORDS), options)
    assert [("private" in said, "children" in said) for said in refused] == [(True, False), (False, True)]


def test_tiktok_leaves_it_out_and_says_so(shelf: str) -> None:
    desk = Desk("tiktok", shelf=shelf)
    assert desk.platform.comments is None
    said = desk.platform.check_order(desk.order(first_comment=WORDS), desk.platform.read_options(desk.connect(), desk.now))
    assert said == ["TikTok takes no first comment from an app. Leave it out here and write it by hand after posting."]
