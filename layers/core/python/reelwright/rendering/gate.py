"""The delivery gate: the master and every platform's file are held against the document and the specifications."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from reelwright.kit.errors import GateFailed
from reelwright.reels.reel import Reel
from reelwright.reels.specification import Specification
from reelwright.rendering.check_captions import check_captions, check_onsets
from reelwright.rendering.check_contrast import rows_of_contrast
from reelwright.rendering.check_cover import check_cover
from reelwright.rendering.check_cuts import check_cuts
from reelwright.rendering.check_export import check_export
from reelwright.rendering.check_master import check_master
from reelwright.rendering.file_facts import read_file_facts
from reelwright.rendering.gate_report import GateReport, TypeFinding
from reelwright.rendering.measure import Measurements


def check_delivery(
    reel: Reel,
    measured: Measurements,
    exports: Mapping[str, Path],
    specifications: Mapping[str, Specification],
    *,
    onsets: Sequence[float] = (),
    texts: Sequence[TypeFinding] = (),
    cover: Path | None = None,
) -> GateReport:
    """The whole report. Raises GateFailed for unreadable files.

    ``onsets``: where speech was measured to begin, in seconds of the reel; ``texts``: contrast that was measured on the master's
    frames (``ContrastWatcher``); ``cover``: the cover that was drawn.
    """
    caption_rows, chunks = check_captions(reel.captions, reel.canvas)
    onset_rows, heard = check_onsets(reel.captions, onsets)
    cut_rows, cuts = check_cuts(reel)
    cover_rows = check_cover(reel, cover) if cover is not None else []
    rows = [*check_master(reel, measured), *caption_rows, *onset_rows, *rows_of_contrast(texts), *cut_rows, *cover_rows]
    report = GateReport(rows=tuple(rows), cuts=tuple(cuts), captions=tuple(chunks), onsets=tuple(heard), texts=tuple(texts))
    return add_exports(report, exports, specifications)


def add_exports(report: GateReport, exports: Mapping[str, Path], specifications: Mapping[str, Specification]) -> GateReport:
    """The report with one more row per exported file; the rows of an earlier export of the same platform are replaced."""
    rows = [row for platform, path in exports.items() for row in check_export(read_file_facts(path), specifications[platform])]
    names = {row.name for row in rows}
    return report.model_copy(update={"rows": (*(row for row in report.rows if row.name not in names), *rows)})


def require_deliverable(report: GateReport) -> None:
    """Raises GateFailed where an essential promise is broken: such a file is not handed out as finished."""
    if report.essential_faults:
        broken = "; ".join(f"{row.name}: {row.value} instead of {row.bound}" for row in report.essential_faults)
        raise GateFailed(f"The finished file did not pass its checks. {broken}.")
