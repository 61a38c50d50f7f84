"""Reels and renders over HTTP."""

from __future__ import annotations

from typing import Any

import pytest

from reelwright.rendering.tables import RenderRow
from tests.functions.api.make_rows import NOW, add_reel, add_render, reel_document


@pytest.fixture
def reel_id(database: Any, maya: Any) -> str:
    with database.transaction() as session:
        return add_reel(session, maya.creator_id).id


def test_a_reel_is_changed_by_a_new_version_and_the_old_one_stays(maya: Any, reel_id: str) -> None:
    path = f"/v1/reels/{reel_id}"
    first = maya.get(path)
    assert (first.body["version"], first.headers["ETag"]) == (1, '"1"')
    saved = maya.send("PUT", path, {**reel_document(), "title": "The sea"}, if_match='"1"')
    assert (saved.status, saved.body["version"], saved.headers["ETag"], saved.body["document"]["title"]) == (200, 2, '"2"', "The sea")
    assert maya.get(path).body == saved.body
    assert maya.get(path, version=1).body == first.body
    assert maya.get(path, version=3).status == 404


def test_a_change_of_a_reel_names_its_version(maya: Any, reel_id: str) -> None:
    path = f"/v1/reels/{reel_id}"
    assert maya.send("PUT", path, reel_document()).status == 428
    assert maya.send("PUT", path, reel_document(), if_match='"4"').status == 412


def test_a_reel_that_cannot_be_is_refused_in_words(maya: Any, reel_id: str) -> None:
    document = reel_document()
    document["tracks"][0]["clips"][1]["start"] = "4"
    answer = maya.send("PUT", f"/v1/reels/{reel_id}", document, if_match='"1"')
    assert (answer.status, answer.body["errors"][0]["detail"]) == (422, "Clip two must start where clip one ends.")


def test_a_reel_names_only_files_of_its_creator(stranger: Any, maya: Any, reel_id: str) -> None:
    ben = stranger.sign_up("ben@example.org")
    path = f"/v1/reels/{reel_id}"
    assert maya.send("PUT", path, reel_document(f"media/{maya.creator_id}/media_1/normal.jpg"), if_match='"1"').status == 200
    for file in (
        f"media/{ben.creator_id}/media_1/normal.jpg",
        "/etc/passwd",
        f"media/{maya.creator_id}/../{ben.creator_id}/normal.jpg",
        f"secrets/{maya.creator_id}/x",
    ):
        answer = maya.send("PUT", path, reel_document(file), if_match='"2"')
        assert (answer.status, answer.body["errors"][0]["pointer"]) == (404, "/media/media_0/file"), file


def test_versions_are_listed_newest_first(maya: Any, reel_id: str) -> None:
    for version in (1, 2):
        maya.send("PUT", f"/v1/reels/{reel_id}", reel_document(), if_match=f'"{version}"')
    first = maya.get(f"/v1/reels/{reel_id}/versions", limit=2).body
    second = maya.get(f"/v1/reels/{reel_id}/versions", limit=2, cursor=first["next_cursor"]).body
    assert [item["version"] for item in first["items"] + second["items"]] == [3, 2, 1]
    assert second["next_cursor"] is None


def test_a_render_is_a_row_first_and_then_an_execution(world: Any, maya: Any, reel_id: str) -> None:
    answer = maya.post(f"/v1/reels/{reel_id}/renders", {"platforms": ["instagram", "tiktok"]}, idempotency_key="key-1")
    id_ = answer.body["id"]
    assert (answer.status, answer.headers["Location"]) == (202, f"/v1/renders/{id_}")
    assert (answer.body["state"], answer.body["reel_version"], answer.body["platforms"]) == ("queued", 1, ["instagram", "tiktok"])
    assert world.storyboards.started == [{"arn": "arn:render", "name": f"{id_}-0", "input": {"creator_id": maya.creator_id, "render_id": id_}}]
    again = maya.post(f"/v1/reels/{reel_id}/renders", {"platforms": ["instagram", "tiktok"]}, idempotency_key="key-1")
    assert (again.body, len(world.storyboards.started)) == (answer.body, 1)
    assert maya.post(f"/v1/reels/{reel_id}/renders", {}).body["progress"]["queue_place"] == 1


@pytest.mark.parametrize("platforms", [[], ["instagram", "instagram"], ["myspace"], ["instagram", "facebook", "youtube", "tiktok", "instagram"]])
def test_a_render_is_for_platforms_that_there_are(maya: Any, reel_id: str, platforms: list[str]) -> None:
    assert maya.post(f"/v1/reels/{reel_id}/renders", {"platforms": platforms}).status == 422


def test_a_creator_has_a_cap_of_renders(maya: Any, reel_id: str) -> None:
    assert [maya.post(f"/v1/reels/{reel_id}/renders", {}).status for _ in range(21)] == [202] * 20 + [429]


def test_finished_files_are_handed_out_with_report_and_history(database: Any, maya: Any, reel_id: str) -> None:
    with database.transaction() as session:
        row = add_render(session, maya.creator_id, reel_id)
    render = maya.get(f"/v1/renders/{row.id}").body
    assert (render["state"], render["progress"]) == ("succeeded", {"stage": "finished", "percent": 100, "eta_seconds": None, "queue_place": None})
    files = maya.get(f"/v1/renders/{row.id}/files").body["items"]
    assert [(file["name"], file["size_bytes"], file["content_type"]) for file in files] == [("cover", 3, "image/jpeg"), ("instagram", 11, "video/mp4")]
    assert files[1]["url"].endswith("name=instagram.mp4")
    assert maya.get(f"/v1/renders/{row.id}/report").body == {"render_id": row.id, "report": {"rows": [{"name": "loudness", "passed": True}]}}
    events = maya.get(f"/v1/renders/{row.id}/events").body["items"]
    assert [event["type"] for event in events] == ["queued", "started", "finished"]
    assert [event["id"] for event in maya.get(f"/v1/renders/{row.id}/events", after=2).body["items"]] == [3]


def test_a_render_that_failed_says_why(database: Any, maya: Any, reel_id: str) -> None:
    with database.transaction() as session:
        row = add_render(session, maya.creator_id, reel_id, "failed", failure_type="RenderFailed", failure_detail="No room.", started_at=NOW, finished_at=NOW)
    assert maya.get(f"/v1/renders/{row.id}").body["failure"] == {"type": "RenderFailed", "detail": "No room."}
    assert maya.get(f"/v1/renders/{row.id}/files").body == {"items": [], "next_cursor": None}
    assert maya.get(f"/v1/renders/{row.id}/events").body["items"][-1]["sentence"] == "No room."
    assert maya.post(f"/v1/renders/{row.id}/cancel").status == 409


def test_cancelling_a_render_asks_it_to_stop(database: Any, maya: Any, reel_id: str) -> None:
    id_ = maya.post(f"/v1/reels/{reel_id}/renders", {}).body["id"]
    answer = maya.post(f"/v1/renders/{id_}/cancel", {})
    assert (answer.status, answer.body["is_cancel_requested"]) == (202, True)
    with database.transaction() as session:
        assert session.get_one(RenderRow, id_).is_cancel_requested
