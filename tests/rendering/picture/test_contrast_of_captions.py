"""Captions can be read on the pictures they really stand on."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from reelwright.reels.reel import CaptionChunk, Captions, CaptionWord, Picture, Rect, Reel
from reelwright.rendering.caption_contrast import AIMED_RATIO, MAX_HALO, MAX_SCRIM, contrast, find_help, luminance_of, ratio_on, shade_of
from reelwright.rendering.compose import Composer
from reelwright.rendering.improve_captions import files_to_measure, improve_captions
from reelwright.rendering.planes import to_bgr

RED_GREY = np.tile(np.array([0.55, 0.5, 0.45], np.float32), (200, 1))


def test_contrast_is_that_of_the_standard() -> None:
    assert contrast(luminance_of("#FFFFFF"), luminance_of("#000000")) == pytest.approx(21)
    assert contrast(luminance_of("#FFFFFF"), luminance_of("#767676")) == pytest.approx(4.54, abs=0.01)


def test_light_type_is_held_against_what_is_bright_behind_it() -> None:
    mostly_dark = np.concatenate([np.full((80, 3), 0.05, np.float32), np.full((20, 3), 0.95, np.float32)])
    assert ratio_on("#FFFFFF", [mostly_dark]) < 1.2
    assert ratio_on("#000000", [mostly_dark]) < 1.6


def test_nothing_is_changed_where_the_colour_can_be_read() -> None:
    dark = np.full((100, 3), 0.1, np.float32)
    assert find_help("#FFFFFF", "#16130F", [dark], dark, may_have_scrim=True).colour is None


def test_the_opposite_colour_comes_before_a_scrim() -> None:
    bright = np.full((100, 3), 0.9, np.float32)
    found = find_help("#FFFFFF", "#3A2720", [bright], bright, may_have_scrim=True)
    assert (found.colour, found.scrim) == ("#3A2720", 0.0)


def test_a_scrim_is_as_thin_as_it_can_be_and_has_the_local_tone() -> None:
    found = find_help("#FFFFFF", "#5A4036", [RED_GREY], RED_GREY, may_have_scrim=True)
    assert 0 < found.scrim <= MAX_SCRIM
    red, green, blue = (int(str(found.scrim_colour)[i : i + 2], 16) for i in (1, 3, 5))
    assert red > green > blue
    assert shade_of(RED_GREY) == found.scrim_colour


def test_dark_type_needs_a_bright_photo_and_no_veil_is_light() -> None:
    middle = np.full((100, 3), 0.6, np.float32)
    on_photo = find_help("#FFF9EF", "#16130F", [middle], middle, may_have_scrim=True)
    assert (on_photo.colour, luminance_of(str(on_photo.scrim_colour)) < 0.05) == (None, True)
    assert find_help("#16130F", "#FFF9EF", [middle], middle, may_have_scrim=True).colour == "#FFF9EF"
    assert find_help("#FFF9EF", "#16130F", [middle], middle, may_have_scrim=False).colour == "#16130F"


def test_a_halo_comes_before_a_box_where_the_preset_has_none() -> None:
    both = np.concatenate([np.full((100, 3), 0.02, np.float32), np.full((100, 3), 0.98, np.float32)])
    found = find_help("#FFF9EF", "#16130F", [both], both, may_have_scrim=True, halo_shadow=0.55)
    assert (found.is_halo, found.box_colour, found.colour) == (True, None, None)
    assert MAX_SCRIM < found.scrim <= MAX_HALO
    white = np.ones((100, 3), np.float32)
    assert find_help("#FFF9EF", "#FFFFFF", [white], white, may_have_scrim=False, halo_shadow=0.55).is_halo


def test_boxes_come_last() -> None:
    both = np.concatenate([np.full((100, 3), 0.02, np.float32), np.full((100, 3), 0.98, np.float32)])
    found = find_help("#FFFFFF", "#16130F", [both], both, may_have_scrim=True)
    assert found.box_colour == "#16130F"
    assert find_help("#FFFFFF", "#5A4036", [RED_GREY], RED_GREY, may_have_scrim=False).box_colour == "#5A4036"


def _photo(maker: Any, name: str, paint: np.ndarray) -> str:
    path: Path = maker.folder / f"{name}.png"
    cv2.imwrite(str(path), paint)
    maker.photo(name)
    maker.files[f"{name}.jpg"] = path
    return name


def _reel(maker: Any, *photos: str, preset: str = "clean") -> Reel:
    maker.width, maker.height = 540, 960
    words = tuple(
        CaptionWord(text=text, start=Fraction(n, 2) + Fraction(1, 10), end=Fraction(n, 2) + Fraction(2, 5))
        for n, text in enumerate(["one", "two", "three", "four"])
    )
    chunks = tuple(
        CaptionChunk(first=2 * n, last=2 * n + 1, start=Fraction(n), end=Fraction(n + 1), lines=((2 * n, 2 * n + 1),), x=270, y=575) for n in range(len(photos))
    )
    captions = Captions(preset=preset, words=words, chunks=chunks)
    return maker.reel([[maker.picture(name)] for name in photos], captions=captions)


def _grey(value: int) -> np.ndarray:
    noise = np.random.default_rng(3).integers(-4, 5, (960, 640, 3))
    return np.clip(value + noise, 0, 255).astype(np.uint8)


def _busy() -> np.ndarray:
    cells = np.random.default_rng(5).integers(70, 165, (30, 20, 3)).astype(np.uint8)
    return cv2.resize(cells, (640, 960), interpolation=cv2.INTER_NEAREST)


def _measured(reel: Reel, files: Any, chunk: CaptionChunk) -> float:
    """The contrast of the caption's colour with the frame itself, between the letters of the block."""
    bare = reel.model_copy(
        update={"captions": reel.captions.model_copy(update={"words": tuple(word.model_copy(update={"text": "."}) for word in reel.captions.words)})}
    )
    with Composer(bare, files) as composer:
        image = to_bgr(composer.frame(round(float((chunk.start + chunk.end) / 2) * 30)))[..., ::-1]
    block = image[chunk.y - 30 : chunk.y - 8, chunk.x - 80 : chunk.x + 80].reshape(-1, 3) / 255
    return ratio_on(chunk.colour or "#FFFFFF", [block.astype(np.float32)])


