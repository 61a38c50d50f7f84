"""Every Catch of the two storyboards is reached: whatever breaks wherever, the rows say so in words."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from reelwright.kit.errors import Cancelled, GateFailed
from reelwright.rendering.tables import RenderRow

MACHINES = Path(__file__).parents[3] / "state_machines"


def states_with_catch(machine: str) -> list[str]:
    return [name for name, body in json.loads((MACHINES / f"{machine}.asl.json").read_text())["States"].items() if body.get("Catch")]


ANSWERS = {
    "Admit Generation": {"is_admitted": True},
    "Collect Media": {"is_complete": True},
    "Plan": {"variants": [2]},
    "Create Render": {"render_id": "render_x"},
    "Prepare Preview": {"render_id": "render_y"},
    **dict.fromkeys(
        ("Enhance", "Make Voice", "Make Music", "Make Stills", "Make Clips", "Make Captions", "Compose", "Render", "Render Preview", "Check Delivery", "Export")
    ),
    "Start Render": {"is_admitted": True, "is_alone": True},
    "Run Renderer": None,
}
# The step after 'Render' reads how it went from the row, and a reel without previews is a reel: these do not end the generation by themselves.
DIRECT = [name for name in states_with_catch("generate_reel") if name not in {"Render", "Make Previews"}]


@pytest.mark.parametrize("state", DIRECT)
@pytest.mark.parametrize(
    ("error", "ends_as", "recorder"),
    [(Cancelled("You asked to stop."), "cancelled", "Record Cancellation"), (GateFailed("It is upside down."), "failed", "Record Failure")],
)
def test_a_generation_ends_in_its_row_wherever_it_breaks(walker, rows, state, error, ends_as, recorder) -> None:
    generation = {"generation_id": rows.generation(rows.creator(), [], state="running"), "creator_id": "x"}
    breaks_at = "Make Music" if state == "Make Elements" else state
    walker.answers = {name: answer for name, answer in ANSWERS.items() if name != breaks_at}
    walker.fail_at = {breaks_at: error}
    with pytest.raises(Exception, match="Cancelled" if ends_as == "cancelled" else "GenerationFailed"):
        walker.walk("generate_reel", generation)
    assert recorder in walker.visited
    row = rows.read(generation["generation_id"])
    assert row.state == ends_as
    assert row.failure_detail == (None if ends_as == "cancelled" else "It is upside down.")
    assert row.finished_at is not None


@pytest.mark.parametrize(
    ("state", "error", "last"),
    [
        ("Make Previews", GateFailed("It broke."), "Tell Creator"),
        ("Make Previews", Cancelled("You asked to stop."), "Generation Cancelled"),
        ("Prepare Preview", GateFailed("It broke."), "Tell Creator"),
        ("Render Preview", RuntimeError("States.TaskFailed"), "Tell Creator"),
    ],
)
def test_previews_that_break_leave_the_reel(walker, rows, state, error, last) -> None:
    generation = {"generation_id": rows.generation(rows.creator(), [], state="running"), "creator_id": "x"}
    walker.answers = {name: answer for name, answer in (ANSWERS | {"Tell Creator": {}}).items() if name != state}
    walker.fail_at = {state: error}
    if last == "Generation Cancelled":
        with pytest.raises(Exception, match="Cancelled"):
            walker.walk("generate_reel", generation)
    else:
        walker.walk("generate_reel", generation)
    assert walker.visited[-1] == last
    assert ("Preview Is Missing" in walker.visited) == (state != "Make Previews")


def test_a_render_that_breaks_is_looked_at_in_its_row(walker, rows) -> None:
    generation = {"generation_id": rows.generation(rows.creator(), [], state="running"), "creator_id": "x"}
    walker.answers = {name: answer for name, answer in ANSWERS.items() if name != "Render"}
    walker.fail_at = {"Render": RuntimeError("States.TaskFailed"), "Check Delivery": GateFailed("There is no file.")}
    with pytest.raises(Exception, match="GenerationFailed"):
        walker.walk("generate_reel", generation)
    assert walker.visited[-4:] == ["Render", "Check Delivery", "Record Failure", "Generation Failed"]


@pytest.mark.parametrize("state", states_with_catch("render_reel"))
def test_a_render_ends_in_its_row_wherever_it_breaks(walker, rows, make_render, state) -> None:
    render_id = make_render()
    leave_out = {"Judge Render": {"Judge Render", "Run Renderer"}}.get(state, {state})
    walker.answers = {name: answer for name, answer in ANSWERS.items() if name not in leave_out}
    walker.fail_at = {state: GateFailed("It is upside down.")}
    walker.vanishing_renderers = 1
    with pytest.raises(Exception, match="RenderFailed"):
        walker.walk("render_reel", {"render_id": render_id, "creator_id": "x"})
    assert walker.visited[-2:] == ["Record Render Failure", "Render Failed"]
    with rows.database.transaction() as session:
        row = session.get_one(RenderRow, render_id)
    assert (row.state, row.failure_detail) == ("failed", "It is upside down.")
