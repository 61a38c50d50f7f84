"""`reelwright make` as a process: runs that are refused or cut short say so in one sentence and leave nothing behind."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from command_line.api_client import ApiClient
from local.platform import Platform
from tests.end_to_end.stories import put_photos

ROOT = Path(__file__).parents[2]
RUN_SECONDS = 120


@pytest.fixture
def place() -> Iterator[Path]:
    """A folder that PostgreSQL's own user may pass through; pytest's are closed to it."""
    base = Path(tempfile.mkdtemp(prefix="reelwright-refused-"))
    base.chmod(0o711)
    (base / "material").mkdir()
    yield base
    shutil.rmtree(base, ignore_errors=True)


def start(place: Path, *arguments: str, data: Path | None = None) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "command_line.main", *arguments, "--data", str(data or place / "data")]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "TMPDIR": str(place / "tmp")}
    (place / "tmp").mkdir(exist_ok=True)
    return subprocess.Popen(command, cwd=place, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True)


def processes_of(place: Path) -> list[str]:
    """Command lines of living processes that name the folder."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                line = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
            except OSError:
                continue
            if str(place) in line:
                found.append(line)
    return found


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--prompt", "x", "--template", "nonesuch"], "nonesuch"),
        (["--prompt", "x", "--language", "klingon"], "language"),
        (["--prompt", "x", "--script", "long.txt"], "script"),
    ],
)
def test_a_refused_run_ends_with_2_and_one_sentence(platform: Platform, place: Path, arguments: list[str], words: str) -> None:
    put_photos(place / "material", 1)
    (place / "long.txt").write_text("word " * 1300)
    run = start(place, "make", "material", *arguments, "--out", "reel", data=platform.data_directory)
    _, complaint = run.communicate(timeout=RUN_SECONDS)
    assert run.returncode == 2, complaint
    assert words in complaint
    assert "Traceback" not in complaint
    assert complaint.count("\n") == 1
    assert not (place / "reel").exists()


def test_a_run_with_nothing_usable_starts_and_ends_its_own_platform_and_leaves_no_trace(place: Path) -> None:
    (place / "material" / "text.jpg").write_text("This is only text.")
    run = start(place, "make", "material", "--prompt", "x", "--out", "reel")
    said, complaint = run.communicate(timeout=RUN_SECONDS)
    assert run.returncode == 2, complaint
    assert "text.jpg" in said
    assert processes_of(place) == []
    assert list((place / "tmp").iterdir()) == []
    assert not (place / "reel").exists()
    assert [path for path in (place / "data" / "work").rglob("*") if path.is_file()] == []


def test_a_port_in_use_is_said(place: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        run = start(place, "local", "--port", str(taken.getsockname()[1]))
        _, complaint = run.communicate(timeout=RUN_SECONDS)
    assert run.returncode == 2
    assert "port" in complaint.lower()
    assert not (place / "data").exists()
    assert processes_of(place) == []


def test_ctrl_c_in_the_middle_cancels_and_leaves_no_file(platform: Platform, client: ApiClient, place: Path) -> None:
    put_photos(place / "material", 3)
    before = {item["id"] for item in client.get("/v1/generations", limit=100)["items"]}
    run = start(place, "make", "material", "--prompt", "Slow rooms", "--length", "20", "--out", "reel", data=platform.data_directory)
    mine = _wait_until_running(client, before)
    os.kill(run.pid, signal.SIGINT)
    _, complaint = run.communicate(timeout=RUN_SECONDS)
    assert run.returncode == 130, complaint
    assert client.get(f"/v1/generations/{mine}")["state"] == "cancelled"
    assert not (place / "reel").exists()


def _wait_until_running(client: ApiClient, before: set[str]) -> str:
    until = time.monotonic() + RUN_SECONDS
    while time.monotonic() < until:
        for item in client.get("/v1/generations", limit=100)["items"]:
            if item["id"] not in before and item["progress"]["percent"] >= 20:
                return str(item["id"])
        time.sleep(0.3)
    raise AssertionError("the generation did not get far enough")
