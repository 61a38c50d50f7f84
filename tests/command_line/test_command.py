"""The command as a person meets it: exit status, and one sentence instead of a traceback."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from command_line.report import format_clock, render_page, write_report
from command_line.terminal import draw_bar, megabytes


def run(*arguments: str, directory: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "command_line.main", *arguments],
        capture_output=True,
        text=True,
        cwd=directory,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
        check=False,
        timeout=60,
    )


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["make", "nowhere", "--prompt", "x"], "is not a folder"),
        (["make", ".", "--prompt", "x"], "no photo or clip"),
        (["make", ".", "--platforms", "myspace"], "is not a platform"),
        (["make", ".", "--length", "900"], "from 5 to 90"),
        (["make", ".", "--handle", "two words"], "is not a handle: 1 to 60 letters"),
        (["make", ".", "--script", "none.txt", "--prompt", "x"], "no photo or clip"),
        (["local", "--port", "80"], "from 1024 to 65535"),
        (["render", "/etc/passwd"], "neither a reel's id"),
        (["render", "none.json"], "is not there"),
        (["parts", "add", "klingon"], "no part and no language"),
        (["parts", "add", "text-embedder-languages"], "not used by this version yet"),
    ],
)
def test_bad_input_ends_with_status_2_and_a_sentence(tmp_path: Path, arguments: list[str], words: str) -> None:
    ended = run(*arguments, directory=tmp_path)
    assert ended.returncode == 2
    assert words in ended.stderr
    assert "Traceback" not in ended.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_run_without_prompt_and_script_says_what_is_missing(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_bytes(b"x")
    ended = run("make", ".", "--prompt", "  ", directory=tmp_path)
    assert (ended.returncode, "--prompt" in ended.stderr) == (2, True)


def test_an_out_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_bytes(b"x")
    ended = run("make", ".", "--prompt", "x", "--out", "a.jpg", directory=tmp_path)
    assert ended.returncode == 2
    assert "cannot be written to" in ended.stderr


def test_help_names_every_command(tmp_path: Path) -> None:
    ended = run("--help", directory=tmp_path)
    assert ended.returncode == 0
    for name in ("make", "local", "status", "cancel", "templates", "parts", "doctor", "render"):
        assert name in ended.stdout


def test_a_part_that_is_there_is_not_fetched_again(tmp_path: Path) -> None:
    ended = run("parts", "add", "en", directory=tmp_path)
    assert (ended.returncode, ended.stdout) == (0, "voice-en is installed already, and its file is what its checksum says.\n")


def test_sizes_bars_and_clocks_read_well() -> None:
    assert (megabytes(3_200_000), megabytes(12)) == ("3.2 MB", "1 kB")
    assert draw_bar(50, 4) == "██░░"
    assert (format_clock("5/2"), format_clock(1)) == ("2.50 s", "1.00 s")


def test_the_report_page_shows_what_failed_and_escapes_what_people_wrote(tmp_path: Path) -> None:
    row = {"name": "loudness", "value": "-20 LUFS", "bound": "-14 ± 1", "passed": False, "sentence": "Too quiet."}
    report = {
        "plan": {"title": "<b>Rooms</b>", "notes": ["A note."], "post_texts": {}},
        "gate": {"rows": [row]},
        "request": {"brief": {"prompt": "p"}},
        "cuts": [{"at": "5/2", "on": "beat", "reference": "5/2", "offset_frames": 0, "reason": "r"}],
        "steps": [{"name": "Plan", "state": "succeeded", "runs": 1, "seconds": 0.5}],
        "rights": [{"what": "music", "by": "x", "licence": "MIT"}],
    }
    write_report(report, tmp_path, [("bad.jpg", "It is text.")], 61.5)
    page = (tmp_path / "report.html").read_text()
    assert "1 of 1 checks did not pass" in page
    assert "&lt;b&gt;Rooms" in page
    assert "bad.jpg" in page
    assert '"seconds": 61.5' in (tmp_path / "report.json").read_text()
    assert "All 0 checks" in render_page({"seconds": 1.0}, tmp_path)
