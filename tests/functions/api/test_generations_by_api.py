"""Generations over HTTP."""

from __future__ import annotations

import threading
import time
from typing import Any

import pytest

from reelwright.creators.repeat_answer import StoredAnswer, keep_answer, recall_answer
from reelwright.generation.tables import GenerationRow
from reelwright.kit.identifiers import new_id
from tests.functions.api.make_rows import NOW, add_media, add_reel, add_render, run_generation


@pytest.fixture
def project(database: Any, maya: Any) -> dict[str, Any]:
    with database.transaction() as session:
        media = [add_media(session, maya.creator_id).id, add_media(session, maya.creator_id, "refused", "notes.jpg", refusal_reason="it is a text.").id]
    return dict(maya.post("/v1/projects", {"name": "The sea", "brief": {"prompt": "A week.", "language": "en"}, "media_ids": media}).body)


def start(client: Any, project: dict[str, Any], key: str = "key-1") -> Any:
    return client.post(f"/v1/projects/{project['id']}/generations", {}, idempotency_key=key)


def test_a_generation_is_a_row_first_and_then_an_execution(world: Any, maya: Any, project: dict[str, Any]) -> None:
    answer = start(maya, project)
    id_ = answer.body["id"]
    assert (answer.status, answer.headers["Location"]) == (202, f"/v1/generations/{id_}")
    assert (answer.body["state"], answer.body["project_id"], answer.body["template"]) == ("queued", project["id"], "auto")
    assert answer.body["progress"] == {"stage": "queued", "percent": 0, "eta_seconds": None, "queue_place": None}
    assert world.storyboards.started == [{"arn": "arn:generate", "name": f"{id_}-0", "input": {"creator_id": maya.creator_id, "generation_id": id_}}]
    assert maya.get(f"/v1/generations/{id_}").body == answer.body


def test_the_snapshot_holds_what_can_be_used_and_says_what_is_left_out(database: Any, maya: Any, project: dict[str, Any]) -> None:
    id_ = start(maya, project).body["id"]
    with database.transaction() as session:
        request = session.get_one(GenerationRow, id_).request
    assert request["media_ids"] == project["media_ids"][:1]
    assert (request["brief"]["prompt"], request["template"]) == ("A week.", "auto")
    sentences = [event["sentence"] for event in maya.get(f"/v1/generations/{id_}/events").body["items"]]
    assert sentences == ["The generation is queued.", "notes.jpg is left out: it is a text."]


def test_a_start_needs_a_key_and_a_repeat_starts_nothing(world: Any, maya: Any, project: dict[str, Any]) -> None:
    without = maya.post(f"/v1/projects/{project['id']}/generations", {})
    assert (without.status, [error["pointer"] for error in without.body["errors"]]) == (422, ["Idempotency-Key"])
    first, again = start(maya, project), start(maya, project)
    assert (again.body, again.headers["Idempotent-Replayed"]) == (first.body, "true")
    assert len(world.storyboards.started) == 1


def test_two_starts_at_once_with_one_key_make_one_generation(database: Any, maya: Any) -> None:
    """Two processes meet only in the database, so that is where they meet here."""
    begun, answers = threading.Barrier(2), []

    def send() -> None:
        with database.transaction() as session:
            begun.wait()
            known = recall_answer(session, maya.creator_id, "key-1", "hash", NOW)
            if known is None:
                time.sleep(0.1)  # the other one waits for this transaction meanwhile
                known = StoredAnswer(202, {"id": new_id("gen")})
                keep_answer(session, maya.creator_id, "key-1", known)
            answers.append(known.body["id"])

    threads = [threading.Thread(target=send) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=20)
    assert len(answers) == 2
    assert len(set(answers)) == 1


def test_an_execution_that_could_not_be_started_is_left_to_the_reconciler(world: Any, maya: Any, project: dict[str, Any]) -> None:
    world.storyboards.is_out_of_reach = True
    answer = start(maya, project)
    assert (answer.status, maya.get(f"/v1/generations/{answer.body['id']}").body["state"]) == (202, "queued")


