"""Every kind of layer and every kind of entry does what it says."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from reelwright.reels.reel import Art, Entry, Fill, Font, Look, Picture, Point, Rect, Rule, Scrim, Stroke, Text
from reelwright.rendering.compose import Composer

BOX = Rect(x=40, y=120, width=180, height=200)
ENTRIES = [
    "fade", "rise", "pop", "blur_in", "grow", "reveal_down", "slide_up", "slide_left", "slide_right", "light_up", "type", "drop", "stamp", "open", "draw",
]  # fmt: skip
KINDS = ["fill", "picture", "text", "rule", "scrim", "art", "stroke"]
BLACK = "#000000"


def _luma(maker: Any, reel: Any, *numbers: int) -> list[np.ndarray]:
    with Composer(reel, maker.files) as composer:
        return [composer.frame(n).y.astype(int) for n in numbers]


def _layer(maker: Any, kind: str, entry: Entry) -> Any:
    if kind == "picture":
        maker.photo("one")
        return Picture(media_id="one", rect=BOX, entry=entry)
    if kind == "text":
        return Text(text="Rooms by light", font=Font(family="Playfair Display", weight=900), size=40, colour="#FFFFFF", x=20, y=220, entry=entry)
    return {
        "fill": Fill(rect=BOX, colour="#B5402A", entry=entry),
        "rule": Rule(rect=Rect(x=40, y=200, width=180, height=4), colour="#FFFFFF", entry=entry),
        "scrim": Scrim(rect=BOX, colour="#FFFFFF", opacity=0.6, feather=40, entry=entry),
        "art": Art(name="burst", rect=BOX, colour="#DFFF1F", entry=entry),
        "stroke": Stroke(points=(Point(x=40, y=300), Point(x=120, y=140), Point(x=220, y=260)), colour="#FFFFFF", width=8, gap=16, entry=entry),
    }[kind]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("entry", ENTRIES)
def test_an_entry_goes_from_nothing_through_something_to_rest(maker: Any, kind: str, entry: str) -> None:
    coming = Entry(kind=entry, start=Fraction(1, 3), duration=Fraction(2, 5))
    layer = _layer(maker, kind, coming)
    ground = maker.flat(BLACK)
    empty, *_ = _luma(maker, maker.reel([[ground]]), 0)
    before, early, rest = _luma(maker, maker.reel([[ground, layer]]), 5, 11, 29)
    settled, *_ = _luma(maker, maker.reel([[ground, layer.model_copy(update={"entry": Entry()})]]), 29)
    assert np.abs(rest - settled).mean() < 0.05
    assert np.abs(early - rest).mean() > 0.02
    assert np.abs(early - empty).mean() > 0.02
    if entry == "light_up":
        assert 0.1 < np.abs(before - empty).sum() / np.abs(rest - empty).sum() < 0.5
    else:
        assert (before == empty).all()


@pytest.mark.parametrize("kind", KINDS)
def test_a_layer_is_there_only_between_its_start_and_its_end(maker: Any, kind: str) -> None:
    layer = _layer(maker, kind, Entry()).model_copy(update={"start": Fraction(1, 3), "end": Fraction(2, 3)})
    before, inside, after = _luma(maker, maker.reel([[maker.flat(BLACK), layer]]), 9, 15, 20)
    assert (before == after).all()
    assert np.abs(inside - before).sum() > 500


@pytest.mark.parametrize("kind", KINDS)
def test_opacity_lets_the_ground_through(maker: Any, kind: str) -> None:
    layer = _layer(maker, kind, Entry())
    half = layer.model_copy(update={"opacity": layer.opacity / 2})
    empty, *_ = _luma(maker, maker.reel([[maker.flat(BLACK)]]), 3)
    full, *_ = _luma(maker, maker.reel([[maker.flat(BLACK), layer]]), 3)
    thin, *_ = _luma(maker, maker.reel([[maker.flat(BLACK), half]]), 3)
    assert (thin - empty).sum() == pytest.approx((full - empty).sum() / 2, rel=0.06)


def test_an_entry_with_a_negative_start_is_finished_on_frame_0(maker: Any) -> None:
    layer = _layer(maker, "text", Entry(kind="rise", start=Fraction(-1, 2), duration=Fraction(2, 5)))
    first, later = _luma(maker, maker.reel([[maker.flat(BLACK), layer]]), 0, 20)
    assert (first == later).all()


def test_a_revealed_picture_grows_downwards(maker: Any) -> None:
    layer = _layer(maker, "picture", Entry(kind="reveal_down", duration=Fraction(2, 3)))
    frames = _luma(maker, maker.reel([[maker.flat(BLACK), layer]]), 0, 2, 4, 8)
    rows = [int((frame[120:320, 100] > 20).sum()) for frame in frames]
    assert rows == sorted(rows)
    assert 0 < rows[0] < rows[-1]


def test_round_corners_leave_the_ground_in_the_corners_only(maker: Any) -> None:
    maker.photo("one")
    square = Picture(media_id="one", rect=BOX, is_graded=False)
    plain, *_ = _luma(maker, maker.reel([[maker.flat(BLACK), square]]), 3)
    round_, *_ = _luma(maker, maker.reel([[maker.flat(BLACK), square.model_copy(update={"radius": 40})]]), 3)
    assert round_[121, 41] == 16
    assert round_[318, 218] == 16
    assert np.abs(round_[170:270, 90:170] - plain[170:270, 90:170]).max() <= 1


def test_blur_and_brightness_make_a_background(maker: Any) -> None:
    maker.photo("one")
    sharp, *_ = _luma(maker, maker.reel([[maker.picture("one", is_graded=False)]]), 3)
    soft, *_ = _luma(maker, maker.reel([[maker.picture("one", is_graded=False, blur=20.0, brightness=0.6)]]), 3)
    assert np.abs(np.diff(soft, axis=1)).mean() < 0.3 * np.abs(np.diff(sharp, axis=1)).mean()
    assert (soft.mean() - 16) / (sharp.mean() - 16) == pytest.approx(0.6, abs=0.04)


def test_an_exposure_match_lightens_and_darkens(maker: Any) -> None:
    maker.photo("one")
    means = [_luma(maker, maker.reel([[maker.picture("one", is_graded=False, exposure=stops)]]), 3)[0].mean() for stops in (-0.3, 0.0, 0.3)]
    assert means[0] < means[1] - 8
    assert means[2] > means[1] + 8


def test_a_rectangle_may_reach_beyond_the_edges(maker: Any) -> None:
    maker.photo("one")
    inside = Picture(media_id="one", rect=Rect(x=0, y=0, width=270, height=480), is_graded=False)
    beyond = Picture(media_id="one", rect=Rect(x=-60, y=380, width=200, height=220), is_graded=False)
    fill = Fill(rect=Rect(x=200, y=-40, width=200, height=100), colour="#FFFFFF")
    frame, *_ = _luma(maker, maker.reel([[inside, beyond, fill]]), 3)
    assert frame[20, 260] == 235


def test_the_vignette_darkens_the_corners_of_pictures_that_fill_the_canvas(maker: Any) -> None:
    path = maker.folder / "grey.png"
    import cv2

    cv2.imwrite(str(path), np.full((960, 640, 3), 150, np.uint8))
    maker.photo("one")
    maker.files["one.jpg"] = path
    full, *_ = _luma(maker, maker.reel([[maker.picture("one")]], look=Look(name="punch", strength=1.0)), 3)
    card, *_ = _luma(maker, maker.reel([[maker.flat(BLACK), Picture(media_id="one", rect=BOX)]], look=Look(name="punch", strength=1.0)), 3)
    assert full[:12, :12].mean() < full[230:250, 125:145].mean() - 12
    assert abs(card[124:136, 44:56].mean() - card[210:230, 120:140].mean()) < 3
