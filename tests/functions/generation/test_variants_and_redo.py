"""Several variants of one request, and one part of a finished reel done again, through the storyboard with the real steps and renderer."""

from __future__ import annotations

from typing import Any

import av
import pytest

from reelwright.generation.keep_files import GenerationFiles
from reelwright.generation.plan import Plan
from reelwright.generation.tables import GenerationRow
from reelwright.generation.variants import PREVIEW_WIDTH, read_variants
from reelwright.kit.errors import InvalidInput, RenderFailed
from reelwright.reels.tables import ReelRow
from reelwright.rendering.tables import RenderRow


@pytest.fixture
def three(rows) -> dict[str, str]:
    creator = rows.creator()
    photos = [rows.photo(creator, number) for number in range(4)]
    return {"generation_id": rows.generation(creator, photos, more={"variants": 3}), "creator_id": creator}


@pytest.fixture
def quick(walker, rows):
    """The walker without the full render, which other stories prove: what comes before and after it is real."""

    def end_full_renders(name: str) -> None:
        with rows.database.transaction() as session:
            session.query(RenderRow).filter(RenderRow.preview_width.is_(None)).update({"state": "succeeded"})

    walker.answers.update({"Render": {}, "Check Delivery": {}, "Export": {}})
    walker.on_wait = end_full_renders
    return walker


@pytest.fixture
def quickest(quick):
    """Without the previews' renders too."""
    quick.answers["Render Preview"] = {}
    return quick


def previews_of(rows, generation_id: str) -> list[RenderRow]:
    with rows.database.transaction() as session:
        found = session.query(RenderRow).filter(RenderRow.generation_id == generation_id, RenderRow.preview_width.isnot(None))
        return list(found.order_by(RenderRow.created_at))


def test_the_first_variant_is_made_in_full_and_the_others_as_previews(walker, world, rows, bucket, cast, three) -> None:
    walker.walk("generate_reel", three)
    row = rows.read(three["generation_id"])
    assert row.state == "succeeded"
    variants = read_variants(row.variants)
    assert [(variant.number, variant.hook) for variant in variants] == [(1, "A quiet room"), (2, "Another hook 2"), (3, "Another hook 3")]
    previews = previews_of(rows, row.id)
    assert [(preview.state, preview.platforms, set(preview.files)) for preview in previews] == [("succeeded", [], {"master", "cover"})] * 2
    assert [variant.render_id for variant in variants[1:]] == [preview.id for preview in previews]
    with av.open(str(bucket.root / previews[0].files["master"]["key"])) as film:
        assert (film.streams.video[0].width, film.streams.video[0].height) == (PREVIEW_WIDTH, 960)
    with rows.database.transaction() as session:
        reels = {reel.id: reel.document for reel in session.query(ReelRow).filter_by(generation_id=row.id)}
    assert set(reels) == {row.reel_id, *(variant.reel_id for variant in variants[1:])}
    assert reels[variants[1].reel_id]["title"] == "Another 2"
    assert reels[variants[1].reel_id]["canvas"]["width"] == 1080, "the reel itself is whole, so that it can be rendered in full"
    assert cast.voice.calls == 1, "variants that say the same share the voice"
    assert rows.sentences(row.id)[-2].endswith("2 other variants can be looked at as a preview.")


def test_a_chosen_preview_is_rendered_in_full(quick, rows, bucket, three) -> None:
    quick.walk("generate_reel", three)
    quick.answers.clear()
    chosen = read_variants(rows.read(three["generation_id"]).variants)[1]
    with rows.database.transaction() as session:
        session.add(RenderRow(id="render_full", creator_id=three["creator_id"], reel_id=chosen.reel_id, reel_version=1, platforms=["tiktok"], state="queued"))
    quick.walk("render_reel", {"render_id": "render_full", "creator_id": three["creator_id"]})
    with rows.database.transaction() as session:
        render = session.get_one(RenderRow, "render_full")
    assert (render.state, {"master", "tiktok"} <= set(render.files)) == ("succeeded", True)
    with av.open(str(bucket.root / render.files["tiktok"]["key"])) as film:
        assert film.streams.video[0].width == 1080


@pytest.mark.parametrize("step", ["Make Previews", "Prepare Preview", "Render Preview"])
def test_killed_in_the_previews_nothing_is_made_twice(quickest, rows, cast, clock, killed, three, step) -> None:
    quickest.kill_after = step
    with pytest.raises(killed):
        quickest.walk("generate_reel", three)
    quickest.kill_after = None
    clock.offset += 11
    quickest.walk("generate_reel", three)
    row = rows.read(three["generation_id"])
    assert (row.state, len(previews_of(rows, row.id))) == ("succeeded", 2)
    with rows.database.transaction() as session:
        assert session.query(ReelRow).filter_by(generation_id=row.id).count() == 3
    assert {step.runs for step in rows.steps(row.id).values()} == {1}


