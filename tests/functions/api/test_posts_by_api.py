"""Posts by API: made, planned, changed, begun, followed, imported; the queue, the calendar and good times."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from reelwright.publishing.history import add_event
from reelwright.publishing.tables import PostMetricsRow, PostRow
from tests.functions.api.make_rows import add_reel, add_render
from tests.publishing.planned_posts import add_account, add_published

SCHEDULE = {"wall_time": "2026-12-24T18:30", "time_zone": "Europe/Berlin"}


@pytest.fixture
def shop(database: Any, maya: Any) -> dict[str, str]:
    """Maya's account and a finished render of hers."""
    with database.transaction() as session:
        account = add_account(session, maya.creator_id)
        render = add_render(session, maya.creator_id, add_reel(session, maya.creator_id).id)
        render.state, render.files = "succeeded", {"master": {"key": "k", "size_bytes": 1, "content_type": "video/mp4"}}
    return {"social_account_id": account, "render_id": render.id}


def make(maya: Any, shop: dict[str, str], key: str = "key-1", **more: Any) -> Any:
    return maya.post("/v1/posts", {**shop, "content": {"caption": "A quiet room"}, **more}, idempotency_key=key)


def test_a_post_is_made_once_for_its_key_and_planned_in_its_time_zone(maya: Any, shop: dict[str, str]) -> None:
    answer, again = make(maya, shop, schedule=SCHEDULE), make(maya, shop, schedule=SCHEDULE)
    assert (answer.status, answer.body["state"], answer.body["due_at"]) == (201, "scheduled", "2026-12-24T17:30:00Z")
    assert answer.headers["ETag"] == '"1"'
    assert (again.body["id"], again.headers["Idempotent-Replayed"]) == (answer.body["id"], "true")
    assert len(maya.get("/v1/posts").body["items"]) == 1


def test_a_post_that_spends_a_reel_needs_its_key(maya: Any, shop: dict[str, str]) -> None:
    answer = maya.post("/v1/posts", {**shop})
    assert (answer.status, answer.body["type"]) == (422, "invalid-input")


@pytest.mark.parametrize(
    ("more", "status", "words"),
    [
        ({"schedule": {"wall_time": "2020-01-01T10:00", "time_zone": "UTC"}}, 422, "has passed"),
        ({"schedule": {"wall_time": "2026-12-24T18:30", "time_zone": "Mars"}}, 422, "no time zone"),
        ({"schedule": SCHEDULE, "is_queued": True}, 422, "not both"),
        ({"is_queued": True}, 409, "no free slot"),
        ({"render_id": "render_" + "0" * 26}, 404, "no such render"),
        ({"social_account_id": "account_" + "0" * 26}, 404, "no such account"),
        ({"content": {"caption": "x", "colour": "red"}}, 422, "no field of this name"),
    ],
)
def test_a_post_that_cannot_be_is_refused_in_words(maya: Any, shop: dict[str, str], more: dict[str, Any], status: int, words: str) -> None:
    answer = make(maya, {**shop}, **more)
    assert answer.status == status
    assert words in str(answer.body)
    assert maya.get("/v1/posts").body["items"] == []


def test_a_change_needs_the_version_and_makes_the_next_one(maya: Any, shop: dict[str, str]) -> None:
    path = f"/v1/posts/{make(maya, shop, schedule=SCHEDULE).body['id']}"
    assert maya.send("PATCH", path, {"schedule": None}).status == 428
    moved = maya.send("PATCH", path, {"schedule": {"wall_time": "2026-12-25T08:00", "time_zone": "Asia/Tokyo"}}, if_match='"1"')
    assert (moved.status, moved.body["version"], moved.body["due_at"]) == (200, 2, "2026-12-24T23:00:00Z")
    assert maya.send("PATCH", path, {"schedule": None}, if_match='"1"').status == 412
    draft = maya.send("PATCH", path, {"schedule": None}, if_match='"2"')
    assert (draft.body["state"], draft.body["schedule"]) == ("draft", None)


def test_posting_now_begins_one_execution_with_ids_and_numbers_only(maya: Any, world: Any, shop: dict[str, str]) -> None:
    post = make(maya, shop).body["id"]
    answer = maya.post(f"/v1/posts/{post}/publish", {}, idempotency_key="key-2")
    again = maya.post(f"/v1/posts/{post}/publish", {}, idempotency_key="key-2")
    assert (answer.status, again.headers["Idempotent-Replayed"]) == (202, "true")
    assert maya.get(f"/v1/posts/{post}").body["state"] == "publishing"
    (started,) = world.storyboards.started
    assert started["input"] == {"post_id": post, "creator_id": maya.creator_id, "version": 2, "attempt": 1, **_rest(started)}
    assert maya.post(f"/v1/posts/{post}/publish", {}, idempotency_key="key-3").status == 409


def _rest(started: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in started["input"].items() if name == "is_only_check"}


