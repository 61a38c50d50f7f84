"""The sample reel: it loads, it looks as it did, and no part of it stands empty."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest

from local.samples import list_sample_photos, load_sample_reel
from reelwright.reels.reel import Picture
from reelwright.rendering.compose import Composer
from reelwright.rendering.planes import to_bgr

GOLDEN = Path(__file__).parent / "golden"
NUMBERS = (0, 79, 84, 130, 200, 250, 310, 339, 360, 383, 449)
SIZE = (90, 160)
MAX_MEAN_DIFFERENCE = 2.0
"""In codes of 8 bits: decoders and resamplers of other builds may round differently, nothing more."""


@pytest.fixture(scope="module")
def frames() -> dict[int, np.ndarray]:
    reel, files = load_sample_reel()
    with Composer(reel, files) as composer:
        return {n: to_bgr(composer.frame(n)) for n in NUMBERS}


@pytest.mark.parametrize("number", NUMBERS)
def test_frames_look_as_they_did(frames: dict[int, np.ndarray], number: int) -> None:
    golden = cv2.imread(str(GOLDEN / f"sample_{number}.png"))
    small = cv2.resize(frames[number], SIZE, interpolation=cv2.INTER_AREA)
    assert np.abs(small.astype(int) - golden.astype(int)).mean() <= MAX_MEAN_DIFFERENCE


@pytest.mark.parametrize("number", [0, 130, 200, 250, 310, 360, 449])
def test_the_lower_third_is_never_empty(frames: dict[int, np.ndarray], number: int) -> None:
    lower = cv2.cvtColor(frames[number][1280:], cv2.COLOR_BGR2GRAY)
    assert lower.std() > 8


def test_frame_0_is_a_finished_picture(frames: dict[int, np.ndarray]) -> None:
    title = frames[0][300:540, 72:1008]
    assert (title.min(axis=2) > 225).mean() > 0.2
    assert 0.06 < frames[0].mean() / 255 < 0.94


def test_the_sample_reel_uses_photos_and_a_clip_that_are_installed() -> None:
    reel, files = load_sample_reel()
    assert all(path.is_file() for path in files.values())
    assert {media.kind for media in reel.media.values()} == {"photo", "video"}
    assert len(reel.tracks[0].clips) >= 6
    assert 10 <= reel.duration <= 15
    assert len(list_sample_photos()) >= 30


def test_every_shot_of_it_holds_a_picture_that_moves() -> None:
    reel, _ = load_sample_reel()
    for clip in reel.tracks[0].clips:
        pictures = [layer for layer in clip.layers if isinstance(layer, Picture)]
        assert pictures
        assert all(picture.motion.start != picture.motion.end for picture in pictures)