@pytest.mark.parametrize("value", [20, 90, 140, 175, 235])
def test_captions_can_be_read_on_any_grey(maker: Any, value: int) -> None:
    reel = _reel(maker, _photo(maker, "grey", _grey(value)))
    better = improve_captions(reel, maker.files)
    chunk = better.captions.chunks[0]
    assert chunk.is_boxed or _measured(better, maker.files, chunk) >= AIMED_RATIO - 0.35
    assert improve_captions(better, maker.files) == better


def test_all_captions_of_a_shot_get_the_same_help_and_shots_differ(maker: Any) -> None:
    reel = _reel(maker, _photo(maker, "dark", _grey(20)), _photo(maker, "bright", _grey(235)))
    first, second = improve_captions(reel, maker.files).captions.chunks
    assert first.colour is None
    assert second.colour == "#16130F"


def test_a_scrim_stays_inside_the_photo_of_a_page(maker: Any) -> None:
    _photo(maker, "middle", _busy())
    maker.width, maker.height = 540, 960
    reel = _reel(maker, "middle")
    rect = Rect(x=60, y=300, width=420, height=500)
    picture = Picture(media_id="middle", rect=rect)
    clip = reel.tracks[0].clips[0].model_copy(update={"layers": (maker.flat("#F3EEE4"), picture)})
    reel = reel.model_copy(update={"tracks": (reel.tracks[0].model_copy(update={"clips": (clip,)}),)})
    better = improve_captions(reel, maker.files)
    assert better.captions.chunks[0].scrim > 0
    assert better.captions.chunks[0].scrim_rect == rect
    with Composer(better, maker.files) as composer:
        frame = composer.frame(25).y
    paper = frame[575, 20]
    assert (frame[290:820, :58] == paper).all()
    assert (frame[810:, 100:400] == paper).all()


def test_a_halo_has_no_edge_and_fades_with_its_words(maker: Any) -> None:
    stripes = np.repeat(np.where(np.arange(960)[:, None] // 4 % 2, 255, 0).astype(np.uint8), 640, 1)
    reel = _reel(maker, _photo(maker, "stripes", cv2.merge([stripes] * 3)))
    better = improve_captions(reel, maker.files)
    halo = better.captions.chunks[0].halo
    assert halo is not None
    assert not better.captions.chunks[0].is_boxed
    with Composer(reel, maker.files) as bare, Composer(better, maker.files) as composer:
        darker = bare.frame(20).y.astype(float) - composer.frame(20).y.astype(float)
        first = bare.frame(0).y.astype(float) - composer.frame(0).y.astype(float)
    column = darker[:, halo.x - 16].reshape(-1, 16).max(1)
    assert column.max() > 60
    assert np.abs(np.diff(column)).max() < 0.4 * column.max()
    assert first[:, halo.x - 16].max() < column.max() / 2
    assert darker[: halo.y - 160].max() <= 1


def test_plain_captions_of_a_theme_of_paper_stand_on_a_label_where_the_picture_is_light_and_busy(maker: Any) -> None:
    stripes = np.repeat(np.where(np.arange(960)[:, None] // 4 % 2, 255, 0).astype(np.uint8), 640, 1)
    reel = _reel(maker, _photo(maker, "stripes", cv2.merge([stripes] * 3)), _photo(maker, "dusk", (0.8 * _busy()).astype(np.uint8))).model_copy(
        update={"template": "soft"}
    )
    light, dusk = improve_captions(reel, maker.files).captions.chunks
    assert (light.colour, light.is_boxed, light.box_colour, light.scrim) == ("#5A4036", True, "#FAF3EA", 0.0)
    assert (dusk.is_boxed, dusk.scrim > 0) == (False, True)


def test_a_scrim_keeps_the_shape_of_an_arch(maker: Any) -> None:
    reel = _reel(maker, _photo(maker, "middle", _busy()))
    picture = Picture(media_id="middle", rect=Rect(x=60, y=400, width=420, height=560), mask="arch")
    clip = reel.tracks[0].clips[0].model_copy(update={"layers": (maker.flat("#F3EEE4"), picture)})
    better = improve_captions(reel.model_copy(update={"tracks": (reel.tracks[0].model_copy(update={"clips": (clip,)}),)}), maker.files)
    assert better.captions.chunks[0].scrim_mask == "arch"
    with Composer(better, maker.files) as composer:
        frame = composer.frame(25).y
    assert (frame[400:440, 60:90] == frame[20, 20]).all()
    assert (frame[400:440, 450:480] == frame[20, 20]).all()


def test_presets_with_their_own_ground_are_not_measured(maker: Any) -> None:
    reel = _reel(maker, _photo(maker, "bright", _grey(235)), preset="pop")
    assert files_to_measure(reel) == []
    assert improve_captions(reel, {}) == reel


def test_the_pictures_that_are_measured_are_named(maker: Any) -> None:
    assert files_to_measure(_reel(maker, _photo(maker, "bright", _grey(235)))) == ["bright.jpg"]