def test_a_cancelled_post_never_begins(maya: Any, shop: dict[str, str]) -> None:
    post = make(maya, shop, schedule=SCHEDULE).body["id"]
    assert maya.post(f"/v1/posts/{post}/cancel", {}).body["state"] == "cancelled"
    assert maya.post(f"/v1/posts/{post}/cancel").status == 200
    assert maya.post(f"/v1/posts/{post}/publish", {}, idempotency_key="key-2").status == 409
    assert maya.send("DELETE", f"/v1/posts/{post}", if_match="*").status == 204
    assert maya.get(f"/v1/posts/{post}").status == 404


def test_an_unconfirmed_post_is_settled_by_the_creators_word(maya: Any, database: Any, shop: dict[str, str]) -> None:
    post = make(maya, shop).body["id"]
    assert maya.post(f"/v1/posts/{post}/resolve", {"is_there": True}).status == 409
    _set(database, post, state="unconfirmed")
    assert maya.post(f"/v1/posts/{post}/resolve", {"is_there": True, "permalink": "javascript:alert(1)"}).status == 422
    answer = maya.post(f"/v1/posts/{post}/resolve", {"is_there": True, "permalink": "https://www.instagram.com/reel/1"})
    assert (answer.body["state"], answer.body["permalink"]) == ("published", "https://www.instagram.com/reel/1")


def test_a_failed_post_is_retried_and_its_history_reads_as_sentences(maya: Any, database: Any, shop: dict[str, str]) -> None:
    post = make(maya, shop).body["id"]
    _set(database, post, state="failed", failure_type="PlatformRefused", failure_detail="Too long.", is_retryable=True)
    assert maya.get(f"/v1/posts/{post}").body["failure"] == {"type": "PlatformRefused", "detail": "Too long."}
    assert maya.post(f"/v1/posts/{post}/retry", {}, idempotency_key="key-2").status == 202
    sentences = [event["sentence"] for event in maya.get(f"/v1/posts/{post}/history").body["items"]]
    assert sentences[0].startswith("The post for Instagram @maya.sea was made")
    assert "You asked for another try." in sentences


def test_a_history_is_paged_by_its_cursor(maya: Any, database: Any, shop: dict[str, str]) -> None:
    post = make(maya, shop).body["id"]
    with database.transaction() as session:
        for number in range(3):
            add_event(session, session.get_one(PostRow, post), "note", f"Line {number}.", datetime(2026, 11, 24, tzinfo=UTC))
    first = maya.get(f"/v1/posts/{post}/history", limit=2).body
    rest = maya.get(f"/v1/posts/{post}/history", limit=2, cursor=first["next_cursor"]).body
    assert [event["sentence"] for event in rest["items"]] == ["Line 1.", "Line 2."]
    assert rest["next_cursor"] is None


def test_counts_are_shown_as_they_were_collected(maya: Any, database: Any, shop: dict[str, str]) -> None:
    post = make(maya, shop).body["id"]
    with database.transaction() as session:
        moment = datetime(2026, 11, 24, 10, tzinfo=UTC)
        session.add(PostMetricsRow(post_id=post, collected_at=moment, creator_id=maya.creator_id, views=9, likes=1, comments=0, shares=None))
    assert maya.get(f"/v1/posts/{post}/metrics").body["items"] == [
        {"collected_at": "2026-11-24T10:00:00Z", "views": 9, "likes": 1, "comments": 0, "shares": None}
    ]


def test_lists_can_be_narrowed_by_state_and_account(maya: Any, shop: dict[str, str]) -> None:
    make(maya, shop)
    make(maya, shop, "key-2", schedule=SCHEDULE)
    assert [row["state"] for row in maya.get("/v1/posts", state="scheduled").body["items"]] == ["scheduled"]
    assert len(maya.get("/v1/posts", social_account_id=shop["social_account_id"]).body["items"]) == 2
    assert maya.get("/v1/posts", state="lost").status == 422


def test_the_queue_is_written_anew_and_fills_the_calendar(maya: Any, shop: dict[str, str]) -> None:
    slot = {"weekday": 2, "wall_time": "18:30", "time_zone": "Europe/Berlin"}
    answer = maya.send("PUT", "/v1/queue-slots", {"social_account_id": shop["social_account_id"], "slots": [slot]})
    assert answer.body["items"] == maya.get("/v1/queue-slots").body["items"] == [{"social_account_id": shop["social_account_id"], **slot}]
    queued = make(maya, shop, is_queued=True)
    assert queued.body["due_at"] == "2026-11-25T17:30:00Z"
    lines = maya.get("/v1/calendar", **{"from": "2026-11-24T00:00:00Z", "to": "2026-12-03T00:00:00Z"}).body["items"]
    assert [(line["kind"], line["at"]) for line in lines] == [("post", "2026-11-25T17:30:00Z"), ("free_slot", "2026-12-02T17:30:00Z")]
    assert maya.get("/v1/calendar", **{"from": "yesterday", "to": "2026-12-03T00:00:00Z"}).status == 422


