"""The storyboard of a render that stands alone, state by state with the real steps and the real renderer."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from reelwright.rendering.tables import RenderRow

MACHINES = Path(__file__).parents[3] / "state_machines"


def read(rows, render_id: str) -> RenderRow:
    with rows.database.transaction() as session:
        return session.get_one(RenderRow, render_id)


@pytest.fixture
def queued(make_render, rows):
    def make(**values) -> dict[str, str]:
        render_id = make_render(seconds=4, state="queued", platforms=["youtube", "tiktok"], **values)
        return {"render_id": render_id, "creator_id": read(rows, render_id).creator_id}

    return make


def test_a_render_alone_is_checked_and_exported(walker, rows, bucket, queued) -> None:
    state = queued()
    walker.walk("render_reel", state)
    assert walker.visited == [
        "Start Render",
        "Is Render Admitted",
        "Count Silent Ends",
        "Run Renderer",
        "Is Alone",
        "Check Delivery",
        "Export",
        "Finish Render",
    ]
    row = read(rows, state["render_id"])
    assert (row.state, row.percent) == ("succeeded", 100)
    assert {"master", "cover", "captions_srt", "captions_vtt", "youtube"} <= set(row.files)
    checks = {check["name"]: check for check in row.report["rows"]}
    assert checks["youtube file"]["passed"]
    assert {"frames", "fast start", "edit lists", "colour tags"} <= set(checks)
    assert checks["youtube file"]["value"].startswith("270x480"), "what fits is only remuxed"
    assert checks["tiktok file"]["value"].startswith("360x640"), "270 pixels are too narrow for it, so it is encoded anew"
    assert [name for name, check in checks.items() if not check["passed"]] == []
    assert bucket.read_json(f"renders/{row.creator_id}/{row.id}/report.json") == row.report


def test_a_render_waits_for_its_turn(walker, rows, queued, make_render) -> None:
    state = queued()
    earlier = make_render(state="running")
    with rows.database.transaction() as session:
        session.get_one(RenderRow, earlier).creator_id = state["creator_id"]

    def finish_the_earlier(_: str) -> None:
        with rows.database.transaction() as session:
            session.get_one(RenderRow, earlier).state = "succeeded"

    walker.on_wait = finish_the_earlier
    walker.walk("render_reel", state)
    assert walker.visited[:5] == ["Start Render", "Is Render Admitted", "Wait For Turn", "Start Render", "Is Render Admitted"]


@pytest.mark.parametrize(("values", "ends_as"), [({"is_cancel_requested": True}, "cancelled"), ({"file": "media/gone.jpg"}, "failed")])
def test_a_render_that_cannot_be_done_ends_in_the_row(walker, rows, queued, values, ends_as) -> None:
    state = queued(**values)
    with pytest.raises(Exception, match="RenderFailed"):
        walker.walk("render_reel", state)
    assert walker.visited[-2:] == ["Record Render Failure", "Render Failed"]
    assert read(rows, state["render_id"]).state == ends_as


def test_a_killed_render_goes_on_and_renders_once(walker, rows, queued, task_world, clock) -> None:
    state = queued()
    walker.kill_after = "Run Renderer"
    with pytest.raises(BaseException, match="Run Renderer"):
        walker.walk("render_reel", state)
    first = read(rows, state["render_id"]).files["master"]
    walker.kill_after = None
    walker.walk("render_reel", state)
    row = read(rows, state["render_id"])
    assert row.state == "succeeded"
    assert row.files["master"] == first


def test_a_render_cancelled_after_its_admission_ends_without_a_second_renderer(walker, rows, queued) -> None:
    state = queued(is_cancel_requested=False)
    ask_to_stop_when_admitted(walker, rows, state["render_id"])
    with pytest.raises(Exception, match="RenderFailed"):
        walker.walk("render_reel", state)
    assert walker.visited.count("Run Renderer") == 1
    assert walker.visited[-5:] == ["Run Renderer", "Judge Render", "Is Tried Again", "Record Render Failure", "Render Failed"]
    assert (read(rows, state["render_id"]).state, read(rows, state["render_id"]).failure_type) == ("cancelled", None)


def ask_to_stop_when_admitted(walker, rows, render_id: str) -> None:
    run_renderer = walker._run_renderer

    def ask_first(given: str) -> None:
        with rows.database.transaction() as session:
            session.get_one(RenderRow, render_id).is_cancel_requested = True
        run_renderer(given)

    walker._run_renderer = ask_first


def test_a_failure_in_words_is_not_tried_again(walker, rows, queued) -> None:
    state = queued(file="media/gone.jpg")
    with pytest.raises(Exception, match="RenderFailed"):
        walker.walk("render_reel", state)
    assert walker.visited.count("Run Renderer") == 1
    assert read(rows, state["render_id"]).failure_type == "NotFound"


def test_a_vanished_renderer_is_tried_again_and_succeeds(walker, rows, queued) -> None:
    state = queued()
    walker.vanishing_renderers = 2
    walker.walk("render_reel", state)
    assert walker.visited.count("Run Renderer") == 3
    assert walker.visited.count("Wait Before Next Try") == 2
    row = read(rows, state["render_id"])
    assert (row.state, row.failure_type) == ("succeeded", None)
    assert "master" in row.files


def test_a_renderer_that_vanishes_three_times_is_a_failed_render(walker, rows, queued) -> None:
    state = queued()
    walker.vanishing_renderers = 3
    with pytest.raises(Exception, match="RenderFailed"):
        walker.walk("render_reel", state)
    assert walker.visited.count("Run Renderer") == 3
    assert walker.visited[-4:] == ["Judge Render", "Is Tried Again", "Record Render Failure", "Render Failed"]
    assert read(rows, state["render_id"]).state == "failed"


def test_only_an_end_without_a_word_is_left_to_the_next_try() -> None:
    storyboard = json.loads((MACHINES / "render_reel.asl.json").read_text())
    renderer = storyboard["States"]["Run Renderer"]
    assert [name for retry in renderer["Retry"] for name in retry["ErrorEquals"]] == ["ECS.ServerException", "ECS.AmazonECSException"]
    assert {name: one["Next"] for one in renderer["Catch"] for name in one["ErrorEquals"]} == {
        "ECS.ServerException": "Record Render Failure",
        "ECS.AmazonECSException": "Record Render Failure",
        "States.TaskFailed": "Judge Render",
        "States.ALL": "Record Render Failure",
    }
