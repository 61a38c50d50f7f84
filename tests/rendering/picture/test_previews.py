"""A preview is the same film: smaller and with half its pictures, but as long, with the same sound, showing the same at each time."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import cv2
import numpy as np
import pytest

from reelwright.reels.reel import Reel, Transition
from reelwright.rendering.compose import Composer
from reelwright.rendering.preview import render_preview, shrink_reel

WIDTH = 270


@pytest.fixture
def reel(maker: Any) -> Reel:
    maker.photo("one", seed=1)
    maker.photo("two", seed=2)
    made: Reel = maker.reel([[maker.picture("one")], [maker.picture("two")]], [Transition(kind="dissolve", duration=Fraction(2, 5))], Fraction(1))
    return made


def test_a_preview_has_half_the_pictures_and_the_whole_length(maker: Any, reel: Reel) -> None:
    out: Path = maker.folder / "preview.mp4"
    small = shrink_reel(reel, WIDTH)
    render_preview(small, maker.files, out, on_progress=lambda _: None, is_cancelled=lambda: False)
    with av.open(str(out)) as film:
        picture, sound = film.streams.video[0], film.streams.audio[0]
        assert (picture.width, picture.average_rate) == (WIDTH, reel.canvas.frame_rate / 2)
        assert picture.frames == reel.frame_count // 2
        lengths = [float(stream.duration * stream.time_base) for stream in (picture, sound)]
    assert lengths == pytest.approx([float(reel.duration)] * 2, abs=1 / 15)


def test_a_preview_shows_the_same_at_each_time(maker: Any, reel: Reel) -> None:
    small = shrink_reel(reel, WIDTH)
    with Composer(reel, maker.files) as whole, Composer(small, maker.files) as half:
        for n in range(0, small.frame_count, 7):
            expected = cv2.resize(whole.frame(2 * n).y, (small.canvas.width, small.canvas.height), interpolation=cv2.INTER_AREA)
            assert np.abs(expected.astype(float) - half.frame(n).y).mean() < 4


def test_films_with_few_pictures_keep_them_all(reel: Reel) -> None:
    slow = reel.model_copy(update={"canvas": reel.canvas.model_copy(update={"frame_rate": Fraction(25)})})
    assert shrink_reel(slow, WIDTH).canvas.frame_rate == 25
