"""Admission: a creator's generations and renders take turns in the order of asking, and creators do not wait for each other."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from functions.generation import admit_generation, start_render
from reelwright.kit.errors import Cancelled, Conflict
from reelwright.kit.identifiers import new_id
from reelwright.rendering.tables import RenderRow

BEGIN = datetime(2026, 11, 1, tzinfo=UTC)


def admit(world, generation_id: str) -> bool:
    return admit_generation.run({"generation_id": generation_id}, world)["is_admitted"]


def test_the_second_generation_of_a_creator_waits_for_the_first(world, rows) -> None:
    creator = rows.creator()
    first = rows.generation(creator, [], created_at=BEGIN)
    second = rows.generation(creator, [], created_at=BEGIN + timedelta(seconds=1))
    assert admit(world, second) is False, "the earlier one comes first, even where the later one asks first"
    assert admit(world, first) is True
    assert admit(world, second) is False
    with rows.database.transaction() as session:
        session.get_one(type(rows.read(first)), first).state = "succeeded"
    assert admit(world, second) is True


def test_an_admitted_generation_is_running_and_stays_admitted(world, rows) -> None:
    generation_id = rows.generation(rows.creator(), [])
    assert [admit(world, generation_id), admit(world, generation_id)] == [True, True]
    row = rows.read(generation_id)
    assert (row.state, row.stage, row.percent) == ("running", "analysing", 2)
    assert row.eta_seconds is not None
    assert rows.read(generation_id).started_at is not None


def test_another_creator_does_not_wait(world, rows) -> None:
    assert [admit(world, rows.generation(rows.creator(), [])) for _ in range(3)] == [True, True, True]


def test_a_cancelled_generation_is_not_admitted(world, rows) -> None:
    with pytest.raises(Cancelled):
        admit(world, rows.generation(rows.creator(), [], is_cancel_requested=True))


def test_a_finished_generation_is_not_begun_again(world, rows) -> None:
    with pytest.raises(Conflict):
        admit(world, rows.generation(rows.creator(), [], state="failed"))


def test_many_asking_at_once_get_one_place(world, rows) -> None:
    creator = rows.creator()
    generations = [rows.generation(creator, [], created_at=BEGIN + timedelta(seconds=number)) for number in range(4)]
    with ThreadPoolExecutor(4) as pool:
        admitted = list(pool.map(lambda one: admit(world, one), generations))
    assert admitted.count(True) == 1


def make_render(rows, creator: str, at: datetime, **values) -> str:
    render_id = new_id("render")
    with rows.database.transaction() as session:
        session.add(
            RenderRow(
                **(
                    {"id": render_id, "creator_id": creator, "reel_id": "reel_x", "reel_version": 1, "platforms": [], "state": "queued", "created_at": at}
                    | values
                )
            )
        )
    return render_id


def test_renders_take_turns_too(world, rows) -> None:
    creator = rows.creator()
    first, second = make_render(rows, creator, BEGIN), make_render(rows, creator, BEGIN + timedelta(seconds=1))
    assert start_render.run({"render_id": second}, world)["is_admitted"] is False
    assert start_render.run({"render_id": first}, world) == {"is_admitted": True, "is_alone": True}
    assert start_render.run({"render_id": second}, world)["is_admitted"] is False


def test_a_render_of_a_generation_is_not_alone(world, rows) -> None:
    creator = rows.creator()
    render_id = make_render(rows, creator, BEGIN, generation_id=rows.generation(creator, []))
    assert start_render.run({"render_id": render_id}, world) == {"is_admitted": True, "is_alone": False}


def test_a_cancelled_render_is_not_started(world, rows) -> None:
    with pytest.raises(Cancelled):
        start_render.run({"render_id": make_render(rows, rows.creator(), BEGIN, is_cancel_requested=True)}, world)
