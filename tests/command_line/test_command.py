"""The command as a person meets it: exit status, and one sentence instead of a traceback."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

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
        (["make", ".", "--variants", "4"], "from 1 to 3"),
        (["make", ".", "--shape", "2:1"], "invalid choice"),
        (["make", ".", "--glossary", " , "], "names with commas between them"),
        (["redo", "reel_1", "--part", "hook"], "is not a generation's id"),
        (["redo", "gen_1", "--part", "shot"], "--shot N"),
        (["redo", "gen_1", "--part", "colour"], "invalid choice"),
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
    assert len(ended.stderr.splitlines()) == 1
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
