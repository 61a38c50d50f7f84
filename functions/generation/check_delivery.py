"""Step 'Check Delivery': the master is measured once and held against the reel document."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Any

from functions.bootstrap import World
from reelwright.generation.compose_reel import explain_composition
from reelwright.generation.keep_files import GenerationFiles
from reelwright.generation.open_generation import open_generation
from reelwright.generation.plan import Plan
from reelwright.kit.errors import Cancelled, RenderFailed
from reelwright.kit.work_folder import work_folder
from reelwright.reels.reel import Reel, load_reel
from reelwright.reels.tables import ReelRow
from reelwright.rendering.assemble_report import assemble_report
from reelwright.rendering.check_contrast import ContrastWatcher
from reelwright.rendering.check_master import check_length
from reelwright.rendering.gate import check_delivery, require_deliverable
from reelwright.rendering.gate_report import GateReport
from reelwright.rendering.measure import measure_master
from reelwright.rendering.onsets import measure_voice_onsets
from reelwright.rendering.render_row import DIED_SILENTLY, is_rendered
from reelwright.rendering.tables import RenderRow

STEP = "Check Delivery"


def run(event: dict[str, Any], world: World) -> dict[str, Any]:
    """``faults``: how many promises are broken. Raises Cancelled, RenderFailed, and GateFailed for a file that cannot be posted."""
    if "generation_id" not in event:
        return _check(event["render_id"], None, world)
    return world.recorder.run(
        event["generation_id"], STEP, "checking", "Checking the finished reel.", lambda: _check(event["render_id"], event["generation_id"], world)
    )


def _check(render_id: str, generation_id: str | None, world: World) -> dict[str, Any]:
    reel, files = _read_rendered(render_id, world)
    sounds = {reel.sounds[clip.sound_id].file for clip in reel.soundtrack.voice}
    with work_folder(world.settings.work_directory, 2 * int(files["master"]["size_bytes"])) as folder:
        master = world.storage.download(files["master"]["key"], folder / "master.mp4")
        voices = {key: world.storage.download(key, folder / f"voice-{number}{Path(key).suffix}") for number, key in enumerate(sorted(sounds))}
        cover = world.storage.download(files["cover"]["key"], folder / "cover.jpg") if "cover" in files else None
        with closing(ContrastWatcher(reel)) as watcher:
            measured = measure_master(master, watcher.take)
            texts = watcher.findings()
        report = check_delivery(reel, measured, {}, {}, onsets=measure_voice_onsets(reel, voices), texts=texts, cover=cover)
    if generation_id is not None:
        report = _add_length(report, reel, _read_plan(generation_id, world))
    _keep(render_id, reel, report, world)
    require_deliverable(report)
    return {"checks": len(report.rows), "faults": len(report.faults)}


def _read_rendered(render_id: str, world: World) -> tuple[Reel, dict[str, Any]]:
    """The reel and its stored files. How the render went stands in its row."""
    with world.database.transaction() as session:
        row = session.get_one(RenderRow, render_id)
        if row.state == "cancelled" or (row.is_cancel_requested and not is_rendered(row)):
            raise Cancelled("The render was cancelled.")
        if not is_rendered(row):
            raise RenderFailed(row.failure_detail or DIED_SILENTLY)
        reel = session.get_one(ReelRow, (row.reel_id, row.reel_version))
        return load_reel(reel.document), dict(row.files or {})


def _read_plan(generation_id: str, world: World) -> Plan:
    with world.database.transaction() as session:
        generation = open_generation(session, generation_id)
    return GenerationFiles(world.storage, generation.creator_id, generation_id).read("plan.json", Plan)


def _add_length(report: GateReport, reel: Reel, plan: Plan) -> GateReport:
    return report.model_copy(update={"rows": (*report.rows, check_length(float(reel.duration), plan.length_seconds, explain_length(reel, plan)))})


def explain_length(reel: Reel, plan: Plan) -> str:
    """Why the reel is shorter than asked for. Nothing excuses a longer one."""
    if float(reel.duration) >= plan.length_seconds:
        return ""
    return next((note for note in explain_composition(plan, reel) if note.startswith("The reel lasts")), "")


def _keep(render_id: str, reel: Reel, report: GateReport, world: World) -> None:
    with world.database.transaction() as session:
        session.get_one(RenderRow, render_id).report = assemble_report(reel, report)