def test_good_times_say_how_many_posts_they_stand_on(maya: Any, database: Any, shop: dict[str, str]) -> None:
    account = shop["social_account_id"]
    assert maya.get("/v1/posting-times", social_account_id=account).body["times"] == []
    with database.transaction() as session:
        for week in range(1, 13):
            at = datetime(2026, 11, 24, 8, tzinfo=UTC) - timedelta(weeks=week)
            row = add_published(session, maya.creator_id, account, at)
            session.add(PostMetricsRow(post_id=row.id, collected_at=at + timedelta(days=1), creator_id=maya.creator_id, views=100 + week))
    answer = maya.get("/v1/posting-times", social_account_id=account, time_zone="Europe/Berlin").body
    assert (answer["posts"], answer["times"][0]["weekday"], answer["times"][0]["posts"]) == (12, 1, 12)


def test_a_table_is_looked_at_first_and_made_whole_or_not_at_all(maya: Any, database: Any, shop: dict[str, str]) -> None:
    good = f"maya.sea,{shop['render_id']},2026-12-24 18:30,Europe/Berlin,First\n"
    head = "account,render_id,time,time_zone,caption\n"
    dry = maya.post("/v1/posts/import", {"table": head + good})
    assert (dry.status, dry.body) == (200, {"is_imported": False, "lines": [{"number": 1, "post_id": None, "errors": []}]})
    bad = maya.post("/v1/posts/import", {"table": head + good + "nobody,x,,,Second\n", "is_dry_run": False})
    assert (bad.body["is_imported"], bad.body["lines"][1]["post_id"]) == (False, None)
    assert "none of your connected accounts" in bad.body["lines"][1]["errors"][0]
    with database.transaction() as session:
        assert session.scalars(select(PostRow)).all() == []
    done = maya.post("/v1/posts/import", {"table": head + good + good, "is_dry_run": False}, idempotency_key="key-9")
    assert done.body["is_imported"]
    assert len({line["post_id"] for line in done.body["lines"]}) == len(maya.get("/v1/posts").body["items"]) == 2


def _set(database: Any, post_id: str, **values: Any) -> None:
    with database.transaction() as session:
        row = session.get_one(PostRow, post_id)
        for name, value in values.items():
            setattr(row, name, value)


def test_what_became_of_a_first_comment_is_beside_the_post(maya: Any, database: Any, shop: dict[str, str]) -> None:
    made = make(maya, shop, content={"caption": "A quiet room", "first_comment": "The recipe is in our profile."})
    assert (made.body["content"]["first_comment"], made.body["first_comment_state"]) == ("The recipe is in our profile.", None)
    with database.transaction() as session:
        row = add_published(session, maya.creator_id, shop["social_account_id"], datetime(2026, 11, 24, 18, tzinfo=UTC), comment_state="unknown")
    shown = maya.get(f"/v1/posts/{row.id}").body
    assert (shown["state"], shown["first_comment_state"]) == ("published", "unknown")
    too_long = make(maya, shop, key="key-2", content={"first_comment": "x" * 2201})
    assert (too_long.status, too_long.body["type"]) == (422, "invalid-input")


@pytest.mark.parametrize(
    "path",
    [
        "/v1/calendar?from=9999-12-31T23:00:00-14:00&to=9999-12-31T23:59:59-14:00",
        "/v1/calendar?from=0001-01-01T00:00:00%2B14:00&to=0001-01-02T00:00:00%2B14:00",
        "/v1/posts?social_account_id=%00",
        "/v1/posting-times?social_account_id=%00",
    ],
)
def test_what_no_database_can_look_for_is_refused_in_words(maya: Any, path: str) -> None:
    answer = maya.get(path)
    assert (answer.status, answer.body["type"]) == (422, "invalid-input")


def test_lines_that_share_the_queue_take_a_slot_each_and_the_one_too_many_says_so(maya: Any, shop: dict[str, str]) -> None:
    account = maya.get("/v1/social-accounts").body["items"][0]["id"]
    slot = {"weekday": 2, "wall_time": "12:00", "time_zone": "UTC"}
    maya.send("PUT", "/v1/queue-slots", {"social_account_id": account, "slots": [slot]})
    table = "account,render_id,time\n" + f"{account},{shop['render_id']},queue\n" * 9
    answer = maya.post("/v1/posts/import", {"table": table, "is_dry_run": False})
    assert (answer.status, answer.body["is_imported"]) == (200, False)
    assert [bool(line["errors"]) for line in answer.body["lines"]] == [False] * 8 + [True]
    assert maya.get("/v1/posts").body["items"] == []
    table = "account,render_id,time\n" + f"{account},{shop['render_id']},queue\n" * 8
    assert maya.post("/v1/posts/import", {"table": table, "is_dry_run": False}).body["is_imported"]
    assert len({post["due_at"] for post in maya.get("/v1/posts").body["items"]}) == 8
