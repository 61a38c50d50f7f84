"""Several resting sprites as one, and one sprite as the parts of it that change anything."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import cv2
import numpy as np
import numpy.typing as npt

from reelwright.rendering.planes import Planes
from reelwright.rendering.sprite import Sprite, crop_plane

BAND_ROWS = 32
WORTHWHILE_GAP = 64
PART_PIXELS = 60_000
"""Blending a part costs as much beforehand as blending so many pixels."""

SOLID_COST = 0.15
EVERYWHERE = 1 << 20

Span = tuple[int, int]


def fold(sprites: Sequence[Sprite], width: int, height: int) -> Sprite | None:
    """Several sprites as one ("over" is associative), cropped to what changes anything; None where nothing lies on the canvas."""
    inside = [part for part in (sprite.cut(0, 0, width, height) for sprite in sprites) if part is not None]
    if len(inside) < 2:
        return inside[0] if inside else None
    x0, y0 = min(s.x for s in inside), min(s.y for s in inside)
    x1, y1 = max(s.x + s.width for s in inside), max(s.y + s.height for s in inside)
    sizes = ((y1 - y0, x1 - x0), ((y1 - y0) // 2, (x1 - x0) // 2))
    codes = Planes(np.zeros(sizes[0], np.uint8), np.zeros(sizes[1], np.uint8), np.zeros(sizes[1], np.uint8))
    holes = (np.full(sizes[0], 255, np.uint8), np.full(sizes[1], 255, np.uint8))
    folded = Sprite(codes, holes, x0, y0)
    for sprite in inside:
        _lay_over(folded, sprite)
    return folded


def join_sprites(sprites: Sequence[Sprite]) -> Sprite | None:
    """Several sprites as one, wherever they lie."""
    if len(sprites) < 2:
        return sprites[0] if sprites else None
    x, y = min(sprite.x for sprite in sprites), min(sprite.y for sprite in sprites)
    folded = fold([sprite.moved(-x, -y) for sprite in sprites], EVERYWHERE, EVERYWHERE)
    colours = {sprite.colour for sprite in sprites}
    return None if folded is None else replace(folded.moved(x, y), colour=colours.pop() if len(colours) == 1 else None)


def _lay_over(folded: Sprite, sprite: Sprite) -> None:
    box = sprite.x - folded.x, sprite.y - folded.y, sprite.width, sprite.height
    for into, code, hole in zip(folded.codes.crop(*box), sprite.codes, (sprite.holes[0], sprite.holes[1], sprite.holes[1]), strict=True):
        cv2.multiply(into, hole, into, 1 / 255)
        cv2.add(into, code, into)
    for k, (into, hole) in enumerate(zip(folded.holes, sprite.holes, strict=True), start=1):
        window = crop_plane(into, *box, k)
        cv2.multiply(window, hole, window, 1 / 255)


def split(sprite: Sprite) -> tuple[Sprite, ...]:
    """The parts of a sprite that change anything, where that is quicker, so that its empty stretches cost nothing; solid ones are marked."""
    choices = [(sprite,), _parts(sprite, is_divided=False), _parts(sprite, is_divided=True)]
    return min(choices, key=_cost)


def _cost(parts: tuple[Sprite, ...]) -> float:
    """In pixels that are blended."""
    return sum(PART_PIXELS + part.width * part.height * (SOLID_COST if part.is_solid else 1.0) for part in parts)


def _parts(sprite: Sprite, *, is_divided: bool) -> tuple[Sprite, ...]:
    bands = [(top, min(top + BAND_ROWS, sprite.height)) for top in range(0, sprite.height, BAND_ROWS)]
    spans = [_spans(sprite, top, bottom, is_divided=is_divided) for top, bottom in bands]
    parts: list[Sprite] = []
    first = 0
    for number in range(1, len(bands) + 1):
        if number == len(bands) or spans[number] != spans[first]:
            parts.extend(_cut_part(sprite, span, bands[first][0], bands[number - 1][1]) for span in spans[first])
            first = number
    return tuple(parts)


def _spans(sprite: Sprite, top: int, bottom: int, *, is_divided: bool) -> list[tuple[int, int, bool]]:
    """The stretches of columns that show in these rows, all even: first, last, and whether they are solid."""
    rows = sprite.holes[0][top:bottom]
    most, least = rows.max(0), rows.min(0)
    runs = [(first, min(last, sprite.width)) for first, last in _runs(least < 255)]
    if not is_divided:
        return [(first, last, bool((most[first:last] == 0).all())) for first, last in runs]
    return [span for first, last in runs for span in _divide(most, first, last)]


def _divide(most: npt.NDArray[np.uint8], first: int, last: int) -> list[tuple[int, int, bool]]:
    """A stretch cut where a long solid piece of it begins or ends."""
    solid = [(a + 2, b - 2) for a, b in _runs(most[first:last] == 0, exact=True) if b - a >= WORTHWHILE_GAP]
    borders = sorted({first, last, *(first + edge // 2 * 2 for run in solid for edge in run)})
    inside = {first + run[0] // 2 * 2 for run in solid}
    return [(start, end, start in inside) for start, end in pairwise(borders)]


def _runs(shown: npt.NDArray[np.bool_], *, exact: bool = False) -> list[Span]:
    """Stretches of True, grown to even ones with room for the chroma's smear; near ones are joined."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], shown, [False]]).astype(np.int8)))
    runs = [(int(start), int(end)) for start, end in zip(edges[::2], edges[1::2], strict=True)]
    if exact:
        return runs
    joined: list[Span] = []
    for start, end in runs:
        low, high = max(0, (start - 2) // 2 * 2), (end + 3) // 2 * 2
        if joined and low - joined[-1][1] < WORTHWHILE_GAP:
            joined[-1] = joined[-1][0], high
        else:
            joined.append((low, high))
    return joined


def _cut_part(sprite: Sprite, span: tuple[int, int, bool], top: int, bottom: int) -> Sprite:
    x, y = sprite.x, sprite.y
    part = sprite.cut(x + span[0], y + top, x + span[1], y + bottom)
    if part is None:
        raise ValueError("a part lies inside its sprite")
    return replace(part, is_solid=span[2])
