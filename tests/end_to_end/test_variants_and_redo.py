"""Several variants to choose from, and one part of a finished reel done again, on the real platform by the command line's own code."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from pathlib import Path

import av

from command_line.api_client import ApiClient
from command_line.redo import redo
from local.platform import Platform
from tests.end_to_end.stories import Story, failed_checks, put_photos

SCRIPT = "Some rooms slow you down. Would you read one page here? There is a lamp, and a good chair."


def test_variants_are_made_and_a_shot_is_exchanged_while_the_rest_is_kept(
    make: Callable[..., Story], client: ApiClient, platform: Platform, folder: Path, tmp_path: Path
) -> None:
    put_photos(folder, 5)
    story = make("Rooms that slow you down", SCRIPT, seconds=8, variants=2, template="auto")
    assert failed_checks(story.report) == []
    generation = story.report["generation"]
    first, second = generation["variants"]
    assert (first["is_preview"], second["is_preview"], second["state"]) == (False, True, "succeeded")
    assert len({variant[key] for variant in (first, second) for key in ("hook", "template")}) == 4
    with av.open(str(story.directory / "variant-2-preview.mp4")) as preview, av.open(str(story.directory / "instagram.mp4")) as reel:
        assert (preview.streams.video[0].width, reel.streams.video[0].width) == (540, 1080)
    assert f"reelwright render {second['reel_id']}" in story.printed

    number = next(shot["number"] for shot in story.report["shots"] if shot["beat"] is not None and shot["number"] > 1)
    options = {"generation": generation["id"], "part": "shot", "shot": number, "text": "", "media": "", "voice": "", "music": ""}
    assert redo(argparse.Namespace(**options, out=tmp_path / "again", data=platform.data_directory)) == 0
    report = json.loads((tmp_path / "again" / "report.json").read_text())
    assert report["generation"]["redo_of"] == generation["id"]
    assert failed_checks(report) == []
    kept = {step["name"] for step in report["steps"] if step["taken_from"] == generation["id"]}
    assert kept == {"Make Voice", "Make Music", "Make Stills", "Make Clips", "Make Captions"}
    before, after = (one["shots"][number - 1]["files"] for one in (story.report, report))
    assert before != after
    assert [shot["said"] for shot in report["shots"]] == [shot["said"] for shot in story.report["shots"]]
    assert len(list(client.list_all("/v1/generations", project_id=generation["project_id"]))) == 2