def test_the_place_in_the_queue_is_shown(maya: Any, project: dict[str, Any]) -> None:
    ids = [start(maya, project, f"key-{number}").body["id"] for number in range(3)]
    assert [maya.get(f"/v1/generations/{id_}").body["progress"]["queue_place"] for id_ in ids] == [None, 1, 2]


@pytest.mark.parametrize(
    ("states", "words"),
    [
        ([], "This project has no photos or clips yet. Add some, then start."),
        (["refused"], "None of the files of this project can be used. Each says why; add others, then start."),
        (["awaiting_upload", "refused"], "None of the files of this project was sent yet. Upload them, then start."),
    ],
)
def test_without_usable_media_nothing_starts(world: Any, database: Any, maya: Any, states: list[str], words: str) -> None:
    with database.transaction() as session:
        media = [add_media(session, maya.creator_id, state).id for state in states]
    project = maya.post("/v1/projects", {"name": "The sea", "media_ids": media}).body
    answer = start(maya, project)
    assert (answer.status, answer.body["detail"]) == (409, words)
    assert world.storyboards.started == []
    assert maya.get("/v1/generations").body["items"] == []


def test_a_file_deleted_meanwhile_is_named(maya: Any, project: dict[str, Any]) -> None:
    maya.send("DELETE", f"/v1/media/{project['media_ids'][0]}")
    answer = start(maya, project)
    assert (answer.status, [error["pointer"] for error in answer.body["errors"]]) == (404, ["/media_ids/0"])


def test_a_creator_has_a_cap(maya: Any, project: dict[str, Any]) -> None:
    answers = [start(maya, project, f"key-{number}") for number in range(21)]
    assert [answer.status for answer in answers] == [202] * 20 + [429]
    assert (answers[-1].body["type"], answers[-1].headers["Retry-After"]) == ("rate-limited", "60")


