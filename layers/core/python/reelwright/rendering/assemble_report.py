"""The report of a render as the creator reads it: the gate's findings, the shots with their reasons, whose work is in it."""

from __future__ import annotations

from typing import Any

from reelwright.reels.reel import Picture, Reel
from reelwright.rendering.gate_report import GateReport


def assemble_report(reel: Reel, report: GateReport) -> dict[str, Any]:
    """JSON-able; ``read_gate`` gives the findings back."""
    return {
        "has_passed": report.has_passed,
        **report.model_dump(mode="json"),
        "shots": [_describe_shot(reel, number) for number in range(len(reel.tracks[0].clips))],
        "declarations": [declared.model_dump(mode="json") for declared in reel.declarations],
        "rights": [entry.model_dump(mode="json") for entry in reel.rights],
        "sounds": {name: {"is_ai_made": sound.is_ai_made, "seconds": round(float(sound.duration), 2)} for name, sound in reel.sounds.items()},
    }


def read_gate(report: dict[str, Any]) -> GateReport:
    """The findings of a stored report."""
    return GateReport.model_validate({name: report.get(name, ()) for name in GateReport.model_fields})


def _describe_shot(reel: Reel, number: int) -> dict[str, Any]:
    clip = reel.tracks[0].clips[number]
    shown = list(dict.fromkeys(layer.media_id for layer in clip.layers if isinstance(layer, Picture)))
    return {"clip": clip.id, "start": float(clip.start), "seconds": float(clip.duration), "media_ids": shown, "reason": clip.reason}
