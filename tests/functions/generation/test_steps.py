"""The steps before composing: what each stores, and what happens where something is missing."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
import soundfile

from functions.generation import collect_media, enhance, make_captions, make_clips, make_stills, make_voice, plan
from reelwright.generation.elements import PlacedVoice
from reelwright.generation.tables import GenerationRow, ProviderCallRow
from reelwright.kit.errors import (
    Cancelled,
    MediaRefused,
    NotFound,
    PartMissing,
    ProviderAnswerInvalid,
    ProviderMisconfigured,
    ProviderRefused,
    ProviderUnavailable,
)
from reelwright.media.tables import MediaRow, RenditionRow
from tests.functions.generation.conftest import FakeVoice


@pytest.fixture
def generation(rows) -> dict[str, str]:
    creator = rows.creator()
    media = [rows.photo(creator, number) for number in range(3)]
    return {"generation_id": rows.generation(creator, media, state="running"), "creator_id": creator, "media": media}


def folder_of(generation) -> str:
    return f"generations/{generation['creator_id']}/{generation['generation_id']}"


def test_collecting_waits_for_files_that_are_being_read(world, rows) -> None:
    creator = rows.creator()
    waiting = rows.photo(creator, 1, state="ingesting")
    event = {"generation_id": rows.generation(creator, [rows.photo(creator, 0), waiting], state="running", started_at=world.clock())}
    assert collect_media.run(event, world) == {"is_complete": False}
    with rows.database.transaction() as session:
        row = session.get_one(MediaRow, waiting)
        row.state, row.refusal_reason = "refused", "It is a text, not a picture."
    assert collect_media.run(event, world) == {"is_complete": True}
    assert "photo 1.jpg is left out: It is a text, not a picture." in rows.sentences(event["generation_id"])
    assert rows.steps(event["generation_id"])["Collect Media"].runs == 1


def test_an_upload_that_never_arrives_is_left_out_in_the_end(world, rows, clock) -> None:
    creator = rows.creator()
    media = [rows.photo(creator, 0), rows.photo(creator, 1, state="awaiting_upload")]
    event = {"generation_id": rows.generation(creator, media, state="running", started_at=world.clock())}
    assert collect_media.run(event, world) == {"is_complete": False}
    clock.offset = timedelta(minutes=21).total_seconds()
    assert collect_media.run(event, world) == {"is_complete": True}


def test_nothing_usable_ends_in_words_that_name_the_files(world, rows) -> None:
    creator = rows.creator()
    refused = rows.photo(creator, 1, state="refused", refusal_reason="It is empty.")
    event = {"generation_id": rows.generation(creator, [refused], state="running")}
    with pytest.raises(MediaRefused, match=r"photo 1\.jpg: It is empty\."):
        collect_media.run(event, world)


def test_a_file_of_another_creator_is_never_collected(world, rows) -> None:
    stranger = rows.photo(rows.creator(), 0)
    with pytest.raises(MediaRefused):
        collect_media.run({"generation_id": rows.generation(rows.creator(), [stranger], state="running")}, world)


def test_cancelling_is_seen_while_files_are_read(world, rows) -> None:
    creator = rows.creator()
    event = {"generation_id": rows.generation(creator, [rows.photo(creator, 1, state="ingesting")], state="running", is_cancel_requested=True)}
    with pytest.raises(Cancelled):
        collect_media.run(event, world)


def test_a_plan_is_stored_once_and_its_notes_are_told(world, rows, cast, bucket, generation) -> None:
    first = plan.run(generation, world)
    assert plan.run(generation, world) == first
    assert cast.planner.calls == 1
    assert bucket.read_json(f"{folder_of(generation)}/plan.json")["title"] == "Above the harbour"
    assert "The reel is shorter because there are only three sentences." in rows.sentences(generation["generation_id"])
    with rows.database.transaction() as session:
        (call,) = session.query(ProviderCallRow).all()
    assert (call.capability, call.provider, call.outcome) == ("plan", "fake-planner", "succeeded")


def test_photos_are_improved_once_and_kept_for_the_next_generation(world, rows, cast, generation) -> None:
    plan.run(generation, world)
    assert enhance.run(generation, world) == {"enhanced": 3, "looked_at": 3}
    with rows.database.transaction() as session:
        renditions = session.query(RenditionRow).filter_by(purpose="enhanced").all()
    assert {row.media_id for row in renditions} == set(generation["media"])
    assert (renditions[0].width, renditions[0].height) == (900, 1600)
    again = {"generation_id": rows.generation(generation["creator_id"], generation["media"], state="running"), "creator_id": generation["creator_id"]}
    plan.run(again, world)
    assert enhance.run(again, world) == {"enhanced": 0, "looked_at": 0}
    assert cast.enhancer.calls == 3


def test_a_failing_enhancer_leaves_the_photos_as_they_are(world, rows, cast, generation) -> None:
    cast.enhancer.failure = PartMissing("The part enhance is not installed.")
    plan.run(generation, world)
    assert enhance.run(generation, world)["enhanced"] == 0
    assert "Photos stay as they are: The part enhance is not installed." in rows.sentences(generation["generation_id"])


def test_a_voice_is_stored_with_its_words(world, bucket, generation) -> None:
    plan.run(generation, world)
    made = make_voice.run(generation, world)
    assert made["has_voice"] is True
    assert made["words"] == 18
    placed = PlacedVoice.model_validate(bucket.read_json(f"{folder_of(generation)}/voice.json"))
    sound = soundfile.info(str(bucket.root / placed.reference.file))
    assert sound.frames / sound.samplerate == pytest.approx(float(placed.reference.duration))
    assert make_captions.run(generation, world)["words"] == 18


@pytest.mark.parametrize("failure", [PartMissing("There is no voice for Basque yet."), ProviderUnavailable("The voice is busy.")])
def test_without_a_voice_the_reel_goes_on_with_captions(world, rows, cast, bucket, generation, failure) -> None:
    cast.voice.failure = failure
    plan.run(generation, world)
    assert make_voice.run(generation, world) == {"has_voice": False}
    assert f"Captions without a voice: {failure.detail}" in rows.sentences(generation["generation_id"])
    assert make_captions.run(generation, world)["is_spoken"] is False
    assert len(bucket.read_json(f"{folder_of(generation)}/captions.json")["lines"]) == 3


def test_no_script_means_no_voice_and_no_call(world, cast, generation) -> None:
    cast.planner.sentences = ()
    plan.run(generation, world)
    assert make_voice.run(generation, world) == {"has_voice": False}
    assert cast.voice.calls == 0


def test_stills_and_clips_say_honestly_that_nothing_is_generated(world, generation) -> None:
    for step in (make_stills, make_clips):
        answer = step.run(generation, world)
        assert (answer["made"], answer["providers"]) == (0, ["camera"])
        assert "Nothing is generated" in answer["answer"]


def test_a_step_that_failed_runs_again_and_says_what_went_wrong(world, rows, generation) -> None:
    with pytest.raises(NotFound):
        make_voice.run(generation, world)
    assert rows.steps(generation["generation_id"])["Make Voice"].error_type == "NotFound"
    plan.run(generation, world)
    make_voice.run(generation, world)
    step = rows.steps(generation["generation_id"])["Make Voice"]
    assert (step.state, step.runs, step.error_type) == ("succeeded", 2, None)


def test_progress_moves_with_the_stages(world, rows, generation) -> None:
    plan.run(generation, world)
    row = rows.read(generation["generation_id"])
    assert (row.stage, row.percent) == ("planning", 14)
    first = row.eta_seconds
    make_stills.run(generation, world)
    row = rows.read(generation["generation_id"])
    assert (row.stage, row.percent) == ("making", 20)
    assert 0 < row.eta_seconds < first


@pytest.mark.parametrize("failure", [ProviderUnavailable, ProviderRefused, ProviderMisconfigured, ProviderAnswerInvalid, PartMissing])
def test_the_second_voice_is_used_where_the_first_fails_with_whatever_error(world, rows, cast, generation, failure) -> None:
    first = type(cast.voice)(name="primary", failure=failure("The first one does not deliver."))
    first.failure.retry_after_seconds = 0.01
    vars(world)["providers"] = replace(cast.providers(), voice=(first, cast.voice))
    plan.run(generation, world)
    assert make_voice.run(generation, world)["provider"] == "fake-voice"
    with rows.database.transaction() as session:
        calls = [(call.provider, call.outcome) for call in session.query(ProviderCallRow).filter_by(capability="voice").order_by(ProviderCallRow.created_at)]
    assert calls[0] == ("primary", failure.__name__)
    assert calls[-1] == ("fake-voice", "succeeded")
    assert len(calls) == (3 if failure in (ProviderUnavailable, ProviderAnswerInvalid) else 2)


class SlowVoice(FakeVoice):
    """Tells after each sentence how far it is, and lets ``after`` do something in between."""

    def __init__(self, after) -> None:
        super().__init__()
        self.after = after

    def speak_telling(self, sentences, language, voice, tell):
        for done in range(1, len(sentences) + 1):
            tell(done, len(sentences))
            self.after(done)
        return self.speak(sentences, language, voice)


def speaking_with(world, voice):
    vars(world).update(providers=replace(world.providers, voice=(voice,)))
    return world


def test_a_long_script_tells_sentence_by_sentence_how_far_it_is(world, rows, generation) -> None:
    percents = []
    voice = SlowVoice(lambda done: percents.append(rows.read(generation["generation_id"]).percent))
    plan.run(generation, world)
    assert make_voice.run(generation, speaking_with(world, voice))["has_voice"]
    said = [sentence for sentence in rows.sentences(generation["generation_id"]) if sentence.startswith("Spoken:")]
    assert said == [f"Spoken: {done} of 3 sentences." for done in (1, 2, 3)]
    assert percents == sorted(set(percents))
    assert 20 <= percents[0] < percents[-1] < 38


def test_a_long_voice_stops_when_the_creator_stops(world, rows, generation) -> None:
    def stop(done: int) -> None:
        with rows.database.transaction() as session:
            session.get_one(GenerationRow, generation["generation_id"]).is_cancel_requested = True

    voice = SlowVoice(stop)
    plan.run(generation, world)
    with pytest.raises(Cancelled):
        make_voice.run(generation, speaking_with(world, voice))
    assert voice.calls == 0
