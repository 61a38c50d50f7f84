"""Projects over HTTP."""

from __future__ import annotations

from typing import Any

import pytest

from reelwright.generation.tables import GenerationRow
from reelwright.rendering.tables import RenderRow
from tests.functions.api.make_rows import add_media, run_generation

BRIEF = {"prompt": "A week at the sea.", "platforms": ["instagram"], "length_seconds": 15}


def test_a_project_is_begun_read_written_anew_and_deleted(database: Any, maya: Any) -> None:
    with database.transaction() as session:
        media = [add_media(session, maya.creator_id).id for _ in range(2)]
    begun = maya.post("/v1/projects", {"name": "The sea", "brief": BRIEF, "media_ids": media})
    path = begun.headers["Location"]
    assert (begun.status, path, begun.headers["ETag"]) == (201, f"/v1/projects/{begun.body['id']}", '"1"')
    assert begun.body["brief"] == {**BRIEF, "script": "", "language": None, "handle": "", "keep_order": False, "shape": "9:16", "voice": "", "glossary": []}
    read = maya.get(path)
    assert (read.body, read.headers["ETag"]) == (begun.body, '"1"')
    written = maya.send("PUT", path, {"name": "The hills", "template": "editorial", "brief": {}, "media_ids": media[::-1]}, if_match='"1"')
    assert (written.status, written.headers["ETag"], written.body["name"], written.body["media_ids"]) == (200, '"2"', "The hills", media[::-1])
    assert written.body["updated_at"] > written.body["created_at"]
    assert maya.send("DELETE", path, if_match='"2"').status == 204
    assert maya.get(path).status == 404


def test_a_change_names_the_version_it_changes(maya: Any) -> None:
    path = maya.post("/v1/projects", {"name": "The sea"}).headers["Location"]
    change = {"name": "The hills"}
    for method, body in (("PUT", change), ("DELETE", None)):
        missing = maya.send(method, path, body)
        stale = maya.send(method, path, body, if_match='"7"')
        assert [(answer.status, answer.body["type"]) for answer in (missing, stale)] == [(428, "precondition-required"), (412, "stale-version")]
    assert maya.get(path).body["name"] == "The sea"
    assert maya.send("PUT", path, change, if_match="*").status == 200
    assert maya.send("PUT", path, change, if_match='"9", W/"2"').status == 200


def test_a_project_names_only_what_there_is(stranger: Any, database: Any, maya: Any) -> None:
    ben = stranger.sign_up("ben@example.org")
    with database.transaction() as session:
        mine, his = add_media(session, maya.creator_id).id, add_media(session, ben.creator_id).id
    foreign = maya.post("/v1/projects", {"name": "The sea", "media_ids": [mine, his]})
    assert (foreign.status, [error["pointer"] for error in foreign.body["errors"]]) == (404, ["/media_ids/1"])
    template = maya.post("/v1/projects", {"name": "The sea", "template": "nothing"})
    assert (template.status, template.body["errors"][0]["pointer"]) == (422, "/template")
    assert template.body["detail"].startswith('There is no template "nothing". There is: ')
    assert "editorial" in template.body["detail"]
    language = maya.post("/v1/projects", {"name": "The sea", "brief": {"language": "xx"}})
    assert (language.status, language.body["errors"][0]["pointer"]) == (422, "/brief/language")
    assert maya.post("/v1/projects", {"name": "The sea", "brief": {"language": "pt-BR"}}).status == 201


def test_a_project_takes_sixty_files(maya: Any) -> None:
    answer = maya.post("/v1/projects", {"name": "The sea", "media_ids": [f"media_{number:026}" for number in range(61)]})
    assert (answer.status, answer.body["errors"]) == (422, [{"pointer": "/media_ids", "detail": "At most 60 entries."}])


def test_a_copy_is_a_project_of_its_own(maya: Any) -> None:
    first = maya.post("/v1/projects", {"name": "x" * 120, "brief": BRIEF}).body
    copy = maya.post(f"/v1/projects/{first['id']}/duplicate", {}, idempotency_key="key-1")
    again = maya.post(f"/v1/projects/{first['id']}/duplicate", {}, idempotency_key="key-1")
    assert (copy.status, copy.body["version"], copy.body["brief"]) == (201, 1, first["brief"])
    assert copy.body["name"].endswith("x (copy)")
    assert again.body == copy.body
    assert len(maya.get("/v1/projects").body["items"]) == 2


@pytest.mark.parametrize("sort", ["-created_at", "created_at"])
def test_lists_go_page_by_page(maya: Any, sort: str) -> None:
    names = [f"project {number}" for number in range(5)]
    for name in names:
        maya.post("/v1/projects", {"name": name})
    seen, cursor = [], None
    while True:
        page = maya.get("/v1/projects", limit=2, sort=sort, **({"cursor": cursor} if cursor else {})).body
        seen += [item["name"] for item in page["items"]]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert seen == (names if sort == "created_at" else names[::-1])


def test_a_project_whose_reel_is_being_made_cannot_be_deleted(database: Any, maya: Any) -> None:
    with database.transaction() as session:
        media = add_media(session, maya.creator_id).id
    project = maya.post("/v1/projects", {"name": "The sea", "media_ids": [media]}).body
    maya.post(f"/v1/projects/{project['id']}/generations", {}, idempotency_key="key-1")
    answer = maya.send("DELETE", f"/v1/projects/{project['id']}", if_match='"1"')
    assert (answer.status, "being made" in answer.body["detail"]) == (409, True)


def test_a_deleted_project_takes_its_generations_reels_renders_and_files_with_it(world: Any, database: Any, maya: Any) -> None:
    with database.transaction() as session:
        media = add_media(session, maya.creator_id).id
    project = maya.post("/v1/projects", {"name": "The sea", "media_ids": [media]}).body
    generation = maya.post(f"/v1/projects/{project['id']}/generations", {}, idempotency_key="key-1").body["id"]
    with database.transaction() as session:
        row = session.get_one(GenerationRow, generation)
        run_generation(session, row)
        row.state, reel, render = "succeeded", row.reel_id, row.render_id
    running = maya.send("DELETE", f"/v1/projects/{project['id']}", if_match="*")
    assert (running.status, "being rendered" in running.body["detail"]) == (409, True)
    with database.transaction() as session:
        session.get_one(RenderRow, render).state = "succeeded"
    assert maya.send("DELETE", f"/v1/projects/{project['id']}", if_match="*").status == 204
    assert world.files.deleted == [f"renders/{maya.creator_id}/{render}/", f"generations/{maya.creator_id}/{generation}/"]
    for path in (f"generations/{generation}", f"reels/{reel}", f"renders/{render}"):
        assert maya.get(f"/v1/{path}").status == 404
    assert maya.get(f"/v1/media/{media}").status == 200


@pytest.mark.parametrize("handle", ["two words", "@", "a" * 61, "x;y", "@@x"])
def test_a_handle_that_is_none_is_refused_in_words(maya: Any, handle: str) -> None:
    answer = maya.post("/v1/projects", {"name": "The sea", "brief": {"handle": handle}})
    assert answer.status == 422
    assert answer.body["errors"] == [
        {"pointer": "/brief/handle", "detail": "A handle has 1 to 60 letters, digits, dots and underscores, with or without an @ before them."}
    ]


@pytest.mark.parametrize("handle", ["", "@slow.rooms", "möwe_7", "a" * 60])
def test_a_handle_that_is_one_is_taken(maya: Any, handle: str) -> None:
    assert maya.post("/v1/projects", {"name": "The sea", "brief": {"handle": handle}}).body["brief"]["handle"] == handle
