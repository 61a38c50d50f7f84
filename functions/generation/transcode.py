"""Step 'Transcode': the platform's file of a post's render, held against today's specification and encoded anew where it breaks it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from functions.bootstrap import World
from functions.platform_file import VIDEO_TYPE, describe_platform_file
from functions.post_means import name_specification
from reelwright.kit.errors import NotFound, RenderFailed
from reelwright.kit.work_folder import work_folder
from reelwright.publishing.tables import PostRow
from reelwright.reels.specification import Specification
from reelwright.rendering.check_export import find_breaches
from reelwright.rendering.export import export_for
from reelwright.rendering.file_facts import read_file_facts
from reelwright.rendering.render_row import keep_files_of_render
from reelwright.rendering.tables import RenderRow

FOLDER_BYTES_PER_MASTER = 3  # the master, the file that is there, the new one
STILL_BROKEN = "The reel could not be brought into a form that {title} takes: {breaches}. Render it anew for {title}."


def run(event: dict[str, Any], world: World) -> dict[str, Any]:
    """``is_encoded``: a new file was written. Raises RenderFailed where no coding helps, NotFound where the master is gone."""
    with world.database.transaction() as session:
        post = session.get_one(PostRow, event["post_id"])
        render = session.get(RenderRow, post.render_id)
        platform, files = post.platform, dict(render.files or {}) if render is not None else {}
    if render is None or "master" not in files:
        raise NotFound("The reel's files are not there any more. Render the reel again and choose the new render for this post.")
    specification = world.specifications[platform]
    with work_folder(world.settings.work_directory, FOLDER_BYTES_PER_MASTER * int(files["master"]["size_bytes"])) as folder:
        kept = _find_fitting(files.get(platform), specification, folder, world)
        is_encoded = kept is None
        if kept is None:
            prefix = f"renders/{render.creator_id}/{render.id}"
            kept = _export(files["master"]["key"], f"{prefix}/{platform}-{name_specification(specification)}.mp4", specification, folder, world)
    with world.database.transaction() as session:
        keep_files_of_render(session, render.id, {platform: kept})
    return {"is_encoded": is_encoded}


def _find_fitting(stored: dict[str, Any] | None, specification: Specification, folder: Path, world: World) -> dict[str, Any] | None:
    """The stored file with its length, where it keeps to the specification."""
    if stored is None or world.storage.describe(stored["key"]) is None:
        return None
    facts = read_file_facts(world.storage.download(stored["key"], folder / "stored.mp4"))
    described = describe_platform_file(stored["key"], facts, specification)
    return described if "specification" in described else None


def _export(master_key: str, key: str, specification: Specification, folder: Path, world: World) -> dict[str, Any]:
    master, path = world.storage.download(master_key, folder / "master.mp4"), folder / "export.mp4"
    export_for(master, specification, path)
    facts = read_file_facts(path)
    if breaches := list(find_breaches(facts, specification)):
        raise RenderFailed(STILL_BROKEN.format(title=specification.title, breaches="; ".join(breaches)))
    return describe_platform_file(world.storage.upload(path, key, VIDEO_TYPE), facts, specification)
