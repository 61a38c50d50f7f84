"""Measurements of pictures, near duplicates, models and what happens without them, previews."""

from __future__ import annotations

import json
import pickle
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image

from reelwright.kit.errors import MediaRefused, PartMissing
from reelwright.media.analyse import analyse_media
from reelwright.media.analyse_photo import analyse_photo, read_reduced
from reelwright.media.analysis import MediaAnalysis, Shot
from reelwright.media.convert_weights import read_weights
from reelwright.media.crop import Crop
from reelwright.media.eyes import Eyes
from reelwright.media.look_facts import count_different_bits, find_near_duplicates, hash_differences, measure_look, measure_sharpness
from reelwright.media.previews import choose_poster_time, make_previews, read_frame
from reelwright.media.saliency import map_saliency
from tests.media.odd_files import draw_frame, make_photo, make_sound, make_video
from tests.media.test_subject_crops import DRAWN, read_band

WHOLE = Crop(0.5, 0.5, 1.0, 1.0)


class Blind(Eyes):
    """As where no part is installed."""

    _faces = _subject = _labels = None


@pytest.fixture(scope="module")
def eyes() -> Eyes:
    return Eyes()


@pytest.fixture(scope="module")
def boys() -> np.ndarray:
    return np.asarray(read_band(next(photo for photo in DRAWN if "boys" in photo["what"])))


def test_a_blurred_picture_is_less_sharp(boys) -> None:
    grey = cv2.cvtColor(boys, cv2.COLOR_BGR2GRAY)
    assert measure_sharpness(cv2.GaussianBlur(grey, (0, 0), 3)) < 0.2 * measure_sharpness(grey)


def test_light_and_colour_are_measured(boys) -> None:
    dark = measure_look((boys * 0.3).astype(np.uint8), WHOLE)
    bright = measure_look(boys, WHOLE)
    assert dark.luma_median < 0.5 * bright.luma_median
    grey = measure_look(cv2.cvtColor(cv2.cvtColor(boys, cv2.COLOR_BGR2GRAY), cv2.COLOR_GRAY2BGR), WHOLE)
    assert grey.colourfulness < 1 < 20 < bright.colourfulness


def test_a_calm_title_zone_is_told_from_a_busy_one() -> None:
    noise = np.random.default_rng(0).integers(0, 255, (960, 540, 3)).astype(np.uint8)
    calm_above, calm_below = noise.copy(), noise.copy()
    calm_above[:440] = 120
    calm_below[520:] = 120
    assert measure_look(calm_above, WHOLE).calm_top > 0.9
    assert measure_look(calm_below, WHOLE).calm_top < 0.4


def test_edits_of_a_photo_are_near_duplicates_and_other_photos_are_not(boys) -> None:
    edits = {
        "same": boys,
        "brighter": cv2.convertScaleAbs(boys, beta=25),
        "smaller": cv2.resize(boys, None, fx=0.4, fy=0.4, interpolation=cv2.INTER_AREA),
        "saved badly": cv2.imdecode(cv2.imencode(".jpg", boys, [1, 35])[1], 1),
        "another": np.asarray(read_band(DRAWN[0])),
        "third": np.asarray(read_band(DRAWN[4])),
    }
    analyses = {
        name: MediaAnalysis(difference_hash=hash_differences(cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)), sharpness=100.0 if name == "brighter" else 50.0)
        for name, picture in edits.items()
    }
    groups = find_near_duplicates(analyses)
    assert len(groups) == 1
    assert groups[0][0] == "brighter"
    assert set(groups[0]) == {"same", "brighter", "smaller", "saved badly"}


def test_sounds_without_a_hash_are_no_duplicates() -> None:
    assert find_near_duplicates({"a": MediaAnalysis(), "b": MediaAnalysis()}) == ()
    assert count_different_bits("", "00") == 64
    assert count_different_bits("000000000000000f", "0000000000000000") == 4


def test_a_photo_of_two_boys_is_analysed(eyes, tmp_path, boys) -> None:
    cv2.imwrite(str(tmp_path / "a.jpg"), boys)
    analysis = analyse_photo(tmp_path / "a.jpg", eyes)
    assert len(analysis.faces) == 2
    assert analysis.subject is not None
    assert analysis.subject_strength > 0.9
    assert 0.3 < analysis.crop_x < 0.8
    assert analysis.crop_y == 0.5
    assert analysis.shots == (Shot(start=0.0, end=0.0, sharpness=analysis.sharpness),)
    assert MediaAnalysis.model_validate(json.loads(analysis.model_dump_json())) == analysis


def test_a_whole_photo_of_a_game_is_named_by_its_ball(eyes) -> None:
    photo = dict(next(photo for photo in DRAWN if "boys" in photo["what"]), band=[0, 1])
    labels = eyes.name_things(np.asarray(read_band(photo)))
    assert labels[0].name == "soccer ball"
    assert labels[0].probability > 0.5


