from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reelwright.generation.composing.moves import move_of
from reelwright.generation.composing.vary_lengths import Cut, count_equal, vary_lengths
from reelwright.reels.reel import Clip, Picture, Reel, Text
from reelwright.reels.template import TEMPLATES, find_template
from reelwright.rendering.check_cuts import check_cuts
from tests.generation.composing.made_elements import SCRIPT, compose
from tests.generation.planning.brief_material import make_photo

GRID = tuple(range(0, 601, 20))
SCRIPTS = ("", SCRIPT, "Stay.", "We found 3 quiet rooms in 24 hours. The first cost 40 euros. The second had no door! Come by on Sunday.")
BEND, FRAME, BEAT = 0.1, 1 / 30, 0.45


def frames(cuts: list[Cut]) -> list[int]:
    return [cut.frame for cut in cuts]


def test_of_three_equal_shots_one_cut_moves_to_another_beat() -> None:
    cuts = [Cut(0), Cut(60, places=GRID), Cut(120, places=GRID)]
    varied = vary_lengths(cuts, 180)
    assert len(varied) == 3
    assert count_equal(frames(varied), 180) == 0


def test_where_no_cut_can_move_a_shot_goes() -> None:
    cuts = [Cut(0, shot=0), Cut(60, shot=1, can_go=True), Cut(120, shot=2)]
    assert [cut.shot for cut in vary_lengths(cuts, 180)] == [0, 2]


def test_where_none_can_go_one_shot_becomes_two() -> None:
    cuts = [Cut(number * 60, shot=number, can_part=True) for number in range(3)]
    varied = vary_lengths(cuts, 180, GRID, least=20)
    assert count_equal(frames(varied), 180) == 0
    assert [cut.shot for cut in varied] != [0, 1, 2]


def test_what_cannot_be_varied_stays() -> None:
    cuts = [Cut(0), Cut(60), Cut(120)]
    assert vary_lengths(cuts, 180) == cuts


def test_limits_are_kept_while_cuts_move() -> None:
    cuts = [Cut(0, least=40, most=80), *(Cut(at, places=GRID, least=40, most=80) for at in range(60, 540, 60))]
    varied = frames(vary_lengths(cuts, 540))
    assert all(40 <= later - earlier <= 80 for earlier, later in pairwise([*varied, 540]))
    assert count_equal(varied, 540) == 0


@given(st.lists(st.integers(1, 4), min_size=3, max_size=9))
def test_moving_cuts_keeps_their_order(steps: list[int]) -> None:
    cuts, at = [], 0
    for step in steps:
        cuts.append(Cut(at, places=tuple(range(15, 15 * sum(steps), 15)) if at else ()))
        at += 15 * step
    varied = frames(vary_lengths(cuts, at))
    assert len(varied) == len(steps)
    assert sorted(set(varied)) == varied
    assert varied[0] == 0
    assert count_equal(varied, at) <= count_equal(frames(cuts), at)


def clips(template: str, script: str, seed: int, *, has_music: bool = True, count: int = 8) -> tuple[tuple[Clip, ...], Reel]:
    _, reel = compose(
        tuple(make_photo(number) for number in range(count)),
        script=script,
        seconds=(8, 15, 30)[seed],
        seed=seed,
        template=template,
        bpm=find_template(template).bpm,
        has_music=has_music,
    )
    return reel.tracks[0].clips, reel


def main_picture(clip: Clip) -> Picture | None:
    pictures = [layer for layer in clip.layers if isinstance(layer, Picture) and not layer.blur]
    return max(pictures, key=lambda layer: layer.rect.width * layer.rect.height, default=None)


@pytest.mark.parametrize("template", TEMPLATES)
@pytest.mark.parametrize("script", SCRIPTS)
def test_with_music_no_three_shots_are_equal_and_no_move_comes_twice(template: str, script: str) -> None:
    for seed in range(3):
        shots, _ = clips(template, script, seed)
        lengths = [clip.duration for clip in shots]
        assert not any(len(set(lengths[at : at + 3])) == 1 for at in range(len(lengths) - 2))
        moves = [move_of(picture.motion) for clip in shots if (picture := main_picture(clip))]
        assert all(before != after for before, after in pairwise(moves))


def seconds_to_read(clip: Clip) -> float:
    return 0.7 + sum(len(layer.text) for layer in clip.layers if isinstance(layer, Text)) / 15 + BEAT


@pytest.mark.parametrize("template", TEMPLATES)
def test_silent_shots_keep_to_the_pacing(template: str) -> None:
    pacing = find_template(template).pacing
    for seed in range(3):
        for count in (1, 8):
            shots, _ = clips(template, "", seed, count=count)
            for clip in shots[1:-1]:
                longest = max(pacing.max_seconds * (1 + BEND), seconds_to_read(clip) + pacing.min_seconds) + 2 * FRAME
                assert pacing.min_seconds * (1 - BEND) - FRAME <= float(clip.duration) <= longest


@pytest.mark.parametrize("template", TEMPLATES)
@pytest.mark.parametrize("script", SCRIPTS)
def test_without_music_no_cut_says_that_it_is_on_a_beat(template: str, script: str) -> None:
    for seed in range(3):
        shots, reel = clips(template, script, seed, has_music=False)
        assert {clip.cut.on for clip in shots} <= {"start", "pulse", "phrase", "end_card"}
        rows, _ = check_cuts(reel)
        assert all(row.passed for row in rows)
