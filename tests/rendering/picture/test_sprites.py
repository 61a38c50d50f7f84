"""Sprites: what is moved, folded, split or kept as one colour looks as what it was made of."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from typing import Any

import cv2
import numpy as np
import pytest

from reelwright.rendering.planes import Planes, blank, code_of
from reelwright.rendering.posing import Hidden, squeeze
from reelwright.rendering.sprites import Sprite, blend, colour_mask, fold, join_sprites, place_ink, place_mask, shift, soften, split, turning, warp

GROUND = "#7A8B99"


def _blob(width: int = 90, height: int = 60, seed: int = 3) -> np.ndarray:
    """A soft shape with a hole, nothing at its edges."""
    mask = np.zeros((height, width), np.uint8)
    cv2.ellipse(mask, (width // 2, height // 2), (width // 3, height // 3), seed * 7, 0, 360, 255, -1, cv2.LINE_AA)
    cv2.circle(mask, (width // 2, height // 2), height // 6, 0, -1, cv2.LINE_AA)
    return mask


def _over(*sprites: Sprite | None, width: int = 200, height: int = 160) -> Planes:
    frame = blank(width, height, code_of(GROUND))
    for sprite in sprites:
        if sprite is not None:
            blend(frame, sprite)
    return frame


def _difference(one: Planes, other: Planes) -> int:
    return max(int(np.abs(a.astype(int) - b).max()) for a, b in zip(one, other, strict=True))


@pytest.mark.parametrize(("x", "y"), [(20, 30), (21, 30), (20, 31), (21, 31)])
def test_a_mask_in_one_colour_is_the_ink_of_that_colour(x: int, y: int) -> None:
    plain, ink = place_mask(_blob(), "#FF7352", x, y), place_ink(colour_mask(_blob(), "#FF7352"), x, y)
    assert plain.colour is not None
    assert ink.colour is None
    assert (plain.x, plain.y, plain.width, plain.height) == (ink.x, ink.y, ink.width, ink.height)
    assert _difference(_over(plain), _over(ink)) <= 1


@pytest.mark.parametrize(
    "move",
    [
        lambda sprite: shift(sprite, 0.7, 1.3),
        lambda sprite: shift(sprite, -5.25, 3.5),
        lambda sprite: shift(sprite, 0.0, 0.0, 1.2),
        lambda sprite: warp(sprite, turning((60.0, 60.0), 17.0, 0.9, 2.5, 1.0)),
        lambda sprite: warp(sprite, turning((60.0, 60.0), 17.0), is_fine=True),
        lambda sprite: soften(sprite, 4.0),
    ],
)
def test_a_sprite_of_one_colour_moves_as_any_other(move: Any) -> None:
    plain, ink = place_mask(_blob(), "#FF7352", 20, 30), place_ink(colour_mask(_blob(), "#FF7352"), 20, 30)
    assert _difference(_over(move(plain)), _over(move(ink))) <= 2


def test_a_shift_by_whole_even_pixels_changes_nothing_but_the_place() -> None:
    sprite = place_mask(_blob(), "#FF7352", 20, 30)
    moved = shift(sprite, 6.0, -4.0)
    assert (moved.x - sprite.x, moved.y - sprite.y) == (6, -4)
    assert moved.codes is sprite.codes


def test_shifts_are_as_long_as_they_say() -> None:
    sprite = place_mask(_blob(), "#FFFFFF", 40, 40)
    columns = np.arange(200)

    def centre(frame: Planes) -> float:
        weight = (frame.y.astype(float) - code_of(GROUND)[0]).clip(0).sum(0)
        return float((weight * columns).sum() / weight.sum())

    ways = [centre(_over(shift(sprite, tenths / 10))) for tenths in range(0, 45, 3)]
    assert np.diff(ways) == pytest.approx(np.full(len(ways) - 1, 0.3), abs=0.03)


def test_chroma_moves_with_luma() -> None:
    """A white disc on grey has no colour anywhere; a red one has its colour where its light is."""
    sprite = place_mask(_blob(), "#FF2020", 40, 40)
    for degrees, dx in ((0.0, 0.5), (0.0, 1.5), (12.0, 0.0), (33.0, 2.25)):
        frame = _over(warp(sprite, turning((85.0, 70.0), degrees, 1.0, dx)))
        shape = (frame.y.astype(float) - frame.y[0, 0]).__abs__()
        colour = np.abs(frame.v.astype(float) - frame.v[0, 0])
        luma_x = (shape.sum(0) * (np.arange(200) + 0.5)).sum() / shape.sum()
        chroma_x = (colour.sum(0) * (np.arange(100) * 2 + 0.5)).sum() / colour.sum()
        assert chroma_x == pytest.approx(luma_x, abs=0.35)


def test_folded_sprites_are_what_they_are_one_over_the_other() -> None:
    sprites = [place_mask(_blob(seed=n), colour, 20 + 14 * n, 30 + 10 * n, 0.8) for n, colour in enumerate(["#FF7352", "#0E3A3C", "#FFFFFF"])]
    folded = fold(sprites, 200, 160)
    assert folded is not None
    assert _difference(_over(*sprites), _over(folded)) <= 2
    assert _difference(_over(*sprites), _over(join_sprites(sprites))) <= 2


def test_a_split_overlay_changes_what_the_whole_changes() -> None:
    """Two lines of type far apart, and a solid frame: the empty middle is not touched, the solid parts are copied."""
    body = np.full((1200, 800), 255, np.uint8)
    body[200:1000, 100:700] = 0
    film = place_mask(body, "#0D0B09", 0, 0)
    parts = split(film)
    assert len(parts) > 1
    assert any(part.is_solid for part in parts)
    assert sum(part.width * part.height for part in parts) < 0.7 * film.width * film.height
    assert _difference(_over(*parts, width=800, height=1200), _over(film, width=800, height=1200)) == 0


def test_a_solid_part_is_still_thinned_when_it_fades() -> None:
    solid = split(place_mask(np.full((400, 400), 255, np.uint8), "#0D0B09", 0, 0))[0]
    frame = blank(400, 400, code_of("#FFFFFF"))
    blend(frame, solid, 0.5)
    assert 115 < int(frame.y[200, 200]) < 135


def test_a_small_sprite_is_not_split() -> None:
    sprite = place_mask(_blob(), "#FF7352", 20, 30)
    assert split(sprite) == (sprite,)


def test_the_shadow_of_a_shorter_body_is_a_shorter_shadow() -> None:
    body = (40, 40, 100, 80)
    mask = np.zeros((140, 180), np.uint8)
    mask[30:110, 40:140] = 255
    shadow = place_mask(cv2.GaussianBlur(mask, (0, 0), 6), "#000000", 0, 10)
    short = squeeze(shadow, Hidden(bottom=40.0), body)
    assert short is not None
    whole, half = (frame.y.astype(int) for frame in (_over(shadow), _over(short)))
    assert (half[:60] == whole[:60]).all()
    assert np.abs(half[90:120, 90] - whole[130:160, 90]).max() <= 1
    assert squeeze(shadow, Hidden(), body) is shadow
    assert squeeze(shadow, Hidden(top=80.0), body) is None


def test_ever_less_of_a_body_throws_ever_less_shadow() -> None:
    body = (40, 40, 100, 80)
    shadow = place_mask(np.full((80, 100), 255, np.uint8), "#000000", 40, 40)
    darkness = []
    for share in range(0, 80, 8):
        squeezed = squeeze(shadow, Hidden(top=float(share)), body)
        darkness.append(int((_over(squeezed).y < 40).sum()))
    assert all(before > after for before, after in pairwise(darkness))
    assert Fraction(darkness[0], 8000) == 1
