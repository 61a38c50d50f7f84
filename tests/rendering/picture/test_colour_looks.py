"""Looks, grain and the colours of the planes."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from reelwright.rendering.grain import add_grain
from reelwright.rendering.look import RECIPES, make_look
from reelwright.rendering.planes import Planes, blank, code_of, from_bgr, to_bgr

SKIN_TONES = ["#F6EDE4", "#F3E7DB", "#F7EAD0", "#EADABA", "#D7BD96", "#A07E56", "#825C43", "#604134", "#3A312A", "#292420"]
"""The ten tones of the Monk Skin Tone Scale (Ellis Monk, 2022)."""
NATURAL_LOOKS = ["clean", "punch"]
PALE_CHROMA, HARDLY_SEEN = 12, 3.5
"""Tones this near to grey have no hue worth measuring: there the shift itself (CIELAB a, b) must be hardly seen."""


def _patch(colour: str) -> Planes:
    return blank(128, 128, code_of(colour))


def _lab(planes: Planes) -> np.ndarray:
    middle = to_bgr(planes)[32:96, 32:96].astype(np.float32).mean((0, 1)) / 255
    return np.asarray(cv2.cvtColor(middle[None, None], cv2.COLOR_BGR2LAB)[0, 0])


@pytest.mark.parametrize("colour", ["#FF0000", "#00A040", "#1030F0", "#F3EEE4", "#808080", "#000000", "#FFFFFF", "#B5402A"])
def test_a_colour_comes_back_from_its_codes(colour: str) -> None:
    wanted = np.array([int(colour[i : i + 2], 16) for i in (5, 3, 1)])
    assert np.abs(to_bgr(_patch(colour))[10, 10].astype(int) - wanted).max() <= 3
    image = np.full((16, 16, 3), wanted, np.uint8)
    assert [abs(int(plane[4, 4]) - round(code)) <= 1 for plane, code in zip(from_bgr(image), code_of(colour), strict=True)] == [True] * 3


def test_no_look_changes_nothing() -> None:
    planes = _patch("#7F5F3F")
    assert make_look(None).apply(planes) is planes
    assert make_look("gold", 0.0).apply(planes) is planes


@pytest.mark.parametrize("name", sorted(RECIPES))
def test_looks_differ_from_the_source_and_keep_black_dark_and_white_light(name: str) -> None:
    look = make_look(name, 1.0)
    assert (
        abs(int(look.apply(_patch("#A06030")).y[5, 5]) - int(_patch("#A06030").y[5, 5]))
        + abs(int(look.apply(_patch("#A06030")).u[5, 5]) - int(_patch("#A06030").u[5, 5]))
        > 1
    )
    assert look.apply(_patch("#000000")).y.max() <= 36
    assert look.apply(_patch("#FFFFFF")).y.min() >= 222


def test_all_looks_are_different_from_each_other() -> None:
    patches = ["#C08040", "#4060A0", "#303030", "#D0D0D0"]
    seen = {name: tuple(int(plane[40, 40]) for colour in patches for plane in make_look(name, 1.0).apply(_patch(colour))) for name in RECIPES}
    assert len(set(seen.values())) == len(seen)


@pytest.mark.parametrize("name", NATURAL_LOOKS)
@pytest.mark.parametrize("tone", SKIN_TONES)
def test_natural_looks_keep_skin(name: str, tone: str) -> None:
    before, after = _lab(_patch(tone)), _lab(make_look(name, 0.85).apply(_patch(tone)))
    turn = np.degrees(np.arctan2(after[2], after[1]) - np.arctan2(before[2], before[1]))
    strength = float(np.hypot(*before[1:]))
    if strength < PALE_CHROMA:
        assert np.hypot(*(after[1:] - before[1:])) <= HARDLY_SEEN
    else:
        assert abs(turn) <= 5
        assert 0.75 <= np.hypot(*after[1:]) / strength <= 1.25


def test_strength_goes_evenly_from_nothing_to_the_whole_look() -> None:
    lumas = [int(make_look("gold", share).apply(_patch("#606060")).y[5, 5]) for share in (0.0, 0.5, 1.0)]
    assert abs(lumas[1] - (lumas[0] + lumas[2]) / 2) <= 1


def test_a_smooth_ramp_stays_smooth_in_every_look() -> None:
    ramp = np.repeat(np.linspace(16, 235, 512)[None], 256, 0).astype(np.uint8)
    planes = Planes(ramp, np.full((128, 256), 118, np.uint8), np.full((128, 256), 142, np.uint8))
    for name in RECIPES:
        looked = make_look(name, 1.0).apply(planes)
        assert np.abs(np.diff(cv2.blur(looked.u, (9, 9))[64].astype(int))).max() <= 2, name
        assert (np.diff(looked.y[128].astype(int)) >= -1).all(), name


def test_lights_glow_where_the_look_has_halation() -> None:
    planes = blank(512, 512)
    planes.y[200:312, 200:312] = 235
    assert make_look("gold", 1.0).apply(planes).y[190, 256] > make_look("clean", 1.0).apply(planes).y[190, 256] + 2


def test_grain_is_even_seeded_and_stronger_in_the_middle_tones() -> None:
    middle, light = np.full((1024, 700), 110, np.uint8), np.full((1024, 700), 230, np.uint8)
    grained = add_grain(middle, 0.022)
    assert (grained == add_grain(middle, 0.022)).all()
    assert grained.mean() == pytest.approx(110, abs=0.3)
    assert 2 < grained.std() < 6
    assert add_grain(light, 0.022).std() < 0.7 * grained.std()
