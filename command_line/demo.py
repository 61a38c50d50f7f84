"""`make demo`: the main job on the sample material, on a platform of its own, all through the public API."""

from __future__ import annotations

import json
import shutil
import tempfile
import time
from pathlib import Path

from command_line.complaint import FAILED, Complaint
from command_line.credentials import signed_in_client
from command_line.make import PLATFORMS, Wish, choose_directory, make_reel
from command_line.material import read_material
from command_line.terminal import Progress, megabytes

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
        except PlatformRefused as refusal:
            raise Complaint(str(refusal), FAILED) from None
    progress.say(f"Made in {time.monotonic() - begun:.0f} s from the first step, {outcome.seconds:.0f} s of them for the reel:")
    for file in sorted(outcome.files):
        progress.say(f"  {file}  {megabytes(file.stat().st_size)}")
    return 0


def _lay_out(entries: list[dict[str, str]], folder: Path) -> Path:
    """Copies the samples out of their packages under the names that give their order."""
    from local.samples import find_sample  # noqa: PLC0415

    folder.mkdir()
    for entry in entries:
        shutil.copyfile(find_sample(entry["package"], entry["file"]), folder / entry["name"])
    return folder
