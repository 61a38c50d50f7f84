"""Step 'Export': every platform's file from the one master, probed against that platform's specification."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from functions.bootstrap import World
from functions.platform_file import VIDEO_TYPE, describe_platform_file
from reelwright.kit.errors import RenderFailed
from reelwright.kit.work_folder import work_folder
from reelwright.reels.reel import load_reel
from reelwright.reels.specification import Specification
from reelwright.reels.tables import ReelRow
from reelwright.rendering.assemble_report import assemble_report, read_gate
from reelwright.rendering.export import export_for
from reelwright.rendering.file_facts import read_file_facts
from reelwright.rendering.gate import add_exports, require_deliverable
from reelwright.rendering.gate_report import GateReport, GateRow
from reelwright.rendering.render_row import keep_files_of_render
from reelwright.rendering.tables import RenderRow

STEP = "Export"


def run(event: dict[str, Any], world: World) -> dict[str, Any]:
    """``platforms``: those whose file is there. Raises GateFailed where a file breaks its specification."""
    if "generation_id" not in event:
        return _export(event["render_id"], world)
    return world.recorder.run(event["generation_id"], STEP, "exporting", "Writing the platforms' files.", lambda: _export(event["render_id"], world))


def _export(render_id: str, world: World) -> dict[str, Any]:
    with world.database.transaction() as session:
        row = session.get_one(RenderRow, render_id)
        creator_id, platforms, stored = row.creator_id, list(row.platforms), dict(row.files or {})
        report = read_gate(row.report or {})
    prefix = f"renders/{creator_id}/{render_id}"
    with work_folder(world.settings.work_directory, (2 + len(platforms)) * int(stored["master"]["size_bytes"])) as folder:
        master = world.storage.download(stored["master"]["key"], folder / "master.mp4")
        exports, refused = _write_all(master, platforms, folder, world)
        report = add_exports(_without_refusals(report, refused), exports, world.specifications)
        files = {name: _upload(path, f"{prefix}/{name}.mp4", world.specifications[name], world) for name, path in exports.items()}
    _keep(render_id, f"{prefix}/report.json", report, files, world)
    require_deliverable(report)
    return {"platforms": sorted(files), "refused": sorted(refused), "faults": len(report.faults)}


def _write_all(master: Path, platforms: list[str], folder: Path, world: World) -> tuple[dict[str, Path], dict[str, str]]:
    """The files, and why a platform has none."""
    exports, refused = {}, {}
    for name in platforms:
        path = folder / f"{name}.mp4"
        try:
            export_for(master, world.specifications[name], path)
            exports[name] = path
        except RenderFailed as error:
            refused[name] = error.detail
    return exports, refused


def _without_refusals(report: GateReport, refused: dict[str, str]) -> GateReport:
    """A platform that cannot take the reel is told; the others' files are handed out."""
    names = {f"{name} file" for name in refused}
    rows = [GateRow(name=f"{name} file", value="none", bound="a file", passed=False, sentence=why) for name, why in refused.items()]
    return report.model_copy(update={"rows": (*(row for row in report.rows if row.name not in names), *rows)})


def _upload(path: Path, key: str, specification: Specification, world: World) -> dict[str, Any]:
    return describe_platform_file(world.storage.upload(path, key, VIDEO_TYPE), read_file_facts(path), specification)


def _keep(render_id: str, report_key: str, report: GateReport, files: dict[str, Any], world: World) -> None:
    with world.database.transaction() as session:
        row = session.get_one(RenderRow, render_id)
        reel = load_reel(session.get_one(ReelRow, (row.reel_id, row.reel_version)).document)
        row.report = assembled = assemble_report(reel, report)
    world.storage.write_json(report_key, assembled)
    with world.database.transaction() as session:
        keep_files_of_render(session, render_id, files)
