"""One creator's reels take turns, a cancelled one stops within seconds, and the next one begins."""

from __future__ import annotations

import contextlib
import os
import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from command_line.api_client import ApiClient
from command_line.follow import follow_media
from command_line.terminal import Progress
from local.platform import Platform
from local.samples import find_sample
from tests.end_to_end.stories import PHOTOS, sample_photos

WAIT_SECONDS = 150
CANCEL_SECONDS = 5


@pytest.fixture
def start(client: ApiClient) -> Callable[[int], str]:
    media_ids = []
    for name in sample_photos()[:3]:
        photo = find_sample(PHOTOS, name)
        answer = client.post("/v1/media/uploads", {"file_name": name, "content_type": "image/jpeg", "size_bytes": photo.stat().st_size})
        client.put_file(answer["upload"]["url"], answer["upload"]["headers"], photo, lambda _: None)
        media_ids.append(answer["media_id"])
    follow_media(client, media_ids, Progress())

    def run(seconds: int) -> str:
        brief = {"prompt": "Slow rooms", "length_seconds": seconds, "platforms": ["instagram"]}
        project = client.post("/v1/projects", {"name": "Slow", "template": "editorial", "brief": brief, "media_ids": media_ids})
        return str(client.post(f"/v1/projects/{project['id']}/generations")["id"])

    return run


def wait_for(client: ApiClient, generation_id: str, is_there: Callable[[dict[str, Any]], bool], limit: float = WAIT_SECONDS) -> dict[str, Any]:
    until = time.monotonic() + limit
    while time.monotonic() < until:
        generation: dict[str, Any] = client.get(f"/v1/generations/{generation_id}")
        if is_there(generation):
            return generation
        assert generation["state"] != "failed", generation["failure"]
        time.sleep(0.1)
    raise AssertionError(f"not seen within {limit} s: {generation}")


def test_a_generation_is_cancelled_within_five_seconds_of_rendering_and_the_next_generation_takes_its_turn(
    client: ApiClient, platform: Platform, start: Callable[[int], str]
) -> None:
    first, second = start(60), start(5)
    wait_for(client, first, lambda one: one["progress"]["stage"] == "rendering" and one["progress"]["percent"] > 44)
    waiting = client.get(f"/v1/generations/{second}")
    assert (waiting["state"], waiting["progress"]["queue_place"]) == ("queued", 1)
    asked = time.monotonic()
    client.post(f"/v1/generations/{first}/cancel")
    cancelled = wait_for(client, first, lambda one: one["state"] == "cancelled", 30)
    took = time.monotonic() - asked
    assert took <= CANCEL_SECONDS, f"the generation was cancelled after {took:.1f} s"
    assert cancelled["failure"] is None
    assert client.get(f"/v1/renders/{cancelled['render_id']}")["state"] == "cancelled"
    wait_for(client, second, lambda one: one["state"] == "succeeded")
    assert [str(path) for path in Path(platform.data_directory).rglob("reelwright-step-*")] == []


def test_a_renderer_killed_by_itself_is_tried_again_and_the_reel_is_delivered(client: ApiClient, start: Callable[[int], str]) -> None:
    generation_id = start(10)
    render_id = wait_for(client, generation_id, lambda one: one["progress"]["stage"] == "rendering" and one["progress"]["percent"] > 44)["render_id"]
    (renderer,) = renderers_of(render_id)
    os.kill(renderer, signal.SIGKILL)
    assert wait_for(client, generation_id, lambda one: one["state"] == "succeeded")["failure"] is None


def renderers_of(render_id: str) -> list[int]:
    """Ids of the processes that were started for this render."""
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        with contextlib.suppress(OSError):
            words = path.read_bytes().split(b"\0")
            if b"containers.renderer.main" in words and render_id.encode() in words:
                found.append(int(path.parent.name))
    return found


def test_a_reel_is_rendered_again_for_another_platform_and_checked(client: ApiClient, start: Callable[[int], str]) -> None:
    reel_id = wait_for(client, start(5), lambda one: one["state"] == "succeeded")["reel_id"]
    render_id = client.post(f"/v1/reels/{reel_id}/renders", {"platforms": ["youtube"]})["id"]
    until = time.monotonic() + WAIT_SECONDS
    while (render := client.get(f"/v1/renders/{render_id}"))["state"] in {"queued", "running"} and time.monotonic() < until:
        time.sleep(0.2)
    assert render["state"] == "succeeded", render
    names = {file["name"] for file in client.get(f"/v1/renders/{render_id}/files")["items"]}
    assert names >= {"youtube", "cover", "sheet"}
    assert not names & {"captions_srt", "captions_vtt"}, "nothing is said in it"
