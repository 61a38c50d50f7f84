"""Layers turn, sway, blink and cast shadows, and the parts of one card move together."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from reelwright.reels.reel import Art, Entry, Fill, Font, Picture, Point, Rect, Shade, Text, TextBox
from reelwright.rendering.compose import Composer

BLACK, WHITE, PAPER = "#000000", "#FFFFFF", "#F3EEE4"
CARD = Rect(x=60, y=140, width=120, height=160)


def _luma(maker: Any, layers: list[Any], *numbers: int) -> list[np.ndarray]:
    with Composer(maker.reel([layers]), maker.files) as composer:
        return [composer.frame(n).y.astype(int) for n in numbers]


def _middle(frame: np.ndarray) -> tuple[float, float]:
    """Where the light of a frame on black has its centre."""
    weight = np.clip(frame - 16, 0, None).astype(float)
    rows, columns = np.indices(frame.shape)
    return float((weight * columns).sum() / weight.sum()), float((weight * rows).sum() / weight.sum())


@pytest.mark.parametrize("kind", ["fill", "picture", "art"])
def test_a_turned_layer_turns_about_its_own_middle(maker: Any, kind: str) -> None:
    maker.photo("one")
    layer: Any = {
        "fill": Fill(rect=CARD, colour=WHITE),
        "picture": Picture(media_id="one", rect=CARD, is_graded=False),
        "art": Art(name="ring", rect=CARD, colour=WHITE),
    }[kind]
    straight, *_ = _luma(maker, [maker.flat(BLACK), layer], 3)
    turned, *_ = _luma(maker, [maker.flat(BLACK), layer.model_copy(update={"rotation": 20.0})], 3)
    assert (straight != turned).any()
    assert (turned > 60).sum() == pytest.approx((straight > 60).sum(), rel=0.06)
    if kind != "picture":
        assert _middle(turned) == pytest.approx(_middle(straight), abs=0.3)


def test_a_positive_rotation_is_clockwise(maker: Any) -> None:
    bar = Fill(rect=Rect(x=40, y=236, width=190, height=8), colour=WHITE, rotation=10.0)
    frame, *_ = _luma(maker, [maker.flat(BLACK), bar], 3)
    assert np.flatnonzero(frame[:, 60] > 100).mean() < 240 < np.flatnonzero(frame[:, 210] > 100).mean()


def test_layers_with_one_pivot_keep_their_places_on_each_other(maker: Any) -> None:
    pivot = Point(x=120, y=220)
    paper = Fill(rect=CARD, colour="#808080", rotation=-8.0, pivot=pivot)
    mark = Fill(rect=Rect(x=64, y=144, width=8, height=8), colour=WHITE, rotation=-8.0, pivot=pivot)
    frame, *_ = _luma(maker, [maker.flat(BLACK), paper, mark], 3)
    angle = np.radians(-8.0)
    corner = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]]) @ (68 - 120, 148 - 220) + (120, 220)
    rows, columns = np.nonzero(frame > 200)
    assert (columns.mean() + 0.5, rows.mean() + 0.5) == pytest.approx(tuple(corner), abs=0.5)


def test_a_whole_card_drops_together(maker: Any) -> None:
    entry = Entry(kind="drop", duration=Fraction(2))
    pivot = Point(x=120, y=220)
    paper = Fill(rect=CARD, colour="#808080", pivot=pivot, entry=entry)
    mark = Fill(rect=Rect(x=60, y=140, width=8, height=8), colour=WHITE, pivot=pivot, entry=entry)
    for frame in _luma(maker, [maker.flat(BLACK), paper, mark], 20, 24, 28):
        rows, columns = np.nonzero(frame > 60)
        marked = np.nonzero(frame > 200)
        assert marked[0].min() <= np.sort(rows)[len(rows) // 20]
        assert marked[1].min() <= np.sort(columns)[len(columns) // 20]


def test_a_wobble_sways_about_the_rotation_and_stays_small(maker: Any) -> None:
    bar = Fill(rect=Rect(x=40, y=230, width=190, height=20), colour=WHITE, wobble=4.0)
    frames = _luma(maker, [maker.flat(BLACK), bar], *range(0, 30, 3))
    heights = [np.flatnonzero(frame[:, 60] > 100).mean() for frame in frames]
    assert max(heights) - min(heights) > 4
    assert abs(np.mean(heights) - 239.5) < 4
    assert max(abs(height - 239.5) for height in heights) < 8


def test_a_blinking_text_goes_dark_and_comes_back(maker: Any) -> None:
    text = Text(text="PLAY", font=Font(family="Share Tech"), size=60, colour=WHITE, x=40, y=240, blink=2.0)
    lit = [int((frame > 200).sum()) for frame in _luma(maker, [maker.flat(BLACK), text], *range(30))]
    assert lit[0] > 200
    assert min(lit) == 0
    assert lit[15] == lit[0]
    assert sum(bool(a) != bool(b) for a, b in pairwise(lit)) == 3


@pytest.mark.parametrize("kind", ["fill", "picture", "text"])
def test_a_shadow_darkens_the_ground_around_a_layer_and_more_below_it(maker: Any, kind: str) -> None:
    maker.photo("one")
    shade = Shade(opacity=0.5, sigma=8, fall=10)
    box = TextBox(colour=WHITE, padding_x=30, padding_y=40)
    layer: Any = {
        "fill": Fill(rect=CARD, colour=WHITE, radius=10),
        "picture": Picture(media_id="one", rect=CARD, is_graded=False),
        "text": Text(text="ROOM", font=Font(family="Anton"), size=60, colour=BLACK, x=90, y=240, box=box),
    }[kind]
    shaded = layer.model_copy(update={"box": box.model_copy(update={"shadow": shade})} if kind == "text" else {"shadow": shade})
    plain, *_ = _luma(maker, [maker.flat(PAPER), layer], 3)
    dark, *_ = _luma(maker, [maker.flat(PAPER), shaded], 3)
    changed = np.nonzero(dark < plain - 4)
    own = np.nonzero(np.abs(plain - plain[2, 2]) > 3)
    assert changed[0].max() > own[0].max() + 8
    assert own[0].max() - changed[0].max() < changed[0].min() - own[0].min()
    assert (dark <= plain + 1).all()


def test_a_shadow_turns_with_its_picture(maker: Any) -> None:
    maker.photo("one")
    card = Picture(media_id="one", rect=CARD, is_graded=False, rotation=12.0, shadow=Shade(opacity=0.6, sigma=4, fall=8))
    ground, *_ = _luma(maker, [maker.flat(PAPER)], 3)
    frame, *_ = _luma(maker, [maker.flat(PAPER), card], 3)
    alone, *_ = _luma(maker, [maker.flat(PAPER), card.model_copy(update={"shadow": None})], 3)
    shadow = (alone == ground) & (frame < ground - 8)
    rows, columns = np.nonzero(shadow)
    below = rows > 300
    assert np.corrcoef(columns[below], rows[below])[0, 1] > 0.3


@pytest.mark.parametrize(("mask", "corner", "side"), [("arch", False, True), ("circle", False, False), ("rect", True, True)])
def test_pictures_are_seen_through_their_mask(maker: Any, mask: str, corner: bool, side: bool) -> None:
    maker.photo("one")
    picture = Picture(media_id="one", rect=CARD, is_graded=False, mask=mask)
    frame, *_ = _luma(maker, [maker.flat(BLACK), picture], 3)
    assert (frame[142, 62] > 30) == corner
    assert (frame[298, 62] > 30) == side
    assert frame[220, 120] > 30


@pytest.mark.parametrize("mask", ["rect", "arch", "circle"])
@pytest.mark.parametrize("rotation", [0.0, 6.0])
def test_a_masked_picture_is_the_same_whether_copied_or_blended(maker: Any, mask: str, rotation: float) -> None:
    maker.photo("one")
    picture = Picture(media_id="one", rect=CARD, is_graded=False, mask=mask, radius=20, rotation=rotation)
    fast, *_ = _luma(maker, [maker.flat(PAPER), picture], 9)
    slow, *_ = _luma(maker, [maker.flat(PAPER), picture.model_copy(update={"opacity": 0.9999})], 9)
    assert np.abs(fast - slow).max() <= 2


def test_a_sliding_picture_arrives_exactly_where_it_rests(maker: Any) -> None:
    maker.photo("one")
    still = {"motion": maker.picture("one", start=None).motion.model_copy(update={"end": maker.picture("one").motion.start})}
    picture = Picture(media_id="one", rect=CARD, is_graded=False, radius=16, **still)
    coming = picture.model_copy(update={"entry": Entry(kind="slide_up", duration=Fraction(9, 10))})
    rest, *_ = _luma(maker, [maker.flat(PAPER), picture], 29)
    nearly, arrived = _luma(maker, [maker.flat(PAPER), coming], 25, 29)
    assert np.abs(nearly - rest).mean() < 1.0
    assert (arrived == rest).all()


@pytest.mark.parametrize("kind", ["photo", "clip"])
def test_a_picture_turned_by_next_to_nothing_stands_where_the_straight_one_does(maker: Any, kind: str) -> None:
    if kind == "photo":
        maker.photo("one")
    else:
        maker.clip("one", width=640, height=480)
    picture = Picture(media_id="one", rect=CARD, is_graded=False, motion=maker.picture("one").motion)
    straight, *_ = _luma(maker, [maker.flat(PAPER), picture], 9)
    turned, *_ = _luma(maker, [maker.flat(PAPER), picture.model_copy(update={"rotation": 1e-6})], 9)
    inside = np.s_[144:296, 64:176]
    assert np.abs(straight[inside] - turned[inside]).mean() < 1.5
    assert np.abs(straight - turned)[:, :58].max() == 0
