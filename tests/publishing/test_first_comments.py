"""First comments: written once the post is to be seen, never blindly twice, and never of any harm to the post."""

from __future__ import annotations

from datetime import timedelta

import pytest

from reelwright.kit.database import Database
from reelwright.kit.errors import OutcomeUnknown, PlatformError, PlatformRefused, PlatformThrottled, PlatformUnavailable, ReconnectNeeded
from reelwright.kit.http_client import NotHeard
from reelwright.publishing.first_comment import TURN_LASTS, list_due_comments, take_turn
from reelwright.publishing.post import PostContent
from reelwright.publishing.post_row import lock_post
from reelwright.publishing.resolve_post import resolve_post
from reelwright.publishing.write_comment import ABSENT_AFTER, write_comment
from tests.publishing.fake_platform import HOURLY, FakeComments, FakePlatform
from tests.publishing.posts_at_work import HandClock, Studio

WORDS = "The recipe is in our profile."
CONTENT = PostContent(caption="A quiet room", privacy="public", first_comment=f" {WORDS} ").model_dump(mode="json")
WRITTEN = "The first comment is written."


@pytest.fixture
def studio(database: Database) -> Studio:
    clock = HandClock()
    platform = FakePlatform(clock, HOURLY, scopes=frozenset({"publish", "profile", "comment"}))
    platform.comments = FakeComments(platform)
    return Studio(database, platform, clock)


def comments_of(studio: Studio) -> FakeComments:
    assert isinstance(studio.platform.comments, FakeComments)
    return studio.platform.comments


def not_heard() -> PlatformUnavailable:
    error = PlatformUnavailable("It could not be reached.")
    error.__cause__ = NotHeard()
    return error


def test_a_comment_is_written_after_the_post_is_published(studio: Studio) -> None:
    post_id = studio.post(content=CONTENT)
    row = studio.publish(post_id)
    assert (row.state, row.comment_state, row.comment_at) == ("published", "written", None)
    assert comments_of(studio).written == [(row.external_id, WORDS)]
    said = studio.sentences(post_id)
    assert said[-2].startswith("It is on YouTube")
    assert said[-1] == WRITTEN


@pytest.mark.parametrize("words", ["", "  "])
def test_no_words_are_no_comment(studio: Studio, words: str) -> None:
    row = studio.publish(studio.post(content={**CONTENT, "first_comment": words}))
    assert (row.state, row.comment_state, comments_of(studio).written) == ("published", None, [])


def test_a_post_that_failed_has_no_comment(studio: Studio) -> None:
    studio.platform.fail("commit", PlatformRefused("Not this one."))
    row = studio.publish(studio.post(content=CONTENT))
    assert (row.state, row.comment_state, comments_of(studio).written) == ("failed", None, [])


def test_a_permission_that_was_not_given_asks_to_connect_again_and_leaves_the_account_as_it_is(studio: Studio) -> None:
    studio.grant = studio.grant.model_copy(update={"scopes": frozenset({"publish", "profile"})})
    post_id = studio.post(content=CONTENT)
    row = studio.publish(post_id)
    assert row.failure_detail == ("You did not allow us to use “comment” at YouTube. Connect again and leave it ticked. Or leave the first comment out.")
    assert studio.account_of(post_id).state == "connected"
    assert studio.publish(studio.post(content={**CONTENT, "first_comment": ""})).state == "published"


@pytest.mark.parametrize(
    "error",
    [PlatformRefused("Comments are switched off for this video."), ReconnectNeeded("The permission is over.")],
    ids=["refused", "reconnect"],
)
def test_a_refused_comment_is_one_sentence_and_is_not_asked_for_again(studio: Studio, error: PlatformError) -> None:
    studio.platform.fail("comment", error, times=9)
    studio.platform.fail("refresh", ReconnectNeeded("Connect again."), times=9)
    post_id = studio.post(content=CONTENT)
    row = studio.publish(post_id)
    assert (row.state, row.permalink is not None, row.comment_state, row.failure_detail) == ("published", True, "failed", None)
    assert studio.platform.calls["comment"] == 1
    said = studio.sentences(post_id)[-1]
    assert said == f"The first comment was not written: {error.detail} The post itself is published; write the comment by hand."


