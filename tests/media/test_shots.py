"""Cuts, paths and motion of clips that are made with known ones."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import cv2
import numpy as np
import pytest

from reelwright.kit.errors import MediaRefused
from reelwright.media.analyse_video import analyse_video, read_frames
from reelwright.media.crop_path import MAX_SPEED_CROPS_PER_SECOND, smooth_path
from reelwright.media.eyes import Eyes
from reelwright.media.follow import Follower
from reelwright.media.shots import Frame, split_shots
from tests.media.odd_files import make_video
from tests.media.test_subject_crops import DRAWN, read_band

RATE = 30
MAX_JITTER_PIXELS = 0.15
"""RMS of the second difference of a path, pixels of a canvas 1080 wide."""


def three_scenes(number: int, width: int, height: int) -> np.ndarray:
    """Noise whose colours change at frames 40 and 75; inside a scene it moves a little."""
    scene = 0 if number < 40 else 1 if number < 75 else 2
    noise = np.random.default_rng(scene).integers(0, 90, (height // 8, width // 8 + 40, 3))
    picture = cv2.resize(noise.astype(np.uint8), (width + 320, height), interpolation=cv2.INTER_CUBIC)
    return (picture[:, number : number + width] + np.asarray([[150, 20, 20], [20, 150, 20], [20, 20, 150]][scene])).clip(0, 255).astype(np.uint8)


def frames_of(draw, count: int) -> list[Frame]:
    return [Frame(number / RATE, draw(number, 320, 180)[:, :, ::-1].copy()) for number in range(count)]


def test_cuts_are_found_at_their_very_frame() -> None:
    starts = [round(item.frame.at * RATE) for item in split_shots(frames_of(three_scenes, 110)) if item.is_first]
    assert starts == [0, 40, 75]


def test_every_frame_comes_out_once_and_in_order() -> None:
    for count in (1, 2, 8, 9, 20):
        items = list(split_shots(frames_of(three_scenes, count)))
        assert [round(item.frame.at * RATE) for item in items] == list(range(count))


def test_a_pan_without_cuts_is_one_shot() -> None:
    starts = [item for item in split_shots(frames_of(lambda number, width, height: three_scenes(min(number, 39), width, height), 90)) if item.is_first]
    assert len(starts) == 1


def test_a_flash_of_one_frame_leaves_no_sliver_behind() -> None:
    frames = frames_of(lambda number, width, height: three_scenes(0, width, height) if number != 30 else np.full((height, width, 3), 255, np.uint8), 60)
    starts = [round(item.frame.at * RATE) for item in split_shots(frames) if item.is_first]
    assert all(later - earlier > 0.4 * RATE for earlier, later in pairwise(starts))


def test_shots_of_a_clip_have_their_times_and_motion(tmp_path) -> None:
    clip = make_video(tmp_path / "a.mp4", seconds=110 / RATE, draw=three_scenes, options=("crf", "12"))
    analysis = analyse_video(clip, Eyes())
    assert [round(shot.start * RATE) for shot in analysis.shots] == [0, 40, 75]
    assert [round(shot.end * RATE) for shot in analysis.shots] == [40, 75, 110]
    assert all(shot.motion == pytest.approx(RATE / 320, rel=0.3) for shot in analysis.shots)  # one pixel of 320 a frame
    assert all(len(shot.path) >= 1 and shot.sharpness > 0 for shot in analysis.shots)


def follow_boys(number: int, width: int, height: int) -> np.ndarray:
    """The camera pans over two boys: they go from the right third to the left one."""
    picture = follow_boys.band  # type: ignore[attr-defined]
    view = int(picture.shape[0] * width / height)
    left = int(number / 90 * (picture.shape[1] - view))
    return cv2.resize(picture[:, left : left + view], (width, height), interpolation=cv2.INTER_AREA)[:, :, ::-1]


def test_the_crop_follows_faces_smoothly_and_keeps_them_inside(tmp_path) -> None:
    boys = next(photo for photo in DRAWN if "boys" in photo["what"])
    band = np.asarray(read_band(boys))[: int(0.62 * 640)]
    follow_boys.band = np.pad(band, ((0, 0), (0, 0), (0, 0)))  # type: ignore[attr-defined]
    clip = make_video(tmp_path / "a.mp4", seconds=3, size=(640, 360), draw=follow_boys, options=("crf", "12"))
    shot = analyse_video(clip, Eyes()).shots[0]
    assert len(shot.path) > 30
    x = np.asarray([sample.x for sample in shot.path])
    pixels = x * 640 * 1080 / (360 * 9 / 16)
    jitter = float(np.sqrt((np.diff(pixels, 2) ** 2).mean()))
    assert jitter < MAX_JITTER_PIXELS
    assert (np.diff(np.sign(np.diff(x)[np.abs(np.diff(x)) > 2e-4])) != 0).sum() == 0
    face = Eyes().find_faces(next(read_frames(clip)).picture)[0]
    crop = 9 / 16 * 360 / 640
    assert x[0] - crop / 2 <= face.x + 0.02
    assert x[0] + crop / 2 >= face.x + face.width - 0.02


def test_a_subject_that_hardly_moves_gets_a_crop_at_rest() -> None:
    path = smooth_path(0.5 + 0.02 * np.sin(np.linspace(0, 9, 120)), 0.3164, RATE)
    assert np.ptp(path) == 0


def test_a_jittery_target_becomes_a_calm_path_that_stays_near() -> None:
    random = np.random.default_rng(1)
    target = np.linspace(0.25, 0.75, 150) + random.normal(0, 0.008, 150)
    path = smooth_path(target, 0.3164, RATE)
    scale = 1080 / 0.3164
    assert np.sqrt((np.diff(path * scale, 2) ** 2).mean()) < 0.05
    assert (np.diff(np.sign(np.diff(path)[np.abs(np.diff(path)) > 1e-6])) != 0).sum() == 0
    assert np.abs(path - target).max() < 0.2 * 0.3164
    assert np.abs(np.diff(path)).max() * RATE <= MAX_SPEED_CROPS_PER_SECOND * 0.3164 + 1e-6


def test_a_path_never_leaves_the_picture() -> None:
    path = smooth_path(np.linspace(-0.2, 1.2, 90), 0.4, RATE)
    assert path.min() >= 0.2 - 1e-9
    assert path.max() <= 0.8 + 1e-9


def test_a_crop_as_wide_as_the_picture_rests_in_the_middle() -> None:
    assert set(smooth_path(np.linspace(0, 1, 5), 1.0, RATE)) == {0.5}


def test_a_person_who_leaves_is_not_followed_by_what_drifts_behind() -> None:
    follower = Follower(Eyes(), RATE)
    boys = np.asarray(read_band(next(photo for photo in DRAWN if "boys" in photo["what"])))
    seen = cv2.resize(boys, (480, 320), interpolation=cv2.INTER_AREA)
    for number in range(60):
        follower.watch(Frame(number / RATE, seen if number < 20 else np.full_like(seen, 90)))
    track = follower.finish()
    assert np.isfinite(track.targets[:20]).all()
    assert np.isnan(track.targets[-20:]).all()
    assert 0.2 < track.face_share < 0.7


def test_a_clip_that_is_no_video_is_refused(tmp_path) -> None:
    (tmp_path / "a.mp4").write_bytes(b"\0\0\0\x18ftypisom" + bytes(100))
    with pytest.raises(MediaRefused):
        analyse_video(Path(tmp_path / "a.mp4"), Eyes())
