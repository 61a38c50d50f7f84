"""Follows long work by polling: media until they are read, a generation or render until it ends."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Any

from command_line.api_client import ApiClient
from command_line.terminal import Progress, draw_bar

POLL_SECONDS = 0.5
INGEST_LIMIT_SECONDS = 1800
CANCEL_LIMIT_SECONDS = 20
ENDED = {"succeeded", "failed", "cancelled"}
_STAGES = {
    "queued": "waiting for its turn",
    "analysing": "looking at the material",
    "planning": "planning",
    "making": "voice, music and pictures",
    "captions": "captions",
    "composing": "composing",
    "rendering": "rendering",
    "checking": "checking",
    "exporting": "exporting",
    "finished": "finished",
}


def follow_media(client: ApiClient, media_ids: Sequence[str], progress: Progress) -> dict[str, dict[str, Any]]:
    """Polls until every media is ready or refused; the media by id."""
    seen: dict[str, dict[str, Any]] = {}
    until = time.monotonic() + INGEST_LIMIT_SECONDS
    while len(seen) < len(media_ids) and time.monotonic() < until:
        for media_id in media_ids:
            if media_id not in seen:
                media = client.get(f"/v1/media/{media_id}")
                if media["state"] in {"ready", "refused"}:
                    seen[media_id] = media
        progress.show("reading", f"  reading      {draw_bar(100 * len(seen) / len(media_ids))} {len(seen)} of {len(media_ids)} files")
        if len(seen) < len(media_ids):
            time.sleep(POLL_SECONDS)
    return seen


def follow_generation(client: ApiClient, generation_id: str, progress: Progress, on_event: Callable[[dict[str, Any]], None]) -> dict[str, Any]:
    """Shows stage, percent and time left until the generation ends; the generation as it ended."""
    after = 0
    while True:
        generation = client.get(f"/v1/generations/{generation_id}")
        for event in client.get(f"/v1/generations/{generation_id}/events", after=after, limit=100)["items"]:
            after = event["id"]
            on_event(event)
        if generation["state"] in ENDED:
            return dict(generation)
        _show(progress, generation["progress"])
        time.sleep(POLL_SECONDS)


def follow_render(client: ApiClient, render_id: str, progress: Progress) -> dict[str, Any]:
    """Shows a render's progress until it ends; the render as it ended."""
    while True:
        render = client.get(f"/v1/renders/{render_id}")
        if render["state"] in ENDED:
            return dict(render)
        _show(progress, {"stage": "rendering", **render.get("progress", {})})
        time.sleep(POLL_SECONDS)


def cancel_and_wait(client: ApiClient, path: str) -> None:
    """Asks for the end of a generation or render and waits until it has ended."""
    client.post(f"{path}/cancel")
    until = time.monotonic() + CANCEL_LIMIT_SECONDS
    while time.monotonic() < until and client.get(path)["state"] not in ENDED:
        time.sleep(POLL_SECONDS)


def _show(progress: Progress, facts: dict[str, Any]) -> None:
    stage, percent, eta = facts.get("stage") or "queued", facts.get("percent") or 0, facts.get("eta_seconds")
    place = facts.get("queue_place")
    rest = f", place {place} in the queue" if place else f", about {eta} s left" if eta else ""
    progress.show(stage, f"  {'making':12} {draw_bar(percent)} {percent:3d} %  {_STAGES.get(stage, stage)}{rest}")