def test_without_the_parts_a_photo_is_still_analysed(tmp_path, boys) -> None:
    cv2.imwrite(str(tmp_path / "a.jpg"), boys)
    analysis = analyse_photo(tmp_path / "a.jpg", Blind())
    assert (analysis.faces, analysis.subject, analysis.labels) == ((), None, ())
    assert analysis.sharpness > 0
    assert 0.18 < analysis.crop_x < 0.82


def test_tiny_flat_and_very_long_pictures_are_analysed(eyes, tmp_path) -> None:
    for name, size in (("tiny", (16, 16)), ("long", (4000, 60)), ("tower", (40, 3000))):
        Image.new("RGB", size, (128, 128, 128)).save(tmp_path / f"{name}.jpg")
        analysis = analyse_photo(tmp_path / f"{name}.jpg", eyes)
        assert 0 <= analysis.crop_x <= 1
        assert analysis.faces == ()


def test_a_bright_thing_on_a_plain_ground_draws_the_eye() -> None:
    picture = np.full((400, 600, 3), 120, np.uint8)
    cv2.circle(picture, (480, 200), 40, (20, 30, 230), -1)
    saliency = map_saliency(picture)
    assert saliency.shape == (144, 144)
    row, column = np.unravel_index(int(saliency.argmax()), saliency.shape)
    assert column / 144 == pytest.approx(480 / 600, abs=0.08)
    assert row / 144 == pytest.approx(0.5, abs=0.12)


def test_weights_that_would_run_something_are_refused(tmp_path) -> None:
    class Evil:
        def __reduce__(self):
            return (Path.touch, (tmp_path / "ran",))

    (tmp_path / "weights.pth").write_bytes(pickle.dumps(1) + pickle.dumps(2) + pickle.dumps(3) + pickle.dumps({"a": Evil()}))
    with pytest.raises(PartMissing):
        read_weights(tmp_path / "weights.pth")
    assert not (tmp_path / "ran").exists()


def test_converted_weights_are_kept_in_the_cache(tmp_path, boys) -> None:
    assert Eyes(tmp_path).name_things(boys) != ()
    kept = list((tmp_path / "converted").iterdir())
    assert [path.suffix for path in kept] == [".onnx"]
    changed = kept[0].stat().st_mtime_ns
    assert Eyes(tmp_path).name_things(boys) != ()
    assert kept[0].stat().st_mtime_ns == changed


def test_a_photo_has_a_thumbnail(tmp_path) -> None:
    make_photo(tmp_path / "a.jpg", (2000, 1000))
    (preview,) = make_previews(tmp_path / "a.jpg", "photo", MediaAnalysis(), tmp_path)
    assert (preview.purpose, preview.width, preview.height, preview.content_type) == ("thumbnail", 480, 240, "image/jpeg")
    with Image.open(preview.path) as picture:
        assert picture.size == (480, 240)


def test_a_clip_has_a_poster_a_thumbnail_and_a_waveform(tmp_path, eyes) -> None:
    clip = make_video(tmp_path / "a.mp4", seconds=2, size=(1280, 720), sound=True)
    analysis = analyse_media(clip, "video", eyes)
    previews = {preview.purpose: preview for preview in make_previews(clip, "video", analysis, tmp_path)}
    assert set(previews) == {"poster", "thumbnail", "waveform"}
    assert (previews["poster"].width, previews["thumbnail"].width) == (1280, 480)
    waveform = json.loads(previews["waveform"].path.read_text())
    assert len(waveform["peaks"]) == 480
    assert max(waveform["peaks"]) > 0.05
    assert waveform["duration_seconds"] == pytest.approx(2.0, abs=0.1)


def test_a_sound_has_a_waveform_only(tmp_path) -> None:
    make_sound(tmp_path / "a.m4a")
    assert [preview.purpose for preview in make_previews(tmp_path / "a.m4a", "audio", MediaAnalysis(), tmp_path)] == ["waveform"]


def test_the_poster_is_the_middle_of_the_sharpest_shot(tmp_path) -> None:
    analysis = MediaAnalysis(shots=(Shot(start=0, end=1, sharpness=5), Shot(start=1, end=2, sharpness=50)))
    assert choose_poster_time(analysis) == 1.5
    clip = make_video(tmp_path / "a.mp4", seconds=2, options=("g", "15", "crf", "10"))
    shown = read_frame(clip, 1.5)[:, :, ::-1]
    nearest = min(range(60), key=lambda number: float(np.abs(draw_frame(number).astype(int) - shown).mean()))
    assert nearest == 45


def test_a_damaged_rendition_is_refused_in_words(tmp_path) -> None:
    Image.fromarray(draw_frame(0)).save(tmp_path / "a.jpg")
    data = (tmp_path / "a.jpg").read_bytes()
    start_of_scan = data.index(b"\xff\xda")
    (tmp_path / "a.jpg").write_bytes(data[:start_of_scan])
    with pytest.raises(MediaRefused):
        read_reduced(tmp_path / "a.jpg")
