"""Every adapter connects, posts, finds out what became of it, and reads its refusals, against stand-ins that were written without it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from reelwright.kit.errors import OutcomeUnknown, PlatformError, PlatformRefused, PlatformThrottled, PlatformUnavailable, ReconnectNeeded, UploadExpired
from reelwright.kit.http_client import HttpRequest
from reelwright.publishing.platform import Account
from reelwright.publishing.social_account import ConnectWay
from tests.publishing.platforms.platform_contract import WAYS, Desk, serve_videos

RENEWED_BY_A_TOKEN = ("youtube", "tiktok")


@pytest.fixture(scope="module")
def shelf() -> Iterator[str]:
    with serve_videos() as address:
        yield address


@pytest.fixture(params=WAYS)
def desk(request: pytest.FixtureRequest, shelf: str) -> Desk:
    way: ConnectWay = request.param
    return Desk(way, shelf=shelf)


def test_a_creator_who_consents_has_an_account_with_the_scopes_that_are_needed(desk: Desk) -> None:
    account = desk.connect()
    assert account.external_id
    assert account.username
    assert desk.platform.scopes <= account.grant.scopes
    assert account.grant.expires_at is not None


def test_a_creator_who_says_no_brings_no_code(desk: Desk) -> None:
    said, _ = desk.consent("auto=deny")
    assert said == "access_denied"


def test_a_code_is_taken_once(desk: Desk) -> None:
    code, request = desk.consent()
    desk.platform.exchange_code(code, request, desk.now)
    with pytest.raises(PlatformError):
        desk.platform.exchange_code(code, request, desk.now)


def test_a_reel_is_posted_once_with_its_words_and_its_label(desk: Desk) -> None:
    account, order = desk.connect(), desk.order(is_ai_generated=True)
    outcome = desk.publish(account, order)
    assert outcome.state == "published"
    assert outcome.permalink.startswith("http://sandbox.local/")
    (post,) = desk.posts()
    assert (post.account, post.external_id, post.is_ai_generated, post.is_visible) == (account.external_id, outcome.external_id, True, True)
    assert post.caption == order.content.caption
    assert desk.client.send(HttpRequest("GET", outcome.permalink)).status == 200


def test_nothing_is_to_be_seen_before_the_call_that_is_made_once(desk: Desk) -> None:
    desk.prepare(desk.connect(), desk.order())
    assert [post for post in desk.posts() if post.is_visible] == []


def test_a_lost_answer_is_unknown_and_then_found_by_looking(desk: Desk) -> None:
    account, order = desk.connect(), desk.order()
    checkpoint, since = desk.prepare(account, order), desk.now
    desk.sandbox.set_fault("cut_after", desk.vendor, "commit")
    with pytest.raises(OutcomeUnknown):
        desk.platform.commit(account, order, checkpoint)
    outcome = desk.settle(account, order, checkpoint, since)
    assert (outcome.state, len(desk.posts())) == ("published", 1)
    assert outcome.permalink


def test_a_call_that_never_arrived_is_certainly_not_posted_after_a_while(desk: Desk) -> None:
    account, order = desk.connect(), desk.order()
    checkpoint, since = desk.prepare(account, order), desk.now
    desk.sandbox.set_fault("cut_before", desk.vendor, "commit")
    with pytest.raises(OutcomeUnknown):
        desk.platform.commit(account, order, checkpoint)
    assert desk.settle(account, order, checkpoint, since).state == "absent"
    assert [post for post in desk.posts() if post.is_visible] == []


def test_a_server_in_trouble_after_the_call_is_unknown_too(desk: Desk) -> None:
    account, order = desk.connect(), desk.order()
    checkpoint, since = desk.prepare(account, order), desk.now
    desk.sandbox.set_fault("status", desk.vendor, "commit", status=500, is_done=True)
    with pytest.raises(OutcomeUnknown):
        desk.platform.commit(account, order, checkpoint)
    assert desk.settle(account, order, checkpoint, since).state == "published"


def test_a_server_that_cannot_be_reached_posted_nothing(desk: Desk) -> None:
    account, order = desk.connect(), desk.order()
    checkpoint = desk.prepare(account, order)
    desk.sandbox.set_fault("not_heard", desk.vendor, "commit")
    with pytest.raises(PlatformUnavailable):
        desk.platform.commit(account, order, checkpoint)


@pytest.mark.parametrize("operation", ["open", "send", "check"])
@pytest.mark.parametrize("kind", ["cut_before", "cut_after", "status"])
def test_trouble_before_the_call_is_passing_and_repeating_it_posts_once(desk: Desk, operation: str, kind: str) -> None:
    account, order = desk.connect(), desk.order(25_000_000)
    desk.sandbox.set_fault(kind, desk.vendor, operation, **({"status": 503} if kind == "status" else {}))
    outcome = None
    for _ in range(3):
        try:
            outcome = desk.publish(account, order)
            break
        except (PlatformUnavailable, UploadExpired):
            continue
    assert outcome is not None
    assert outcome.state == "published"
    assert len([post for post in desk.posts() if post.is_visible]) == 1


@pytest.mark.parametrize("desk", [way for way in WAYS if way != "instagram_login"], indirect=True)  # there, Instagram fetches it
def test_an_upload_that_broke_off_goes_on_where_it_stopped(desk: Desk) -> None:
    account, order = desk.connect(), desk.order(25_000_000)
    checkpoint = desk.platform.open(account, order)
    desk.sandbox.set_fault("cut_midway", desk.vendor, "send", skip=0)
    with pytest.raises((PlatformUnavailable, UploadExpired)):
        desk.send(account, order, checkpoint)
    assert desk.send(account, order, checkpoint)


def test_a_permission_that_is_over_asks_to_connect_again(desk: Desk) -> None:
    account, order = desk.connect(), desk.order()
    desk.sandbox.set_fault("expired_token", desk.vendor, "open")
    with pytest.raises(ReconnectNeeded):
        desk.platform.open(account, order)


def test_a_rate_limit_names_a_time_to_come_back(desk: Desk) -> None:
    account, order = desk.connect(), desk.order()
    desk.sandbox.set_fault("rate_limit", desk.vendor, "open")
    with pytest.raises(PlatformThrottled) as caught:
        desk.platform.open(account, order)
    assert caught.value.retry_after_seconds


def test_a_days_number_that_is_reached_posts_nothing(desk: Desk) -> None:
    account, order = desk.connect(), desk.order()
    where = "commit" if desk.vendor == "instagram" else "open"
    desk.sandbox.set_fault("quota", desk.vendor, where)
    with pytest.raises((PlatformThrottled, PlatformRefused)):
        desk.platform.commit(account, order, desk.prepare(account, order))
    assert [post for post in desk.posts() if post.is_visible] == []


def test_a_video_that_the_platform_cannot_use_is_refused_in_words(desk: Desk) -> None:
    account, order = desk.connect(), desk.order()
    desk.sandbox.set_fault("processing_fails", desk.vendor)
    try:
        outcome = desk.publish(account, order)
    except PlatformRefused as error:
        words = error.detail
    else:
        assert outcome.state == "failed"
        words = outcome.detail
    assert words.endswith(".")
    assert len(words.split()) > 3
    assert [post for post in desk.posts() if post.is_visible] == []


def test_options_say_what_the_account_may_do(desk: Desk) -> None:
    account = desk.connect()
    options = desk.platform.read_options(account, desk.now)
    assert options.cannot == ""
    assert "public" in options.privacy_choices
    assert options.max_seconds >= 60
    assert desk.platform.check_order(desk.order(), options) == []


def test_what_the_platform_has_no_place_for_is_said(desk: Desk) -> None:
    options = desk.platform.read_options(desk.connect(), desk.now)
    said = desk.platform.check_order(desk.order(first_comment="First!", is_made_for_kids=True, caption="x" * 4999, title="A < B"), options)
    assert any("comment" in sentence for sentence in said) is (desk.vendor in ("tiktok", "youtube"))  # YouTube: none where it is for children
    assert len(said) >= 2
    assert all(sentence.endswith(".") for sentence in said)


def test_a_grant_is_renewed_and_the_new_one_works(desk: Desk) -> None:
    account = desk.connect()
    desk.wait(days=2)
    if desk.way in RENEWED_BY_A_TOKEN:
        with pytest.raises(ReconnectNeeded):
            desk.platform.read_options(account, desk.now)
    fresh = desk.platform.refresh(account.grant, desk.now)
    assert fresh.access_token.get_secret_value()
    renewed = Account(account.external_id, account.username, desk.way, fresh)
    assert desk.platform.read_options(renewed, desk.now).cannot == ""
    assert fresh.scopes == account.grant.scopes
    assert desk.publish(renewed, desk.order()).state == "published"


def test_ninety_days_of_renewals_need_no_creator(desk: Desk) -> None:
    account = desk.connect()
    grant, margin = account.grant, timedelta(seconds=desk.platform.refresh_margin_seconds)
    while desk.now < desk.now.replace(year=2027, month=2, day=22):
        if grant.expires_at is None:
            break
        desk.now = max(grant.expires_at - margin, desk.now + timedelta(hours=1))
        grant = desk.platform.refresh(grant, desk.now)
    renewed = Account(account.external_id, account.username, desk.way, grant)
    assert desk.platform.read_options(renewed, desk.now).cannot == ""


@pytest.mark.parametrize("desk", [way for way in WAYS if way != "instagram_login"], indirect=True)  # which has no such call
def test_a_revoked_grant_posts_nothing_more(desk: Desk) -> None:
    account = desk.connect()
    desk.platform.revoke(account.grant)
    with pytest.raises(ReconnectNeeded):
        desk.platform.open(account, desk.order())
    desk.platform.revoke(account.grant)


def test_counts_are_read_by_the_posts_number(desk: Desk) -> None:
    account = desk.connect()
    outcome = desk.publish(account, desk.order())
    desk.wait(days=2)
    renewed = Account(account.external_id, account.username, desk.way, desk.platform.refresh(account.grant, desk.now))
    counts = desk.platform.read_metrics(renewed, [outcome.external_id])[outcome.external_id]
    assert counts.views is not None
    assert counts.views > 0
    assert counts.likes is not None


def test_no_secret_of_a_grant_is_shown_by_its_repr(desk: Desk) -> None:
    account = desk.connect()
    assert account.grant.access_token.get_secret_value() not in repr(account)


def test_a_container_that_was_published_already_is_looked_for_and_not_taken_for_lost(shelf: str) -> None:
    desk = Desk("facebook_login", shelf=shelf)
    account, order = desk.connect(), desk.order()
    checkpoint, since = desk.prepare(account, order), desk.now
    desk.platform.commit(account, order, checkpoint)
    with pytest.raises(OutcomeUnknown):
        desk.platform.commit(account, order, checkpoint)
    assert desk.settle(account, order, checkpoint, since).state == "published"
    assert len(desk.posts()) == 1


def test_a_container_that_is_gone_and_no_reel_is_not_called_absent(shelf: str) -> None:
    desk = Desk("facebook_login", shelf=shelf)
    account, order = desk.connect(), desk.order()
    checkpoint, since = desk.prepare(account, order), desk.now
    desk.wait(hours=1)
    desk.sandbox.set_fault("error", "instagram", "*", code="24/2207006", contains=str(checkpoint["container"]), times=None)
    assert desk.platform.look(account, order, checkpoint, since).state == "unknown"
