"""A post on its way: published once, failed in words, or found out by looking, whatever breaks in between."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from reelwright.kit.database import Database
from reelwright.kit.errors import (
    Conflict,
    InvalidInput,
    OutcomeUnknown,
    PlatformNotReady,
    PlatformRefused,
    PlatformThrottled,
    PlatformUnavailable,
    ReconnectNeeded,
    UploadExpired,
)
from reelwright.kit.http_client import NotHeard
from reelwright.publishing.commit_post import commit_post
from reelwright.publishing.look_at_account import claim_looks, look_at_account
from reelwright.publishing.platform import Outcome, PublishingOptions
from reelwright.publishing.post_row import lock_post, set_count
from reelwright.publishing.publish_now import publish_now
from reelwright.publishing.resolve_post import resolve_post
from reelwright.publishing.retry_post import retry_post
from reelwright.publishing.settle_post import ABSENT_AFTER, settle_post
from tests.publishing.fake_platform import HOURLY, FakePlatform
from tests.publishing.posts_at_work import HOUR, VIDEO, HandClock, Studio

TOLD = timedelta(minutes=5)


@pytest.fixture
def studio(database: Database) -> Studio:
    clock = HandClock()
    return Studio(database, FakePlatform(clock, HOURLY), clock)


def test_a_post_is_published_with_its_link_and_a_sentence_for_each_step(studio: Studio) -> None:
    post_id = studio.post()
    row = studio.publish(post_id)
    assert (row.state, row.stage, row.failure_detail) == ("published", None, None)
    assert row.permalink == next(iter(studio.platform.posts.values())).permalink
    assert row.published_at == studio.clock()
    said = studio.sentences(post_id)
    assert said[0] == "Its time has come; it goes to YouTube."
    assert said[-1] == f"It is on YouTube: {row.permalink}"
    assert len(said) == 6


def test_only_one_piece_of_the_video_is_read_at_a_time(studio: Studio) -> None:
    studio.publish(studio.post())
    assert len(studio.reads) == 3
    assert max(end - start for start, end in studio.reads) == studio.platform.piece_bytes
    assert max(end for _, end in studio.reads) == len(VIDEO)


def test_the_check_says_every_reason_at_once_and_nothing_is_opened(studio: Studio) -> None:
    studio.platform.refusals = ("Choose who may see it.", "The caption has 2,400 letters; 2,200 are the most. Shorten it.")
    studio.platform.needs_public_address, studio.is_address_public = True, False
    row = studio.publish(studio.post())
    assert (row.state, row.failure_type, row.is_retryable) == ("failed", "PlatformRefused", False)
    assert row.failure_detail is not None
    assert row.failure_detail.startswith("YouTube fetches the video by itself")
    assert row.failure_detail.endswith("Choose who may see it. The caption has 2,400 letters; 2,200 are the most. Shorten it.")
    assert studio.platform.calls["open"] == 0


def test_files_that_are_gone_are_said(studio: Studio) -> None:
    studio.has_file = False
    row = studio.publish(studio.post())
    assert row.failure_detail == "The reel's files are not there any more. Render the reel again and choose the new render for this post."


def test_a_file_that_was_not_checked_is_made_before_anything_is_sent(studio: Studio) -> None:
    studio.fits = False
    post_id = studio.post()
    kinds = [studio.step(post_id).kind for _ in range(2)]
    assert kinds == ["go", "transcode"]
    studio.fits = True
    assert studio.publish(post_id).state == "published"


def test_a_full_day_puts_the_post_back_to_the_time_that_the_platform_names(studio: Studio) -> None:
    studio.platform.options = PublishingOptions(("public",), "public", 180, quota_used=50, quota_total=50, retry_at=HOUR + timedelta(hours=9))
    post_id = studio.post()
    studio.step(post_id)
    studio.step(post_id)
    row = studio.read(post_id)
    assert (row.state, row.due_at) == ("scheduled", HOUR + timedelta(hours=9))
    assert studio.sentences(post_id)[-1] == "YouTube takes 50 posts a day from this account, and they are used up. It goes on at 25 Nov 03:00 UTC."
    studio.platform.options = PublishingOptions(("public",), "public", 180)
    assert studio.publish(post_id).state == "published"
    assert studio.read(post_id).attempt == 2


def test_a_throttle_names_its_own_time_at_every_step(studio: Studio) -> None:
    for call in ("open", "send", "check", "commit"):
        studio.platform.fail(call, PlatformThrottled("Too fast.", retry_after_seconds=600))
    row = studio.publish(studio.post())
    assert row.state == "published"
    assert row.attempt == 5
    assert studio.platform.calls["open"] == 2  # the first was refused; afterwards the upload was kept
    assert len(studio.platform.posts) == 1
    assert studio.clock() >= HOUR + timedelta(minutes=40)


def test_an_outage_is_waited_for_and_not_told_as_a_failure(studio: Studio) -> None:
    studio.platform.fail("open", PlatformUnavailable("YouTube has trouble."), times=30)
    row = studio.publish(studio.post())
    assert row.state == "published"
    assert len(studio.platform.posts) == 1


def test_an_outage_of_hours_fails_in_words_and_may_be_retried(studio: Studio) -> None:
    studio.platform.fail("send", PlatformUnavailable("YouTube has trouble."), times=1000)
    post_id = studio.post()
    while studio.clock() - HOUR < timedelta(minutes=30):
        studio.step(post_id)
    told = [sentence for sentence in studio.sentences(post_id) if sentence.startswith("YouTube has trouble.")]
    assert len(told) in (3, 4)
    with studio.database.transaction() as session:
        set_count(lock_post(session, post_id), "down_since", (studio.clock() - timedelta(hours=6, minutes=1)).isoformat())
    row = studio.publish(post_id)
    assert (row.state, row.is_retryable) == ("failed", True)
    assert row.failure_detail == "YouTube was out of reach for hours, so nothing was posted. Retry when it is back, or choose another time."


def test_an_upload_that_is_gone_is_opened_anew_a_few_times(studio: Studio) -> None:
    studio.platform.fail("send", UploadExpired("Gone."))
    studio.platform.fail("check", UploadExpired("Gone."))
    assert studio.publish(studio.post()).state == "published"
    assert studio.platform.calls["open"] == 3
    studio.platform.fail("send", UploadExpired("Gone."), times=9)
    row = studio.publish(studio.post())
    assert (row.state, row.is_retryable) == ("failed", True)
    assert len(studio.platform.posts) == 1


def test_a_commit_that_came_too_early_is_asked_again_later(studio: Studio) -> None:
    studio.platform.fail("commit", PlatformNotReady("Not yet."), times=2)
    row = studio.publish(studio.post())
    assert row.state == "published"
    assert studio.platform.calls["commit"] == 3
    assert len(studio.platform.posts) == 1


def test_a_refusal_at_the_last_call_fails_in_the_platforms_words(studio: Studio) -> None:
    studio.platform.fail("commit", PlatformRefused("The account is restricted. Open YouTube and read what it says."))
    row = studio.publish(studio.post())
    assert (row.state, row.failure_type) == ("failed", "PlatformRefused")
    assert row.failure_detail == "The account is restricted. Open YouTube and read what it says."
    assert row.committed_at is None
    assert studio.platform.calls["look"] == 0


def test_a_permission_that_is_over_marks_the_account_and_the_post_can_be_retried(studio: Studio) -> None:
    post_id = studio.post()
    studio.step_until(post_id, "processing")
    studio.platform.end_grants()
    row = studio.publish(post_id)
    assert (row.state, row.failure_type, row.is_retryable) == ("failed", "ReconnectNeeded", True)
    assert studio.account_of(post_id).state == "reconnect_needed"
    assert studio.account_of(post_id).state_detail == "The permission is over. Connect the account again."


def test_a_token_that_is_refused_before_its_time_is_renewed_and_the_post_goes_on(studio: Studio) -> None:
    for call in ("open", "commit"):
        studio.platform.fail(call, ReconnectNeeded("The token is not valid."))
    row = studio.publish(studio.post())
    assert row.state == "published"
    assert studio.platform.calls["refresh"] == 2
    assert len(studio.platform.posts) == 1


def test_an_account_that_was_disconnected_is_said(studio: Studio) -> None:
    creator = studio.creator()
    row = studio.publish(studio.post(creator, studio.account(creator, state="disconnected")))
    assert row.failure_detail == "The account Maya by the sea is not connected any more. Connect it again, then retry this post."


def test_a_platform_that_never_finishes_the_video_ends_in_words(studio: Studio) -> None:
    studio.platform.checks_until_ready = 10_000
    row = studio.publish(studio.post())
    assert (row.state, row.is_retryable) == ("failed", True)
    assert row.failure_detail == "YouTube did not finish working on the video in 20 minutes. Nothing was posted; please retry."


@pytest.mark.parametrize("error", [OutcomeUnknown("Lost."), PlatformUnavailable("It answered 502.")])
def test_an_answer_lost_after_the_post_is_found_by_looking(studio: Studio, error: Exception) -> None:
    studio.platform.fail("commit", error, after=True)  # type: ignore[arg-type]
    post_id = studio.post()
    row = studio.publish(post_id)
    assert row.state == "published"
    assert row.permalink
    assert studio.platform.calls["commit"] == len(studio.platform.posts) == 1
    assert "The answer to the post got lost. We look at the account and never send it a second time." in studio.sentences(post_id)


def test_an_answer_lost_before_the_post_becomes_a_failure_that_can_be_retried_and_not_a_second_post(studio: Studio) -> None:
    studio.platform.fail("commit", OutcomeUnknown("Lost."))
    post_id = studio.post()
    row = studio.publish(post_id)
    assert (row.state, row.failure_type, row.is_retryable) == ("failed", "NotPosted", True)
    assert ABSENT_AFTER <= studio.clock() - HOUR <= TOLD
    assert studio.platform.calls["commit"] == 1
    with studio.database.transaction() as session:
        retry_post(session, lock_post(session, post_id), studio.clock())
    assert studio.publish(post_id).state == "published"
    assert len(studio.platform.posts) == 1


def test_a_retry_looks_once_more_and_sends_nothing_where_the_post_is_there_after_all(studio: Studio) -> None:
    post_id = studio.post()
    studio.platform.fail("commit", OutcomeUnknown("Lost."), after=True)
    studio.step_until(post_id, "confirming")
    hidden, studio.platform.posts = studio.platform.posts, {}  # the account shows it an hour late
    assert studio.publish(post_id).failure_type == "NotPosted"
    studio.clock.wait(3600)
    studio.platform.posts = hidden
    with studio.database.transaction() as session:
        retry_post(session, lock_post(session, post_id), studio.clock())
    row = studio.publish(post_id)
    assert row.state == "published"
    assert row.permalink
    assert studio.platform.calls["commit"] == studio.platform.calls["open"] == 1


@pytest.mark.parametrize("begin", [retry_post, publish_now])
def test_however_a_doubtful_post_is_begun_again_the_account_is_looked_at_first(studio: Studio, begin: Callable[..., None]) -> None:
    post_id = studio.post()
    studio.platform.fail("commit", OutcomeUnknown("Lost."))
    assert studio.publish(post_id).failure_type == "NotPosted"
    looks = studio.platform.calls["look"]
    with studio.database.transaction() as session:
        begin(session, lock_post(session, post_id), studio.clock())
    assert studio.publish(post_id).state == "published"
    assert studio.platform.calls["look"] == looks + 1


def test_a_retry_waits_while_nobody_can_tell_whether_the_earlier_try_is_there(studio: Studio) -> None:
    post_id = studio.post()
    studio.platform.fail("commit", OutcomeUnknown("Lost."))
    studio.publish(post_id)
    studio.platform.shows_posts = False
    with studio.database.transaction() as session:
        retry_post(session, lock_post(session, post_id), studio.clock())
    for _ in range(20):
        studio.step(post_id)
    assert studio.platform.calls["open"] == 1
    studio.platform.shows_posts = True
    assert studio.publish(post_id).state == "published"
    assert len(studio.platform.posts) == 1


def test_a_slow_answer_that_says_published_is_believed_over_a_look_that_saw_nothing(studio: Studio) -> None:
    post_id = studio.post()
    studio.platform.fail("commit", OutcomeUnknown("Lost."))
    assert studio.publish(post_id).failure_type == "NotPosted"
    with studio.database.transaction() as session:
        settle_post(session, lock_post(session, post_id), Outcome("published", "7", "https://youtube.test/7"), studio.clock(), by_execution=True)
    assert (studio.read(post_id).state, studio.read(post_id).permalink, studio.read(post_id).failure_type) == ("published", "https://youtube.test/7", None)


def test_a_call_that_never_left_this_machine_is_no_doubt(studio: Studio) -> None:
    error = PlatformUnavailable("YouTube could not be reached.")
    error.__cause__ = NotHeard("refused")
    studio.platform.fail("commit", error)
    row = studio.publish(studio.post())
    assert row.state == "published"
    assert len(studio.platform.posts) == 1


def test_an_account_that_cannot_be_read_leaves_the_post_unconfirmed_until_it_can(studio: Studio) -> None:
    studio.platform.fail("commit", OutcomeUnknown("Lost."), after=True)
    studio.platform.shows_posts = False
    post_id = studio.post()
    studio.step_until(post_id, "confirming")
    while studio.clock() < HOUR + timedelta(hours=2):
        studio.step(post_id)
    assert studio.read(post_id).state == "unconfirmed"
    studio.platform.shows_posts = True
    shown_at = studio.clock()
    with studio.database.transaction() as session:
        assert claim_looks(session, studio.clock() + TOLD, 10) == [post_id]
        assert claim_looks(session, studio.clock() + TOLD, 10) == []
    look_at_account(studio.means, post_id, studio.clock())
    assert studio.read(post_id).state == "published"
    assert studio.clock() - shown_at <= TOLD


def test_looks_come_less_often_and_at_last_the_creator_is_asked(studio: Studio) -> None:
    studio.platform.fail("commit", OutcomeUnknown("Lost."))
    studio.platform.shows_posts = False
    post_id = studio.post()
    studio.step_until(post_id, "confirming")
    pauses = []
    for age in (10, 100, 1000, 10_000, 100_000, 700_000):
        studio.clock.at = HOUR + timedelta(seconds=age)
        look_at_account(studio.means, post_id, studio.clock())
        at = studio.read(post_id).look_again_at
        pauses.append(None if at is None else (at - studio.clock()).total_seconds())
    assert pauses == [5, 15, 60, 240, 3600, None]
    assert studio.read(post_id).state == "unconfirmed"
    assert studio.sentences(post_id)[-1].startswith("We could not find out whether it was posted.")


def test_a_post_that_the_platform_shows_late_is_confirmed_later(studio: Studio) -> None:
    studio.platform.looks_until_settled = 6
    row = studio.publish(studio.post())
    assert (row.state, bool(row.permalink)) == ("published", True)
    assert studio.platform.calls["look"] == 6


class LateLink(FakePlatform):
    """Says at once that it is posted, and names the link later."""

    link_after: int = 3

    def look(self, *arguments):  # type: ignore[no-untyped-def]
        outcome = super().look(*arguments)
        return Outcome("published", outcome.external_id, is_link_final=False) if self.calls["look"] < self.link_after else outcome

    def commit(self, *arguments):  # type: ignore[no-untyped-def]
        super().commit(*arguments)
        return Outcome("published", "1", is_link_final=False)


def test_a_link_that_comes_later_is_added_to_the_published_post(database: Database) -> None:
    clock = HandClock()
    studio = Studio(database, LateLink(clock, HOURLY), clock)
    post_id = studio.post()
    row = studio.publish(post_id)
    assert (row.state, row.look_again_at) == ("published", None)
    assert row.permalink
    assert studio.sentences(post_id)[-2:] == ["It is on YouTube. YouTube names its link later.", f"Its link is there: {row.permalink}"]


def test_whoever_finds_the_intent_in_the_row_never_commits(studio: Studio) -> None:
    post_id = studio.post()
    row = studio.step_until(post_id, "processing")
    with studio.database.transaction() as session:
        lock_post(session, post_id).committed_at = studio.clock()
    assert commit_post(studio.means, post_id, row.attempt, studio.clock()) is False
    assert studio.platform.calls["commit"] == 0


def test_an_execution_of_an_attempt_that_is_over_does_nothing(studio: Studio) -> None:
    post_id = studio.post()
    row = studio.step_until(post_id, "processing")
    with studio.database.transaction() as session:
        lock_post(session, post_id).attempt = row.attempt + 1
    with pytest.raises(Conflict):
        commit_post(studio.means, post_id, row.attempt, studio.clock())
    assert studio.platform.calls["commit"] == 0


class Crash(BaseException):
    """The worker is gone."""


CALLS = ("read_options", "open", "send", "check", "commit", "look")


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("after", [False, True])
def test_a_worker_that_dies_around_any_outside_call_posts_nothing_twice_and_loses_nothing(studio: Studio, call: str, after: bool) -> None:
    if call == "look":
        studio.platform.fail("commit", OutcomeUnknown("Lost."), after=True)
    studio.platform.fail(call, Crash(), after=after)  # type: ignore[arg-type]
    post_id = studio.post()
    crashes = 0
    for _ in range(200):
        try:
            thing = studio.step(post_id)
        except Crash:
            crashes += 1
            continue
        if thing.kind == "done":
            break
    row = studio.read(post_id)
    assert crashes == 1
    assert studio.platform.calls["commit"] == 1
    if call == "commit" and not after:
        assert (row.state, row.failure_type, len(studio.platform.posts)) == ("failed", "NotPosted", 0)
    else:
        assert (row.state, len(studio.platform.posts)) == ("published", 1)
    assert studio.clock() - HOUR <= TOLD


def test_the_creators_word_settles_what_nobody_could_find_out(studio: Studio) -> None:
    studio.platform.fail("commit", OutcomeUnknown("Lost."), times=2)
    studio.platform.shows_posts = False
    there, absent = studio.post(), studio.post()
    for post_id in (there, absent):
        studio.step_until(post_id, "confirming")
    with studio.database.transaction() as session:
        with pytest.raises(InvalidInput):
            resolve_post(session, lock_post(session, there), studio.clock(), is_there=True, link="javascript:alert(1)")
        resolve_post(session, lock_post(session, there), studio.clock(), is_there=True, link="https://youtube.com/shorts/abc")
        resolve_post(session, lock_post(session, absent), studio.clock(), is_there=False)
        with pytest.raises(Conflict):
            resolve_post(session, lock_post(session, there), studio.clock(), is_there=False)
    assert (studio.read(there).state, studio.read(there).permalink) == ("published", "https://youtube.com/shorts/abc")
    assert (studio.read(absent).state, studio.read(absent).is_retryable) == ("failed", True)


def test_only_a_failed_post_is_retried(studio: Studio) -> None:
    post_id = studio.post()
    with studio.database.transaction() as session, pytest.raises(Conflict):
        retry_post(session, lock_post(session, post_id), studio.clock())


@pytest.mark.parametrize(
    ("outcome", "words"),
    [
        ("refused", "YouTube did not take the cover picture, so it shows a frame of the video."),
        ("unreachable", "YouTube takes a cover picture from a public address only, which this machine has not, so it shows the video's first frame."),
    ],
)
@pytest.mark.parametrize("where", ["open", "check"])
def test_a_cover_that_is_not_shown_is_said_once(studio: Studio, outcome: str, words: str, where: str) -> None:
    studio.platform.cover_outcomes[where] = outcome
    studio.platform.checks_until_ready = 3
    post_id = studio.post()
    assert studio.publish(post_id).state == "published"
    assert studio.sentences(post_id).count(words) == 1


def test_a_cover_that_is_shown_is_not_worth_a_sentence(studio: Studio) -> None:
    studio.platform.cover_outcomes["check"] = "set"
    post_id = studio.post()
    studio.publish(post_id)
    assert not [said for said in studio.sentences(post_id) if "cover" in said]
