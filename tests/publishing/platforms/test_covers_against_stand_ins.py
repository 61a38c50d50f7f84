"""Covers: a picture where the platform takes one, a moment of the video where it does not, and never in the way of the post."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from reelwright.kit.http_client import HttpRequest
from reelwright.publishing.platform import Order
from reelwright.publishing.social_account import ConnectWay
from tests.publishing.platforms.platform_contract import COVERS, JPEG, Desk, serve_videos

INSTAGRAM: tuple[ConnectWay, ...] = ("facebook_login", "instagram_login")


@pytest.fixture(scope="module")
def shelf() -> Iterator[str]:
    with serve_videos() as address:
        yield address


def cover_of(desk: Desk) -> bytes:
    (post,) = desk.posts()
    return desk.client.send(HttpRequest("GET", f"http://sandbox.local/_control/cover/{post.key}")).body


def with_address(desk: Desk, order: Order, name: str) -> Order:
    return replace(order, cover_address=lambda: f"{desk.shelf}/{name}")


@pytest.mark.parametrize("way", ["facebook_page", "youtube"])
def test_a_picture_is_sent_beside_the_video(way: ConnectWay, shelf: str) -> None:
    desk = Desk(way, shelf=shelf)
    desk.publish(desk.connect(), desk.order())
    assert (desk.posts()[0].has_cover, cover_of(desk)) == (True, JPEG)


@pytest.mark.parametrize("way", ["facebook_page", "youtube"])
def test_a_picture_that_is_refused_stops_nothing(way: ConnectWay, shelf: str) -> None:
    desk = Desk(way, shelf=shelf)
    account, order = desk.connect(), replace(desk.order(), cover=lambda: b"no picture")
    assert desk.prepare(account, order)["cover"] == "refused"
    assert desk.publish(account, order).state == "published"


@pytest.mark.parametrize("way", INSTAGRAM)
def test_instagram_fetches_the_picture_from_its_address(way: ConnectWay, shelf: str) -> None:
    desk = Desk(way, shelf=shelf)
    account, order = desk.connect(), with_address(desk, desk.order(), "cover.jpg")
    assert desk.platform.open(account, order)["cover"] == "sent"
    assert desk.publish(account, order).state == "published"
    assert (desk.posts()[0].has_cover, cover_of(desk)) == (True, JPEG)


@pytest.mark.parametrize("way", INSTAGRAM)
def test_without_an_address_it_is_said_that_instagram_shows_the_first_frame(way: ConnectWay, shelf: str) -> None:
    desk = Desk(way, shelf=shelf)
    account, order = desk.connect(), desk.order()
    assert desk.platform.open(account, order)["cover"] == "unreachable"
    assert desk.publish(account, order).state == "published"
    assert desk.posts()[0].has_cover is False


@pytest.mark.parametrize("way", INSTAGRAM)
def test_a_moment_that_was_chosen_wins_over_the_picture(way: ConnectWay, shelf: str) -> None:
    desk = Desk(way, shelf=shelf)
    account, order = desk.connect(), with_address(desk, desk.order(cover_seconds=2.5), "cover.jpg")
    assert "cover" not in desk.platform.open(account, order)
    assert desk.publish(account, order).state == "published"
    assert desk.posts()[0].has_cover is False
    (upload,) = [found for found in desk.sandbox.grounds.uploads_of(account.external_id) if found.published_at]
    assert upload.said["thumb_offset"] == "2500"


@pytest.mark.parametrize("way", INSTAGRAM)
@pytest.mark.parametrize("name", ["cover.png", "gone.jpg"])
def test_a_picture_that_instagram_does_not_take_stops_nothing(way: ConnectWay, name: str, shelf: str) -> None:
    desk = Desk(way, shelf=shelf)
    account, order = desk.connect(), with_address(desk, desk.order(), name)
    assert name not in COVERS or COVERS[name] != JPEG
    checkpoint = desk.prepare(account, order)
    assert checkpoint["cover"] == "refused"
    since = desk.now
    outcome = desk.platform.commit(account, order, checkpoint)
    assert desk.settle(account, order, outcome.checkpoint, since).state == "published"
    assert [(post.is_visible, post.has_cover) for post in desk.posts()] == [(True, False)]


@pytest.mark.parametrize(("way", "words"), [(way, "lies outside the video of 8.0 s") for way in (*INSTAGRAM, "tiktok")])
def test_a_moment_after_the_end_is_said_beforehand(way: ConnectWay, words: str, shelf: str) -> None:
    desk = Desk(way, shelf=shelf)
    options = desk.platform.read_options(desk.connect(), desk.now)
    (said,) = desk.platform.check_order(desk.order(cover_seconds=8), options)
    assert words in said
    assert desk.platform.check_order(desk.order(cover_seconds=7.9), options) == []


@pytest.mark.parametrize("way", ["facebook_page", "youtube"])
def test_a_moment_is_refused_in_words_where_only_pictures_are_taken(way: ConnectWay, shelf: str) -> None:
    desk = Desk(way, shelf=shelf)
    (said,) = desk.platform.check_order(desk.order(cover_seconds=2), desk.platform.read_options(desk.connect(), desk.now))
    assert said.endswith("takes a picture as cover and no moment of the video. Leave the moment out here: the reel's own cover is sent.")


def test_tiktok_takes_a_moment_only(shelf: str) -> None:
    desk = Desk("tiktok", shelf=shelf)
    account = desk.connect()
    assert desk.publish(account, with_address(desk, desk.order(cover_seconds=1.5), "cover.jpg")).state == "published"
    (upload,) = desk.sandbox.grounds.uploads_of(account.external_id)
    assert (upload.said["video_cover_timestamp_ms"], upload.has_cover) == (1500, False)
