"""report.json and report.html beside the reels: what was made, why, and what was checked."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader

PAGES = Path(__file__).parent / "pages"
SHEET_COLUMNS = 6  # as the platform lays the contact sheet out
_PLATFORM_NAMES = {"instagram": "Instagram", "facebook": "Facebook", "youtube": "YouTube", "tiktok": "TikTok"}
_CUTS = {"start": "opens the reel", "beat": "on a beat", "phrase": "just before a sentence", "end_card": "the end"}
_JOINS_UNSAID = {"cut", "beat_cut"}


def write_report(report: dict[str, Any], directory: Path, refused: list[tuple[str, str]], seconds: float) -> None:
    """Writes both files; ``report`` is the API's answer, ``refused`` the files left out with their reasons."""
    full = report | {"left_out": [{"file": name, "reason": reason} for name, reason in refused], "seconds": round(seconds, 1)}
    _write(directory / "report.json", json.dumps(full, ensure_ascii=False, indent=2) + "\n")
    _write(directory / "report.html", render_page(full, directory))


def render_page(report: dict[str, Any], directory: Path) -> str:
    """The page as HTML; it shows the files that lie beside it and needs no network."""
    environment = Environment(loader=FileSystemLoader(PAGES), autoescape=True, trim_blocks=True, lstrip_blocks=True)
    environment.filters["clock"] = format_clock
    rows = (report.get("gate") or {}).get("rows") or []
    brief = (report.get("request") or {}).get("brief") or {}
    return environment.get_template("report.html.j2").render(
        report=report,
        plan=report.get("plan") or {},
        brief=brief,
        shape=_shape(brief.get("shape", "9:16")),
        rows=rows,
        gate=report.get("gate") or {},
        failed=[row for row in rows if not row.get("passed")],
        shots=place_shots(report.get("shots") or []),
        videos=_find_videos(directory),
        previews=_find_previews(report, directory),
        used=list_used(report),
        platform_names=_PLATFORM_NAMES,
        has=_find_companions(directory),
    )


@dataclass(frozen=True)
class Used:
    """One thing that is in the reel: whose it is, under which terms, and whether a machine made it."""

    what: str
    by: str
    licence: str
    is_ai_made: bool


def list_used(report: Mapping[str, Any]) -> list[Used]:
    """The creator's own files first, then what was added."""
    files = list(dict.fromkeys(name for shot in report.get("shots") or [] for name in shot.get("files", ())))
    sounds: Mapping[str, Any] = (report.get("gate") or {}).get("sounds") or {}
    used = [Used(f"{len(files)} photos and clips" if len(files) > 1 else files[0], "you", "yours", False)] if files else []
    for entry in report.get("rights") or []:
        is_ai_made = any(sound.get("is_ai_made") and name in entry["what"].lower() for name, sound in sounds.items())
        used.append(Used(entry["what"], entry["by"], entry["licence"], is_ai_made or "ai" in entry["licence"].lower().split()))
    return used


def place_shots(shots: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Each shot with its place in the contact sheet, in percent, and its cut in words."""
    columns = min(SHEET_COLUMNS, len(shots)) or 1
    rows = -(-len(shots) // columns) or 1
    return [
        {
            **shot,
            "ends": shot["at"] + shot["seconds"],
            "across": round(100 * (number % columns) / max(1, columns - 1), 3),
            "down": round(100 * (number // columns) / max(1, rows - 1), 3),
            "width": 100 * columns,
            "cut": _describe_cut(shot),
        }
        for number, shot in enumerate(shots)
    ]


def format_clock(value: Any) -> str:
    """Seconds, as number or rational text ('5/2'), as '2.50 s'."""
    if isinstance(value, str) and "/" in value:
        above, below = value.split("/")
        return f"{int(above) / int(below):.2f} s"
    return f"{float(value):.2f} s"


def _describe_cut(shot: Mapping[str, Any]) -> str:
    join = str(shot.get("transition", "cut"))
    words = _CUTS.get(str(shot.get("on")), str(shot.get("on", "")).replace("_", " "))
    return words if join in _JOINS_UNSAID else f"{words}, {join.replace('_', ' ')}"


def _shape(name: str) -> tuple[int, int]:
    across, _, down = name.partition(":")
    return int(across), int(down)


def _find_videos(directory: Path) -> list[dict[str, str]]:
    return [{"name": label, "file": f"{name}.mp4"} for name, label in _PLATFORM_NAMES.items() if (directory / f"{name}.mp4").exists()]


def _find_previews(report: Mapping[str, Any], directory: Path) -> list[dict[str, Any]]:
    variants = (report.get("generation") or {}).get("variants") or []
    stems = [(variant, f"variant-{variant['number']}-preview") for variant in variants if variant.get("is_preview")]
    named = [{**variant, "file": f"{stem}.mp4", "poster": f"{stem}.jpg"} for variant, stem in stems]
    return [variant for variant in named if (directory / variant["file"]).exists()]


def _find_companions(directory: Path) -> dict[str, bool]:
    names = {"cover": "cover.jpg", "sheet": "sheet.jpg", "captions": "captions.srt"}
    return {name: (directory / file).exists() for name, file in names.items()}


def _write(path: Path, text: str) -> None:
    temporary = path.with_name(f".{path.name}.part")
    temporary.write_text(text, encoding="utf-8")
    temporary.replace(path)
