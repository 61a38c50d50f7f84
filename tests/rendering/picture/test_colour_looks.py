"""Looks, grain and the colours of the planes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import get_args

import cv2
import numpy as np
import pytest

from local.samples import PHOTO_PACKAGE, find_sample
from reelwright.reels.look_rules import LOOK_RULES, choose_look
from reelwright.reels.reel import LookName
from reelwright.rendering.grain import add_grain
from reelwright.rendering.look import Wish, fulfil, make_look, vignette_of
from reelwright.rendering.look_colours import RECIPES
from reelwright.rendering.planes import Planes, blank, code_of, from_bgr, to_bgr
from reelwright.rendering.shapes import vignette
from reelwright.rendering.sprites import blend

SKIN_TONES = ["#F6EDE4", "#F3E7DB", "#F7EAD0", "#EADABA", "#D7BD96", "#A07E56", "#825C43", "#604134", "#3A312A", "#292420"]
"""The ten tones of the Monk Skin Tone Scale (Ellis Monk, 2022)."""
NATURAL_LOOKS = sorted(name for name, rule in LOOK_RULES.items() if rule.is_natural)
PALE_CHROMA, HARDLY_SEEN = 12, 3.5
FACES = ((0.5716, 0.3229, 0.0667, 0.0522), (0.62, 0.2079, 0.0451, 0.0383))
"""Left, top, width and height of the two faces of a sample photo, 0..1."""

FACE_PHOTO = "pexels-2560067.jpg"
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
    assert look.apply(_patch("#000000")).y.max() <= 39
    assert look.apply(_patch("#FFFFFF")).y.min() >= 214


def test_all_looks_are_different_from_each_other() -> None:
    patches = ["#C08040", "#4060A0", "#303030", "#D0D0D0"]
    seen = {name: tuple(int(plane[40, 40]) for colour in patches for plane in make_look(name, 1.0).apply(_patch(colour))) for name in RECIPES}
    assert len(set(seen.values())) == len(seen)


@pytest.mark.parametrize("name", NATURAL_LOOKS)
@pytest.mark.parametrize("tone", SKIN_TONES)
def test_natural_looks_keep_the_ten_tones_of_skin(name: str, tone: str) -> None:
    _assert_kept(_lab(_patch(tone)), _lab(make_look(name, _strength_with_faces(name)).apply(_patch(tone))))


@pytest.mark.parametrize("name", NATURAL_LOOKS)
@pytest.mark.parametrize("face", FACES)
def test_natural_looks_keep_the_faces_of_a_photo(name: str, face: tuple[float, float, float, float]) -> None:
    image = cv2.imread(str(find_sample(PHOTO_PACKAGE, FACE_PHOTO)))
    height, width = image.shape[:2]
    left, top = int((face[0] + 0.2 * face[2]) * width), int((face[1] + 0.3 * face[3]) * height)
    part = np.ascontiguousarray(image[top : top + int(0.5 * face[3] * height) // 2 * 2, left : left + int(0.6 * face[2] * width) // 2 * 2])
    look = replace(make_look(name, _strength_with_faces(name)), halation=0.0)
    before, after = from_bgr(part), look.apply(from_bgr(part))
    _assert_kept(_mean_lab(before), _mean_lab(after))


@pytest.mark.parametrize("name", [name for name, rule in LOOK_RULES.items() if not rule.is_natural and name != "retro90"])
def test_looks_that_are_called_unnatural_are(name: str) -> None:
    before, after = _lab(_patch(SKIN_TONES[6])), _lab(make_look(name, 1.0).apply(_patch(SKIN_TONES[6])))
    assert np.hypot(*(after[1:] - before[1:])) > 1.5 * HARDLY_SEEN or LOOK_RULES[name].face_strength == 0


def _strength_with_faces(name: str) -> float:
    return choose_look(name, 1.0, has_faces=True).strength


def _mean_lab(planes: Planes) -> np.ndarray:
    middle = to_bgr(planes).astype(np.float32).mean((0, 1)) / 255
    return np.asarray(cv2.cvtColor(middle[None, None], cv2.COLOR_BGR2LAB)[0, 0])


def _assert_kept(before: np.ndarray, after: np.ndarray) -> None:
    turn = np.degrees(np.arctan2(after[2], after[1]) - np.arctan2(before[2], before[1]))
    strength = float(np.hypot(*before[1:]))
    if strength < PALE_CHROMA:
        assert np.hypot(*(after[1:] - before[1:])) <= HARDLY_SEEN
    else:
        assert abs(turn) <= 5
        assert 0.75 <= np.hypot(*after[1:]) / strength <= 1.25


def test_skin_is_held_without_a_seam_to_its_neighbour_colours() -> None:
    """From grey over skin to a strong orange: chroma after the look never falls where it rose before."""
    share = np.linspace(0, 1, 512, dtype=np.float32)
    luma = np.full((64, 512), 150, np.uint8)
    u, v = (np.repeat(np.rint(128 + reach * share[::2])[None], 32, 0).astype(np.uint8) for reach in (-58, 48))
    for name in NATURAL_LOOKS:
        looked = make_look(name, 1.0).apply(Planes(luma, u, v))
        chroma = cv2.blur(np.hypot(looked.u.astype(np.float32) - 128, looked.v.astype(np.float32) - 128), (9, 9))[16]
        assert np.diff(chroma).min() > -0.5, name


@pytest.mark.parametrize("name", sorted(RECIPES))
def test_each_look_looks_as_it_did(name: str, check_golden: Callable[[str, np.ndarray], None]) -> None:
    drawn = []
    for file in (FACE_PHOTO, "pexels-36358763.jpg", "pexels-4543103.jpg"):
        image = cv2.imread(str(find_sample(PHOTO_PACKAGE, file)), cv2.IMREAD_REDUCED_COLOR_4)
        look = make_look(name, 1.0)
        planes = look.apply(from_bgr(cv2.resize(image, (180, 270), interpolation=cv2.INTER_AREA))).copy()
        darkening = vignette_of(Wish(name))
        if darkening:
            blend(planes, vignette(180, 270, darkening))
        drawn.append(to_bgr(planes))
    check_golden(f"look_{name}", np.hstack(drawn))


def test_every_look_of_the_document_is_there() -> None:
    assert set(RECIPES) == set(get_args(LookName)) == set(LOOK_RULES)


def test_the_exposure_match_brightens_and_the_balance_shifts_lights_but_not_black() -> None:
    grey, black = _patch("#808080"), _patch("#000000")
    look = fulfil(Wish(None, exposure=0.3, balance=(-0.02, 0.03)))
    assert look.apply(grey).y[5, 5] == pytest.approx(16 + (int(grey.y[5, 5]) - 16) * 2**0.3, abs=1)
    assert look.apply(grey).u[5, 5] == pytest.approx(128 - 0.02 * 224, abs=1)
    assert look.apply(grey).v[5, 5] == pytest.approx(128 + 0.03 * 224, abs=1)
    assert [plane[5, 5] for plane in look.apply(black)] == [16, 128, 128]


def test_live_grain_is_not_baked_and_new_for_each_picture() -> None:
    look = fulfil(Wish("retro90", is_grain_live=True))
    assert (look.grain, look.live_grain) == (0.0, 0.022)
    grey = np.full((512, 512), 110, np.uint8)
    one, two = add_grain(grey, look.live_grain, 1), add_grain(grey, look.live_grain, 2)
    assert (one == add_grain(grey, look.live_grain, 1)).all()
    assert np.corrcoef(one.ravel(), two.ravel())[0, 1] < 0.1


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
