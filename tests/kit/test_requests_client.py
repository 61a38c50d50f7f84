"""The HTTP client tells a call that was never heard from one whose answer was lost."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from reelwright.kit.http_client import AnswerLost, HttpRequest, NotHeard
from reelwright.kit.requests_client import RequestsClient


@contextmanager
def _server(answer: Callable[[socket.socket], None]) -> Iterator[str]:
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        connection, _ = listener.accept()
        with connection:
            connection.recv(65_536)
            answer(connection)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/somewhere"
    finally:
        listener.close()
        thread.join(5)


def test_an_answer_has_status_headers_in_lower_case_and_json() -> None:
    with _server(lambda to: to.sendall(b'HTTP/1.1 308 Resume\r\nRange: bytes=0-9\r\nContent-Length: 8\r\n\r\n{"a": 1}')) as url:
        answer = RequestsClient().send(HttpRequest("PUT", url, body=b"x"))
    assert (answer.status, answer.headers["range"], answer.read_json()) == (308, "bytes=0-9", {"a": 1})


def test_a_redirect_is_handed_out_and_not_followed() -> None:
    with _server(lambda to: to.sendall(b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:9/\r\nContent-Length: 0\r\n\r\n")) as url:
        assert RequestsClient().send(HttpRequest("GET", url)).status == 302


def test_a_page_that_is_no_json_object_reads_as_an_empty_one() -> None:
    with _server(lambda to: to.sendall(b"HTTP/1.1 502 Bad\r\nContent-Length: 6\r\n\r\n<html>")) as url:
        assert RequestsClient().send(HttpRequest("GET", url)).read_json() == {}


def test_a_port_where_nobody_listens_was_not_heard() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    with pytest.raises(NotHeard):
        RequestsClient().send(HttpRequest("POST", f"http://127.0.0.1:{port}/", body=b"x"))


def test_a_connection_that_ends_after_the_request_has_a_lost_answer() -> None:
    with _server(lambda to: None) as url, pytest.raises(AnswerLost):
        RequestsClient().send(HttpRequest("POST", url, body=b"x"))


def test_an_answer_that_stops_in_its_middle_is_lost() -> None:
    with _server(lambda to: to.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf")) as url, pytest.raises(AnswerLost):
        RequestsClient().send(HttpRequest("GET", url))


def test_a_server_that_says_nothing_in_time_has_a_lost_answer() -> None:
    done = threading.Event()
    with _server(lambda to: done.wait(5) and None) as url:
        with pytest.raises(AnswerLost):
            RequestsClient().send(HttpRequest("GET", url, timeout_seconds=0.2))
        done.set()
