"""The minute's step and the timers: everything due begins, under a cap, once; what was forgotten goes on."""

from __future__ import annotations

from datetime import timedelta

from functions.publishing import start_due_posts
from reelwright.kit.errors import OutcomeUnknown
from reelwright.publishing.post import PostContent
from reelwright.publishing.post_row import lock_post
from tests.functions.publishing.storyboard_walk import Newsroom
from tests.publishing.connected_accounts import add_creator
from tests.publishing.fake_platform import FakeComments


def test_due_posts_begin_up_to_the_cap_and_each_end_lets_the_next_begin(room: Newsroom) -> None:
    creator = add_creator(room.world.database)
    account = room.connections.connect(creator, room.rules)
    posts = [room.another_post(creator, account) for _ in range(5)]
    counts = room.run("Start Due Posts")
    assert (counts["claimed"], counts["started"]) == (5, 3)
    assert {room.read(post_id).state for post_id in posts} == {"publishing"}
    while waiting := [name for name, status in room.executions.status.items() if status == "RUNNING"]:
        assert len(waiting) <= 3
        room.walk(waiting[0])
    assert {room.read(post_id).state for post_id in posts} == {"published"}
    assert len(room.platform.posts) == 5


def test_a_minute_without_anything_to_do_does_nothing_and_nothing_fails(room: Newsroom) -> None:
    assert set(room.run("Start Due Posts").values()) == {0}


def test_a_first_comment_is_written_with_the_post_and_what_waited_with_the_minute(room: Newsroom) -> None:
    comments = room.platform.comments = FakeComments(room.platform, scopes=frozenset())
    content = PostContent(caption="A quiet room", first_comment="More in the profile", privacy="public").model_dump(mode="json")
    post_id = room.post(content=content)
    room.run("Start Due Posts")
    room.platform.fail("comment", OutcomeUnknown("Lost."), after=True)
    room.walk(next(iter(room.executions.status)))
    assert (room.read(post_id).state, room.read(post_id).comment_state) == ("published", "asked")
    assert room.run("Start Due Posts")["commented"] == 0
    room.connections.clock.go_on(minutes=1)
    assert room.run("Start Due Posts")["commented"] == 1
    assert (room.read(post_id).comment_state, len(comments.written)) == ("written", 1)


def test_a_start_that_was_lost_is_made_up_for(room: Newsroom) -> None:
    post_id = room.post()
    room.executions.is_down = True
    room.run("Start Due Posts")
    assert room.executions.status == {}
    room.executions.is_down = False
    assert room.run("Start Due Posts")["restarted"] == 0
    room.connections.clock.go_on(seconds=60)
    assert room.run("Start Due Posts")["restarted"] == 1
    assert list(room.executions.status) == [f"{post_id}-1-1"]


def test_an_old_timer_does_nothing_and_a_new_one_begins_the_post_once(room: Newsroom) -> None:
    post_id = room.post(version=2)
    assert room.run("Wake Post", post_id=post_id, version=1) == {"is_claimed": False}
    assert room.executions.status == {}
    assert room.run("Wake Post", post_id=post_id, version=2) == {"is_claimed": True}
    assert room.run("Wake Post", post_id=post_id, version=2) == {"is_claimed": False}
    assert room.executions.inputs == {
        f"{post_id}-1-1": {"post_id": post_id, "creator_id": room.read(post_id).creator_id, "version": 2, "attempt": 1, "is_only_check": False}
    }


def test_a_part_that_fails_holds_no_other_up(room: Newsroom) -> None:
    room.post()
    vars(room.world)["envelope"] = None
    room.connections.clock.go_on(days=400)
    counts = start_due_posts.run({}, room.world)
    assert -1 in counts.values()
    assert counts["claimed"] == 0  # it is far too late
    post_id = room.post()
    assert start_due_posts.run({}, room.world)["claimed"] == 1
    assert room.read(post_id).state == "publishing"


def test_a_scheduled_post_is_checked_when_it_is_new_and_again_in_its_last_hour(room: Newsroom) -> None:
    post_id = room.post(due_at=room.world.clock() + timedelta(hours=5))
    assert room.run("Start Due Posts")["checked"] == 1
    (name,) = room.executions.inputs
    assert room.walk(name).visited[-1] == "Post Checked"
    row = room.read(post_id)
    assert (row.state, row.check_detail, row.attempt) == ("scheduled", "", 0)
    assert room.sentences(post_id) == ["Checked beforehand: account, file and text are as YouTube takes them."]
    room.connections.clock.go_on(minutes=30)
    assert room.run("Start Due Posts")["checked"] == 0
    room.platform.refusals = ("The title has 120 letters; 100 are the most. Shorten it.",)
    room.connections.clock.go_on(hours=4)
    assert room.run("Start Due Posts")["checked"] == 1
    *_, name = room.executions.inputs
    room.walk(name)
    assert room.read(post_id).state == "scheduled"
    assert room.read(post_id).check_detail == "The title has 120 letters; 100 are the most. Shorten it."
    assert room.sentences(post_id)[-1] == "As it is, YouTube would not take it: The title has 120 letters; 100 are the most. Shorten it."


def test_a_check_of_a_post_that_has_begun_meanwhile_does_nothing(room: Newsroom) -> None:
    post_id = room.post(due_at=room.world.clock() + timedelta(hours=5))
    room.run("Start Due Posts")
    (name,) = room.executions.inputs
    with room.world.database.transaction() as session:
        lock_post(session, post_id).state = "cancelled"
    assert room.walk(name).visited[-1] == "Nothing To Do"
