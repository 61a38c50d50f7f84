"""What is held against random mixes finds what is broken: each rule on a reel that breaks it."""

from __future__ import annotations

from fractions import Fraction

import pytest

from bench.mix_pacing import check_pacing
from reelwright.generation.plan import PlannedMedia
from reelwright.reels.reel import Clip, Reel, Track
from tests.generation.composing.made_elements import SCRIPT, compose
from tests.generation.planning.brief_material import make_photo

MEDIA = tuple(make_photo(number) for number in range(8))


def make(script: str = "") -> Reel:
    return compose(MEDIA, script=script, seconds=20)[1]


def with_clips(reel: Reel, *clips: Clip) -> Reel:
    return reel.model_copy(update={"tracks": (Track(clips=tuple(clips)),)})


def faults(reel: Reel, media: tuple[PlannedMedia, ...] = MEDIA) -> str:
    return "\n".join(check_pacing(reel, media))


@pytest.mark.parametrize("script", ["", SCRIPT])
def test_a_composed_reel_has_no_fault(script: str) -> None:
    assert faults(make(script)) == ""


def test_a_shot_that_is_too_short_or_too_long_is_told() -> None:
    first, second, *others = make().tracks[0].clips
    assert "is shorter than" in faults(with_clips(make(), first, second.model_copy(update={"duration": Fraction(1, 2)}), *others))
    assert "is longer than" in faults(with_clips(make(), first, second.model_copy(update={"duration": Fraction(12)}), *others))


def test_a_move_that_is_made_twice_in_a_row_is_told() -> None:
    first, second, *others = make().tracks[0].clips
    again = second.model_copy(update={"layers": first.layers})
    assert "twice in a row" in faults(with_clips(make(), first, again, *others))


def test_a_picture_with_too_few_pixels_is_told() -> None:
    reel = make()
    media = {key: one.model_copy(update={"width": 200, "height": 300}) for key, one in reel.media.items()}
    assert "is enlarged" in faults(reel.model_copy(update={"media": media}))


def test_files_that_look_the_same_side_by_side_are_told() -> None:
    alike = tuple(one.model_copy(update={"analysis": one.analysis.model_copy(update={"difference_hash": "00ff00ff00ff00ff"})}) for one in MEDIA)
    assert "look the same" in faults(make(), alike)


def test_an_end_that_is_hardly_seen_is_told() -> None:
    *others, last = make().tracks[0].clips
    assert "stands for 0.40 s only" in faults(with_clips(make(), *others, last.model_copy(update={"duration": Fraction(2, 5)})))
