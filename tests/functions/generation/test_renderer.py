"""The renderer's task: from the row to stored files, with its exit status, its heartbeat, and an end for every accident."""

from __future__ import annotations

import shutil
import threading
import time
from collections import namedtuple

import pytest

from containers.renderer.main import main
from containers.renderer.report_progress import ProgressReporter
from containers.renderer.run_render import run_render
from reelwright.kit.errors import Cancelled
from reelwright.rendering.tables import RenderRow


def read(rows, render_id: str) -> RenderRow:
    with rows.database.transaction() as session:
        return session.get_one(RenderRow, render_id)


def test_a_render_stores_its_files_and_leaves_nothing_behind(task_world, rows, bucket, make_render) -> None:
    render_id = make_render()
    assert main([render_id], task_world) == 0
    files = read(rows, render_id).files
    assert set(files) == {"master", "cover", "cover_grid", "cover_feed", "cover_square", "sheet", "captions_srt", "captions_vtt"}
    for stored in files.values():
        assert (bucket.root / stored["key"]).stat().st_size == stored["size_bytes"] > 0
    assert (bucket.root / files["captions_srt"]["key"]).read_text() == "1\n00:00:00,100 --> 00:00:00,900\nHello\n"
    assert list(task_world.settings.work_directory.iterdir()) == []


def test_where_nothing_is_said_there_are_no_empty_captions(task_world, rows, make_render) -> None:
    render_id = make_render(is_spoken=False)
    assert main([render_id], task_world) == 0
    assert set(read(rows, render_id).files) == {"master", "cover", "cover_grid", "cover_feed", "cover_square", "sheet"}


def test_a_render_that_is_there_already_exits_at_once(task_world, rows, make_render) -> None:
    render_id = make_render(files={"master": {"key": "k", "size_bytes": 1, "content_type": "video/mp4"}}, file="gone.jpg")
    assert main([render_id], task_world) == 0


def test_a_cancelled_render_exits_with_three(task_world, rows, make_render, capsys) -> None:
    render_id = make_render(is_cancel_requested=True)
    assert main([render_id], task_world) == 3
    assert capsys.readouterr().err.splitlines()[-1] == "Cancelled"
    assert read(rows, render_id).state == "cancelled"


def test_cancelling_while_it_renders_stops_it_within_five_seconds(task_world, rows, make_render) -> None:
    render_id = make_render(seconds=180)
    answer: list[int] = []
    thread = threading.Thread(target=lambda: answer.append(main([render_id], task_world)))
    thread.start()
    until = time.monotonic() + 30
    while read(rows, render_id).percent == 0 and time.monotonic() < until:
        time.sleep(0.1)
    with rows.database.transaction() as session:
        session.get_one(RenderRow, render_id).is_cancel_requested = True
    asked = time.monotonic()
    thread.join(timeout=20)
    assert answer == [3]
    assert time.monotonic() - asked <= 5
    row = read(rows, render_id)
    assert (row.state, row.files) == ("cancelled", None)
    assert 0 < row.percent < 100
    assert row.heartbeat_at is not None
    assert list(task_world.settings.work_directory.iterdir()) == []


def test_a_missing_file_is_a_failure_in_words(task_world, rows, make_render, capsys) -> None:
    render_id = make_render(file="media/gone.jpg")
    assert main([render_id], task_world) == 1
    assert capsys.readouterr().err.splitlines()[-1] == "NotFound"
    assert (read(rows, render_id).state, read(rows, render_id).failure_type) == ("failed", "NotFound")
    assert main([render_id], task_world) == 1, "what failed with a reason is not tried again"
    assert capsys.readouterr().err.splitlines()[-1] == "RenderFailed"


def test_a_full_disk_is_said_before_anything_is_fetched(task_world, rows, make_render, monkeypatch) -> None:
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage(100, 100, 1000))
    render_id = make_render()
    assert main([render_id], task_world) == 1
    row = read(rows, render_id)
    assert (row.failure_type, row.state) == ("TooLarge", "failed")
    assert "not enough free disk" in row.failure_detail


def test_a_second_renderer_waits_while_the_first_is_alive(task_world, rows, make_render, clock) -> None:
    render_id = make_render(heartbeat_at=clock())
    waits: list[float] = []

    def sleep(seconds: float) -> None:
        waits.append(seconds)
        clock.offset += 4

    run_render(render_id, task_world, sleep)
    assert len(waits) == 3, "ten seconds without a heartbeat mean that it is dead"
    assert "master" in read(rows, render_id).files


def test_a_generations_wish_to_stop_reaches_its_render(task_world, rows, make_render) -> None:
    creator = rows.creator()
    generation_id = rows.generation(creator, [], state="running", is_cancel_requested=True)
    render_id = make_render(generation_id=generation_id)
    with ProgressReporter(render_id, 30.0, task_world) as reporter:
        reporter.see(0.5)
        until = time.monotonic() + 4
        while not reporter.is_cancelled() and time.monotonic() < until:
            time.sleep(0.05)
        with pytest.raises(Cancelled):
            reporter.check()
    row = rows.read(generation_id)
    assert (row.stage, row.percent) == ("rendering", 68)
    assert row.eta_seconds is not None


def test_the_argument_is_one_id(task_world, capsys) -> None:
    assert main([], task_world) == 2
    assert "renderer RENDER_ID" in capsys.readouterr().err


def test_an_unknown_render_is_an_error_class_on_stderr(task_world, capsys) -> None:
    assert main(["render_unknown"], task_world) == 1
    assert capsys.readouterr().err.splitlines()[-1] == "NotFound"
