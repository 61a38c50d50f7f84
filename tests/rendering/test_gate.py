"""The delivery gate: a clean master passes; each seeded fault is found, and only that one."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import av
import cv2
import numpy as np
import pytest

from reelwright.kit.errors import GateFailed, RenderFailed
from reelwright.publishing.platforms.registry import SPECIFICATIONS
from reelwright.reels.reel import Canvas, CaptionChunk, Captions, CaptionWord, Clip, CutReason, Declaration, Fill, Rect, Reel, Soundtrack, Track
from reelwright.rendering.export import export_for
from reelwright.rendering.file_facts import read_file_facts
from reelwright.rendering.gate import add_exports, check_delivery, require_deliverable
from reelwright.rendering.gate_report import GateReport, TypeFinding
from reelwright.rendering.measure import Measurements, measure_master

WIDTH, HEIGHT, RATE, SECONDS = 540, 960, 30, 4
MOV_OPTIONS = {"movflags": "+faststart+negative_cts_offsets", "use_editlist": "0"}
Picture = Callable[[int], np.ndarray]


def moving(number: int) -> np.ndarray:
    rows = np.arange(HEIGHT)[:, None] + 4 * number
    columns = np.arange(WIDTH)[None, :]
    return (60 + 100 * ((rows // 40 + columns // 60) % 2)).astype(np.uint8)


def tone(seconds: float = SECONDS, amplitude: float = 0.284) -> np.ndarray:
    """A stereo tone of 1 kHz; this amplitude is -14 LUFS."""
    at = np.arange(round(seconds * 48_000)) / 48_000
    return np.repeat((amplitude / 2**0.5 * np.sin(2 * np.pi * 1000 * at))[None].astype(np.float32), 2, axis=0)


def write_master(
    path: Path,
    picture: Picture = moving,
    sound: np.ndarray | None = None,
    *,
    options: dict[str, str] | None = None,
    codec_options: dict[str, str] | None = None,
    is_tagged: bool = True,
    frames: int = RATE * SECONDS,
) -> Path:
    sound = tone() if sound is None else sound
    with av.open(str(path), "w", options=MOV_OPTIONS if options is None else options) as out:
        video = out.add_stream("libx264", rate=RATE, options={"preset": "ultrafast", "bf": "2", "g": "60"} | (codec_options or {}))
        video.width, video.height, video.pix_fmt = WIDTH, HEIGHT, "yuv420p"
        if is_tagged:
            context = video.codec_context
            context.color_primaries = context.color_trc = context.colorspace = context.color_range = 1
        audio = out.add_stream("aac", rate=48_000, bit_rate=128_000, layout="stereo")
        for number in range(frames):
            luma = picture(number)
            planes = np.concatenate([luma, np.full((HEIGHT // 2, WIDTH), 128, np.uint8)])
            frame = av.VideoFrame.from_ndarray(planes, format="yuv420p")
            frame.pts, frame.time_base = number, Fraction(1, RATE)
            if is_tagged:
                frame.color_range = frame.colorspace = frame.color_primaries = frame.color_trc = 1
            out.mux(video.encode(frame))
        out.mux(video.encode(None))
        for start in range(0, sound.shape[1], 1024):
            block = av.AudioFrame.from_ndarray(np.ascontiguousarray(sound[:, start : start + 1024]), format="fltp", layout="stereo")
            block.sample_rate, block.pts, block.time_base = 48_000, start, Fraction(1, 48_000)
            out.mux(audio.encode(block))
        out.mux(audio.encode(None))
    return path


def make_reel(**changes: object) -> Reel:
    fill = Fill(rect=Rect(x=0, y=0, width=WIDTH, height=HEIGHT), colour="#888888")
    clips = (
        Clip(id="one", start=Fraction(0), duration=Fraction(2), layers=(fill,), cut=CutReason(on="start")),
        Clip(id="two", start=Fraction(2), duration=Fraction(1), layers=(fill,), cut=CutReason(on="beat", reference=Fraction(2)), reason="The light is best."),
        Clip(id="three", start=Fraction(3), duration=Fraction(1), layers=(fill,), cut=CutReason(on="phrase", reference=Fraction(31, 10))),
    )
    words = (
        CaptionWord(text="Hello", start=Fraction(1, 10), end=Fraction(1, 2)),
        CaptionWord(text="there.", start=Fraction(1, 2), end=Fraction(1)),
        CaptionWord(text="Goodbye.", start=Fraction(31, 10), end=Fraction(36, 10)),
    )
    canvas = changes.get("canvas", Canvas(width=WIDTH, height=HEIGHT))
    assert isinstance(canvas, Canvas)
    place = {"x": canvas.width // 2, "y": canvas.height * 1150 // 1920}
    chunks = (
        CaptionChunk(first=0, last=1, start=Fraction(4, 100), end=Fraction(12, 10), lines=((0, 1),), **place),
        CaptionChunk(first=2, last=2, start=Fraction(304, 100), end=Fraction(39, 10), lines=((2,),), **place),
    )
    values: dict[str, object] = {
        "template": "editorial",
        "canvas": canvas,
        "tracks": (Track(clips=clips),),
        "captions": Captions(words=words, chunks=chunks),
        "soundtrack": Soundtrack(beats=(Fraction(1), Fraction(2), Fraction(3))),
    }
    return Reel(**(values | changes))


def rows_that_fail(report: GateReport) -> set[str]:
    return {row.name for row in report.faults}


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Measurements]:
    master = write_master(tmp_path_factory.mktemp("clean") / "master.mp4")
    return master, measure_master(master)


def test_a_clean_master_and_its_four_files_pass(clean: tuple[Path, Measurements], tmp_path: Path) -> None:
    master, measured = clean
    exports = {}
    for name, specification in SPECIFICATIONS.items():
        exports[name] = tmp_path / f"{name}.mp4"
        assert export_for(master, specification, exports[name]) is False, "a master that fits is remuxed"
    report = check_delivery(make_reel(), measured, exports, SPECIFICATIONS, onsets=[0.12, 3.1])
    assert rows_that_fail(report) == set()
    require_deliverable(report)
    assert {f"{name} file" for name in SPECIFICATIONS} <= {row.name for row in report.rows}
    assert [cut.on for cut in report.cuts] == ["beat", "phrase"]
    assert [round(chunk.lead_ms) for chunk in report.captions] == [60, 60]
    assert report.onsets[0].offset_ms == pytest.approx(-20)


def test_a_clean_master_is_measured_right(clean: tuple[Path, Measurements]) -> None:
    _, measured = clean
    assert measured.picture.frames == measured.facts.frames == RATE * SECONDS
    assert measured.facts.video_seconds == pytest.approx(SECONDS, abs=0.001)
    assert measured.facts.audio_seconds == pytest.approx(SECONDS, abs=0.022)
    assert measured.loudness_lufs == pytest.approx(-14, abs=0.7)
    assert measured.true_peak_dbtp == pytest.approx(20 * np.log10(0.2), abs=1.2)  # the coder overshoots where the tone begins
    assert measured.facts.boxes.edit_lists == 0
    assert measured.facts.audio_bits_per_second < 140_000


def test_a_remuxed_file_keeps_every_packet(clean: tuple[Path, Measurements], tmp_path: Path) -> None:
    master, measured = clean
    export_for(master, SPECIFICATIONS["instagram"], tmp_path / "instagram.mp4")
    facts = read_file_facts(tmp_path / "instagram.mp4")
    assert dataclasses.replace(facts, size_bytes=0, boxes=measured.facts.boxes) == dataclasses.replace(measured.facts, size_bytes=0)
    assert facts.boxes.is_fast_start
    assert facts.boxes.edit_lists == 0


def test_texts_and_cover_have_their_rows(clean: tuple[Path, Measurements], tmp_path: Path) -> None:
    faint = TypeFinding(at=0.5, text="Hello", ratio=2.0, bound=3.0, passed=False)
    cv2.imwrite(str(tmp_path / "cover.jpg"), np.full((HEIGHT, WIDTH, 3), 20, np.uint8))
    report = check_delivery(make_reel(), clean[1], {}, SPECIFICATIONS, texts=[faint], cover=tmp_path / "cover.jpg")
    assert rows_that_fail(report) == {"type on its picture", "cover's light"}
    assert report.texts == (faint,)
    require_deliverable(report)


def test_a_cover_that_cannot_be_read_is_told(clean: tuple[Path, Measurements], tmp_path: Path) -> None:
    (tmp_path / "cover.jpg").write_bytes(b"no picture")
    with pytest.raises(GateFailed):
        check_delivery(make_reel(), clean[1], {}, SPECIFICATIONS, cover=tmp_path / "cover.jpg")


def test_every_frame_is_shown_to_who_watches(clean: tuple[Path, Measurements]) -> None:
    seen: list[int] = []
    measure_master(clean[0], lambda n, frame: seen.append(n))
    assert seen == list(range(RATE * SECONDS))


def check(master: Path, **changes: object) -> set[str]:
    return rows_that_fail(check_delivery(make_reel(**changes), measure_master(master), {}, SPECIFICATIONS))


def with_stretch(first: int, last: int, inside: Picture) -> Picture:
    return lambda number: inside(number) if first <= number < last else moving(number)


def black_picture(number: int) -> np.ndarray:
    return np.full((HEIGHT, WIDTH), 16, np.uint8)


def test_a_black_stretch_is_a_fault_until_it_is_declared(tmp_path: Path) -> None:
    master = write_master(tmp_path / "master.mp4", with_stretch(60, 75, black_picture))
    assert check(master) == {"black stretches"}
    declared = Declaration(kind="black", start=Fraction(2), end=Fraction(5, 2), reason="a breath")
    assert check(master, declarations=(declared,)) == set()


def test_a_black_stretch_longer_than_its_declaration_is_a_fault(tmp_path: Path) -> None:
    master = write_master(tmp_path / "master.mp4", with_stretch(45, 75, black_picture))
    declared = Declaration(kind="black", start=Fraction(2), end=Fraction(5, 2), reason="a breath")
    assert check(master, declarations=(declared,)) == {"black stretches"}


def test_a_frozen_stretch_is_a_fault_until_it_is_declared(tmp_path: Path) -> None:
    master = write_master(tmp_path / "master.mp4", with_stretch(30, 90, lambda _: moving(30)))
    assert check(master) == {"still stretches"}
    declared = Declaration(kind="still", start=Fraction(1), end=Fraction(3), reason="a chart to read")
    assert check(master, declarations=(declared,)) == set()


def test_silence_is_a_fault_until_it_is_declared(tmp_path: Path) -> None:
    sound = tone(amplitude=0.3)
    sound[:, 48_000:112_000] = 0
    master = write_master(tmp_path / "master.mp4", sound=sound)
    assert check(master) == {"silent stretches"}
    declared = Declaration(kind="silent", start=Fraction(1), end=Fraction(7, 3), reason="the moment before")
    assert check(master, declarations=(declared,)) == set()


def test_a_black_beginning_fails_the_first_frame_too(tmp_path: Path) -> None:
    assert check(write_master(tmp_path / "master.mp4", with_stretch(0, 15, black_picture))) == {"black stretches", "first frame"}


def blinking(every: int, first: int = 0, columns: int = WIDTH, low: int = 40, high: int = 200) -> Picture:
    """Light and dark in turn, each for so many frames, in the left columns; it begins at frame ``first``."""

    def paint(number: int) -> np.ndarray:
        picture = moving(number)
        if number >= first:
            picture[:, :columns] = high if (number // every) % 2 else low
        return picture

    return paint


def test_four_flashes_in_a_second_are_a_fault_three_are_none(tmp_path: Path) -> None:
    assert check(write_master(tmp_path / "master.mp4", blinking(3, first=30))) == {"flashes"}
    assert check(write_master(tmp_path / "master.mp4", blinking(5, first=30))) == set()


def test_a_strobe_of_single_frames_is_a_fault(tmp_path: Path) -> None:
    measured = measure_master(write_master(tmp_path / "master.mp4", blinking(1, first=60)))
    assert measured.picture.flashes.most >= 14


def test_small_or_faint_or_bright_blinking_is_no_flash(tmp_path: Path) -> None:
    for name, picture in {
        "small": blinking(3, columns=WIDTH // 5),
        "faint": blinking(3, low=100, high=112),
        "bright": blinking(3, low=222, high=235),
    }.items():
        measured = measure_master(write_master(tmp_path / f"{name}.mp4", picture))
        assert measured.picture.flashes.most <= 3, name


def test_the_last_frame_of_a_loop_must_lead_into_its_first(tmp_path: Path) -> None:
    film = write_master(tmp_path / "master.mp4", lambda number: moving(number % 119))
    assert check(film, is_loop=True) == set()
    other = write_master(tmp_path / "other.mp4", with_stretch(110, 120, lambda number: 255 - moving(number)))
    assert check(other, is_loop=True) == {"loop"}
    assert check(other) == set()


def test_the_wrong_loudness_is_a_fault(tmp_path: Path) -> None:
    assert check(write_master(tmp_path / "master.mp4", sound=tone(amplitude=0.1))) == {"loudness"}


def test_a_peak_over_the_ceiling_is_a_fault(tmp_path: Path) -> None:
    sound = tone()
    sound[:, 96_000:96_200] *= 5
    assert check(write_master(tmp_path / "master.mp4", sound=sound)) == {"true peak"}


def test_sound_shorter_than_the_picture_is_a_fault(tmp_path: Path) -> None:
    assert check(write_master(tmp_path / "master.mp4", sound=tone(3.6))) == {"picture and sound"}


def test_a_missing_frame_is_an_essential_fault(tmp_path: Path) -> None:
    master = write_master(tmp_path / "master.mp4", frames=RATE * SECONDS - 1)
    report = check_delivery(make_reel(), measure_master(master), {}, SPECIFICATIONS)
    assert rows_that_fail(report) == {"frames"}
    with pytest.raises(GateFailed, match="frames: 119 instead of 120"):
        require_deliverable(report)


def test_missing_colour_tags_are_a_fault(tmp_path: Path) -> None:
    assert check(write_master(tmp_path / "master.mp4", is_tagged=False)) == {"colour tags"}


def test_edit_lists_and_a_late_index_are_faults_of_master_and_platform_file(tmp_path: Path) -> None:
    master = write_master(tmp_path / "master.mp4", options={})
    assert check(master) == {"edit lists", "fast start"}
    report = add_exports(GateReport(), dict.fromkeys(SPECIFICATIONS, master), SPECIFICATIONS)
    assert rows_that_fail(report) == {"instagram file", "facebook file", "youtube file"}
    assert "edit lists" in report.faults[0].value
    with pytest.raises(GateFailed):
        require_deliverable(report)


def test_open_groups_of_pictures_are_a_fault(tmp_path: Path) -> None:
    options = {"x264-params": "open-gop=1:keyint=30:min-keyint=30:bframes=3:scenecut=0", "preset": "veryfast"}
    assert check(write_master(tmp_path / "master.mp4", codec_options=options)) == {"groups of pictures"}


def test_another_size_than_the_canvas_is_a_fault(clean: tuple[Path, Measurements]) -> None:
    report = check_delivery(make_reel(canvas=Canvas()), clean[1], {}, SPECIFICATIONS)
    assert rows_that_fail(report) == {"size"}


def test_a_caption_under_the_buttons_of_a_platform_is_a_fault(clean: tuple[Path, Measurements]) -> None:
    low = [chunk.model_copy(update={"y": HEIGHT * 1500 // 1920}) for chunk in make_reel().captions.chunks]
    captions = make_reel().captions.model_copy(update={"chunks": tuple(low)})
    assert "captions in the safe area" in rows_that_fail(check_delivery(make_reel(captions=captions), clean[1], {}, SPECIFICATIONS))


def test_a_file_that_is_no_video_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "master.mp4"
    path.write_bytes(b"not a video at all" * 100)
    with pytest.raises(GateFailed, match="cannot be opened"):
        measure_master(path)


def test_an_edit_list_is_mended_by_the_export(tmp_path: Path) -> None:
    master = write_master(tmp_path / "master.mp4", options={})
    export_for(master, SPECIFICATIONS["instagram"], tmp_path / "instagram.mp4")
    assert rows_that_fail(add_exports(GateReport(), {"instagram": tmp_path / "instagram.mp4"}, SPECIFICATIONS)) == set()


def test_a_master_that_breaks_a_rate_is_encoded_anew(tmp_path: Path) -> None:
    master = write_master(tmp_path / "master.mp4")
    limit = round(read_file_facts(master).video_bits_per_second / 1.3)
    strict = dataclasses.replace(SPECIFICATIONS["instagram"], max_video_bits_per_second=limit)
    assert export_for(master, strict, tmp_path / "small.mp4") is True
    facts = read_file_facts(tmp_path / "small.mp4")
    assert facts.frames == RATE * SECONDS
    assert facts.is_bt709
    assert facts.is_closed_gop
    assert facts.boxes.edit_lists == 0
    assert facts.video_bits_per_second < limit * 1.05


def test_a_reel_too_long_for_a_platform_is_refused_in_words(clean: tuple[Path, Measurements], tmp_path: Path) -> None:
    short = dataclasses.replace(SPECIFICATIONS["facebook"], max_seconds=2)
    with pytest.raises(RenderFailed, match=r"Facebook cannot take this reel: it lasts 4\.0 s"):
        export_for(clean[0], short, tmp_path / "facebook.mp4")
    assert list(tmp_path.iterdir()) == []


def test_a_late_caption_is_a_fault(clean: tuple[Path, Measurements]) -> None:
    captions = make_reel().captions
    late = captions.chunks[1].model_copy(update={"start": Fraction(32, 10)})
    reel = make_reel(captions=captions.model_copy(update={"chunks": (captions.chunks[0], late)}))
    report = check_delivery(reel, clean[1], {}, SPECIFICATIONS)
    assert rows_that_fail(report) == {"captions before their words"}
    assert report.captions[1].lead_ms == pytest.approx(-100)


def test_a_caption_too_quick_to_read_is_a_fault(clean: tuple[Path, Measurements]) -> None:
    captions = make_reel().captions
    quick = captions.chunks[0].model_copy(update={"end": Fraction(44, 100)})
    reel = make_reel(captions=captions.model_copy(update={"chunks": (quick, captions.chunks[1])}))
    assert rows_that_fail(check_delivery(reel, clean[1], {}, SPECIFICATIONS)) == {"reading speed"}


def test_highlights_away_from_the_voice_are_a_fault(clean: tuple[Path, Measurements]) -> None:
    report = check_delivery(make_reel(), clean[1], {}, SPECIFICATIONS, onsets=[0.2, 3.1])
    assert rows_that_fail(report) == {"highlight with the voice"}
    assert [finding.passed for finding in report.onsets] == [False, True]


@pytest.mark.parametrize("reference", [Fraction(22, 10), Fraction(5, 2), None])
def test_a_cut_beside_its_beat_is_a_fault(clean: tuple[Path, Measurements], reference: Fraction | None) -> None:
    reel = make_reel(soundtrack=Soundtrack(beats=(Fraction(22, 10), Fraction(5, 2))))
    clips = reel.tracks[0].clips
    second = clips[1].model_copy(update={"cut": CutReason(on="beat", reference=reference)})
    reel = reel.model_copy(update={"tracks": (Track(clips=(clips[0], second, clips[2])),)})
    assert rows_that_fail(check_delivery(reel, clean[1], {}, SPECIFICATIONS)) == {"cuts on beat or phrase"}


def test_a_beat_that_the_music_does_not_have_is_no_reason(clean: tuple[Path, Measurements]) -> None:
    reel = make_reel(soundtrack=Soundtrack(beats=(Fraction(1), Fraction(5, 2))))
    assert rows_that_fail(check_delivery(reel, clean[1], {}, SPECIFICATIONS)) == {"cuts on beat or phrase"}
