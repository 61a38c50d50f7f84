"""`reelwright redo`: one part of a finished reel is done again, and the rest is kept."""

from __future__ import annotations

import argparse
import re
import time
from typing import Any

from command_line.api_client import ApiClient, ApiError
from command_line.complaint import BAD_INPUT, FAILED, Complaint
from command_line.deliver import deliver, follow_to_the_end
from command_line.make import choose_directory
from command_line.outcome import Outcome, print_outcome
from command_line.reach_platform import client_for
from command_line.terminal import Progress

PARTS = ("voice", "music", "hook", "title", "shot")


def redo(options: argparse.Namespace) -> int:
    """`reelwright redo GENERATION --part PART …`."""
    _check(options)
    begun, progress = time.monotonic(), Progress()
    with client_for(options.data, progress) as client:
        order = _read_order(client, options)
        path = f"/v1/generations/{options.generation}/redo"
        started = _ask(client, path, order)
        outcome = Outcome(choose_directory(options.out, f"{options.part} of {options.generation}"))
        ended = follow_to_the_end(client, started, outcome, progress)
        deliver(client, ended, outcome, progress, begun)
    print_outcome(outcome.directory, outcome.files, outcome.seconds, progress)
    return 0


def _check(options: argparse.Namespace) -> None:
    if not re.fullmatch(r"gen_[0-9a-z]+", options.generation):
        raise Complaint(f"{options.generation} is not a generation's id (gen_…). `reelwright status` lists yours.")
    if options.part == "shot" and options.shot is None:
        raise Complaint("Say which shot: --shot N. report.html numbers them.")


def _read_order(client: ApiClient, options: argparse.Namespace) -> dict[str, Any]:
    order: dict[str, Any] = {"part": options.part, "text": options.text, "voice": options.voice, "music_word": options.music}
    if options.shot is not None:
        order |= _place_of(client.get(f"/v1/generations/{options.generation}/report")["shots"], options.shot)
    if options.media:
        order["media_id"] = _find_media(client, options.generation, options.media)
    return order


def _place_of(shots: list[dict[str, Any]], number: int) -> dict[str, int]:
    """Which beat and picture of the plan the shot shows."""
    if number > len(shots):
        raise Complaint(f"There is no shot {number}: the reel has {len(shots)}.")
    shot = shots[number - 1]
    if shot["beat"] is None:
        raise Complaint(f"Shot {number} shows no picture of yours, so there is none to exchange.")
    return {"beat": shot["beat"], "picture": shot["picture"]}


def _find_media(client: ApiClient, generation_id: str, wish: str) -> str:
    """The id of a file of the generation, by its id or its name."""
    media_ids = client.get(f"/v1/generations/{generation_id}/report")["request"]["media_ids"]
    if wish in media_ids:
        return wish
    names = {}
    for media_id in media_ids:
        names[client.get(f"/v1/media/{media_id}")["file_name"]] = media_id
    if wish not in names:
        raise Complaint(f'"{wish}" is not a file of this reel. There are: {", ".join(names)}.')
    return str(names[wish])


def _ask(client: ApiClient, path: str, order: dict[str, Any]) -> dict[str, Any]:
    try:
        return dict(client.post(path, order))
    except ApiError as error:
        raise Complaint(str(error), BAD_INPUT if error.status < 500 else FAILED) from None
