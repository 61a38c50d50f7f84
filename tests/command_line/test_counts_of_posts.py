"""Counts and good times on the command line, as sentences and lines."""

from __future__ import annotations

import pytest

from command_line.counts import tell_all_counts, tell_counts, tell_times
from command_line.main import build_parser
from tests.command_line.fake_api import FakeApi

ACCOUNT = {"id": "account_1", "platform": "instagram", "username": "maya.sea", "name": "Maya"}


def count(hour: int, **counts: int | None) -> dict[str, object]:
    return {"collected_at": f"2026-11-24T{hour:02}:00:00Z", "views": None, "likes": None, "comments": None, "shares": None, **counts}


def test_each_count_of_a_post_is_a_line_without_what_the_platform_does_not_tell() -> None:
    client = FakeApi({"/v1/posts/post_1/metrics": {"items": [count(10, views=1, likes=0), count(15, views=12_040, likes=96, comments=11)]}})
    assert list(tell_counts(client, "post_1")) == ["  2026-11-24 10:00  1 view · 0 likes", "  2026-11-24 15:00  12,040 views · 96 likes · 11 comments"]


def test_a_post_that_was_not_counted_says_when_it_will_be() -> None:
    client = FakeApi({"/v1/posts/post_1/metrics": {"items": []}})
    assert list(tell_counts(client, "post_1")) == ["  not counted yet; the first time is an hour after posting"]


def test_the_newest_counts_of_the_newest_posts_are_listed() -> None:
    posts = [{"id": f"post_{number}", "platform": "instagram", "permalink": f"https://i.test/{number}"} for number in (1, 2, 3)]
    client = FakeApi(
        {
            "/v1/posts": {"items": posts},
            "/v1/posts/post_1/metrics": {"items": [count(10, views=5), count(15, views=7, shares=1)]},
            "/v1/posts/post_2/metrics": {"items": []},
            "/v1/posts/post_3/metrics": {"items": [count(10)]},
        }
    )
    assert list(tell_all_counts(client)) == [
        "post_1  instagram  7 views · 1 share  https://i.test/1",
        "post_2  instagram  not counted yet; the first time is an hour after posting  https://i.test/2",
        "post_3  instagram  the platform tells no counts  https://i.test/3",
    ]
    assert client.asked[0] == ("/v1/posts", {"limit": 25, "state": "published"})


def test_nothing_published_is_said() -> None:
    assert list(tell_all_counts(FakeApi({"/v1/posts": {"items": []}}))) == ["Nothing is published yet, so nothing is counted."]


def test_good_times_say_how_many_posts_each_stands_on() -> None:
    times = [{"weekday": 1, "from_hour": 18, "to_hour": 21, "posts": 4, "median_views": 1204.0, "lift": 1.62}]
    client = FakeApi({"/v1/posting-times": {"posts": 12, "sentence": "From 12 posts: a first hint, no more.", "times": times}})
    assert list(tell_times(client, ACCOUNT, "Europe/Berlin")) == [
        "instagram @maya.sea (account_1): From 12 posts: a first hint, no more.",
        "  Tue 18:00 to 21:00  1,204 views, 1.6 times the usual, from 4 posts",
    ]
    assert client.asked == [("/v1/posting-times", {"social_account_id": "account_1", "time_zone": "Europe/Berlin"})]


def test_the_commands_are_there_with_their_options() -> None:
    assert build_parser().parse_args(["posts", "post_1", "--metrics"]).metrics is True
    options = build_parser().parse_args(["posting-times", "instagram,@maya", "--time-zone", "UTC"])
    assert (options.accounts, options.time_zone) == (("instagram", "@maya"), "UTC")
    with pytest.raises(SystemExit):
        build_parser().parse_args(["posts", "post_1", "--metrics", "--cancel"])