def test_a_preview_that_fails_leaves_the_finished_reel_and_is_told(quick, rows, three) -> None:
    quick.fail_at["Prepare Preview"] = RenderFailed("No room.")
    quick.walk("generate_reel", three)
    row = rows.read(three["generation_id"])
    assert row.state == "succeeded"
    assert rows.sentences(row.id)[-2].endswith("There is no preview of variant 2 and 3.")


def test_cancelling_among_the_previews_ends_the_generation(quick, rows, killed, three) -> None:
    quick.kill_after = "Prepare Preview"
    with pytest.raises(killed):
        quick.walk("generate_reel", three)
    with rows.database.transaction() as session:
        session.get_one(GenerationRow, three["generation_id"]).is_cancel_requested = True
    quick.kill_after = None
    with pytest.raises(Exception, match="Cancelled"):
        quick.walk("generate_reel", three)
    assert rows.read(three["generation_id"]).state == "cancelled"


@pytest.fixture
def again(quickest, rows):
    """Makes a reel, then does one part of it again; the two generations."""

    def make(**redo: Any) -> tuple[GenerationRow, GenerationRow]:
        creator = rows.creator()
        photos = [rows.photo(creator, number) for number in range(3)]
        first = rows.generation(creator, photos)
        quickest.walk("generate_reel", {"generation_id": first, "creator_id": creator})
        second = rows.generation(creator, photos, more={"redo_of": first, "redo": redo})
        quickest.walk("generate_reel", {"generation_id": second, "creator_id": creator})
        return rows.read(first), rows.read(second)

    return make


def test_a_hook_done_again_keeps_voice_music_photos_and_words(rows, bucket, cast, again) -> None:
    first, second = again(part="hook", text="Stay a while")
    assert second.state == "succeeded"
    steps = rows.steps(second.id)
    taken = {name for name, step in steps.items() if step.taken_from}
    assert taken == {"Enhance", "Make Voice", "Make Music", "Make Stills", "Make Clips", "Make Captions"}
    assert {(step.taken_from, step.runs) for name, step in steps.items() if name in taken} == {(first.id, 0)}
    assert {step.runs for name, step in steps.items() if name not in taken} == {1}
    assert (cast.voice.calls, cast.enhancer.calls) == (1, 3)
    assert GenerationFiles(bucket, second.creator_id, second.id).read("plan.json", Plan).hook == "Stay a while"
    with rows.database.transaction() as session:
        old, new = (session.get_one(ReelRow, (row.reel_id, 1)).document for row in (first, second))
    assert first.reel_id != second.reel_id
    assert old["soundtrack"]["voice"] == new["soundtrack"]["voice"]
    assert old["sounds"] == new["sounds"]
    assert "Kept as it was: photos, voice, music, words on the clock." in rows.sentences(second.id)


def test_music_done_again_is_other_music_under_the_same_voice(rows, cast, again) -> None:
    _, second = again(part="music")
    steps = rows.steps(second.id)
    assert steps["Make Music"].taken_from is None
    assert (cast.music.seed, cast.voice.calls) == (9, 1)


def test_a_shot_done_again_may_show_a_photo_that_was_not_improved(rows, again) -> None:
    _, second = again(part="shot", beat=1)
    assert rows.steps(second.id)["Enhance"].taken_from is None
    assert rows.steps(second.id)["Make Voice"].taken_from is not None


def test_what_the_earlier_generation_has_no_more_is_done_again(quickest, rows, bucket, cast) -> None:
    creator = rows.creator()
    photos = [rows.photo(creator, number) for number in range(3)]
    first = rows.generation(creator, photos)
    quickest.walk("generate_reel", {"generation_id": first, "creator_id": creator})
    (bucket.root / f"generations/{creator}/{first}/voice.json").unlink()
    second = rows.generation(creator, photos, more={"redo_of": first, "redo": {"part": "hook", "text": "Stay"}})
    quickest.walk("generate_reel", {"generation_id": second, "creator_id": creator})
    assert (rows.steps(second)["Make Voice"].taken_from, cast.voice.calls) == (None, 2)


def test_a_part_that_cannot_be_done_again_ends_in_words(quickest, rows, cast) -> None:
    creator = rows.creator()
    photos = [rows.photo(creator, number) for number in range(3)]
    first = rows.generation(creator, photos)
    quickest.walk("generate_reel", {"generation_id": first, "creator_id": creator})

    def refuse(*given: Any) -> Plan:
        raise InvalidInput("There is no other picture for this shot.")

    cast.planner.redo = refuse
    second = rows.generation(creator, photos, more={"redo_of": first, "redo": {"part": "shot", "beat": 0}})
    with pytest.raises(Exception, match="GenerationFailed"):
        quickest.walk("generate_reel", {"generation_id": second, "creator_id": creator})
    row = rows.read(second)
    assert (row.failure_type, row.failure_detail) == ("InvalidInput", "There is no other picture for this shot.")
