"""How generations and renders end: the first end stays, and every failure is a sentence."""

from __future__ import annotations

import json

import pytest

from functions.generation import finish_render, record_cancellation, record_failure, record_render_failure
from reelwright.generation.end_generation import TIMED_OUT, UNKNOWN_FAILURE
from reelwright.kit.errors import Conflict
from reelwright.kit.identifiers import new_id
from reelwright.rendering.render_row import DIED_SILENTLY
from reelwright.rendering.tables import RenderRow


def lambda_error(name: str, words: str) -> dict[str, str]:
    return {"Error": name, "Cause": json.dumps({"errorType": name, "errorMessage": words, "stackTrace": ["secret insides"]})}


def make_render(rows, generation_id: str | None, creator: str, **values) -> str:
    render_id = new_id("render")
    with rows.database.transaction() as session:
        base = {
            "id": render_id,
            "creator_id": creator,
            "generation_id": generation_id,
            "reel_id": "reel_x",
            "reel_version": 1,
            "platforms": [],
            "state": "running",
        }
        session.add(RenderRow(**(base | values)))
    return render_id


def read_render(rows, render_id: str) -> RenderRow:
    with rows.database.transaction() as session:
        return session.get_one(RenderRow, render_id)


def test_a_failure_of_ours_is_told_in_its_own_words(world, rows) -> None:
    generation_id = rows.generation(rows.creator(), [], state="running")
    record_failure.run({"generation_id": generation_id, "error": lambda_error("MediaRefused", "None of the files can be used.")}, world)
    row = rows.read(generation_id)
    assert (row.state, row.failure_type, row.failure_detail) == ("failed", "MediaRefused", "None of the files can be used.")
    assert rows.sentences(generation_id)[-1] == "None of the files can be used."
    assert row.finished_at is not None


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (lambda_error("KeyError", "'secret'"), UNKNOWN_FAILURE),
        ({"Error": "States.Timeout", "Cause": ""}, TIMED_OUT),
        ({}, UNKNOWN_FAILURE),
        ({"Error": "X", "Cause": "not json"}, UNKNOWN_FAILURE),
    ],
)
def test_other_failures_show_no_insides(world, rows, error, words) -> None:
    generation_id = rows.generation(rows.creator(), [], state="running")
    record_failure.run({"generation_id": generation_id, "error": error}, world)
    assert rows.read(generation_id).failure_detail == words


def test_a_failure_after_a_wish_to_stop_is_a_cancellation(world, rows) -> None:
    generation_id = rows.generation(rows.creator(), [], state="running", is_cancel_requested=True)
    record_failure.run({"generation_id": generation_id, "error": lambda_error("RenderFailed", "stopped")}, world)
    assert rows.read(generation_id).state == "cancelled"


def test_cancelling_stops_the_render_and_stays(world, rows) -> None:
    creator = rows.creator()
    generation_id = rows.generation(creator, [], state="running")
    alive = make_render(rows, generation_id, creator, heartbeat_at=world.clock())
    queued = make_render(rows, generation_id, creator, state="queued")
    other = make_render(rows, None, creator)
    record_cancellation.run({"generation_id": generation_id}, world)
    record_failure.run({"generation_id": generation_id, "error": {}}, world)
    assert rows.read(generation_id).state == "cancelled"
    assert (read_render(rows, alive).state, read_render(rows, alive).is_cancel_requested) == ("running", True), "its renderer ends it"
    assert read_render(rows, queued).state == "cancelled"
    assert (read_render(rows, other).state, read_render(rows, other).is_cancel_requested) == ("running", False)


def test_a_renderer_that_died_without_a_word_is_a_failed_render(world, rows) -> None:
    render_id = make_render(rows, None, rows.creator())
    record_render_failure.run({"render_id": render_id, "error": {"Error": "States.TaskFailed", "Cause": "exit code 137"}}, world)
    row = read_render(rows, render_id)
    assert (row.state, row.failure_type, row.failure_detail) == ("failed", "RenderFailed", DIED_SILENTLY)


def test_what_the_renderer_said_itself_stays(world, rows) -> None:
    render_id = make_render(rows, None, rows.creator(), state="failed", failure_type="TooLarge", failure_detail="The disk is full.")
    record_render_failure.run({"render_id": render_id, "error": {"Error": "States.TaskFailed", "Cause": ""}}, world)
    assert read_render(rows, render_id).failure_detail == "The disk is full."


def test_a_render_that_was_to_stop_is_cancelled(world, rows) -> None:
    render_id = make_render(rows, None, rows.creator(), is_cancel_requested=True)
    record_render_failure.run({"render_id": render_id, "error": {"Error": "States.TaskFailed", "Cause": ""}}, world)
    assert (read_render(rows, render_id).state, read_render(rows, render_id).failure_type) == ("cancelled", None)


def test_a_render_without_a_file_does_not_succeed(world, rows) -> None:
    with pytest.raises(Conflict):
        finish_render.run({"render_id": make_render(rows, None, rows.creator())}, world)


def test_a_render_with_its_file_succeeds(world, rows) -> None:
    render_id = make_render(rows, None, rows.creator(), files={"master": {"key": "k", "size_bytes": 1, "content_type": "video/mp4"}})
    finish_render.run({"render_id": render_id}, world)
    assert (read_render(rows, render_id).state, read_render(rows, render_id).percent) == ("succeeded", 100)
