"""The ingestion storyboard on a real database: uploads become usable media, or are refused while the rest goes on."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import delete, select

from functions.media import analyse_media, make_previews, mark_ready, normalise_media, probe_media, refuse_media
from functions.operations import accept_upload
from reelwright.kit.errors import Conflict, MediaRefused, NotFound, TooLarge
from reelwright.media.analysis import MediaAnalysis
from reelwright.media.media import MediaFacts
from reelwright.media.tables import MediaAnalysisRow, MediaRow, RenditionRow
from tests.media.odd_files import cut_off, make_four_hour_video, make_huge_png, make_photo, make_sound, make_sound_only_video, make_video

ALL_STEPS = ["Probe Media", "Normalise Media", "Analyse Media", "Make Previews", "Mark Ready", "Media Is Ready"]


def renditions(database, media_id: str) -> dict[str, RenditionRow]:
    with database.transaction() as session:
        return {row.purpose: row for row in session.scalars(select(RenditionRow).where(RenditionRow.media_id == media_id))}


def test_a_photo_becomes_usable(world, walker, upload, read, creator_id, database, bucket, tmp_path) -> None:
    media_id = upload(make_photo(tmp_path / "a.jpg", (900, 600), orientation=6), state="ingesting")
    assert walker.walk(media_id, creator_id) == ALL_STEPS
    row = read(media_id)
    assert (row.state, row.kind, row.refusal_reason) == ("ready", "photo", None)
    assert row.ready_at is not None
    facts = MediaFacts.model_validate(row.facts)
    assert (facts.width, facts.height, facts.rotation) == (900, 600, 90)
    made = renditions(database, media_id)
    assert {purpose: (rendition.width, rendition.height) for purpose, rendition in made.items()} == {"normal": (900, 600), "thumbnail": (480, 320)}
    assert made["normal"].storage_key == f"media/{creator_id}/{media_id}/normal.jpg"
    assert made["normal"].size_bytes == bucket.describe(made["normal"].storage_key).size_bytes
    with database.transaction() as session:
        MediaAnalysis.model_validate(session.get_one(MediaAnalysisRow, media_id).analysis)


def test_a_clip_and_a_sound_become_usable(walker, upload, read, creator_id, database, tmp_path) -> None:
    clip = upload(make_video(tmp_path / "a.mp4", seconds=1, sound=True), state="ingesting")
    sound = upload(make_sound(tmp_path / "b.mp3"), state="ingesting")
    walker.walk(clip, creator_id)
    walker.walk(sound, creator_id)
    assert [read(media_id).kind for media_id in (clip, sound)] == ["video", "audio"]
    assert [read(media_id).state for media_id in (clip, sound)] == ["ready", "ready"]
    assert set(renditions(database, clip)) == {"normal", "poster", "thumbnail", "waveform"}
    assert set(renditions(database, sound)) == {"normal", "waveform"}


def test_the_length_and_rate_of_a_clip_are_those_of_what_rendering_reads(walker, upload, read, creator_id, tmp_path) -> None:
    times = [0.0, 0.03, 0.1, 0.14, 0.3, 0.33, 0.5, 0.51, 0.7, 0.9, 1.0]
    media_id = upload(make_video(tmp_path / "a.mp4", times=times), state="ingesting")
    walker.walk(media_id, creator_id)
    facts = MediaFacts.model_validate(read(media_id).facts)
    assert (facts.frame_rate, facts.is_variable_frame_rate) == (30.0, True)
    assert facts.duration_seconds is not None
    assert (facts.duration_seconds * 30) == pytest.approx(round(facts.duration_seconds * 30), abs=0.02)


def test_bad_files_are_refused_each_with_its_reason_and_the_good_one_goes_on(walker, upload, read, creator_id, tmp_path) -> None:
    (tmp_path / "text.jpg").write_text("not a photo")
    (tmp_path / "list.mp4").write_text("ffconcat version 1.0\nfile '/etc/passwd'\n")
    (tmp_path / "empty.mp4").touch()
    bad = {
        tmp_path / "text.jpg": "text file",
        tmp_path / "list.mp4": "playlist",
        tmp_path / "empty.mp4": "empty (0 bytes)",
        cut_off(make_video(tmp_path / "cut.mp4")): "cut off",
        make_huge_png(tmp_path / "huge.png"): "120 megapixels",
        make_sound_only_video(tmp_path / "blind.mp4"): "no picture",
        make_four_hour_video(tmp_path / "long.mp4"): "4 h 00 min long",
    }
    ids = {upload(path, state="ingesting"): reason for path, reason in bad.items()}
    good = upload(make_photo(tmp_path / "good.jpg"), state="ingesting")
    for media_id in (*ids, good):
        walker.walk(media_id, creator_id)
    assert {media_id: reason in (read(media_id).refusal_reason or "") for media_id, reason in ids.items()} == dict.fromkeys(ids, True)
    assert {(read(media_id).state, read(media_id).failure_type) for media_id in ids} == {("refused", "MediaRefused")}
    assert read(good).state == "ready"
    assert list((tmp_path / "work").iterdir()) == []


@pytest.mark.parametrize("step", ["Probe Media", "Normalise Media", "Analyse Media", "Make Previews", "Mark Ready"])
def test_a_failure_of_ours_in_any_step_refuses_in_general_words(walker, upload, read, creator_id, tmp_path, step) -> None:
    def fail(event, world):
        raise RuntimeError("secret/path is broken")

    walker.steps[step] = fail
    media_id = upload(make_photo(tmp_path / "a.jpg"), state="ingesting")
    assert walker.walk(media_id, creator_id)[-2:] == ["Refuse Media", "Media Is Refused"]
    row = read(media_id)
    assert (row.state, row.failure_type) == ("refused", "RuntimeError")
    assert row.refusal_reason == refuse_media.GENERAL_SENTENCE


@pytest.mark.parametrize("step", ["Probe Media", "Normalise Media", "Analyse Media", "Make Previews"])
@pytest.mark.parametrize("error", [MediaRefused("It is damaged in the middle."), TooLarge("The disk is full; free some space.")])
def test_a_refusal_in_any_step_keeps_its_own_words(walker, upload, read, creator_id, tmp_path, step, error) -> None:
    def refuse(event, world):
        raise error

    walker.steps[step] = refuse
    media_id = upload(make_photo(tmp_path / "a.jpg"), state="ingesting")
    walker.walk(media_id, creator_id)
    assert (read(media_id).refusal_reason, read(media_id).failure_type) == (error.detail, type(error).__name__)


def test_every_step_may_run_again_and_does_its_work_once(world, upload, read, creator_id, database, bucket, tmp_path) -> None:
    media_id = upload(make_video(tmp_path / "a.mp4", seconds=0.5), state="ingesting")
    event = {"media_id": media_id, "creator_id": creator_id}
    steps = (probe_media, normalise_media, analyse_media, make_previews, mark_ready)
    first = [step.run(event, world) for step in steps]
    puts = dict(bucket.puts)
    again = [step.run(event, world) for step in steps]
    assert (first[1], again[1]) == ({"is_new": True}, {"is_new": False})
    assert (first[2], again[2]) == ({"is_new": True}, {"is_new": False})
    assert bucket.puts[f"media/{creator_id}/{media_id}/normal.mp4"] == puts[f"media/{creator_id}/{media_id}/normal.mp4"] == 1
    assert read(media_id).state == "ready"
    assert len(renditions(database, media_id)) == 3


def test_a_step_killed_after_its_upload_makes_the_rendition_whole_again(world, upload, creator_id, database, bucket, tmp_path) -> None:
    media_id = upload(make_photo(tmp_path / "a.jpg"), state="ingesting")
    event = {"media_id": media_id, "creator_id": creator_id}
    probe_media.run(event, world)
    key = f"media/{creator_id}/{media_id}/normal.jpg"
    (bucket.root / key).parent.mkdir(parents=True)
    (bucket.root / key).write_bytes(b"written, but the row is not there")
    assert normalise_media.run(event, world) == {"is_new": True}
    rendition = renditions(database, media_id)["normal"]
    assert rendition.size_bytes == bucket.describe(key).size_bytes > 1000
    (bucket.root / key).unlink()  # and the other way round: a row without its file
    assert normalise_media.run(event, world) == {"is_new": True}


def test_a_file_that_is_deleted_meanwhile_ends_quietly(world, walker, upload, creator_id, database, bucket, tmp_path) -> None:
    media_id = upload(make_photo(tmp_path / "a.jpg"), state="ingesting")

    def delete_and_go_on(event, world):
        with database.transaction() as session:
            session.execute(delete(MediaRow).where(MediaRow.id == media_id))
        return analyse_media.run(event, world)

    walker.steps["Analyse Media"] = delete_and_go_on
    assert walker.walk(media_id, creator_id)[-2:] == ["Refuse Media", "Media Is Refused"]
    with pytest.raises(NotFound):
        probe_media.run({"media_id": media_id, "creator_id": creator_id}, world)


def test_a_rendition_of_a_file_deleted_meanwhile_is_taken_away(world, upload, creator_id, database, bucket, tmp_path) -> None:
    from reelwright.media.ingest import StoredRendition
    from reelwright.media.keep_renditions import store_rendition

    photo = make_photo(tmp_path / "a.jpg")
    with pytest.raises(NotFound):
        store_rendition(bucket, database, "media_gone", photo, StoredRendition("normal", "media/x/normal.jpg", "image/jpeg", 5, 1, 1))
    assert bucket.keys() == set()


def test_steps_out_of_order_say_so(world, upload, creator_id, tmp_path) -> None:
    event = {"media_id": upload(make_photo(tmp_path / "a.jpg"), state="ingesting"), "creator_id": creator_id}
    for step in (normalise_media, analyse_media, make_previews, mark_ready):
        with pytest.raises(Conflict):
            step.run(event, world)


def test_a_refused_file_stays_refused_and_a_ready_one_ready(world, upload, read, creator_id, tmp_path) -> None:
    event = {"media_id": upload(make_photo(tmp_path / "a.jpg"), state="ingesting"), "creator_id": creator_id}
    failure = {"Error": "MediaRefused", "Cause": "It is damaged."}
    assert refuse_media.run(event | {"failure": failure}, world) == {"is_refused": True}
    assert refuse_media.run(event | {"failure": {"Error": "Later", "Cause": "x"}}, world) == {"is_refused": False}
    assert read(event["media_id"]).refusal_reason == "It is damaged."
    with pytest.raises(MediaRefused, match="It is damaged"):
        probe_media.run(event, world)
    ready = {"media_id": upload(make_photo(tmp_path / "b.jpg"), state="ready"), "creator_id": creator_id}
    assert refuse_media.run(ready | {"failure": failure}, world) == {"is_refused": False}


def test_a_disk_without_room_is_said_in_words(world, upload, database, creator_id, tmp_path) -> None:
    media_id = upload(make_photo(tmp_path / "a.jpg"), state="ingesting", announced=10**15)
    with pytest.raises(TooLarge, match="There is not enough free disk"):
        probe_media.run({"media_id": media_id, "creator_id": creator_id}, world)


def test_an_upload_starts_its_ingestion_once_however_often_it_is_reported(world, upload, read, executions, creator_id, tmp_path) -> None:
    media_id = upload(make_photo(tmp_path / "a.jpg"))
    event = {"key": f"uploads/{creator_id}/{media_id}/original"}
    assert accept_upload.run(event, world) == {"is_accepted": True, "media_id": media_id}
    accept_upload.run(event, world)
    assert executions.started == {f"{media_id}-1": {"media_id": media_id, "creator_id": creator_id}}
    row = read(media_id)
    assert (row.state, row.execution_attempts) == ("ingesting", 1)
    assert row.uploaded_at is not None


def test_an_upload_of_another_size_than_announced_is_refused_and_taken_away(world, upload, read, executions, bucket, creator_id, tmp_path) -> None:
    photo = make_photo(tmp_path / "a.jpg")
    media_id = upload(photo, announced=17)
    outcome = accept_upload.run({"key": f"uploads/{creator_id}/{media_id}/original"}, world)
    assert outcome["is_accepted"] is False
    assert read(media_id).state == "refused"
    assert read(media_id).refusal_reason == f"The upload has {photo.stat().st_size} bytes although 17 were announced. Upload the file again."
    assert (bucket.keys(), executions.started) == (set(), {})


def test_an_upload_over_every_limit_and_an_empty_one_are_refused(world, upload, read, creator_id, tmp_path) -> None:
    with (tmp_path / "large").open("wb") as stream:
        stream.truncate(101_000_000)
    (tmp_path / "empty").touch()
    for name, words in (("large", "101 MB; up to 100 MB"), ("empty", "empty (0 bytes)")):
        media_id = upload(tmp_path / name)
        accept_upload.run({"key": f"uploads/{creator_id}/{media_id}/original"}, world)
        assert words in read(media_id).refusal_reason


def test_an_object_without_a_row_or_a_report_without_an_object_is_ignored(world, bucket, executions, tmp_path) -> None:
    assert accept_upload.run({"key": "uploads/x/y/original"}, world) == {"is_accepted": False}
    bucket.upload(make_photo(tmp_path / "a.jpg"), "uploads/x/y/original", "image/jpeg")
    assert accept_upload.run({"key": "uploads/x/y/original"}, world) == {"is_accepted": False}
    assert executions.started == {}


def test_an_upload_that_is_ready_is_not_started_again(world, upload, executions, creator_id, tmp_path) -> None:
    media_id = upload(make_photo(tmp_path / "a.jpg"), state="ready")
    assert accept_upload.run({"key": f"uploads/{creator_id}/{media_id}/original"}, world) == {"is_accepted": False}
    assert executions.started == {}


def test_words_of_a_failure_are_found_in_every_shape_of_its_cause() -> None:
    assert refuse_media.read_sentence({"Error": "MediaRefused", "Cause": '{"errorMessage": "Too dark."}'}) == "Too dark."
    assert refuse_media.read_sentence({"Error": "MediaRefused", "Cause": "Plain words."}) == "Plain words."
    assert refuse_media.read_sentence({"Error": "MediaRefused", "Cause": "[1]"}) == refuse_media.GENERAL_SENTENCE
    assert refuse_media.read_sentence({"Error": "States.Timeout", "Cause": "Plain words."}) == refuse_media.GENERAL_SENTENCE
    assert refuse_media.read_sentence({}) == refuse_media.GENERAL_SENTENCE


def test_the_handler_finds_its_steps_and_loads_nothing_heavy() -> None:
    import subprocess
    import sys

    code = "import functions.media, sys; print(sorted({'cv2', 'av', 'onnxruntime', 'scipy', 'PIL'} & set(sys.modules)))"
    ran = subprocess.run([sys.executable, "-c", code], cwd=Path(__file__).parents[3], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"
