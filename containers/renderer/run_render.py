"""One render from its row to its stored files: claim, fetch, render, store. The row tells how far it is and how it ended."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from containers.bootstrap import TaskWorld
from containers.renderer.draw_sheet import draw_sheet
from containers.renderer.report_progress import ProgressReporter
from reelwright.kit.errors import Cancelled, ReelwrightError, RenderFailed
from reelwright.kit.work_folder import work_folder
from reelwright.reels.cover_crops import COVER_FILES
from reelwright.reels.reel import Reel, load_reel
from reelwright.reels.tables import ReelRow
from reelwright.rendering.cover import draw_cover, draw_covers
from reelwright.rendering.files_of_reel import list_files
from reelwright.rendering.preview import render_preview, shrink_reel
from reelwright.rendering.render_reel import render_reel
from reelwright.rendering.render_row import claim_render, fail_render, is_rendered, keep_files_of_render, lock_render
from reelwright.rendering.subtitles import to_srt, to_vtt
from reelwright.rendering.tables import RenderRow

CLAIM_WAIT_SECONDS = 2.0
CLAIM_LIMIT_SECONDS = 3600.0
MASTER_BYTES_PER_SECOND = 3_000_000
UNEXPECTED = "The render failed for a reason on our side; your files are safe. Please try again."

_CONTENT_TYPES = {
    "master.mp4": "video/mp4",
    **dict.fromkeys(COVER_FILES.values(), "image/jpeg"),
    "sheet.jpg": "image/jpeg",
    "captions.srt": "application/x-subrip",
    "captions.vtt": "text/vtt",
}
_NAMES = {
    "master.mp4": "master",
    **{file: name for name, file in COVER_FILES.items()},
    "sheet.jpg": "sheet",
    "captions.srt": "captions_srt",
    "captions.vtt": "captions_vtt",
}


def run_render(render_id: str, world: TaskWorld, sleep: Callable[[float], None] = time.sleep) -> None:
    """Returns at once where the render is there already. Raises Cancelled, RenderFailed, and whatever went wrong, after writing it down."""
    try:
        order = _claim(render_id, world, sleep)
        if order is not None:
            _render(order, world)
    except Exception as error:
        detail = error.detail if isinstance(error, ReelwrightError) else UNEXPECTED
        with world.database.transaction() as session:
            fail_render(session, render_id, type(error).__name__, detail, world.clock())
        raise


@dataclass(frozen=True)
class _Order:
    """What a row asks for; the reel of a preview is shrunk already."""

    render_id: str
    creator_id: str
    reel: Reel
    is_preview: bool


def _claim(render_id: str, world: TaskWorld, sleep: Callable[[float], None]) -> _Order | None:
    """What to render, or None where that is done. Waits while another process is alive in the same render."""
    until = time.monotonic() + CLAIM_LIMIT_SECONDS
    while time.monotonic() < until:
        with world.database.transaction() as session:
            row = claim_render(session, render_id, world.clock())
            if row is not None:
                document = session.get_one(ReelRow, (row.reel_id, row.reel_version)).document
                return None if is_rendered(row) else _read_order(row, load_reel(document))
        sleep(CLAIM_WAIT_SECONDS)
    raise RenderFailed("Another renderer works on this reel and does not end.")


def _read_order(row: RenderRow, reel: Reel) -> _Order:
    if row.preview_width is None:
        return _Order(row.id, row.creator_id, reel, is_preview=False)
    return _Order(row.id, row.creator_id, shrink_reel(reel, row.preview_width), is_preview=True)


def _render(order: _Order, world: TaskWorld) -> None:
    render_id, reel = order.render_id, order.reel
    with ProgressReporter(render_id, float(reel.duration), world) as reporter, work_folder(world.settings.work_directory, _needed_bytes(reel, world)) as folder:
        files = {key: _fetch(key, number, folder, world, reporter) for number, key in enumerate(list_files(reel))}
        made = folder / "made"
        made.mkdir()
        render = render_preview if order.is_preview else render_reel
        render(reel, files, made / "master.mp4", on_progress=reporter.see, is_cancelled=reporter.is_cancelled)
        if order.is_preview:
            draw_cover(reel, files, made / COVER_FILES["cover"])
        else:
            draw_covers(reel, files, made)
            draw_sheet(reel, files, made / "sheet.jpg")
            _write_captions(reel, made)
        reporter.check()
        stored = {_NAMES[path.name]: _store(path, f"renders/{order.creator_id}/{render_id}/{path.name}", world) for path in sorted(made.iterdir())}
    with world.database.transaction() as session:
        if lock_render(session, render_id).is_cancel_requested:
            raise Cancelled("The render was cancelled.")
        keep_files_of_render(session, render_id, stored)


def _write_captions(reel: Reel, made: Path) -> None:
    """No file where nothing is said: an empty one is refused by every platform."""
    if srt := to_srt(reel.captions):
        (made / "captions.srt").write_text(srt, encoding="utf-8")
        (made / "captions.vtt").write_text(to_vtt(reel.captions), encoding="utf-8")


def _needed_bytes(reel: Reel, world: TaskWorld) -> int:
    """What lies on the disk at most: all sources, the master while it is written, and its companions."""
    sizes = [found.size_bytes for key in list_files(reel) if (found := world.storage.describe(key)) is not None]
    return sum(sizes) + round(float(reel.duration) * MASTER_BYTES_PER_SECOND)


def _fetch(key: str, number: int, folder: Path, world: TaskWorld, reporter: ProgressReporter) -> Path:
    reporter.check()
    return world.storage.download(key, folder / f"{number:03d}{Path(key).suffix}")


def _store(path: Path, key: str, world: TaskWorld) -> dict[str, Any]:
    content_type = _CONTENT_TYPES[path.name]
    return {"key": world.storage.upload(path, key, content_type), "size_bytes": path.stat().st_size, "content_type": content_type}
