"""The page beside the reels: what people wrote is escaped, every shot has its picture, what was used is told."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from command_line.report import format_clock, list_used, place_shots, render_page, write_report


def shot(number: int, **more: Any) -> dict[str, Any]:
    base = {"number": number, "at": 2.0 * (number - 1), "seconds": 2.0, "files": [f"{number}.jpg"], "texts": [], "said": "", "transition": "cut", "on": "beat"}
    return base | {"reason": "It names the lamp.", "beat": number - 1, "picture": 0} | more


@pytest.fixture
def report() -> dict[str, Any]:
    return {
        "generation": {
            "id": "gen_1",
            "template": "soft",
            "variants": [
                {"number": 1, "is_preview": False, "hook": "Rooms"},
                {
                    "number": 2,
                    "is_preview": True,
                    "hook": "Who reads here?",
                    "template": "quote",
                    "score": 81.5,
                    "why": ["The hook asks."],
                    "reel_id": "reel_2",
                },
            ],
        },
        "plan": {
            "title": "<b>Rooms</b>",
            "notes": ["A note."],
            "removed": ["Left out: “Outside.”"],
            "post_texts": {"tiktok": {"title": "", "text": 'Say "hi" #rooms'}, "youtube": {"title": "Rooms", "text": "More"}},
        },
        "gate": {
            "rows": [
                {"name": "loudness", "value": "-20 LUFS", "bound": "-14 ± 1", "passed": False, "sentence": "It is as loud as the platforms play it."},
                {"name": "size", "value": "1080 × 1920", "bound": "1080 × 1920", "passed": True, "sentence": "The picture has the size of the canvas."},
            ],
            "sounds": {"voice": {"is_ai_made": True, "seconds": 9.0}, "music": {"is_ai_made": False, "seconds": 12.0}},
        },
        "request": {"brief": {"prompt": "p", "shape": "4:5"}},
        "shots": [shot(1, on="start", said="Some rooms"), shot(2, transition="page_split"), shot(3, beat=None, picture=None)],
        "steps": [{"name": "Plan", "state": "succeeded", "runs": 1, "taken_from": None, "seconds": 0.5}],
        "rights": [{"what": "voice “heart”", "by": "hibari", "licence": "Apache-2.0"}, {"what": "music “Calm”", "by": "x", "licence": "MIT"}],
        "duration_seconds": 12.0,
    }


def test_the_page_says_what_failed_and_escapes_what_people_wrote(tmp_path: Path, report: dict[str, Any]) -> None:
    write_report(report, tmp_path, [("bad.jpg", "It is text.")], 61.5)
    page = (tmp_path / "report.html").read_text()
    assert "1 of 2 checks did not pass" in page
    assert "&lt;b&gt;Rooms" in page
    assert "<h1><b>" not in page
    assert "<b>bad.jpg</b> is left out: It is text." in page
    assert "Left out: “Outside.”" in page
    assert 'data-copy="Say &#34;hi&#34; #rooms"' in page
    assert json.loads((tmp_path / "report.json").read_text())["seconds"] == 61.5


def test_every_shot_has_its_picture_its_reason_and_how_to_exchange_it(tmp_path: Path, report: dict[str, Any]) -> None:
    (tmp_path / "sheet.jpg").write_bytes(b"")
    page = render_page(report | {"seconds": 1.0}, tmp_path)
    assert page.count('class="card shot"') == 3
    assert page.count("url(sheet.jpg)") == 3
    assert "reelwright redo gen_1 --part shot --shot 2" in page
    assert "--part shot --shot 3" not in page, "an end card shows no picture of the plan"
    assert "on a beat, page split" in page


def test_previews_are_shown_where_their_films_lie(tmp_path: Path, report: dict[str, Any]) -> None:
    without = render_page(report | {"seconds": 1.0}, tmp_path)
    (tmp_path / "variant-2-preview.mp4").write_bytes(b"")
    page = render_page(report | {"seconds": 1.0}, tmp_path)
    assert "Who reads here?" not in without
    assert "Who reads here?" in page
    assert 'data-copy="reelwright render reel_2"' in page


def test_what_was_used_is_told_with_what_a_machine_made(report: dict[str, Any]) -> None:
    used = list_used(report)
    assert [(one.what, one.is_ai_made) for one in used] == [("3 photos and clips", False), ("voice “heart”", True), ("music “Calm”", False)]


def test_pictures_of_the_sheet_are_found_by_row_and_column() -> None:
    placed = place_shots([shot(number) for number in range(1, 9)])
    assert [(one["across"], one["down"]) for one in placed[:2]] == [(0.0, 0.0), (20.0, 0.0)]
    assert (placed[7]["across"], placed[7]["down"], placed[7]["width"]) == (20.0, 100.0, 600)
    assert place_shots([shot(1)])[0]["across"] == 0.0


def test_a_report_with_nothing_in_it_is_a_page_too(tmp_path: Path) -> None:
    assert "Your reel" in render_page({"seconds": 1.0}, tmp_path)
    assert (format_clock("5/2"), format_clock(1)) == ("2.50 s", "1.00 s")


def test_the_page_says_how_well_each_text_stands_out(tmp_path: Path, report: dict[str, Any]) -> None:
    report["gate"]["texts"] = [
        {"at": 1.5, "text": "Slow <rooms>", "ratio": 6.21, "bound": 3.0, "passed": True},
        {"at": 4.0, "text": "Faint", "ratio": 2.0, "bound": 4.5, "passed": False},
    ]
    report["seconds"] = 8.0
    page = render_page(report, tmp_path)
    assert "How well each text stands out" in page
    assert "Slow &lt;rooms&gt;" in page
    assert "6.2 : 1" in page
    assert "1.50 s" in page
