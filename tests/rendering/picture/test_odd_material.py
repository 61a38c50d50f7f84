"""Tiny, huge, long, grey, transparent: whatever normalising lets through is drawn."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from PIL import Image

from reelwright.kit.errors import RenderFailed
from reelwright.reels.reel import MediaReference, Rect
from reelwright.rendering.compose import Composer
from reelwright.rendering.still import read_photo


def _gradient(width: int, height: int) -> np.ndarray:
    across = np.linspace(40, 220, width)[None].repeat(height, 0)
    return np.stack([across, across, across], -1).astype(np.uint8)


def _draw(maker: Any, name: str, image: Any, width: int, height: int) -> np.ndarray:
    path: Path = maker.folder / name
    if isinstance(image, Image.Image):
        image.save(path)
    else:
        cv2.imwrite(str(path), image)
    maker.files[name] = path
    maker.media["odd"] = MediaReference(kind="photo", file=name, width=width, height=height)
    with Composer(maker.reel([[maker.picture("odd", is_graded=False)]]), maker.files) as composer:
        return composer.frame(4).y.astype(float)


@pytest.mark.parametrize(("width", "height"), [(8, 8), (64, 48), (101, 333), (6000, 300), (300, 6000), (4096, 4096)])
def test_photos_of_any_size_fill_the_canvas(maker: Any, width: int, height: int) -> None:
    luma = _draw(maker, "odd.png", _gradient(width, height), width, height)
    assert luma.min() > 40
    assert (np.diff(luma[240]) >= -1.1).all()


def test_grey_deep_transparent_and_cmyk_photos_are_read(maker: Any) -> None:
    grey = _gradient(640, 960)[..., 0]
    usual = _draw(maker, "a.png", _gradient(640, 960), 640, 960)
    assert np.abs(_draw(maker, "b.png", grey, 640, 960) - usual).mean() < 1
    assert np.abs(_draw(maker, "c.png", grey.astype(np.uint16) * 257, 640, 960) - usual).mean() < 1.5
    assert _draw(maker, "d.png", np.dstack([_gradient(640, 960), np.full((960, 640), 255, np.uint8)]), 640, 960).std() > 5
    assert _draw(maker, "e.jpg", Image.fromarray(_gradient(640, 960)).convert("CMYK"), 640, 960).std() > 5


def test_a_photo_is_turned_upright_by_its_exif(maker: Any) -> None:
    image = Image.fromarray(_gradient(960, 640))
    exif = Image.Exif()
    exif[0x0112] = 6
    path = maker.folder / "turned.jpg"
    image.save(path, exif=exif)
    assert read_photo(path).shape[:2] == (960, 640)


def test_a_photo_shown_much_smaller_is_decoded_smaller(maker: Any) -> None:
    path = maker.folder / "big.jpg"
    cv2.imwrite(str(path), _gradient(4000, 3000))
    assert [read_photo(path, zoom).shape[1] for zoom in (1.0, 0.5, 0.25, 0.1)] == [4000, 2000, 1000, 500]


def test_a_file_that_is_no_photo_fails_in_words(maker: Any) -> None:
    path = maker.folder / "no.jpg"
    path.write_bytes(b"text")
    with pytest.raises(RenderFailed, match="photo"):
        read_photo(path)


@pytest.mark.parametrize(("width", "height"), [(64, 48), (638, 358), (1920, 1080), (360, 640)])
def test_clips_of_any_size_fill_their_rectangle(maker: Any, width: int, height: int) -> None:
    maker.clip("film", frames=6, width=width, height=height)
    with Composer(maker.reel([[maker.picture("film", is_graded=False, rect=Rect(x=20, y=40, width=200, height=300))]]), maker.files) as composer:
        luma = composer.frame(2).y[44:336, 24:216]
    assert luma.min() > 24  # black would be 16; cubic enlargement rings a little
    assert luma.std() > 2


def test_a_clip_smaller_than_its_card_and_one_much_larger_are_both_smooth(maker: Any) -> None:
    maker.clip("film", frames=4, width=1920, height=1080)
    with Composer(maker.reel([[maker.picture("film", is_graded=False, rect=Rect(x=0, y=0, width=60, height=100))]]), maker.files) as composer:
        assert composer.frame(0).y[60:98, 4:56].astype(float).std() < 3
