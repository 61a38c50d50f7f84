"""Every route, walked with another creator's ids: nothing is there. And without a sign-in: nothing at all."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from sqlalchemy import text

from functions.api.document import describe_api
from functions.api.main import build_app
from reelwright.kit.key_file_envelope import KeyFileEnvelope, make_key_file
from tests.functions.api.make_rows import add_media, add_reel, add_render, reel_document, run_generation
from tests.publishing.planned_posts import add_account, add_connection

BODIES: dict[str, Any] = {
    "PUT /v1/projects/{project_id}": {"name": "Mine now"},
    "PUT /v1/reels/{reel_id}": reel_document(),
    "POST /v1/reels/{reel_id}/renders": {},
    "POST /v1/generations/{generation_id}/redo": {"part": "hook"},
    "PATCH /v1/posts/{post_id}": {"content": {"caption": "Mine now"}},
    "POST /v1/posts/{post_id}/resolve": {"is_there": True},
    "PATCH /v1/social-accounts/{account_id}": {"label": "mine now"},
    "POST /v1/social-accounts/connect/{connect_id}/choose": {"external_ids": ["100"]},
}


def routes() -> list[tuple[str, str, dict[str, Any]]]:
    paths = describe_api(build_app())["paths"]
    return [(method.upper(), path, operation) for path, item in paths.items() for method, operation in item.items()]


def everything_of(database: Any, maya: Any) -> dict[str, str]:
    """One of each thing, by the name of its path parameter."""
    from reelwright.generation.tables import GenerationRow

    with database.transaction() as session:
        media = add_media(session, maya.creator_id).id
    project = maya.post("/v1/projects", {"name": "The sea", "media_ids": [media]}).body["id"]
    generation = maya.post(f"/v1/projects/{project}/generations", {}, idempotency_key="key-1").body["id"]
    with database.transaction() as session:
        run_generation(session, session.get_one(GenerationRow, generation))
        reel = add_reel(session, maya.creator_id).id
        finished = add_render(session, maya.creator_id, reel)
        finished.state, finished.files = "succeeded", {"master": {"key": "k", "size_bytes": 1, "content_type": "video/mp4"}}
        render, account = finished.id, add_account(session, maya.creator_id)
        connection = add_connection(session, maya.creator_id)
    post = maya.post("/v1/posts", {"social_account_id": account, "render_id": render}, idempotency_key="key-2").body["id"]
    published = {"post_id": post, "account_id": account, "connect_id": connection}
    return {**published, "media_id": media, "project_id": project, "generation_id": generation, "reel_id": reel, "render_id": render}


def snapshot(database: Any) -> dict[str, Any]:
    tables = (
        "media",
        "renditions",
        "media_analyses",
        "projects",
        "reels",
        "generations",
        "generation_events",
        "renders",
        "posts",
        "post_events",
        "social_accounts",
    )
    with database.transaction() as session:
        return {table: sorted(map(str, session.execute(text(f"SELECT * FROM {table}")).all())) for table in tables}


def test_another_creators_ids_lead_nowhere(world: Any, database: Any, stranger: Any, maya: Any, tmp_path: Path) -> None:
    make_key_file(tmp_path / "keys.json")
    world.__dict__["envelope"] = KeyFileEnvelope(tmp_path / "keys.json")
    ids = everything_of(database, maya)
    ben = stranger.sign_up("ben@example.org")
    before, started = snapshot(database), len(world.storyboards.started)
    walked = 0
    for method, path, operation in routes():
        if not operation.get("security"):
            continue
        names = re.findall(r"{(\w+)}", path)
        if not names:
            continue
        assert set(names) <= set(ids), f"say in this test what {names} is"
        address = path.format(**ids)
        body = BODIES.get(f"{method} {path}", {} if method == "POST" else None)
        answer = ben.send(method, address, body, if_match="*", idempotency_key="key-1")
        assert (answer.status, answer.body["type"]) == (404, "not-found"), f"{method} {path}"
        walked += 1
    assert walked >= 20
    assert snapshot(database) == before
    assert (len(world.storyboards.started), world.files.deleted) == (started, [])


def test_the_owners_ids_lead_somewhere(database: Any, maya: Any) -> None:
    """Else the walk above would prove nothing."""
    ids = everything_of(database, maya)
    for method, path, operation in routes():
        # What an account may do is asked of the platform: test_social_accounts_by_api.py does it.
        if method == "GET" and "{" in path and operation.get("security") and not path.endswith("/publishing-options"):
            assert maya.get(path.format(**ids)).status == 200, path


def test_ids_in_bodies_and_filters_lead_nowhere_either(database: Any, stranger: Any, maya: Any) -> None:
    ids = everything_of(database, maya)
    ben = stranger.sign_up("ben@example.org")
    assert ben.post("/v1/projects", {"name": "Mine", "media_ids": [ids["media_id"]]}).status == 404
    assert ben.get("/v1/generations", project_id=ids["project_id"]).status == 404
    reel = add_bens_reel(database, ben)
    with database.transaction() as session:
        account = add_account(session, ben.creator_id)
    assert ben.post("/v1/posts", {"social_account_id": account, "render_id": ids["render_id"]}, idempotency_key="key-3").status == 404
    stolen = reel_document(f"media/{maya.creator_id}/{ids['media_id']}/normal.jpg")
    assert ben.send("PUT", f"/v1/reels/{reel}", stolen, if_match="*").status == 404


def add_bens_reel(database: Any, ben: Any) -> str:
    with database.transaction() as session:
        return add_reel(session, ben.creator_id).id


def test_lists_hold_nothing_of_others(database: Any, stranger: Any, maya: Any) -> None:
    everything_of(database, maya)
    ben = stranger.sign_up("ben@example.org")
    for path in ("/v1/media", "/v1/projects", "/v1/generations", "/v1/posts", "/v1/social-accounts"):
        assert len(maya.get(path).body["items"]) == 1
        assert ben.get(path).body["items"] == []


def test_without_a_sign_in_nothing_is_answered(database: Any, stranger: Any, maya: Any) -> None:
    ids = everything_of(database, maya)
    for method, path, operation in routes():
        if operation.get("security"):
            body = BODIES.get(f"{method} {path}", operation_example(operation))
            answer = stranger.send(method, path.format(**ids), body, if_match="*", idempotency_key="key-1")
            assert (answer.status, answer.body["type"]) == (401, "not-signed-in"), f"{method} {path}"


def operation_example(operation: dict[str, Any]) -> Any:
    content = operation.get("requestBody", {}).get("content", {}).get("application/json", {})
    return content.get("example")
