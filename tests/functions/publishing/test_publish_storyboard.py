"""The storyboard publish_post, walked with its real steps: one post at most, whatever breaks."""

from __future__ import annotations

from datetime import timedelta

import pytest

from reelwright.kit.errors import OutcomeUnknown, PlatformRefused, PlatformThrottled, PlatformUnavailable, UploadExpired
from reelwright.publishing.post_row import lock_post
from tests.functions.publishing.storyboard_walk import STORYBOARD, VIDEO, Gone, Newsroom, Walk

TASKS = [name for name, body in STORYBOARD["States"].items() if body["Type"] == "Task"]
ON_THE_WAY = ["Claim Post", "Check Post", "Open Upload", "Send Video", "Check Processing", "Commit Post"]


class LambdaGone(Exception):
    """What Lambda says when a function ended without an answer."""


LambdaGone.__name__ = "Lambda.Unknown"


def start(room: Newsroom, post_id: str) -> str:
    """Claims the post and names its execution."""
    assert room.run("Wake Post", post_id=post_id, version=room.read(post_id).version) == {"is_claimed": True}
    return f"{post_id}-{room.read(post_id).attempt}-1"


def test_a_post_goes_through_every_step_once(room: Newsroom) -> None:
    post_id = room.post()
    walk = room.walk(start(room, post_id))
    row = room.read(post_id)
    assert row.state == "published"
    assert row.permalink == next(iter(room.platform.posts.values())).permalink
    assert [name for name in walk.visited if name in TASKS] == ON_THE_WAY
    assert walk.visited[-1] == "Post Ended"


def test_the_video_is_read_from_the_bucket_by_ranges(room: Newsroom) -> None:
    room.walk(start(room, room.post()))
    assert [end - start for _, start, end in room.bucket.ranges] == [1_000_000, 1_000_000, len(VIDEO) - 2_000_000]


def test_a_commit_is_not_retried_by_the_storyboard_and_every_other_step_is(room: Newsroom) -> None:
    assert "Retry" not in STORYBOARD["States"]["Commit Post"]
    assert [name for name in TASKS if name != "Commit Post" and "Retry" not in STORYBOARD["States"][name]] == []


@pytest.mark.parametrize("state", [name for name in ON_THE_WAY if name != "Commit Post"])
def test_a_step_whose_function_vanishes_a_few_times_is_repeated(room: Newsroom, state: str) -> None:
    post_id = room.post()
    walk = room.walk(start(room, post_id), fail_at={state: [LambdaGone() for _ in range(3)]})
    assert walk.calls[state] == 4
    assert room.read(post_id).state == "published"
    assert len(room.platform.posts) == 1


@pytest.mark.parametrize("state", [name for name in ON_THE_WAY if name != "Commit Post"])
def test_a_step_that_is_refused_ends_in_the_posts_row_in_words(room: Newsroom, state: str) -> None:
    post_id = room.post()
    walk = room.walk(start(room, post_id), fail_at={state: [PlatformRefused("The account is restricted.")]})
    assert walk.visited[-1] == "Post Failed"
    row = room.read(post_id)
    assert (row.state, row.failure_type, row.failure_detail) == ("failed", "PlatformRefused", "The account is restricted.")
    assert not room.platform.posts


@pytest.mark.parametrize("after", [False, True])
def test_a_lost_answer_of_the_commit_leads_to_looking(room: Newsroom, after: bool) -> None:
    post_id = room.post()
    execution = start(room, post_id)
    room.platform.fail("commit", OutcomeUnknown("Lost."), after=after)
    walk = room.walk(execution)
    assert walk.calls["Commit Post"] == room.platform.calls["commit"] == 1
    assert "Look At Account" in walk.visited
    row = room.read(post_id)
    assert (row.state, row.failure_type) == (("published", None) if after else ("failed", "NotPosted"))


def test_a_commit_function_that_vanishes_leads_to_looking_and_no_second_call(room: Newsroom) -> None:
    post_id = room.post()
    execution = start(room, post_id)
    room.platform.fail("commit", LambdaGone(), after=True)  # type: ignore[arg-type]
    walk = room.walk(execution)
    assert room.platform.calls["commit"] == 1
    assert walk.visited[-1] == "Post Ended"
    assert room.read(post_id).state == "published"


def test_a_commit_function_that_never_began_is_called_again_because_the_row_has_no_intent(room: Newsroom) -> None:
    post_id = room.post()
    walk = room.walk(start(room, post_id), fail_at={"Commit Post": [LambdaGone()]})
    assert walk.calls["Commit Post"] == 2
    assert room.platform.calls["commit"] == 1
    assert room.read(post_id).state == "published"


def test_an_upload_that_is_gone_is_opened_again(room: Newsroom) -> None:
    post_id = room.post()
    execution = start(room, post_id)
    room.platform.fail("check", UploadExpired("Gone."))
    walk = room.walk(execution)
    assert walk.calls["Open Upload"] == 2
    assert room.read(post_id).state == "published"