def test_progress_moves_with_the_render(database: Any, maya: Any, project: dict[str, Any]) -> None:
    id_ = start(maya, project).body["id"]
    with database.transaction() as session:
        run_generation(session, session.get_one(GenerationRow, id_))
    body = maya.get(f"/v1/generations/{id_}").body
    assert body["state"] == "running"
    assert (body["progress"]["stage"], body["progress"]["percent"]) == ("rendering", 44 + (92 - 44) // 2)
    assert body["progress"]["eta_seconds"] > 9


def test_cancelling_asks_to_stop_and_may_be_repeated(database: Any, maya: Any, project: dict[str, Any]) -> None:
    id_ = start(maya, project).body["id"]
    for _ in range(2):
        answer = maya.post(f"/v1/generations/{id_}/cancel", {}, idempotency_key="cancel-1")
        assert (answer.status, answer.body["is_cancel_requested"]) == (202, True)
    assert maya.post(f"/v1/generations/{id_}/cancel").status == 202, "a body is not needed"
    notes = [event["sentence"] for event in maya.get(f"/v1/generations/{id_}/events").body["items"]]
    assert notes.count("You asked to stop. What runs now is ended.") == 1
    with database.transaction() as session:
        session.get_one(GenerationRow, id_).state = "succeeded"
    assert maya.post(f"/v1/generations/{id_}/cancel", {}).status == 409


def test_the_history_goes_on_after_an_event(maya: Any, project: dict[str, Any]) -> None:
    path = f"/v1/generations/{start(maya, project).body['id']}/events"
    first = maya.get(path, limit=1).body
    (event,) = first["items"]
    assert first["next_cursor"] == str(event["id"])
    for parameter in ("after", "cursor"):
        rest = maya.get(path, **{parameter: event["id"]}).body
        assert ([item["sentence"] for item in rest["items"]], rest["next_cursor"]) == (["notes.jpg is left out: it is a text."], None)


def test_a_failure_is_told_in_words(database: Any, maya: Any, project: dict[str, Any]) -> None:
    id_ = start(maya, project).body["id"]
    with database.transaction() as session:
        row = session.get_one(GenerationRow, id_)
        row.state, row.failure_type, row.failure_detail = "failed", "RenderFailed", "The renderer ran out of room."
    assert maya.get(f"/v1/generations/{id_}").body["failure"] == {"type": "RenderFailed", "detail": "The renderer ran out of room."}


def test_generations_can_be_listed_by_project_and_state(maya: Any, project: dict[str, Any]) -> None:
    id_ = start(maya, project).body["id"]
    other = maya.post("/v1/projects", {"name": "The hills"}).body
    assert [item["id"] for item in maya.get("/v1/generations", project_id=project["id"], state="queued").body["items"]] == [id_]
    assert maya.get("/v1/generations", project_id=other["id"]).body["items"] == []
    assert maya.get("/v1/generations", state="failed").body["items"] == []
    assert maya.get("/v1/generations", state="finished").status == 422


def test_the_report_gathers_what_is_there(world: Any, database: Any, maya: Any, project: dict[str, Any]) -> None:
    id_ = start(maya, project).body["id"]
    empty = maya.get(f"/v1/generations/{id_}/report").body
    assert (empty["plan"], empty["gate"], empty["cuts"], empty["steps"]) == (None, None, [], [])
    with database.transaction() as session:
        row = session.get_one(GenerationRow, id_)
        run_generation(session, row)
    world.files.documents[f"generations/{maya.creator_id}/{id_}/plan.json"] = {"title": "The sea", "notes": ["Short."]}
    report = maya.get(f"/v1/generations/{id_}/report").body
    assert (report["plan"]["title"], report["request"]["template"], report["duration_seconds"]) == ("The sea", "auto", 5.0)
    assert report["cuts"] == [
        {"at": 0.0, "on": "start", "reference": None, "offset_frames": None, "reason": "It opens."},
        {"at": 3.0, "on": "beat", "reference": 3.033, "offset_frames": -1, "reason": "It closes."},
    ]
    assert report["steps"] == [{"name": "Plan", "state": "succeeded", "runs": 1, "taken_from": None, "seconds": 1.5, "error": None}]
    assert report["provider_calls"][0]["provider"] == "hibari"
    assert report["rights"] == [{"what": "music", "by": "Somebody", "licence": "MIT"}]


def test_variants_are_told_with_hook_score_and_reason_and_a_preview_has_an_address(database: Any, maya: Any, project: dict[str, Any]) -> None:
    answer = maya.post(f"/v1/projects/{project['id']}/generations", {"variants": 2}, idempotency_key="key-1")
    id_ = answer.body["id"]
    assert (answer.status, answer.body["variants"]) == (202, [])
    with database.transaction() as session:
        row = session.get_one(GenerationRow, id_)
        assert row.request["variants"] == 2
        run_generation(session, row)
        reel = add_reel(session, maya.creator_id, generation_id=id_)
        preview = add_render(session, maya.creator_id, reel.id, generation_id=id_, preview_width=540)
        preview.files = {"master": {"key": "renders/x/y/master.mp4", "size_bytes": 3, "content_type": "video/mp4"}}
        facts = {"hook_kind": "statement", "order": "creator", "score": 80.0, "why": ["The hook names a number."]}
        row.variants = [
            {"number": 1, "hook": "The sea", "template": "editorial", **facts},
            {"number": 2, "hook": "Who stays?", "template": "soft", **facts, "reel_id": reel.id, "render_id": preview.id},
        ]
        full, small = (row.reel_id, row.render_id), (reel.id, preview.id)
    shown = maya.get(f"/v1/generations/{id_}").body
    assert shown["template"] == "editorial", "what was chosen, where nothing was asked for"
    first, second = shown["variants"]
    assert ((first["reel_id"], first["render_id"]), first["is_preview"], first["state"], first["url"]) == (full, False, "running", None)
    assert ((second["reel_id"], second["render_id"]), second["is_preview"], second["state"]) == (small, True, "succeeded")
    assert (second["hook"], second["score"], second["why"]) == ("Who stays?", 80.0, ["The hook names a number."])
    assert "renders/x/y/master.mp4" in second["url"]
    assert maya.get(f"/v1/generations/{id_}/variants").body["items"] == shown["variants"]
    assert maya.get(f"/v1/generations/{id_}/report").body["generation"]["variants"] == shown["variants"]
    chosen = maya.post(f"/v1/reels/{reel.id}/renders", {"platforms": ["instagram"]})
    assert (chosen.status, chosen.body["is_preview"]) == (202, False)
    assert maya.get(f"/v1/renders/{preview.id}").body["is_preview"]


def test_more_than_three_variants_are_not_made(maya: Any, project: dict[str, Any]) -> None:
    answer = maya.post(f"/v1/projects/{project['id']}/generations", {"variants": 4}, idempotency_key="key-1")
    assert (answer.status, answer.body["errors"]) == (422, [{"pointer": "/variants", "detail": "At most 3."}])


def test_one_part_is_done_again_in_a_generation_of_its_own(world: Any, database: Any, maya: Any, project: dict[str, Any]) -> None:
    id_ = start(maya, project).body["id"]
    order = {"part": "voice", "voice": "af_sky"}
    early = maya.post(f"/v1/generations/{id_}/redo", order, idempotency_key="key-2")
    assert (early.status, "when the reel is finished" in early.body["detail"]) == (409, True)
    with database.transaction() as session:
        session.get_one(GenerationRow, id_).state = "succeeded"
    answer = maya.post(f"/v1/generations/{id_}/redo", order, idempotency_key="key-3")
    again = answer.body["id"]
    assert (answer.status, answer.headers["Location"], answer.body["redo_of"]) == (202, f"/v1/generations/{again}", id_)
    assert world.storyboards.started[-1]["input"] == {"creator_id": maya.creator_id, "generation_id": again}
    with database.transaction() as session:
        old, new = session.get_one(GenerationRow, id_).request, session.get_one(GenerationRow, again).request
    assert (new["redo"]["part"], new["brief"]["voice"], new["seed"], new["media_ids"]) == ("voice", "af_sky", old["seed"], old["media_ids"])


@pytest.mark.parametrize(
    ("order", "pointer"), [({"part": "colour"}, "/part"), ({"part": "shot"}, ""), ({"part": "hook", "text": "x" * 101}, "/text"), ({}, "/part")]
)
def test_a_part_that_is_none_is_refused_in_words(maya: Any, project: dict[str, Any], order: dict[str, Any], pointer: str) -> None:
    answer = maya.post(f"/v1/generations/{start(maya, project).body['id']}/redo", order, idempotency_key="key-2")
    assert (answer.status, [error["pointer"] for error in answer.body["errors"]]) == (422, [pointer])


def test_a_platform_that_does_not_take_the_shape_is_told_and_left_out(database: Any, maya: Any, project: dict[str, Any]) -> None:
    square = {**project["brief"], "shape": "1:1"}
    body = {name: project[name] for name in ("name", "template", "media_ids")}
    made = maya.post("/v1/projects", {**body, "brief": square}).body
    id_ = start(maya, made).body["id"]
    with database.transaction() as session:
        assert session.get_one(GenerationRow, id_).request["brief"]["platforms"] == ["instagram", "youtube", "tiktok"]
    sentences = [event["sentence"] for event in maya.get(f"/v1/generations/{id_}/events").body["items"]]
    assert "Facebook takes a reel only as 9:16, so there is no 1:1 file for it." in sentences
    alone = maya.post("/v1/projects", {**body, "brief": {**square, "platforms": ["facebook"]}}).body
    refused = start(maya, alone, "key-2")
    assert (refused.status, refused.body["errors"][0]["pointer"]) == (422, "/brief/shape")
    assert "Choose another shape" in refused.body["detail"]