def test_a_lost_answer_is_looked_for_and_not_repeated(studio: Studio) -> None:
    studio.platform.fail("comment", OutcomeUnknown("Lost."), after=True)
    post_id = studio.post(content=CONTENT)
    row = studio.publish(post_id)
    assert (row.comment_state, len(comments_of(studio).written)) == ("written", 1)
    assert studio.sentences(post_id)[-1] == WRITTEN


def test_a_comment_that_shows_late_is_not_written_twice(studio: Studio) -> None:
    studio.platform.fail("comment", OutcomeUnknown("Lost."), after=True)
    comments_of(studio).is_shown = False
    post_id = studio.post(content=CONTENT)
    while studio.platform.calls["find_comment"] < 3:
        studio.step(post_id)
    comments_of(studio).is_shown = True
    assert studio.publish(post_id).comment_state == "written"
    assert len(comments_of(studio).written) == 1


def test_one_that_is_not_there_after_a_while_is_asked_for_once_more(studio: Studio) -> None:
    studio.platform.fail("comment", OutcomeUnknown("Lost."))
    post_id = studio.post(content=CONTENT)
    row = studio.publish(post_id)
    assert (row.comment_state, len(comments_of(studio).written)) == ("written", 1)
    assert studio.clock() - row.published_at >= ABSENT_AFTER


def test_two_lost_answers_are_said_to_be_unknown(studio: Studio) -> None:
    studio.platform.fail("comment", OutcomeUnknown("Lost."), times=9)
    post_id = studio.post(content=CONTENT)
    row = studio.publish(post_id)
    assert (row.state, row.comment_state, studio.platform.calls["comment"]) == ("published", "unknown", 2)
    assert studio.sentences(post_id)[-1] == (
        "It could not be found out whether the first comment was written: the answer got lost, and the post does not show it. "
        "Look at the post, and write it by hand if it is missing."
    )


def test_comments_that_cannot_be_read_are_unknown_after_a_lost_answer(studio: Studio) -> None:
    studio.platform.fail("comment", OutcomeUnknown("Lost."), after=True)
    studio.platform.fail("find_comment", PlatformRefused("Not for you."))
    row = studio.publish(studio.post(content=CONTENT))
    assert (row.comment_state, studio.platform.calls["comment"]) == ("unknown", 1)


@pytest.mark.parametrize("call", ["comment", "find_comment"])
def test_an_answer_that_nobody_understands_is_a_doubt_with_an_end(studio: Studio, call: str) -> None:
    if call == "find_comment":
        studio.platform.fail("comment", OutcomeUnknown("Lost."), after=True)
    studio.platform.fail(call, KeyError("id"), times=100_000, after=True)  # type: ignore[arg-type]
    post_id = studio.post(content=CONTENT)
    for _ in range(3000):
        if studio.step(post_id).kind != "go":
            break
        studio.clock.wait(300)
    row = studio.read(post_id)
    assert (row.state, row.comment_state) == ("published", "written" if call == "comment" else "unknown")
    assert len(comments_of(studio).written) == 1


def test_what_was_not_heard_is_asked_for_again_without_a_look(studio: Studio) -> None:
    studio.platform.fail("comment", not_heard(), times=4)
    row = studio.publish(studio.post(content=CONTENT))
    assert (row.comment_state, len(comments_of(studio).written), studio.platform.calls["find_comment"]) == ("written", 1, 0)


def test_a_throttle_waits_for_its_time_and_says_so(studio: Studio) -> None:
    studio.platform.fail("comment", PlatformThrottled("It asks to slow down.", retry_after_seconds=3600))
    post_id = studio.post(content=CONTENT)
    row = studio.publish(post_id)
    assert (row.comment_state, studio.clock() - row.published_at >= timedelta(hours=1)) == ("written", True)
    assert any(said.startswith("The first comment waits until ") for said in studio.sentences(post_id))


