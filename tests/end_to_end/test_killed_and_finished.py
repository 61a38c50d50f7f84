"""`kill -9` of the whole platform, in every long stage and at 90 % of an upload: after the next start the generation finishes."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import tempfile
import time
import urllib.parse
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy

from command_line.api_client import ApiClient
from command_line.credentials import signed_in_client
from command_line.follow import follow_media
from command_line.terminal import Progress
from local.platform import Platform, start_platform
from local.samples import find_sample
from tests.end_to_end.stories import PHOTOS, failed_checks, sample_photos

STAGE_SECONDS = 120
FINISH_SECONDS = 240
SCRIPT = "Some rooms slow you down. Here is a lamp and a good chair. Save this for a slow Sunday."
KILLED_IN = ("Plan", "Make Voice", "Render", "Export")


@pytest.fixture(scope="module")
def directory() -> Iterator[Path]:
    base = Path(tempfile.mkdtemp(prefix="reelwright-killed-"))
    base.chmod(0o711)
    yield base / "data"
    shutil.rmtree(base, ignore_errors=True)


def test_a_generation_killed_in_four_stages_finishes_and_repeats_no_finished_step(directory: Path) -> None:
    platform = start_platform(directory, 0)
    try:
        client = signed_in_client(platform.url, platform.data_directory)
        media_ids = [_upload(client, name) for name in sample_photos()[5:8]]
        follow_media(client, media_ids, Progress())
        brief = {"prompt": "Slow rooms", "script": SCRIPT, "length_seconds": 8, "platforms": ["instagram"]}
        project = client.post("/v1/projects", {"name": "Slow rooms", "template": "editorial", "brief": brief, "media_ids": media_ids})
        generation = client.post(f"/v1/projects/{project['id']}/generations")
        for step in KILLED_IN:
            _wait_for_step(platform, generation["id"], step)
            _kill(platform)
            platform = start_platform(directory, None)
        client = signed_in_client(platform.url, platform.data_directory)
        ended = _wait(lambda: _ended(client, generation["id"]), FINISH_SECONDS)
        assert ended["state"] == "succeeded", ended["failure"]
        report = client.get(f"/v1/generations/{generation['id']}/report")
    finally:
        platform.stop()
    assert failed_checks(report) == []
    runs = {step["name"]: step["runs"] for step in report["steps"]}
    assert all(step["state"] == "succeeded" for step in report["steps"])
    # A step that was cut down is begun again; the two in which no kill fell were begun once.
    assert {name: runs[name] for name in ("Collect Media", "Tell Creator")} == {"Collect Media": 1, "Tell Creator": 1}


def test_an_upload_cut_off_at_ninety_percent_leaves_nothing_and_is_sent_again(directory: Path) -> None:
    platform = start_platform(directory, 0)
    try:
        client = signed_in_client(platform.url, platform.data_directory)
        photo = find_sample(PHOTOS, sample_photos()[9])
        answer = client.post("/v1/media/uploads", {"file_name": "cut.jpg", "content_type": "image/jpeg", "size_bytes": photo.stat().st_size})
        with _upload_most_of_it(answer["upload"], photo.read_bytes(), 0.9):
            _kill(platform)
        platform = start_platform(directory, None)
        client = signed_in_client(platform.url, platform.data_directory)
        assert client.get(f"/v1/media/{answer['media_id']}")["state"] == "awaiting_upload"
        client.put_file(answer["upload"]["url"], answer["upload"]["headers"], photo, lambda _: None)
        media = follow_media(client, [answer["media_id"]], Progress())[answer["media_id"]]
        assert media["state"] == "ready"
    finally:
        platform.stop()


@contextlib.contextmanager
def _upload_most_of_it(upload: dict[str, object], body: bytes, share: float) -> Iterator[None]:
    """Sends the head and ``share`` of the body of a presigned PUT, and closes the line when the block ends."""
    address = urllib.parse.urlsplit(str(upload["url"]))
    headers = upload["headers"]
    assert isinstance(headers, dict)
    lines = [f"PUT {address.path}?{address.query} HTTP/1.1", f"Host: {address.netloc}", *(f"{name}: {value}" for name, value in headers.items())]
    if "content-length" not in {name.lower() for name in headers}:
        lines.append(f"Content-Length: {len(body)}")
    with socket.create_connection((str(address.hostname), int(address.port or 80))) as line:
        line.sendall("\r\n".join([*lines, "", ""]).encode() + body[: int(len(body) * share)])
        time.sleep(0.3)
        yield


def _upload(client: ApiClient, name: str) -> str:
    photo = find_sample(PHOTOS, name)
    answer = client.post("/v1/media/uploads", {"file_name": name, "content_type": "image/jpeg", "size_bytes": photo.stat().st_size})
    client.put_file(answer["upload"]["url"], answer["upload"]["headers"], photo, lambda _: None)
    return str(answer["media_id"])


def _wait_for_step(platform: Platform, generation_id: str, name: str) -> None:
    """Waits until the step is running (or was finished so fast that nobody saw it run)."""
    engine = sqlalchemy.create_engine(platform.admin_environment["REELWRIGHT_DATABASE_URL"], connect_args={"ssl_context": False})
    if name == "Render":
        query = "select 1 from renders where generation_id = :id and state in ('running', 'succeeded') and (percent > 5 or state = 'succeeded')"
    else:
        query = "select 1 from generation_steps where generation_id = :id and name = :name"

    def look() -> bool | None:
        with engine.connect() as connection:
            return (
                connection.execute(sqlalchemy.text(query), {"id": generation_id, "name": name} if ":name" in query else {"id": generation_id}).first()
                is not None
            )

    try:
        _wait(lambda: look() or None, STAGE_SECONDS)
    finally:
        engine.dispose()


def _ended(client: ApiClient, generation_id: str) -> dict[str, object] | None:
    generation = client.get(f"/v1/generations/{generation_id}")
    return dict(generation) if generation["state"] in {"succeeded", "failed", "cancelled"} else None


def _wait(look: Callable[[], Any], seconds: float) -> Any:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if (found := look()) is not None:
            return found
        time.sleep(0.1)
    raise AssertionError(f"nothing happened for {seconds} s")


def _kill(platform: Platform) -> None:
    """`kill -9` of the supervisor; its children die with it."""
    os.kill(platform.pid, signal.SIGKILL)
    platform.stop()
