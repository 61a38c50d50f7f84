"""The stand-ins over sockets: loopback only, faults that end connections, state that survives a kill, a page where the video plays."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import requests
from sandbox_wire import META_SCOPES, REDIRECT

from local.ports import free_port
from local.sandbox.accounts import CLIENT_ID, CLIENT_SECRET, INSTAGRAM

START_SECONDS = 20


class Process:
    """A server process on a directory."""

    def __init__(self, directory: Path, port: int) -> None:
        self.directory, self.port = directory, port
        self.url = f"http://127.0.0.1:{port}"
        environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        self._process = subprocess.Popen([sys.executable, "-m", "local.sandbox.server", str(directory), str(port)], env=environment)
        wait_for(lambda: requests.get(f"{self.url}/_control/health", timeout=5).ok)

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()

    def end(self) -> int:
        self._process.send_signal(signal.SIGTERM)
        return self._process.wait(10)


def wait_for(condition: Callable[[], Any], seconds: float = START_SECONDS) -> Any:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            if found := condition():
                return found
        except requests.ConnectionError:
            pass
        time.sleep(0.05)
    raise AssertionError("it did not happen in time")


@pytest.fixture(scope="module")
def directory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("sandbox")


@pytest.fixture
def server(directory: Path) -> Iterator[Process]:
    process = Process(directory, free_port())
    requests.post(f"{process.url}/_control/settings", json={"processing_seconds": 0.1}, timeout=5)
    yield process
    process.kill()


def connect(server: Process) -> str:
    query = {"client_id": CLIENT_ID, "redirect_uri": REDIRECT, "response_type": "code", "state": "s", "scope": META_SCOPES, "auto": "allow"}
    answer = requests.get(f"{server.url}/facebook-www/v26.0/dialog/oauth", params=query, allow_redirects=False, timeout=5)
    code = answer.headers["location"].split("code=")[1].split("&")[0].split("#")[0]
    app = {"client_id": CLIENT_ID, "client_secret": CLIENT_SECRET, "redirect_uri": REDIRECT, "code": code}
    return str(requests.get(f"{server.url}/graph/v26.0/oauth/access_token", params=app, timeout=5).json()["access_token"])


def publish(server: Process, token: str, reel: Path, caption: str) -> str:
    graph = f"{server.url}/graph/v26.0"
    said = {"access_token": token, "media_type": "REELS", "upload_type": "resumable", "caption": caption}
    opened = requests.post(f"{graph}/{INSTAGRAM}/media", data=said, timeout=5).json()
    content = reel.read_bytes()
    headers = {"Authorization": f"OAuth {token}", "offset": "0", "file_size": str(len(content))}
    assert requests.post(opened["uri"], data=content, headers=headers, timeout=10).json()["success"] is True
    status = {"access_token": token, "fields": "status_code"}
    wait_for(lambda: requests.get(f"{graph}/{opened['id']}", params=status, timeout=5).json()["status_code"] == "FINISHED")
    answer = requests.post(f"{graph}/{INSTAGRAM}/media_publish", data={"access_token": token, "creation_id": opened["id"]}, timeout=5)
    return str(answer.json()["id"])


def permalink(server: Process, token: str, media: str) -> str:
    shown = requests.get(f"{server.url}/graph/v26.0/{media}", params={"access_token": token, "fields": "permalink"}, timeout=5)
    return str(shown.json()["permalink"])


def test_a_post_and_its_tokens_survive_a_kill(directory: Path, reel: Path) -> None:
    first = Process(directory, free_port())
    requests.post(f"{first.url}/_control/settings", json={"processing_seconds": 0.1}, timeout=5)
    token = connect(first)
    media = publish(first, token, reel, "Still there <b>&</b>")
    first.kill()
    with (directory / "journal.jsonl").open("a") as journal:
        journal.write('{"t":"Upload","k":"half a li')
    second = Process(directory, first.port)
    try:
        page = requests.get(permalink(second, token, media), timeout=5)
        assert "Still there &lt;b&gt;&amp;&lt;/b&gt;" in page.text
        assert requests.get(f"{second.url}/_control/settings", timeout=5).json()["processing_seconds"] == 0.1
        overview = requests.get(second.url, timeout=5)
        assert "Still there" in overview.text
        assert "Harbour Market" in overview.text
        video = page.text.split("<video src='")[1].split("'")[0]
        whole = requests.get(second.url + video, timeout=5)
        assert whole.content == reel.read_bytes()
        part = requests.get(second.url + video, headers={"Range": "bytes=10-19"}, timeout=5)
        assert (part.status_code, part.content) == (206, reel.read_bytes()[10:20])
        assert part.headers["content-range"] == f"bytes 10-19/{len(whole.content)}"
    finally:
        assert second.end() == 0


def test_it_listens_on_the_loopback_interface_only_and_refuses_other_web_pages(server: Process) -> None:
    with socket.socket() as probe:
        probe.settimeout(2)
        own = [entry[4][0] for entry in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET) if not entry[4][0].startswith("127.")]
        for address in own:
            assert probe.connect_ex((address, server.port)) != 0
    health = f"{server.url}/_control/health"
    assert requests.get(health, headers={"Origin": "https://evil.test"}, timeout=5).status_code == 403
    assert requests.get(health, headers={"Host": "evil.test"}, timeout=5).status_code == 403
    assert requests.get(health, headers={"Origin": server.url}, timeout=5).status_code == 200


def test_a_cut_ends_the_connection_without_an_answer(server: Process, reel: Path) -> None:
    token = connect(server)
    requests.post(f"{server.url}/_control/faults", json={"kind": "cut_after", "vendor": "instagram", "operation": "open"}, timeout=5)
    said = {"access_token": token, "media_type": "REELS", "upload_type": "resumable", "caption": "cut"}
    with pytest.raises(requests.ConnectionError):
        requests.post(f"{server.url}/graph/v26.0/{INSTAGRAM}/media", data=said, timeout=5)
    assert requests.get(f"{server.url}/_control/calls", timeout=5).json()["calls"][-1]["fault"] == "cut_after"


def test_a_client_that_goes_away_in_the_middle_of_a_body_leaves_what_it_sent(server: Process) -> None:
    token = connect(server)
    said = {"access_token": token, "media_type": "REELS", "upload_type": "resumable"}
    uri = requests.post(f"{server.url}/graph/v26.0/{INSTAGRAM}/media", data=said, timeout=5).json()["uri"]
    connection = http.client.HTTPConnection("127.0.0.1", server.port)
    connection.putrequest("POST", uri.removeprefix(server.url))
    for name, value in {"Authorization": f"OAuth {token}", "offset": "0", "file_size": "1000", "Content-Length": "1000"}.items():
        connection.putheader(name, value)
    connection.endheaders(b"x" * 400)
    time.sleep(0.1)
    connection.close()
    stored = wait_for(lambda: requests.get(uri, headers={"Authorization": f"OAuth {token}"}, timeout=5).json()["offset"])
    assert stored == 400


def test_the_clock_can_be_moved_and_stopped(server: Process) -> None:
    clock = f"{server.url}/_control/clock"
    before = requests.get(clock, timeout=5).json()["now"]
    moved = requests.post(clock, json={"advance_seconds": 86_400, "freeze": True}, timeout=5).json()
    assert 86_399 < moved["now"] - before < 86_410
    assert requests.get(clock, timeout=5).json()["now"] == moved["now"]
    assert requests.post(clock, json={"advance_seconds": -5}, timeout=5).status_code == 400
    requests.post(clock, json={"freeze": False}, timeout=5)
    time.sleep(0.05)
    assert requests.get(clock, timeout=5).json()["now"] > moved["now"]


def test_a_video_at_an_address_is_fetched(server: Process, reel: Path) -> None:
    token = connect(server)
    media = publish(server, token, reel, "the source")
    page = requests.get(permalink(server, token, media), timeout=5).text
    source = server.url + page.split("<video src='")[1].split("'")[0]
    said = {"access_token": token, "media_type": "REELS", "video_url": source}
    container = requests.post(f"{server.url}/graph/v26.0/{INSTAGRAM}/media", data=said, timeout=5).json()["id"]
    status = {"access_token": token, "fields": "status_code"}
    wait_for(lambda: requests.get(f"{server.url}/graph/v26.0/{container}", params=status, timeout=5).json()["status_code"] == "FINISHED")


def test_a_post_shows_the_frame_that_was_chosen_and_a_cover_is_fetched_from_its_address(server: Process, reel: Path) -> None:
    token = connect(server)
    media = publish(server, token, reel, "with a frame")
    source = requests.get(f"{server.url}/graph/v26.0/{media}", params={"access_token": token, "fields": "thumbnail_url,media_url"}, timeout=5).json()
    frame = requests.get(source["thumbnail_url"], timeout=5)
    assert (frame.headers["content-type"], frame.content[:2]) == ("image/jpeg", b"\xff\xd8")
    said = {"access_token": token, "media_type": "REELS", "video_url": source["media_url"]}
    graph, status = f"{server.url}/graph/v26.0", {"access_token": token, "fields": "status_code,status"}
    good = requests.post(f"{graph}/{INSTAGRAM}/media", data={**said, "cover_url": source["thumbnail_url"]}, timeout=5).json()["id"]
    bad = requests.post(f"{graph}/{INSTAGRAM}/media", data={**said, "cover_url": source["media_url"]}, timeout=5).json()["id"]
    wait_for(lambda: requests.get(f"{graph}/{good}", params=status, timeout=5).json()["status_code"] == "FINISHED")
    wait_for(lambda: "2207005" in requests.get(f"{graph}/{bad}", params=status, timeout=5).json()["status"])
    requests.post(f"{graph}/{INSTAGRAM}/media_publish", data={"access_token": token, "creation_id": good}, timeout=5)
    assert requests.get(f"{server.url}/_control/posts", timeout=5).json()["posts"][0]["has_cover"] is True


def test_an_unknown_path_says_so(server: Process) -> None:
    answer = requests.get(f"{server.url}/nowhere", timeout=5)
    assert (answer.status_code, "error" in json.loads(answer.text)) == (404, True)