def test_a_platform_that_is_down_for_a_day_is_given_up(studio: Studio) -> None:
    studio.platform.fail("comment", not_heard(), times=100_000)
    post_id = studio.post(content=CONTENT)
    for _ in range(2000):
        if studio.step(post_id).kind != "go":
            break
        studio.clock.wait(600)
    row = studio.read(post_id)
    assert (row.state, row.comment_state) == ("published", "failed")
    assert "YouTube was out of reach for a day." in studio.sentences(post_id)[-1]


def test_a_token_that_is_refused_is_renewed_and_the_comment_written(studio: Studio) -> None:
    post_id = studio.post(content=CONTENT)
    studio.platform.fail("comment", ReconnectNeeded("It is over."))
    row = studio.publish(post_id)
    assert (row.comment_state, len(comments_of(studio).written), studio.platform.calls["refresh"]) == ("written", 1, 1)


def test_a_worker_that_dies_in_its_turn_is_followed_by_a_look(studio: Studio) -> None:
    class Died(BaseException):
        pass

    post_id = studio.post(content=CONTENT)
    studio.platform.fail("comment", Died(), after=True)  # type: ignore[arg-type]
    with pytest.raises(Died):
        studio.publish(post_id)
    row = studio.read(post_id)
    assert (row.state, row.comment_state) == ("published", "asked")
    assert studio.publish(post_id).comment_state == "written"
    assert len(comments_of(studio).written) == 1


def test_only_one_has_the_turn_and_the_minutes_step_finds_what_waits(studio: Studio) -> None:
    studio.platform.fail("comment", OutcomeUnknown("Lost."), after=True)
    post_id = studio.post(content=CONTENT)
    while studio.read(post_id).comment_state is None:
        studio.step(post_id)
    with studio.database.transaction() as session:
        assert list(list_due_comments(session, studio.clock(), 10)) == [post_id]
        assert take_turn(session, post_id, studio.clock()) is not None
    with studio.database.transaction() as session:
        assert take_turn(session, post_id, studio.clock()) is None
        assert list(list_due_comments(session, studio.clock(), 10)) == []
    write_comment(studio.means, post_id, studio.clock())
    assert comments_of(studio).written == []
    studio.clock.wait(TURN_LASTS.total_seconds())
    write_comment(studio.means, post_id, studio.clock())
    assert len(comments_of(studio).written) == 1


def test_a_post_that_was_settled_by_hand_without_its_number_says_that_it_has_no_comment(studio: Studio) -> None:
    post_id = studio.post(content=CONTENT, state="unconfirmed", committed_at=studio.clock())
    with studio.database.transaction() as session:
        resolve_post(session, lock_post(session, post_id), studio.clock(), is_there=True, link="https://videos.test/1")
    row = studio.read(post_id)
    assert (row.state, row.comment_state) == ("published", "unknown")
    assert any("we do not know the post's number" in said for said in studio.sentences(post_id))


def test_an_account_that_was_disconnected_meanwhile_leaves_the_post_published(studio: Studio) -> None:
    post_id = studio.post(content=CONTENT)
    while studio.read(post_id).comment_state is None:
        studio.step(post_id)
    with studio.database.transaction() as session:
        account = session.merge(studio.account_of(post_id))
        account.state = "disconnected"
    write_comment(studio.means, post_id, studio.clock())
    row = studio.read(post_id)
    assert (row.state, row.comment_state) == ("published", "failed")


def test_a_platform_without_comments_leaves_the_post_published_and_says_so(studio: Studio) -> None:
    studio.platform.comments = None
    post_id = studio.post(content=CONTENT)
    row = studio.publish(post_id)
    assert (row.state, row.comment_state) == ("published", "failed")
    assert "YouTube takes no comment from an app." in studio.sentences(post_id)[-1]
