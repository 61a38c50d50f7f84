"""Claims and admissions: each row once, however many schedulers ask; late ones ask; a cap holds."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from datetime import datetime, timedelta
from multiprocessing import get_context

import pytest
from sqlalchemy import create_engine, func, select, text

from local.postgres import PostgresServer
from reelwright.kit.database import Database
from reelwright.publishing.admit_posts import MAX_EXECUTION_ATTEMPTS, admit_posts, claim_execution_again, list_running
from reelwright.publishing.claim_post import claim_due_posts, claim_post
from reelwright.publishing.post_row import lock_post
from reelwright.publishing.tables import PostEventRow, PostRow
from tests.publishing.fake_platform import ROTATING, FakePlatform
from tests.publishing.posts_at_work import HOUR, HandClock, Studio

MANY = 10_000


@pytest.fixture
def studio(database: Database) -> Studio:
    clock = HandClock()
    return Studio(database, FakePlatform(clock, ROTATING), clock)


def claim(studio: Studio, post_id: str, version: int = 1, now: datetime = HOUR) -> bool:
    with studio.database.transaction() as session:
        return claim_post(session, post_id, version, now, "timer")


def make_many(studio: Studio, count: int, due_at: datetime = HOUR) -> None:
    creator = studio.creator()
    account = studio.account(creator)
    make = text("""
        INSERT INTO posts (id, creator_id, social_account_id, platform, render_id, content, state, version, due_at, attempt, execution_attempts,
                           sent_bytes, is_retryable)
        SELECT 'post_' || :account || '_' || number, :creator, :account, 'tiktok', 'render_1', '{}', 'scheduled', 1, :due_at, 0, 0, 0, false
        FROM generate_series(1, :count) AS number
    """)
    with studio.database.transaction() as session:
        session.execute(make, {"account": account, "creator": creator, "due_at": due_at, "count": count})


def test_a_due_post_is_claimed_once_and_says_so(studio: Studio) -> None:
    post_id = studio.post()
    assert claim(studio, post_id)
    assert not claim(studio, post_id)
    row = studio.read(post_id)
    assert (row.state, row.stage, row.claimed_by, row.claimed_at, row.attempt) == ("publishing", "claimed", "timer", HOUR, 1)
    assert studio.sentences(post_id) == ["Its time has come; it goes to TikTok."]


def test_a_timer_of_an_older_version_does_nothing(studio: Studio) -> None:
    post_id = studio.post(version=2)
    assert not claim(studio, post_id, version=1)
    assert studio.read(post_id).state == "scheduled"
    assert claim(studio, post_id, version=2)


@pytest.mark.parametrize("state", ["draft", "cancelled", "published", "failed", "unconfirmed"])
def test_a_post_that_is_not_scheduled_is_not_claimed(studio: Studio, state: str) -> None:
    post_id = studio.post(state=state)
    assert not claim(studio, post_id)
    with studio.database.transaction() as session:
        assert claim_due_posts(session, HOUR, "sweep", 10) == []
    assert studio.read(post_id).state == state


def test_a_post_that_is_not_due_yet_waits(studio: Studio) -> None:
    post_id = studio.post(due_at=HOUR + timedelta(seconds=1))
    assert not claim(studio, post_id)


def test_a_post_up_to_six_hours_late_is_published_with_a_note(studio: Studio) -> None:
    post_id = studio.post()
    assert claim(studio, post_id, now=HOUR + timedelta(hours=2, minutes=5))
    assert studio.sentences(post_id) == ["It starts 2 hours and 5 minutes late: nothing could be started at its time. It goes to TikTok now."]


def test_a_post_that_is_later_than_that_asks_its_creator(studio: Studio) -> None:
    by_timer, by_sweep = studio.post(), studio.post()
    late = HOUR + timedelta(hours=7)
    assert not claim(studio, by_timer, now=late)
    with studio.database.transaction() as session:
        assert claim_due_posts(session, late, "sweep", 10) == []
    for post_id in (by_timer, by_sweep):
        row = studio.read(post_id)
        assert (row.state, row.failure_type, row.is_retryable, row.attempt) == ("failed", "TooLate", True, 0)
        assert studio.sentences(post_id) == ["Its time passed 7 hours ago, so it was not posted. Retry to post it now, or choose another time."]


def claim_all(url: str, owner: str) -> list[str]:
    """One scheduler, as a process of its own."""
    engine = create_engine(url, connect_args={"ssl_context": False}, pool_size=1)
    database = Database(engine)
    claimed: list[str] = []
    while True:
        with database.transaction() as session:
            batch = claim_due_posts(session, HOUR, owner, 50)
        if not batch:
            engine.dispose()
            return claimed
        claimed += batch


def test_two_schedulers_at_once_claim_each_post_once(studio: Studio, postgres: PostgresServer) -> None:
    make_many(studio, 1000)
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        by_owner = list(pool.map(claim_all, [postgres.url] * 2, ["first", "second"]))
    assert Counter(post_id for ids in by_owner for post_id in ids).most_common(1)[0][1] == 1
    assert sum(len(ids) for ids in by_owner) == 1000
    with studio.database.transaction() as session:
        assert session.scalar(select(func.count()).select_from(PostEventRow)) == 1000
        assert set(session.scalars(select(PostRow.attempt).distinct())) == {1}


def test_a_timer_and_a_sweep_at_once_claim_a_post_once(studio: Studio) -> None:
    def sweep(post_id: str) -> int:
        with studio.database.transaction() as session:
            return len(claim_due_posts(session, HOUR, "sweep", 10))

    for _ in range(10):
        post_id = studio.post()
        with ThreadPoolExecutor(4) as pool:
            claims = [pool.submit(claim, studio, post_id) if number % 2 else pool.submit(sweep, post_id) for number in range(4)]
            assert sum(int(one.result()) for one in claims) == 1


def test_ten_thousand_posts_of_one_minute_are_all_claimed_and_begin_under_the_cap(studio: Studio) -> None:
    make_many(studio, MANY)
    count = 0
    while True:
        with studio.database.transaction() as session:
            batch = claim_due_posts(session, HOUR, "sweep")
        if not batch:
            break
        count += len(batch)
    assert count == MANY
    with studio.database.transaction() as session:
        assert len(admit_posts(session, 40, HOUR)) == 40
        assert admit_posts(session, 40, HOUR) == []
        assert session.scalar(select(func.count()).select_from(PostRow).where(PostRow.stage == "claimed")) == MANY


def test_admissions_keep_to_the_cap_and_creators_take_turns(studio: Studio) -> None:
    make_many(studio, 30, HOUR - timedelta(minutes=2))
    one = studio.post()
    with studio.database.transaction() as session:
        claim_due_posts(session, HOUR, "sweep", 100)
        admitted = admit_posts(session, 5, HOUR)
    assert len(admitted) == 5
    assert one in [each.post_id for each in admitted]
    assert admitted[0].state.keys() == {"post_id", "creator_id", "version", "attempt", "is_only_check"}


def test_two_admissions_at_once_do_not_exceed_the_cap_together(studio: Studio) -> None:
    make_many(studio, 60)
    with studio.database.transaction() as session:
        claim_due_posts(session, HOUR, "sweep", 100)

    def admit(_: int) -> int:
        with studio.database.transaction() as session:
            return len(admit_posts(session, 20, HOUR))

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(admit, range(4))) == 20


def test_a_dead_execution_is_followed_by_another_one_and_not_for_ever(studio: Studio) -> None:
    post_id = studio.post()
    claim(studio, post_id)
    with studio.database.transaction() as session:
        (admitted,) = admit_posts(session, 1, HOUR)
    names = [(admitted.execution_row, admitted.execution_attempt)]
    for _ in range(MAX_EXECUTION_ATTEMPTS - 1):
        with studio.database.transaction() as session:
            ((running, _),) = list_running(session, 10)
            again = claim_execution_again(session, running, HOUR)
            assert again is not None
            assert claim_execution_again(session, running, HOUR) is None
            names.append((again.execution_row, again.execution_attempt))
    assert names == [(f"{post_id}-1", number) for number in range(1, MAX_EXECUTION_ATTEMPTS + 1)]
    with studio.database.transaction() as session:
        ((running, _),) = list_running(session, 10)
        assert claim_execution_again(session, running, HOUR) is None
    assert (studio.read(post_id).state, studio.read(post_id).is_retryable) == ("failed", True)


def test_dead_executions_of_a_post_that_may_be_posted_end_in_looks_and_not_in_a_failure(studio: Studio) -> None:
    post_id = studio.post()
    claim(studio, post_id)
    with studio.database.transaction() as session:
        admit_posts(session, 1, HOUR)
        row = lock_post(session, post_id)
        row.stage, row.committed_at, row.execution_attempts = "committing", HOUR, MAX_EXECUTION_ATTEMPTS
    with studio.database.transaction() as session:
        ((running, _),) = list_running(session, 10)
        assert claim_execution_again(session, running, HOUR) is None
    row = studio.read(post_id)
    assert (row.state, row.look_again_at) == ("unconfirmed", HOUR)
