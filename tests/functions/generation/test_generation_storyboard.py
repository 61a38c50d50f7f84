"""A whole generation through its storyboard with the real steps and renderer: once, killed everywhere, cancelled, failing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from reelwright.generation.tables import GenerationRow
from reelwright.kit.errors import InvalidInput, ProviderError, RenderFailed
from reelwright.reels.tables import ReelRow
from reelwright.rendering.tables import RenderRow

RECORDED = {
    "Collect Media",
    "Plan",
    "Enhance",
    "Make Voice",
    "Make Music",
    "Make Stills",
    "Make Clips",
    "Make Captions",
    "Compose",
    "Create Render",
    "Check Delivery",
    "Export",
    "Tell Creator",
}
IN_ORDER = [
    "Admit Generation",
    "Collect Media",
    "Plan",
    "Enhance",
    "Make Voice",
    "Make Music",
    "Make Elements",
    "Make Captions",
    "Compose",
    "Create Render",
    "Render",
    "Check Delivery",
    "Export",
    "Tell Creator",
]


@pytest.fixture
def generation(rows) -> dict[str, str]:
    creator = rows.creator()
    return {"generation_id": rows.generation(creator, [rows.photo(creator, number) for number in range(3)]), "creator_id": creator}


class Storm:
    """Kills the process after every step once, and in the middle of some."""

    def __init__(self, walker, cast, killed: type[BaseException]) -> None:
        self.walker, self.killed = walker, killed
        self.middles = [(cast.planner, "plan"), (cast.enhancer, "enhance"), (cast.voice, "speak"), (cast.music, "make")]

    def kill_in_the_middle(self, provider, method: str) -> None:
        whole = getattr(provider, method)

        def dying(*given):
            setattr(provider, method, whole)
            raise self.killed(method)

        setattr(provider, method, dying)


def test_a_generation_killed_after_and_in_every_step_finishes_and_repeats_none(walker, world, rows, bucket, cast, clock, generation, killed) -> None:
    storm = Storm(walker, cast, killed)
    for provider, method in storm.middles:
        storm.kill_in_the_middle(provider, method)
        with pytest.raises(killed):
            walker.walk("generate_reel", generation)
    runs = {name: step.runs for name, step in rows.steps(generation["generation_id"]).items()}
    assert runs == {"Collect Media": 1, "Plan": 2, "Enhance": 2, "Make Voice": 2, "Make Music": 1}
    for step in IN_ORDER:
        walker.kill_after = step
        with pytest.raises(killed, match=step):
            walker.walk("generate_reel", generation)
        clock.offset += 11  # longer than a dead renderer's heartbeat counts

    row = rows.read(generation["generation_id"])
    assert (row.state, row.stage, row.percent, row.failure_type) == ("succeeded", "finished", 100, None)
    steps = rows.steps(generation["generation_id"])
    assert set(steps) == RECORDED
    begun_twice = {name for name, step in steps.items() if step.runs > 1}
    assert begun_twice == {"Plan", "Enhance", "Make Voice", "Make Music"}, "only what was killed in its middle is begun again"
    assert (cast.planner.calls, cast.voice.calls) == (1, 1)
    with rows.database.transaction() as session:
        assert session.query(ReelRow).filter_by(generation_id=row.id).count() == 1
        (render,) = session.query(RenderRow).filter_by(generation_id=row.id)
    assert render.state == "succeeded"
    assert {"master", "cover", "cover_grid", "cover_feed", "cover_square", "sheet", "captions_srt", "captions_vtt", "instagram", "tiktok"} == set(render.files)
    essential = [check["name"] for check in render.report["rows"] if not check["passed"] and check["is_essential"]]
    assert essential == []
    assert rows.sentences(row.id)[-2].startswith("Your reel is ready.")
    assert bucket.read_json(f"renders/{row.creator_id}/{render.id}/report.json")["rows"]


def test_waiting_in_the_queue_ends_when_the_earlier_one_does(walker, rows, generation) -> None:
    earlier = rows.generation(generation["creator_id"], [], state="running", created_at=datetime.now(UTC) - timedelta(hours=1))

    def finish(name: str) -> None:
        with rows.database.transaction() as session:
            session.get_one(GenerationRow, earlier).state = "succeeded"
            session.get_one(GenerationRow, generation["generation_id"]).is_cancel_requested = True

    walker.on_wait = finish
    with pytest.raises(Exception, match="Cancelled"):
        walker.walk("generate_reel", generation)
    assert walker.visited == [
        "Admit Generation",
        "Is Admitted",
        "Wait In Queue",
        "Admit Generation",
        "Record Cancellation",
        "Generation Cancelled",
    ]
    assert rows.read(generation["generation_id"]).state == "cancelled"


@pytest.mark.parametrize("step", ["Collect Media", "Plan", "Make Voice", "Compose", "Create Render"])
def test_cancelling_after_a_step_ends_the_generation_at_the_next(walker, rows, generation, killed, step) -> None:
    walker.kill_after = step
    with pytest.raises(killed):
        walker.walk("generate_reel", generation)
    with rows.database.transaction() as session:
        session.get_one(GenerationRow, generation["generation_id"]).is_cancel_requested = True
    walker.kill_after = None
    with pytest.raises(Exception, match="Cancelled"):
        walker.walk("generate_reel", generation)
    row = rows.read(generation["generation_id"])
    assert (row.state, row.failure_type) == ("cancelled", None)
    with rows.database.transaction() as session:
        assert {render.state for render in session.query(RenderRow).filter_by(generation_id=row.id)} <= {"cancelled"}


@pytest.mark.parametrize("failure", [InvalidInput("There is nothing to show."), ProviderError("All of them are down."), KeyError("inside")])
def test_a_failing_step_is_recorded_and_ends_the_generation(walker, rows, cast, generation, failure) -> None:
    def fail(wanted):
        raise failure

    cast.planner.plan = fail
    with pytest.raises(Exception, match="GenerationFailed"):
        walker.walk("generate_reel", generation)
    row = rows.read(generation["generation_id"])
    assert row.state == "failed"
    assert row.failure_type == type(failure).__name__
    assert "inside" not in row.failure_detail
    assert walker.visited[-2:] == ["Record Failure", "Generation Failed"]


def test_an_error_in_one_of_the_parallel_branches_ends_the_generation(walker, rows, cast, generation) -> None:
    def fail(*given):
        raise RenderFailed("It broke.")

    cast.voice.speak = fail
    with pytest.raises(Exception, match="GenerationFailed"):
        walker.walk("generate_reel", generation)
    assert rows.read(generation["generation_id"]).failure_detail == "It broke."


def test_a_render_that_fails_is_told_in_the_renderers_words(walker, rows, bucket, generation, killed) -> None:
    walker.kill_after = "Create Render"
    with pytest.raises(killed):
        walker.walk("generate_reel", generation)
    walker.kill_after = None
    for path in (bucket.root / "media").rglob("*.jpg"):
        path.unlink()
    with pytest.raises(Exception, match="GenerationFailed"):
        walker.walk("generate_reel", generation)
    row = rows.read(generation["generation_id"])
    assert (row.state, row.failure_type) == ("failed", "RenderFailed")
    assert "is not there any more" in row.failure_detail
