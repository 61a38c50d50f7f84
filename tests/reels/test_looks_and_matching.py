"""Looks that suit faces and the night; neighbours brought into line."""

from __future__ import annotations

import pytest

from reelwright.media.analysis import MediaAnalysis
from reelwright.reels.look_rules import choose_look
from reelwright.reels.match_pictures import MAX_NIGHT_STOPS, MAX_SHIFT, MAX_STOPS, Light, Match, light_of, match_pictures


def test_a_face_makes_looks_gentler_and_refuses_neon() -> None:
    assert choose_look("gold", 1.0, has_faces=True).strength == 0.85
    assert choose_look("retro90", 1.0, has_faces=True).strength == 0.7
    assert choose_look("dusk", 0.6, has_faces=True).strength == 0.6
    assert (choose_look("neon", 1.0, has_faces=True).name, choose_look("neon", 1.0, has_faces=True).strength) == ("dusk", 0.8)
    assert choose_look("neon", 1.0, has_faces=False).name == "neon"


def test_old_film_is_not_for_the_night() -> None:
    assert choose_look("retro90", 0.9, has_faces=False, is_night=True).name == "gold"
    assert choose_look("dusk", 0.9, has_faces=False, is_night=True).name == "dusk"


def test_neighbours_come_nearer_to_each_other() -> None:
    lights = [Light(0.30, 0.32), Light(0.60, 0.58), Light(0.45, 0.45)]
    matched = [light.median * 2**match.exposure for light, match in zip(lights, match_pictures(lights), strict=True)]
    assert max(matched) - min(matched) < 0.5 * (0.60 - 0.30)


def test_the_match_stays_within_its_bounds_and_night_stays_night() -> None:
    lights = [Light(0.05, 0.06), Light(0.8, 0.8), Light(0.12, 0.14), Light(0.0, 0.0), Light(0.95, 0.9)]
    exposures = [match.exposure for match in match_pictures(lights)]
    assert all(-MAX_STOPS <= stops <= MAX_STOPS for stops in exposures)
    assert exposures[0] <= MAX_NIGHT_STOPS
    assert exposures[3:] == [0.0, 0.0]


def test_a_cast_goes_a_part_of_the_way_to_its_neighbours_and_to_grey() -> None:
    warm, cool = Light(0.5, 0.5, (-0.04, 0.03)), Light(0.5, 0.5, (0.02, -0.01))
    first, second = match_pictures([warm, cool])
    assert 0 < first.balance[0] <= MAX_SHIFT
    assert -MAX_SHIFT <= first.balance[1] < 0
    assert second.balance[0] < 0
    assert match_pictures([Light(0.5, 0.5), warm])[0].balance == (0.0, 0.0)
    assert abs(-0.04 + match_pictures([warm, warm, warm])[1].balance[0]) > 0.02


def test_alike_pictures_in_the_middle_are_left_alone() -> None:
    assert match_pictures([Light(0.46, 0.46, (0.0, 0.0))] * 3) == (Match(),) * 3
    assert match_pictures([]) == ()


def test_a_media_gives_its_light() -> None:
    assert light_of(MediaAnalysis(luma_median=0.3, luma_mean=0.4, grey_cast=(0.01, -0.02))) == Light(0.3, 0.4, (0.01, -0.02))
    assert light_of(MediaAnalysis()).cast is None


@pytest.mark.parametrize("count", [1, 2, 40])
def test_there_is_one_match_per_picture(count: int) -> None:
    assert len(match_pictures([Light(0.4, 0.4)] * count)) == count
