"""Whatever stands, moves or is kept: a frame of any layer is the same whether it comes first, last or alone."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np

from reelwright.reels.reel import Art, Entry, Fill, Font, Marquee, Picture, Point, ProgressBar, Rect, Shade, Stroke, Text, TextBox
from reelwright.rendering.compose import Composer

ANTON = Font(family="Anton")


def _coming(kind: str, tenths: int) -> Entry:
    return Entry(kind=kind, start=Fraction(tenths, 10), duration=Fraction(2, 5))


def _layers(maker: Any) -> list[Any]:
    maker.photo("one")
    pivot = Point(x=120, y=200)
    box = TextBox(colour="#DFFF1F", padding_x=12, padding_y=10, shadow=Shade(sigma=6, fall=4))
    card = Rect(x=60, y=120, width=120, height=150)
    return [
        maker.flat("#0E3A3C"),
        Art(name="contours", rect=maker.full, colour="#8FC1B5", opacity=0.3, seed=3),
        Marquee(text="MORE", font=ANTON, size=40, colour="#FFFFFF", pitch=60, rotation=-8.0, opacity=0.2),
        Fill(rect=Rect(x=50, y=110, width=140, height=190), colour="#FBF7EF", rotation=-5.0, pivot=pivot, shadow=Shade(sigma=8), entry=_coming("drop", 1)),
        Picture(media_id="one", rect=card, rotation=-5.0, pivot=pivot, entry=_coming("drop", 1)),
        Picture(media_id="one", rect=Rect(x=150, y=260, width=100, height=140), mask="arch", shadow=Shade(sigma=6), entry=_coming("slide_up", 2)),
        Picture(media_id="one", rect=Rect(x=10, y=390, width=80, height=80), mask="circle", entry=_coming("pop", 3)),
        Art(name="burst", rect=Rect(x=180, y=20, width=80, height=80), colour="#FF2E63", rotation=-12.0, wobble=3.0, entry=_coming("pop", 2)),
        Art(name="stamp_ring", rect=Rect(x=180, y=390, width=80, height=80), colour="#FFFFFF", entry=_coming("stamp", 4)),
        Stroke(points=(Point(x=20, y=460), Point(x=90, y=330), Point(x=250, y=430)), colour="#F5EAD3", width=5, gap=11, entry=_coming("draw", 0)),
        Text(text="SCROLL", font=ANTON, size=48, colour="#0B0B0C", x=130, y=80, align="centre", rotation=-3.0, box=box, entry=_coming("pop", -3)),
        Text(text="quiet rooms", font=Font(family="Caveat", weight=700), size=36, colour="#FFFFFF", x=20, y=330, entry=_coming("blur_in", 1)),
        Text(text="typed on", font=Font(family="Space Mono"), size=24, colour="#FFB02E", x=20, y=360, glow=4.0, blink=3.0, entry=_coming("type", 0)),
        Text(text="we remember days", font=Font(family="Fraunces"), size=24, colour="#FFFFFF", x=20, y=100, emphasised=(1,), entry=_coming("light_up", 0)),
        ProgressBar(rect=Rect(x=20, y=20, width=140, height=6), colour="#DFFF1F"),
    ]


def test_frames_of_all_layers_come_out_in_any_order_bit_for_bit(maker: Any) -> None:
    reel = maker.reel([_layers(maker)])
    with Composer(reel, maker.files) as composer:
        forwards = [composer.frame(n) for n in range(30)]
    with Composer(reel, maker.files) as composer:
        backwards = {n: composer.frame(n) for n in reversed(range(30))}
    different = [n for n in range(30) if any((a != b).any() for a, b in zip(forwards[n], backwards[n], strict=True))]
    assert different == []


def test_what_is_folded_is_what_is_painted_one_after_the_other(maker: Any) -> None:
    kept = (Art, Fill, Stroke, Text)
    rested = [layer.model_copy(update={"entry": Entry(), "wobble": 0.0, "blink": 0.0} if isinstance(layer, Text) else {"entry": Entry(), "wobble": 0.0})
              for layer in _layers(maker) if isinstance(layer, kept)]  # fmt: skip
    late = [layer.model_copy(update={"start": Fraction(1, 2)}) for layer in rested[1:]]
    with Composer(maker.reel([[rested[0], *late]]), maker.files) as composer:
        painted, folded = composer.frame(15), composer.frame(16)
    for one, other in zip(painted, folded, strict=True):
        assert np.abs(one.astype(int) - other).max() <= 2
