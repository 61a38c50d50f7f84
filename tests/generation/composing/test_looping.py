from __future__ import annotations

from fractions import Fraction

import pytest

from reelwright.reels.reel import Clip, Picture, Reel
from reelwright.rendering.footage import make_camera
from reelwright.rendering.painters import Clock
from tests.generation.composing.made_elements import compose
from tests.generation.planning.brief_material import make_clip, make_photo

PHOTOS = tuple(make_photo(number) for number in range(6))


@pytest.fixture(scope="module")
def looped() -> Reel:
    return compose(PHOTOS, "Our harbour: ropes, gulls, one red crane", seconds=12, handle="", template="hype", bpm=132)[1]


def clock(clip: Clip) -> Clock:
    return Clock(0.0, 0, round(clip.duration * 30), 1 / 30)


def test_a_short_reel_that_asks_nothing_ends_where_it_began(looped: Reel) -> None:
    first, last = looped.tracks[0].clips[0], looped.tracks[0].clips[-1]
    assert looped.is_loop
    assert last.transition.kind == "zoom_through"
    begin = next(layer for layer in first.layers if isinstance(layer, Picture))
    end = next(layer for layer in last.layers if isinstance(layer, Picture))
    assert (end.media_id, end.rect) == (begin.media_id, begin.rect)
    media = looped.media[begin.media_id]
    sights = [make_camera(picture, media, clock(clip)).at(at) for picture, clip, at in ((begin, first, 0.0), (end, last, float(last.duration) - 1 / 30))]
    assert sights[1] == pytest.approx(sights[0], abs=2e-4), "the drift of the hand and the pushes of the beats included"


def test_a_clip_comes_to_its_first_picture_at_the_end() -> None:
    _, reel = compose(
        tuple(make_clip(number, seconds=9.0) for number in range(6)),
        "Our harbour: ropes, gulls, one red crane",
        seconds=12,
        handle="",
        template="hype",
        bpm=132,
    )
    first, last = (next(layer for layer in clip.layers if isinstance(layer, Picture)) for clip in (reel.tracks[0].clips[0], reel.tracks[0].clips[-1]))
    assert reel.is_loop
    assert reel.media[first.media_id].kind == "video"
    assert last.source_start + last.speed * (reel.tracks[0].clips[-1].duration - Fraction(1, 30)) == first.source_start


def test_the_loop_closes_on_a_beat(looped: Reel) -> None:
    start = float(looped.tracks[0].clips[-1].start)
    assert min(abs(float(beat) - start) for beat in looped.soundtrack.beats) <= 1 / 30


def test_a_reel_with_an_end_card_is_no_loop() -> None:
    _, reel = compose(PHOTOS, "Our harbour: ropes, gulls, one red crane", seconds=12, template="hype", bpm=132)
    assert not reel.is_loop


def test_a_long_reel_is_no_loop() -> None:
    _, reel = compose(PHOTOS, "Our harbour: ropes, gulls, one red crane", seconds=40, handle="", template="hype", bpm=132)
    assert not reel.is_loop or float(reel.duration) <= 20


def test_no_loud_join_stands_beside_the_closing_one(looped: Reel) -> None:
    joins = [clip.transition for clip in looped.tracks[0].clips]
    assert joins[-1].is_loud
    assert not any(join.is_loud for join in joins[-3:-1])
    assert len({join.kind for join in joins} - {"cut", "beat_cut"}) <= 3
