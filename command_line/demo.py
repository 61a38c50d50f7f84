"""`make demo`: the main job on the sample material, on a platform of its own, all through the public API."""

from __future__ import annotations

import json
import shutil
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from command_line.api_client import ApiClient
from command_line.complaint import FAILED, Complaint
from command_line.connect import connect_account, name_of
from command_line.credentials import signed_in_client
from command_line.make import PLATFORMS, Wish, choose_directory, make_reel
from command_line.material import read_material
from command_line.publish import create_post, follow, publish
from command_line.terminal import Progress, megabytes

NOW_ON, LATER_ON = "instagram", "youtube"
BRIEF = Path(__file__).parent.parent / "samples" / "brief.json"


def run_demo(length_seconds: int, variants: int, directory: Path, progress: Progress) -> int:
    """Makes the sample reel into ``directory``; the exit status."""
    from local.platform import PlatformRefused, running_platform  # noqa: PLC0415

    begun = time.monotonic()
    brief = json.loads(BRIEF.read_text())
    shutil.rmtree(directory, ignore_errors=True)
    choose_directory(directory, "demo")
    with tempfile.TemporaryDirectory(prefix="reelwright-demo-") as scratch:
        base = Path(scratch)
        base.chmod(0o711)  # the database's own user passes through
        material = read_material(_lay_out(brief["material"], base / "material"))
        progress.say(f"Sample material: {len(material.files)} files, {megabytes(material.size_bytes)} (samples/CREDITS.md)")
        wish = Wish(
            brief["prompt"],
            brief["script"],
            brief["template"],
            PLATFORMS,
            length_seconds,
            brief["language"],
            brief["handle"],
            keep_order=True,
            variants=variants,
        )
        try:
            with running_platform(base / "data", 0) as platform:
                progress.say(f"The local platform is up at {platform.url} after {time.monotonic() - begun:.1f} s")
                client = signed_in_client(platform.url, platform.data_directory)
                outcome = make_reel(client, material, wish, directory, progress)
                made_after = time.monotonic() - begun
                post_twice(client, progress)
        except PlatformRefused as refusal:
            raise Complaint(str(refusal), FAILED) from None
    progress.say(f"Made in {made_after:.0f} s from the first step, {outcome.seconds:.0f} s of them for the reel:")
    for file in sorted(outcome.files):
        progress.say(f"  {file}  {megabytes(file.stat().st_size)}")
    return 0


def post_twice(client: ApiClient, progress: Progress) -> tuple[dict[str, Any], dict[str, Any]]:
    """Connects an account at two of the stand-in platforms, posts the newest reel to one now and to the other in the next minute."""
    (now,), (later,) = (connect_account(client, platform, progress, says_yes=True) for platform in (NOW_ON, LATER_ON))
    progress.say(f"Connected {name_of(now)} and {name_of(later)}: stand-ins on this machine that speak the platforms' own protocols")
    due = datetime.now(UTC).replace(second=0, microsecond=0) + timedelta(minutes=1)
    planned = create_post(client, later, schedule={"wall_time": due.strftime("%Y-%m-%dT%H:%M"), "time_zone": "UTC"})
    first = publish(client, create_post(client, now)["id"], progress)
    progress.say(f"Posted now: {_tell(first)}")
    progress.show("scheduled", f"  {later['platform']:10} planned for {due:%H:%M} UTC …")
    second = follow(client, planned["id"], progress, until_ended=True)
    progress.say(f"Posted at {due:%H:%M} UTC: {_tell(second)}")
    if not first["permalink"] or not second["permalink"]:
        raise Complaint("A post of the demo did not come out; its line above says why.", FAILED)
    return first, second


def _tell(row: dict[str, Any]) -> str:
    return row["permalink"] or f"{row['state']}: {(row['failure'] or {}).get('detail', 'nobody knows yet')}"


def _lay_out(entries: list[dict[str, str]], folder: Path) -> Path:
    """Copies the samples out of their packages under the names that give their order."""
    from local.samples import find_sample  # noqa: PLC0415

    folder.mkdir()
    for entry in entries:
        shutil.copyfile(find_sample(entry["package"], entry["file"]), folder / entry["name"])
    return folder
