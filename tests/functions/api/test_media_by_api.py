"""Media over HTTP."""

from __future__ import annotations

from typing import Any

import pytest

from tests.functions.api.make_rows import add_media


def announce(client: Any, name: str = "beach.jpg", type_: str = "image/jpeg", size: int = 5, **headers: str) -> Any:
    return client.post("/v1/media/uploads", {"file_name": name, "content_type": type_, "size_bytes": size}, **headers)


def test_a_file_gets_an_address_for_exactly_its_type_and_size(world: Any, maya: Any) -> None:
    answer = announce(maya, size=3_482_113)
    media_id = answer.body["media_id"]
    assert (answer.status, answer.headers["Location"]) == (201, f"/v1/media/{media_id}")
    assert answer.body["upload"]["method"] == "PUT"
    assert answer.body["upload"]["headers"] == {"Content-Type": "image/jpeg"}
    assert answer.body["upload"]["expires_at"].startswith("2026-11-24T10:00:00")
    assert world.files.signed == [(f"uploads/{maya.creator_id}/{media_id}/original", "image/jpeg", 3_482_113)]
    media = maya.get(f"/v1/media/{media_id}").body
    assert (media["state"], media["kind"], media["refusal"], media["thumbnail_url"]) == ("awaiting_upload", None, None, None)


@pytest.mark.parametrize(
    ("name", "type_", "size", "status", "words"),
    [
        ("IMG.mov", "video/quicktime", 214_000_000, 413, "IMG.mov is 214 MB; a clip may have 100 MB. Make a smaller copy, or leave it out."),
        ("huge.png", "image/png", 20_000_001, 413, "huge.png is 20 MB; a photo may have 20 MB. Make a smaller copy, or leave it out."),
        ("song.wav", "audio/wav", 50_100_000, 413, "song.wav is 50 MB; a sound may have 50 MB. Make a smaller copy, or leave it out."),
        ("empty.mp4", "video/mp4", 0, 415, "empty.mp4 is empty: it has 0 bytes."),
        ("notes.txt", "text/plain", 10, 415, "notes.txt is of the type text/plain. Photos, clips and sounds can be used."),
        ("logo.svg", "image/svg+xml", 10, 415, "logo.svg is of the type image/svg+xml. Photos, clips and sounds can be used."),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_before_it_travels(maya: Any, name: str, type_: str, size: int, status: int, words: str) -> None:
    answer = announce(maya, name, type_, size)
    assert (answer.status, answer.body["detail"]) == (status, words)


@pytest.mark.parametrize("name", ['it\'s "mine".jpg', "-i", "a b.jpg", "🏖.jpg", "שלום.jpg", "x" * 200])
def test_a_name_may_be_odd(maya: Any, name: str) -> None:
    assert maya.get(f"/v1/media/{announce(maya, name).body['media_id']}").body["file_name"] == name


@pytest.mark.parametrize("name", ["", "x" * 201, "../a.jpg", "a\\b.jpg", "a\nb.jpg"])
def test_a_name_may_not_be_a_path_or_hold_control_characters(maya: Any, name: str) -> None:
    answer = announce(maya, name)
    assert (answer.status, answer.body["errors"][0]["pointer"]) == (422, "/file_name")


def test_a_media_that_is_ready_shows_what_was_found(database: Any, maya: Any) -> None:
    with database.transaction() as session:
        row = add_media(session, maya.creator_id)
    media = maya.get(f"/v1/media/{row.id}").body
    assert (media["state"], media["kind"], media["facts"]["width"]) == ("ready", "photo", 3024)
    assert media["thumbnail_url"].startswith(f"http://bucket.test/media/{maya.creator_id}/{row.id}/thumbnail.jpg")
    analysis = maya.get(f"/v1/media/{row.id}/analysis").body
    assert (analysis["media_id"], analysis["analysis"]["sharpness"]) == (row.id, 412.5)
    assert [item["purpose"] for item in maya.get(f"/v1/media/{row.id}/renditions").body["items"]] == ["normal", "thumbnail"]


def test_a_media_that_was_refused_says_why(database: Any, maya: Any) -> None:
    with database.transaction() as session:
        row = add_media(session, maya.creator_id, "refused", failure_type="MediaRefused", refusal_reason="beach.jpg is a text.")
    assert maya.get(f"/v1/media/{row.id}").body["refusal"] == {"type": "MediaRefused", "detail": "beach.jpg is a text."}
    analysis = maya.get(f"/v1/media/{row.id}/analysis")
    assert (analysis.status, "not looked at yet" in analysis.body["detail"]) == (404, True)


def test_the_list_is_one_creators_newest_first_and_can_be_filtered(database: Any, stranger: Any, maya: Any) -> None:
    ben = stranger.sign_up("ben@example.org")
    ids = [announce(maya, f"{number}.jpg").body["media_id"] for number in range(3)]
    announce(ben)
    with database.transaction() as session:
        ready = add_media(session, maya.creator_id)
    first = maya.get("/v1/media", limit=2, state="awaiting_upload").body
    second = maya.get("/v1/media", limit=2, state="awaiting_upload", cursor=first["next_cursor"]).body
    assert [item["id"] for item in first["items"] + second["items"]] == ids[::-1]
    assert second["next_cursor"] is None
    assert [item["id"] for item in maya.get("/v1/media", state="ready").body["items"]] == [ready.id]
    assert [item["id"] for item in maya.get("/v1/media", sort="created_at", limit=1).body["items"]] == [ids[0]]


def test_deleting_takes_everything_made_from_it(world: Any, database: Any, maya: Any) -> None:
    with database.transaction() as session:
        row = add_media(session, maya.creator_id)
    assert maya.send("DELETE", f"/v1/media/{row.id}").status == 204
    assert maya.get(f"/v1/media/{row.id}").status == 404
    folder = f"media/{maya.creator_id}/{row.id}"
    assert world.files.deleted == [row.storage_key, f"{folder}/normal.jpg", f"{folder}/thumbnail.jpg"]


def test_a_media_in_a_reel_that_is_being_made_cannot_be_deleted(world: Any, database: Any, maya: Any) -> None:
    with database.transaction() as session:
        row = add_media(session, maya.creator_id)
    project = maya.post("/v1/projects", {"name": "The sea", "media_ids": [row.id]}).body
    maya.post(f"/v1/projects/{project['id']}/generations", {}, idempotency_key="key-1")
    answer = maya.send("DELETE", f"/v1/media/{row.id}")
    assert (answer.status, answer.body["type"]) == (409, "conflict")
    assert world.files.deleted == []
