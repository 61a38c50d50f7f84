"""What is held against a reel's first frame: a title that is there passes, one that comes later is told."""

from __future__ import annotations

from fractions import Fraction

import pytest

from bench.mix_film import check_first_frame, find_title
from reelwright.reels.reel import Entry, Reel, Text
from reelwright.reels.template import TEMPLATES
from tests.generation.composing.made_elements import compose
from tests.generation.planning.brief_material import make_photo

MEDIA = tuple(make_photo(number) for number in range(5))


def make(template: str) -> Reel:
    return compose(MEDIA, "Our harbour: ropes, gulls, one red crane", seconds=10, template=template)[1]


def with_titles(reel: Reel, **changes: object) -> Reel:
    """The reel with its first shot's type changed."""
    first, *others = reel.tracks[0].clips
    layers = tuple(layer.model_copy(update=changes) if isinstance(layer, Text) else layer for layer in first.layers)
    track = reel.tracks[0].model_copy(update={"clips": (first.model_copy(update={"layers": layers}), *others)})
    return reel.model_copy(update={"tracks": (track,)})


@pytest.mark.parametrize("template", TEMPLATES)
def test_the_title_of_every_template_is_there_on_the_first_frame(template: str) -> None:
    reel = make(template)
    assert find_title(reel)
    assert list(check_first_frame(reel)) == []


@pytest.mark.parametrize("kind", ["rise", "fade", "pop", "blur_in", "type"])
def test_a_title_that_begins_to_come_in_on_frame_0_is_a_fault(kind: str) -> None:
    reel = make("editorial")
    assert list(check_first_frame(with_titles(reel, entry=Entry(kind=kind, start=Fraction(0), duration=Fraction(1, 2)))))
    assert not list(check_first_frame(with_titles(reel, entry=Entry(kind=kind, start=Fraction(-2, 5), duration=Fraction(1, 2)))))


def test_a_title_that_comes_later_is_a_fault() -> None:
    faults = list(check_first_frame(with_titles(make("minimal"), start=Fraction(1, 2))))
    assert faults
    assert "0%" in faults[0]
