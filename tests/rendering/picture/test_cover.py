"""The cover: one picture, few words, no captions."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from reelwright.kit.errors import RenderFailed
from reelwright.reels.reel import CaptionChunk, Captions, CaptionWord, Font, Text
from reelwright.rendering.cover import compose_cover, draw_cover, shorten_title


def test_the_cover_is_a_jpeg_of_the_canvas_size_and_nothing_else_is_left(maker: Any, tmp_path: Path) -> None:
    maker.photo("one")
    out = tmp_path / "cover" / "cover.jpg"
    out.parent.mkdir()
    draw_cover(maker.reel([[maker.picture("one")]], title="Six quiet corners"), maker.files, out)
    image = cv2.imread(str(out))
    assert image.shape == (480, 270, 3)
    assert 30 < image.mean() < 225
    assert list(out.parent.iterdir()) == [out]


def test_captions_overlays_and_sounds_stay_out(maker: Any) -> None:
    maker.photo("one")
    captions = Captions(
        words=(CaptionWord(text="said", start=Fraction(0), end=Fraction(1, 2)),),
        chunks=(CaptionChunk(first=0, last=0, start=Fraction(0), end=Fraction(1), lines=((0,),)),),
    )
    cover = compose_cover(maker.reel([[maker.picture("one")]], title="Rooms", captions=captions))
    assert (cover.captions.words, cover.overlays, cover.soundtrack.music) == ((), (), ())


def test_title_and_face_of_the_type_come_from_the_reel(maker: Any) -> None:
    maker.photo("one")
    shot = [maker.picture("one"), Text(text="ROOMS", font=Font(family="Inter", weight=700), size=90, colour="#FFFFFF", x=20, y=200)]
    layers = compose_cover(maker.reel([shot], title="Six quiet corners: a guide")).tracks[0].clips[0].layers
    texts = [layer for layer in layers if isinstance(layer, Text)]
    assert " ".join(text.text for text in texts) == "Six quiet corners"
    assert {text.font.family for text in texts} == {"Inter"}


def test_the_title_lies_inside_the_square_crop(maker: Any, tmp_path: Path) -> None:
    maker.photo("one")
    plain, titled = tmp_path / "a.jpg", tmp_path / "b.jpg"
    draw_cover(maker.reel([[maker.picture("one")]]), maker.files, plain)
    draw_cover(maker.reel([[maker.picture("one")]], title="Wonderful extraordinary rooms"), maker.files, titled)
    bright = cv2.imread(str(titled))[..., 1] > 240
    changed = bright & (cv2.imread(str(plain))[..., 1] < 200)
    rows, columns = np.flatnonzero(changed.any(1)), np.flatnonzero(changed.any(0))
    assert 120 <= rows[0] <= rows[-1] <= 360
    assert 24 <= columns[0] <= columns[-1] <= 246


def test_a_reel_without_a_title_gets_a_cover_without_words(maker: Any) -> None:
    maker.photo("one")
    assert len(compose_cover(maker.reel([[maker.picture("one")]])).tracks[0].clips[0].layers) == 1


@pytest.mark.parametrize(
    ("title", "short"),
    [
        ("Six quiet corners", "Six quiet corners"),
        ("How we built a house", "How we built a house"),
        ("Rooms: a guide", "Rooms"),
        ("How we built a small stone house in the hills", "How we built a small stone house"),
        ("", ""),
    ],
)
def test_a_title_stays_whole_up_to_eight_words_and_never_ends_on_a_joining_word(title: str, short: str) -> None:
    assert shorten_title(title) == short


def test_a_cover_without_its_photo_fails_in_words(maker: Any, tmp_path: Path) -> None:
    maker.photo("one")
    with pytest.raises(RenderFailed):
        draw_cover(maker.reel([[maker.picture("one")]]), {}, tmp_path / "cover.jpg")
