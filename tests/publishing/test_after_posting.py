"""Counts of posts are collected at their ages, and good times are told with the posts that they stand on."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy.orm import Session

from reelwright.kit.database import Database
from reelwright.kit.errors import PlatformUnavailable
from reelwright.publishing.collect_metrics import AGES, collect_metrics, find_due_posts, is_due, keep_metrics
from reelwright.publishing.find_post import list_metrics
from reelwright.publishing.platform import Metrics
from reelwright.publishing.posting_times import Counted, find_posting_times, rate_times
from tests.publishing.fake_platform import FakePlatform, FakePost
from tests.publishing.planned_posts import NOW, add_account, add_creator, add_published
from tests.publishing.posts_at_work import HandClock, Studio

UTC_ZONE = ZoneInfo("UTC")


@pytest.mark.parametrize(
    ("age", "collected_age", "expected"), [(0.5, None, False), (1, None, True), (5, 1, False), (6, 1, True), (700, 671, True), (700, 672, False)]
)
def test_counts_are_due_when_an_age_is_reached_that_they_do_not_have(age: float, collected_age: float | None, expected: bool) -> None:
    published_at = NOW - timedelta(hours=age)
    collected_at = None if collected_age is None else published_at + timedelta(hours=collected_age)
    assert is_due(published_at, collected_at, NOW) is expected


def test_each_due_post_is_asked_for_once_per_age(session: Session) -> None:
    creator = add_creator(session)
    account = add_account(session, creator)
    due = add_published(session, creator, account, NOW - timedelta(hours=2))
    add_published(session, creator, account, NOW - timedelta(minutes=20))
    add_published(session, creator, account, NOW - timedelta(days=60))
    add_published(session, creator, account, NOW - timedelta(hours=2), external_id="")
    found = find_due_posts(session, NOW, 10)
    assert [post.post_id for post in found[account]] == [due.id]
    keep_metrics(session, found[account], {str(due.external_id): Metrics(120, 9, 2)}, NOW)
    assert find_due_posts(session, NOW, 10) == {}
    assert [(row.views, row.likes, row.comments, row.shares) for row in list_metrics(session, due.id)] == [(120, 9, 2, None)]


def test_an_account_that_does_not_answer_is_asked_again_and_holds_nobody_up(database: Database) -> None:
    platform = FakePlatform(HandClock(NOW))
    studio = Studio(database, platform, HandClock(NOW))
    creator = studio.creator()
    account = studio.account(creator)
    with database.transaction() as session:
        row = add_published(session, creator, account, NOW - timedelta(hours=2), external_id="m1")
    platform.posts["m1"] = FakePost("m1", "post", "100", None, 1, NOW, "")
    platform.metrics["m1"] = Metrics(views=50)
    platform.fail("read_metrics", PlatformUnavailable("It does not answer."))
    assert collect_metrics(database, studio.means.platforms, lambda account_id: studio.grant, NOW) == 0
    assert collect_metrics(database, studio.means.platforms, lambda account_id: studio.grant, NOW) == 1
    with database.transaction() as session:
        assert [counts.views for counts in list_metrics(session, row.id)] == [50]


def test_few_posts_give_no_times_but_say_how_many_are_needed() -> None:
    times = rate_times([Counted(NOW, 10)] * 4, UTC_ZONE)
    assert times.times == ()
    assert times.sentence == "4 posts are too few to tell good times from luck; from 10 on there is an answer."


def test_the_best_time_comes_first_with_its_number_of_posts() -> None:
    tuesday_noon = [Counted(NOW - timedelta(weeks=week), 300) for week in range(4)]
    wednesday_noon = [Counted(NOW + timedelta(days=1) - timedelta(weeks=week), 100) for week in range(1, 9)]
    times = rate_times(tuesday_noon + wednesday_noon, UTC_ZONE)
    best = times.times[0]
    assert (best.weekday, best.from_hour, best.to_hour, best.posts, best.lift) == (1, 12, 15, 4, 3.0)
    assert "a first hint" in times.sentence


def test_posts_are_compared_by_what_they_had_after_a_day(session: Session) -> None:
    creator = add_creator(session)
    account = add_account(session, creator)
    for week in range(10):
        row = add_published(session, creator, account, NOW - timedelta(weeks=week + 1))
        assert row.published_at is not None
        found = {str(row.external_id): Metrics(views=100)}
        for age, views in ((AGES[0], 5), (AGES[2], 100), (AGES[4], 900)):
            post = find_due_posts(session, row.published_at + age, 1)[account]
            keep_metrics(session, post, {post[0].external_id: Metrics(views=views)}, row.published_at + age)
        assert found
    times = find_posting_times(session, account, UTC_ZONE, NOW)
    assert (times.posts, times.times[0].median_views) == (10, 100.0)
