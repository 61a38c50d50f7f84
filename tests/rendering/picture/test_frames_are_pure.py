"""A frame depends on the reel and its number, on nothing else."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from reelwright.reels.reel import (
    CaptionChunk,
    Captions,
    CaptionWord,
    Clip,
    CutReason,
    Entry,
    Fill,
    Font,
    Look,
    Motion,
    Overlay,
    Pulse,
    Rect,
    Reel,
    Rule,
    Scrim,
    SpeedPoint,
    Step,
    Text,
    Track,
    Transition,
    View,
)
from reelwright.rendering.compose import Composer
from reelwright.rendering.joins import JOINS


def _second(thousandths: int) -> Fraction:
    return Fraction(thousandths, 1000)


def _reel_of_everything(maker: Any) -> Reel:
    """Each layer, each join, each entry, a clip, captions, an overlay and a second track."""
    maker.photo("one", seed=1)
    maker.photo("two", width=900, height=600, seed=2)
    maker.clip("film")
    serif = Font(family="Instrument Serif")
    entries = ["fade", "rise", "pop", "blur_in", "grow", "slide_up", "light_up"]
    texts = [
        Text(text="Quiet rooms", font=serif, size=30, colour="#FFF9EF", x=20, y=60 + 44 * n, entry=Entry(kind=kind, start=_second(100), duration=_second(400)))
        for n, kind in enumerate(entries)
    ]
    scrim = Scrim(rect=Rect(x=0, y=300, width=270, height=60), colour="#14110D", opacity=0.5, feather=60)
    rule = Rule(rect=Rect(x=20, y=200, width=200, height=2), colour="#FFF9EF", entry=Entry(kind="grow", start=_second(0), duration=_second(300)))
    card = Fill(rect=Rect(x=30, y=40, width=120, height=80), colour="#B5402A", radius=12, opacity=0.8)
    shots = [
        [maker.picture("one", drift=3.0), scrim, rule, *texts],
        [maker.flat("#F3EEE4"), maker.picture("two", rect=Rect(x=60, y=100, width=210, height=300), entry=Entry(kind="reveal_down", duration=_second(500)))],
        [maker.picture("film", source_start=_second(200), speed=Fraction(6, 5)), card],
        [maker.picture("one", blur=12.0, brightness=0.6), maker.picture("two", rect=Rect(x=36, y=120, width=198, height=160), radius=20, opacity=0.9)],
        [maker.flat("#101820"), maker.picture("film", rect=Rect(x=0, y=200, width=270, height=280))],
        [maker.picture("two")],
    ]
    kinds = ["dissolve", "blur_dissolve", "dip", "slide_push", "page_split"]
    joins = [Transition(kind=kind, duration=Fraction(2, 5), colour="#B5402A") for kind in kinds]
    words = tuple(CaptionWord(text=w, start=_second(200 + 300 * n), end=_second(450 + 300 * n)) for n, w in enumerate(["quiet", "rooms", "wait", "here"]))
    chunk = CaptionChunk(first=0, last=3, start=_second(140), end=_second(1800), lines=((0, 1), (2, 3)), x=134, y=300, scrim=0.3)
    overlay = Overlay(start=_second(500), duration=_second(2000), layers=(Text(text="above all", font=serif, size=24, colour="#FFFFFF", x=20, y=440),))
    reel: Reel = maker.reel(shots, joins, captions=Captions(preset="edit", words=words, chunks=(chunk,)), overlays=(overlay,))
    corner = Clip(id="corner", start=Fraction(0), duration=Fraction(2), cut=CutReason(on="start"), layers=(card.model_copy(update={"opacity": 1.0}),))
    return reel.model_copy(update={"tracks": (*reel.tracks, Track(clips=(corner,)))})


def test_the_same_frames_come_out_in_any_order_bit_for_bit(maker: Any) -> None:
    reel = _reel_of_everything(maker)
    numbers = [*range(0, reel.frame_count, 5), reel.frame_count - 1]
    with ThreadPoolExecutor(1) as ahead, Composer(reel, maker.files, ahead) as composer:
        forwards = {n: composer.frame(n) for n in numbers}
    with Composer(reel, maker.files) as composer:
        backwards = {n: composer.frame(n) for n in reversed(numbers)}
    different = [n for n in numbers if any((a != b).any() for a, b in zip(forwards[n], backwards[n], strict=True))]
    assert different == []


def test_the_frames_of_every_join_come_out_in_any_order_bit_for_bit(maker: Any) -> None:
    maker.photo("one", seed=1)
    maker.photo("two", seed=2)
    maker.clip("film")
    kinds = sorted(JOINS)
    shots = [[maker.picture(("one", "film", "two")[number % 3])] for number in range(len(kinds) + 1)]
    joins = [Transition(kind=kind, duration=Fraction(2, 5), colour="#B5402A", direction="left", seed=4) for kind in kinds]
    reel: Reel = maker.reel(shots, joins)
    numbers = [number * 30 + offset for number in range(1, len(shots)) for offset in (-3, 1, 5)]
    with Composer(reel, maker.files) as composer:
        forwards = {n: composer.frame(n) for n in numbers}
    with Composer(reel, maker.files) as composer:
        backwards = {n: composer.frame(n) for n in reversed(numbers)}
    assert [n for n in numbers if any((a != b).any() for a, b in zip(forwards[n], backwards[n], strict=True))] == []


def test_moves_ramps_and_old_film_come_out_in_any_order_bit_for_bit(maker: Any) -> None:
    maker.photo("one", seed=1)
    maker.clip("film")
    beats = Motion(start=View(scale=1.05), end=View(scale=1.12), drift=3, pulses=(Pulse(at=_second(300)),), parallax=8.0)
    punch = Motion(steps=(Step(at=_second(300), until=_second(700), view=View(x=0.6, y=0.4, scale=1.3)),))
    ramp = (SpeedPoint(at=_second(0), speed=1.0), SpeedPoint(at=_second(250), speed=3.0), SpeedPoint(at=_second(700), speed=0.8))
    shots = [
        [maker.picture("one").model_copy(update={"motion": beats})],
        [maker.picture("one", frames_held=18, weave=2.0, exposure=0.2, balance=(0.02, -0.01))],
        [maker.picture("film", ramp=ramp).model_copy(update={"motion": punch})],
    ]
    reel: Reel = maker.reel(shots, look=Look(name="retro90", strength=0.8, is_grain_live=True))
    numbers = list(range(0, 90, 4))
    with Composer(reel, maker.files) as composer:
        forwards = {n: composer.frame(n) for n in numbers}
    with Composer(reel, maker.files) as composer:
        backwards = {n: composer.frame(n) for n in reversed(numbers)}
    assert [n for n in numbers if any((a != b).any() for a, b in zip(forwards[n], backwards[n], strict=True))] == []


def test_a_frame_has_the_canvas_size_at_half_size_chroma_and_stays_in_limited_range(maker: Any) -> None:
    reel = _reel_of_everything(maker)
    with Composer(reel, maker.files) as composer:
        for n in (0, 28, 45, 90, 150):
            frame = composer.frame(n)
            assert (frame.y.shape, frame.u.shape, frame.v.shape) == ((480, 270), (240, 135), (240, 135))
            assert frame.y.dtype == np.uint8
            assert frame.y.min() >= 14
            assert frame.y.max() <= 237


def test_the_returned_planes_are_the_callers_own(maker: Any) -> None:
    maker.photo("one")
    reel = maker.reel([[maker.flat("#F3EEE4")]])
    with Composer(reel, maker.files) as composer:
        first = composer.frame(3)
        first.y[:] = 0
        assert composer.frame(4).y.min() > 200


@pytest.mark.parametrize("join", ["cut", *sorted(JOINS)])
def test_every_shot_moves_on_its_first_and_on_its_last_frame(maker: Any, join: str) -> None:
    maker.photo("one", seed=3)
    maker.photo("two", seed=4)
    length = Fraction(0) if join == "cut" else Fraction(2, 5)
    reel = maker.reel([[maker.picture("one")], [maker.picture("two")]], [Transition(kind=join, duration=length)])
    with Composer(reel, maker.files) as composer:
        for n in (0, 28, 30, reel.frame_count - 2):
            before, after = composer.frame(n).y.astype(int), composer.frame(n + 1).y.astype(int)
            assert np.abs(before - after).mean() > 0.15, n
