"""From a generation that was begun to its files beside the person: followed to its end, fetched, reported."""

from __future__ import annotations

import time
from typing import Any

from command_line.api_client import ApiClient
from command_line.complaint import BAD_INPUT, CANCELLED, FAILED, Complaint
from command_line.follow import cancel_and_wait, follow_generation
from command_line.outcome import Outcome
from command_line.report import write_report
from command_line.terminal import Progress

# Failures that the person's own input causes: the run was refused, it did not break.
_INPUT_FAILURES = {"InvalidInput", "MediaRefused", "UnsupportedMedia", "NotFound", "TooLarge", "BadRequest"}
_FILE_NAMES: dict[str, str | None] = {
    "cover": "cover.jpg",
    "sheet": "sheet.jpg",
    "captions_srt": "captions.srt",
    "captions_vtt": "captions.vtt",
    "master": None,
    "report": None,
}


def follow_to_the_end(client: ApiClient, generation: dict[str, Any], outcome: Outcome, progress: Progress) -> dict[str, Any]:
    """The generation as it succeeded. Raises Complaint where it did not; Ctrl-C cancels it."""

    def hear(event: dict[str, Any]) -> None:
        if event["type"] == "note":
            outcome.note(progress, event["sentence"])

    try:
        ended = follow_generation(client, generation["id"], progress, hear)
    except KeyboardInterrupt:
        progress.say("  cancelling …")
        cancel_and_wait(client, f"/v1/generations/{generation['id']}")
        raise
    _require_success(ended)
    return ended


def deliver(client: ApiClient, generation: dict[str, Any], outcome: Outcome, progress: Progress, begun: float) -> None:
    """Fetches the files and writes the report beside them; ``begun`` is when the run began, by the monotonic clock."""
    fetch_files(client, generation["render_id"], outcome, progress)
    fetch_previews(client, generation, outcome, progress)
    outcome.seconds = time.monotonic() - begun
    report = client.get(f"/v1/generations/{generation['id']}/report")
    _say_failed_checks(report, progress)
    write_report(report, outcome.directory, outcome.refused, outcome.seconds)
    outcome.files += [outcome.directory / "report.html", outcome.directory / "report.json"]


def fetch_files(client: ApiClient, render_id: str, outcome: Outcome, progress: Progress) -> None:
    """Fetches platform files, cover and captions; each appears when it is whole."""
    for item in client.get(f"/v1/renders/{render_id}/files")["items"]:
        kind = "jpg" if item["content_type"] == "image/jpeg" else "mp4"
        name = _FILE_NAMES.get(item["name"], f"{item['name']}.{kind}")
        if name is None:
            continue
        progress.show("fetching", f"  {'fetching':12} {name}")
        client.download(item["url"], outcome.directory / name)
        outcome.files.append(outcome.directory / name)


def fetch_previews(client: ApiClient, generation: dict[str, Any], outcome: Outcome, progress: Progress) -> None:
    """Fetches the other variants' small films and says how one is made in full."""
    for variant in generation.get("variants", []):
        if not (variant["is_preview"] and variant["url"]):
            continue
        target = outcome.directory / f"variant-{variant['number']}-preview.mp4"
        client.download(variant["url"], target)
        if variant["cover_url"]:
            client.download(variant["cover_url"], target.with_suffix(".jpg"))
        outcome.files.append(target)
        score = f", {variant['score']:.0f} of 100" if variant["score"] is not None else ""
        progress.say(f"  variant {variant['number']}    “{variant['hook']}” in {variant['template']}{score}")
        own = outcome.directory / f"variant-{variant['number']}"
        progress.say(f"               in full: reelwright render {variant['reel_id']} --out {own}")


def _require_success(generation: dict[str, Any]) -> None:
    if generation["state"] == "succeeded":
        return
    if generation["state"] == "cancelled":
        raise Complaint("The generation was cancelled.", CANCELLED)
    failure = generation.get("failure") or {}
    status = BAD_INPUT if failure.get("type") in _INPUT_FAILURES else FAILED
    raise Complaint(failure.get("detail") or "The generation failed.", status)


def _say_failed_checks(report: dict[str, Any], progress: Progress) -> None:
    for row in (report.get("gate") or {}).get("rows", []):
        if not row["passed"]:
            progress.say(f"  check        {row['name']} did not pass: found {row['value']}, allowed {row['bound']}. report.html has the rest.")
