"""report.json and report.html beside the reels: what was made, why, and what was checked."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader

PAGES = Path(__file__).parent / "pages"
_PLATFORM_NAMES = {"instagram": "Instagram", "facebook": "Facebook", "youtube": "YouTube", "tiktok": "TikTok"}


def write_report(report: dict[str, Any], directory: Path, refused: list[tuple[str, str]], seconds: float) -> None:
    """Writes both files; ``report`` is the API's answer, ``refused`` the files left out with their reasons."""
    full = report | {"left_out": [{"file": name, "reason": reason} for name, reason in refused], "seconds": round(seconds, 1)}
    _write(directory / "report.json", json.dumps(full, ensure_ascii=False, indent=2) + "\n")
    _write(directory / "report.html", render_page(full, directory))


def render_page(report: dict[str, Any], directory: Path) -> str:
    """The page as HTML; it shows the files that lie beside it and needs no network."""
    environment = Environment(loader=FileSystemLoader(PAGES), autoescape=True, trim_blocks=True, lstrip_blocks=True)
    environment.filters["clock"] = format_clock
    gate = report.get("gate") or {}
    rows = gate.get("rows") or []
    videos = [{"name": label, "file": f"{name}.mp4"} for name, label in _PLATFORM_NAMES.items() if (directory / f"{name}.mp4").exists()]
    return environment.get_template("report.html.j2").render(
        report=report,
        plan=report.get("plan") or {},
        rows=rows,
        failed=[row for row in rows if not row.get("passed")],
        videos=videos,
        platform_names=_PLATFORM_NAMES,
        has_cover=(directory / "cover.jpg").exists(),
        has_captions=(directory / "captions.srt").exists(),
    )


def format_clock(value: Any) -> str:
    """Seconds, as number or rational text ('5/2'), as '2.50 s'."""
    if isinstance(value, str) and "/" in value:
        above, below = value.split("/")
        return f"{int(above) / int(below):.2f} s"
    return f"{float(value):.2f} s"


def _write(path: Path, text: str) -> None:
    temporary = path.with_name(f".{path.name}.part")
    temporary.write_text(text, encoding="utf-8")
    temporary.replace(path)
