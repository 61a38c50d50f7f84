"""The command line's HTTP client, against a small server on loopback."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from command_line.api_client import ApiClient, ApiError


class _Desk:
    """What the server answers, by method and path, and what it was asked."""

    def __init__(self) -> None:
        self.answers: dict[tuple[str, str], list[tuple[int, Any]]] = {}
        self.asked: list[tuple[str, str, dict[str, str], bytes]] = []
        self.url = ""


@pytest.fixture
def desk() -> Iterator[_Desk]:
    desk = _Desk()

    class Handler(BaseHTTPRequestHandler):
        def _answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            path = self.path.split("?")[0]
            desk.asked.append((self.command, self.path, {name.lower(): value for name, value in self.headers.items()}, body))
            waiting = desk.answers[self.command, path]
            status, answer = waiting.pop(0) if len(waiting) > 1 else waiting[0]
            payload = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(payload)))
            self.end_headers()
            self.wfile.write(payload)

        do_GET = do_POST = do_PUT = _answer  # noqa: N815  # the names http.server asks for

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    desk.url = f"http://127.0.0.1:{server.server_port}"
    yield desk
    server.shutdown()
    server.server_close()
    thread.join()


def test_an_expired_token_is_renewed_once_and_kept(desk: _Desk) -> None:
    kept: list[dict[str, str]] = []
    desk.answers["GET", "/v1/me"] = [(401, {"detail": "expired"}), (200, {"id": "creator_1"})]
    desk.answers["POST", "/v1/auth/refresh"] = [(200, {"access_token": "new", "refresh_token": "r2"})]
    client = ApiClient(desk.url, {"access_token": "old", "refresh_token": "r1"}, kept.append)
    assert client.get("/v1/me") == {"id": "creator_1"}
    assert kept == [{"access_token": "new", "refresh_token": "r2"}]
    assert [headers["authorization"] for _, path, headers, _ in desk.asked if path == "/v1/me"] == ["Bearer old", "Bearer new"]


def test_a_problem_document_becomes_its_sentence_and_fields(desk: _Desk) -> None:
    problem = {"type": "invalid-input", "detail": "Something is wrong.", "errors": [{"pointer": "/brief/length_seconds", "detail": "at most 90"}]}
    desk.answers["POST", "/v1/projects"] = [(422, problem)]
    with pytest.raises(ApiError) as caught:
        ApiClient(desk.url, {}, lambda _: None).post("/v1/projects", {})
    assert caught.value.status == 422
    assert str(caught.value) == "Length seconds: at most 90"


def test_a_field_that_says_what_the_whole_says_is_not_said_twice(desk: _Desk) -> None:
    detail = 'There is no template "nope". There is: editorial.'
    desk.answers["POST", "/v1/projects"] = [(422, {"detail": detail, "errors": [{"pointer": "/template", "detail": 'There is no template "nope".'}]})]
    with pytest.raises(ApiError) as caught:
        ApiClient(desk.url, {}, lambda _: None).post("/v1/projects", {})
    assert str(caught.value) == detail


def test_a_sentence_that_names_its_file_is_not_replaced_by_a_count_of_bytes(desk: _Desk) -> None:
    detail = "IMG.mov is 214 MB; a clip may have 100 MB. Make a smaller copy, or leave it out."
    desk.answers["POST", "/v1/media/uploads"] = [
        (413, {"type": "too-large", "detail": detail, "errors": [{"pointer": "/size_bytes", "detail": "At most 100000000 bytes."}]})
    ]
    with pytest.raises(ApiError) as caught:
        ApiClient(desk.url, {}, lambda _: None).post("/v1/media/uploads", {})
    assert str(caught.value) == detail


def test_a_platform_that_restarts_is_waited_for_and_the_key_stays_the_same(desk: _Desk) -> None:
    desk.answers["POST", "/v1/projects"] = [(503, {}), (201, {"id": "project_1"})]
    assert ApiClient(desk.url, {}, lambda _: None).post("/v1/projects", {}) == {"id": "project_1"}
    assert len({headers["idempotency-key"] for _, _, headers, _ in desk.asked}) == 1


def test_a_file_is_sent_whole_with_its_length_and_counted(desk: _Desk, tmp_path: Path) -> None:
    file = tmp_path / "a.jpg"
    file.write_bytes(bytes(range(256)) * 4000)
    seen: list[int] = []
    desk.answers["PUT", "/bucket/key"] = [(200, b"")]
    ApiClient(desk.url, {}, lambda _: None).put_file(f"{desk.url}/bucket/key", {"Content-Type": "image/jpeg"}, file, seen.append)
    _, _, headers, body = desk.asked[0]
    assert body == file.read_bytes()
    assert headers["content-length"] == str(file.stat().st_size)
    assert headers["content-type"] == "image/jpeg"
    assert (seen[0], seen[-1]) == (0, file.stat().st_size)


def test_a_download_appears_whole_or_not_at_all(desk: _Desk, tmp_path: Path) -> None:
    desk.answers["GET", "/bucket/key"] = [(403, b"no")]
    client = ApiClient(desk.url, {}, lambda _: None)
    with pytest.raises(ApiError, match="403"):
        client.download(f"{desk.url}/bucket/key", tmp_path / "a.mp4")
    assert list(tmp_path.iterdir()) == []
    desk.answers["GET", "/bucket/key"] = [(200, b"whole")]
    client.download(f"{desk.url}/bucket/key", tmp_path / "a.mp4")
    assert [path.name for path in tmp_path.iterdir()] == ["a.mp4"]
    assert (tmp_path / "a.mp4").read_bytes() == b"whole"


def test_lists_are_read_page_after_page(desk: _Desk) -> None:
    desk.answers["GET", "/v1/media"] = [(200, {"items": [{"id": 1}], "next_cursor": "c"}), (200, {"items": [{"id": 2}], "next_cursor": None})]
    assert [item["id"] for item in ApiClient(desk.url, {}, lambda _: None).list_all("/v1/media")] == [1, 2]
    assert "cursor=c" in desk.asked[1][1]
