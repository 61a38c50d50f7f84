"""What holds for every request: problem documents, ids, sizes, unknown things, repeats."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError

from functions.api.main import MAX_ANSWER_BYTES, handler_of
from functions.api.problem import Problem
from reelwright.kit.errors import ReelwrightError

PROJECT = {"name": "The sea", "brief": {"prompt": "A week at the sea."}}


def test_every_error_class_becomes_a_problem_document(stranger: Any) -> None:
    from functions.api.problem import answer_problem

    classes, seen = [ReelwrightError], []
    while classes:
        class_ = classes.pop()
        classes += class_.__subclasses__()
        answer = answer_problem(class_("In words.", retry_after_seconds=7), "request-1")
        problem = Problem.model_validate_json(answer.body or "")
        assert (answer.status_code, problem.status, problem.detail, problem.request_id) == (class_.status, class_.status, "In words.", "request-1")
        assert answer.headers["Retry-After"] == "7"
        seen.append(problem.type)
    assert len(seen) >= 20


@pytest.mark.parametrize(
    ("body", "pointer", "words"),
    [
        ({"brief": {}}, "/name", "This field is missing."),
        ({**PROJECT, "colour": 1}, "/colour", "There is no field of this name."),
        ({**PROJECT, "name": ""}, "/name", "At least 1 character(s)."),
        ({**PROJECT, "name": 7}, "/name", "This is not text."),
        ({**PROJECT, "brief": {"length_seconds": 91}}, "/brief/length_seconds", "At most 90."),
        ({**PROJECT, "brief": {"platforms": ["myspace"]}}, "/brief/platforms/0", "One of: 'instagram', 'facebook', 'youtube' or 'tiktok'."),
        ({**PROJECT, "brief": {"script": "x" * 6001}}, "/brief/script", "At most 6000 characters."),
        ({**PROJECT, "media_ids": ["a", "a"]}, "", "Each file is named once in media_ids."),
        ([], "", "This is not an object."),
    ],
)
def test_a_wrong_field_is_pointed_at_in_words(maya: Any, body: Any, pointer: str, words: str) -> None:
    answer = maya.post("/v1/projects", body)
    assert (answer.status, answer.body["type"]) == (422, "invalid-input")
    assert answer.body["errors"] == [{"pointer": pointer, "detail": words}]


def test_a_pointer_leads_through_unions_to_the_field_itself(maya: Any) -> None:
    clip = {
        "id": "one",
        "start": "0",
        "duration": "3",
        "cut": {"on": "start"},
        "layers": [{"kind": "fill", "rect": {"x": 1, "y": 0, "width": 2, "height": 2}, "colour": "#000000"}],
    }
    answer = maya.send("PUT", f"/v1/reels/reel_{'0' * 26}", {"template": "editorial", "tracks": [{"clips": [clip]}]}, if_match='"1"')
    assert [error["pointer"] for error in answer.body["errors"]] == ["/tracks/0/clips/0/layers/0/rect/x"]


@pytest.mark.parametrize("raw", ["{", "nonsense", '{"name": NaN}', "[" * 100_000])
def test_text_that_is_not_json_is_malformed(maya: Any, raw: str) -> None:
    answer = maya.send("POST", "/v1/projects", raw=raw)
    assert (answer.status, answer.body["type"]) == (400, "bad-request")


def test_characters_that_cannot_be_stored_are_refused(maya: Any) -> None:
    for name in ("a\x00b", "half \ud83d"):
        assert maya.post("/v1/projects", {**PROJECT, "name": name}).status == 422


def test_a_body_may_come_in_base64(maya: Any) -> None:
    assert maya.send("POST", "/v1/projects", PROJECT, is_base64=True).status == 201


def test_a_body_of_another_type_or_size_is_refused(maya: Any) -> None:
    form = maya.send("POST", "/v1/projects", raw="name=sea", content_type="application/x-www-form-urlencoded")
    large = maya.post("/v1/projects", {**PROJECT, "name": "x" * 1_000_001})
    assert [(answer.status, answer.body["type"]) for answer in (form, large)] == [(415, "unsupported-media"), (413, "too-large")]


@pytest.mark.parametrize(
    ("method", "path"), [("GET", "/v1/nothing"), ("GET", "/"), ("PATCH", "/v1/me"), ("GET", "/v1/me/"), ("GET", "/v1/{x}?a=1"), ("GET", "/v2/me")]
)
def test_an_unknown_route_is_not_found(maya: Any, method: str, path: str) -> None:
    answer = maya.send(method, path)
    assert (answer.status, answer.headers["Content-Type"], answer.body["type"]) == (404, "application/problem+json", "not-found")
    assert "no such route" in answer.body["detail"]


def test_an_unknown_parameter_is_refused_not_dropped(maya: Any) -> None:
    answer = maya.get("/v1/projects", limt=3)
    assert (answer.status, answer.body["errors"]) == (422, [{"pointer": "limt", "detail": "There is no parameter of this name."}])


@pytest.mark.parametrize(("name", "value"), [("limit", "0"), ("limit", "101"), ("limit", "many"), ("cursor", "nonsense"), ("sort", "name")])
def test_a_parameter_that_cannot_be_is_refused(maya: Any, name: str, value: str) -> None:
    answer = maya.get("/v1/projects", **{name: value})
    assert answer.status == 422
    assert [error["pointer"] for error in answer.body["errors"]] == [name]


def test_an_id_that_cannot_be_ours_is_not_found(maya: Any) -> None:
    for id_ in ("1", "media_%00", "media_" + "u" * 26, "media_01jdc5w0fk7q2m3n4p5r6s7t8v%20or%201=1"):
        assert maya.get(f"/v1/media/{id_}").status == 404


def test_a_request_keeps_its_id(maya: Any) -> None:
    assert maya.send("GET", "/v1/me", x_request_id="mine-1").headers["X-Request-Id"] == "mine-1"
    assert maya.send("GET", "/v1/me", x_request_id="two words\n").headers["X-Request-Id"] == "UklDaHlUbGlGaVEEJxA="
    problem = maya.send("GET", "/v1/nothing", x_request_id="mine-2")
    assert (problem.headers["X-Request-Id"], problem.body["request_id"]) == ("mine-2", "mine-2")


def test_what_nobody_expected_says_nothing_about_our_insides(world: Any, maya: Any) -> None:
    def fail(*_: Any) -> None:
        raise RuntimeError("password=secret at /srv/app.py")

    world.files.sign_upload = fail
    answer = maya.post("/v1/media/uploads", {"file_name": "a.jpg", "content_type": "image/jpeg", "size_bytes": 5}, x_request_id="mine-3")
    assert (answer.status, answer.body["type"], answer.body["request_id"]) == (500, "internal-error", "mine-3")
    assert "secret" not in json.dumps(answer.body)
    assert maya.get("/v1/media").body["items"] == [], "nothing was changed"


def test_a_database_that_is_away_is_said_so(world: Any, maya: Any) -> None:
    class Away:
        def transaction(self) -> Any:
            raise OperationalError("SELECT 1", {}, Exception("refused"))

    world.__dict__["database"] = Away()
    answer = maya.get("/v1/projects")
    assert (answer.status, answer.body["type"], answer.headers["Retry-After"]) == (503, "unavailable", "5")


def test_an_answer_that_lambda_could_not_carry_is_said_so(world: Any, maya: Any) -> None:
    project = maya.post("/v1/projects", PROJECT).body
    world.files.sign_upload = lambda *_: "x" * MAX_ANSWER_BYTES
    answer = maya.post("/v1/media/uploads", {"file_name": "a.jpg", "content_type": "image/jpeg", "size_bytes": 5})
    assert (answer.status, answer.body["type"]) == (413, "too-large")
    assert maya.get(f"/v1/projects/{project['id']}").status == 200


def test_a_repeat_gets_the_same_answer_and_does_nothing(maya: Any) -> None:
    first = maya.post("/v1/projects", PROJECT, idempotency_key="key-1")
    again = maya.send("POST", "/v1/projects", raw=json.dumps(dict(reversed(PROJECT.items())), indent=2), idempotency_key="key-1")
    assert (again.status, again.body) == (first.status, first.body) == (201, first.body)
    assert (again.headers["Location"], again.headers["ETag"]) == (first.headers["Location"], first.headers["ETag"])
    assert (first.headers.get("Idempotent-Replayed"), again.headers["Idempotent-Replayed"]) == (None, "true")
    assert len(maya.get("/v1/projects").body["items"]) == 1


def test_a_key_belongs_to_one_request_of_one_creator(stranger: Any, maya: Any) -> None:
    maya.post("/v1/projects", PROJECT, idempotency_key="key-1")
    other = maya.post("/v1/projects", {**PROJECT, "name": "The hills"}, idempotency_key="key-1")
    assert (other.status, other.body["type"]) == (422, "invalid-input")
    assert "another request" in other.body["detail"]
    assert stranger.sign_up("ben@example.org").post("/v1/projects", PROJECT, idempotency_key="key-1").status == 201
    assert maya.post("/v1/projects", PROJECT, idempotency_key="two words").status == 400


def test_a_request_that_failed_may_be_tried_again_with_its_key(maya: Any) -> None:
    missing = f"media_{'0' * 26}"
    assert maya.post("/v1/projects", {**PROJECT, "media_ids": [missing]}, idempotency_key="key-1").status == 404
    assert maya.post("/v1/projects", PROJECT, idempotency_key="key-1").status == 201


def test_health_says_that_the_api_answers(stranger: Any) -> None:
    answer = stranger.get("/v1/health")
    assert (answer.status, answer.body["status"]) == (200, "ok")


def test_a_handler_is_made_without_a_world() -> None:
    def nothing() -> Any:
        raise AssertionError("nothing happens before the first request")

    handler_of(nothing)


def test_the_api_loads_no_media_library() -> None:
    program = (
        "import sys, functions.api; print(*sorted({'numpy', 'av', 'cv2', 'scipy', 'PIL', 'onnxruntime', 'soundfile', 'openai', 'alembic'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


def test_head_is_a_get_without_its_body(maya: Any, stranger: Any) -> None:
    head = stranger.send("HEAD", "/v1/health")
    assert (head.status, head.body, head.headers["Cache-Control"]) == (200, None, "no-store")
    assert maya.send("HEAD", "/v1/me").status == 200
    assert stranger.send("HEAD", "/v1/me").status == 401
