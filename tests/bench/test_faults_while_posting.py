"""The fault bench, small: every way of posting goes through a lost answer of its post and of its comment, and nothing is there twice."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.publishing import CALLS, FETCH, NOT_FETCHED, Scene, blame, choose_scenes, play
from bench.publishing_desk import Desk
from reelwright.kit.database import Database
from reelwright.publishing.social_account import ConnectWay


@pytest.mark.parametrize("way", list(CALLS))
def test_a_lost_answer_makes_no_double(database: Database, tmp_path: Path, way: ConnectWay) -> None:
    desk = Desk(database, way, tmp_path)
    for call in ("commit", "comment"):
        scene = Scene(way, call, "cut_after", dies=True, skip=0)
        ended = play(desk, scene)
        assert (blame(ended, scene), ended.state, ended.visible) == ("", "published", 1)
        assert (ended.comment_state, ended.comments) == (("", 0) if way == "tiktok" else ("written", 1))


@pytest.mark.parametrize("skip", [0, 1])
def test_what_instagram_cannot_fetch_is_no_post_that_is_lost(database: Database, tmp_path: Path, skip: int) -> None:
    for way in ("facebook_login", "instagram_login"):
        scene = Scene(way, FETCH, NOT_FETCHED, dies=False, skip=skip)
        assert blame(play(Desk(database, way, tmp_path), scene), scene) == ""


def test_a_sample_is_the_same_each_time_and_of_all_ways() -> None:
    sample = choose_scenes(sample=200)
    assert sample == choose_scenes(sample=200)
    assert {scene.way for scene in sample} == set(CALLS)
    assert len(choose_scenes(1)) == len(set(choose_scenes(1))) > 1000