def test_a_throttle_puts_the_post_back_for_the_time_that_was_named_though_only_its_words_travel(room: Newsroom) -> None:
    post_id = room.post()
    execution = start(room, post_id)
    room.platform.fail("open", PlatformThrottled("YouTube asks to slow down.", retry_after_seconds=1800))
    began = room.world.clock()
    walk = room.walk(execution)
    assert walk.visited[-1] == "Post Ended"
    row = room.read(post_id)
    assert (row.state, row.due_at) == ("scheduled", began + timedelta(seconds=1800))


def test_an_outage_is_repeated_then_waited_for(room: Newsroom) -> None:
    post_id = room.post()
    execution = start(room, post_id)
    room.platform.fail("send", PlatformUnavailable("It answered 503."), times=20)
    walk = room.walk(execution)
    assert walk.calls["Send Video"] == 5
    assert room.read(post_id).state == "scheduled"


def test_a_video_that_takes_long_to_process_is_waited_for(room: Newsroom) -> None:
    post_id = room.post()
    execution = start(room, post_id)
    room.platform.checks_until_ready = 12
    walk = room.walk(execution)
    assert walk.visited.count("Wait For Platform") == 11
    assert room.read(post_id).state == "published"


def test_an_account_that_shows_the_post_late_is_looked_at_for_some_minutes_and_then_left_to_the_minutes_step(room: Newsroom) -> None:
    post_id = room.post()
    execution = start(room, post_id)
    room.platform.looks_until_settled = 10_000
    began = room.world.clock()
    walk = room.walk(execution)
    assert walk.visited[-1] == "Post Ended"
    assert room.world.clock() - began < timedelta(minutes=6)
    assert room.read(post_id).state == "unconfirmed"
    room.platform.looks_until_settled = 0
    room.connections.clock.go_on(minutes=1)
    assert room.run("Start Due Posts")["looked_at"] == 1
    assert room.read(post_id).state == "published"


def test_a_post_that_was_edited_after_its_execution_was_named_is_left_alone(room: Newsroom) -> None:
    post_id = room.post()
    execution = start(room, post_id)
    with room.world.database.transaction() as session:
        lock_post(session, post_id).version = 2
    assert room.walk(execution).visited == ["Claim Post", "Is It Ours", "Nothing To Do"]
    assert room.platform.calls["read_options"] == 0


@pytest.mark.parametrize("state", ON_THE_WAY)
def test_an_execution_that_dies_after_any_step_is_followed_by_one_that_goes_on(room: Newsroom, state: str) -> None:
    post_id = room.post()
    first = start(room, post_id)
    with pytest.raises(Gone):
        room.walk(first, die_after=state)
    room.executions.status[first] = "ABORTED"
    room.connections.clock.go_on(seconds=20)
    is_settled = room.read(post_id).state == "published"
    assert room.run("Start Due Posts")["restarted"] == int(not is_settled)
    if not is_settled:
        room.walk(f"{post_id}-1-2")
    assert room.read(post_id).state == "published"
    assert room.platform.calls["commit"] == 1
    assert room.platform.calls["open"] == 1


def test_an_execution_that_follows_a_lost_commit_only_looks(room: Newsroom) -> None:
    post_id = room.post()
    first = start(room, post_id)
    room.platform.fail("commit", Gone(), after=True)  # type: ignore[arg-type]
    with pytest.raises(Gone):
        room.walk(first)
    room.executions.status[first] = "ABORTED"
    room.connections.clock.go_on(seconds=20)
    room.run("Start Due Posts")
    walk = room.walk(f"{post_id}-1-2")
    assert [name for name in walk.visited if name in TASKS] == ["Claim Post", "Look At Account"]
    assert (room.read(post_id).state, len(room.platform.posts)) == ("published", 1)


def test_two_executions_of_one_post_at_once_post_once(room: Newsroom) -> None:
    post_id = room.post()
    execution = start(room, post_id)
    other = Walk(room)
    is_first = True

    def cut_in(state: str) -> None:
        nonlocal is_first
        if state == "Commit Post" and is_first:
            is_first = False
            other.run(dict(room.executions.inputs[execution]))

    walk = room.walk(execution, before=cut_in)
    assert room.platform.calls["commit"] == 1
    assert walk.visited[-1] == "Post Ended"
    assert room.read(post_id).state == "published"


def test_no_token_is_in_an_input_an_answer_or_the_history(room: Newsroom) -> None:
    post_id = room.post()
    room.walk(start(room, post_id))
    row = room.read(post_id)
    seen = repr((room.executions.inputs, room.sentences(post_id), row.checkpoint, row.counts))
    assert "fake-access-token" not in seen
    assert "fake-refresh-token" not in seen
