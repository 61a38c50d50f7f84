"""Several resting sprites as one, and one sprite as the parts of it that change anything."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

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


class _Part(NamedTuple):
    """A rectangle of a sprite, from its first column to its last and from its top to its bottom row."""

    first: int
    last: int
    top: int
    bottom: int
    is_solid: bool


def split(sprite: Sprite) -> tuple[Sprite, ...]:
    """The parts of a sprite that change anything, where that is quicker, so that its empty stretches cost nothing; solid ones are marked."""
    tops = range(0, sprite.height, BAND_ROWS)
    rows = [sprite.holes[0][top : top + BAND_ROWS] for top in tops]
    looks = [(band.max(0), band.min(0)) for band in rows]
    whole = [[(first, last, bool((most[first:last] == 0).all())) for first, last in _shown(least)] for most, least in looks]
    divided = [[part for first, last, _ in spans for part in _divide(most, first, last)] for (most, _), spans in zip(looks, whole, strict=True)]
    all_of_it = [_Part(0, sprite.width, 0, sprite.height, sprite.is_solid)]
    best = min((all_of_it, _stack_up(whole, sprite.height), _stack_up(divided, sprite.height)), key=_cost)
    return (sprite,) if best is all_of_it else tuple(_cut_part(sprite, part) for part in best)


def _cost(parts: Sequence[_Part]) -> float:
    """In pixels that are blended."""
    return sum(PART_PIXELS + (part.last - part.first) * (part.bottom - part.top) * (SOLID_COST if part.is_solid else 1.0) for part in parts)


def _stack_up(bands: Sequence[Sequence[tuple[int, int, bool]]], height: int) -> list[_Part]:
    """Bands below each other with the same spans, as one."""
    parts: list[_Part] = []
    first = 0
    for number in range(1, len(bands) + 1):
        if number == len(bands) or bands[number] != bands[first]:
            top, bottom = first * BAND_ROWS, min(number * BAND_ROWS, height)
            parts.extend(_Part(left, right, top, bottom, is_solid) for left, right, is_solid in bands[first])
            first = number
    return parts


def _shown(least: npt.NDArray[np.uint8]) -> list[Span]:
    """The stretches of columns that show, all even."""
    return [(first, min(last, len(least))) for first, last in _runs(least < 255)]


def _divide(most: npt.NDArray[np.uint8], first: int, last: int) -> list[tuple[int, int, bool]]:
    """A stretch cut where a long solid piece of it begins or ends."""
    inner = most[first:last]
    if inner.all():
        return [(first, last, False)]
    solid = [(a + 2, b - 2) for a, b in _runs(inner == 0, exact=True) if b - a >= WORTHWHILE_GAP]
    borders = sorted({first, last, *(first + edge // 2 * 2 for run in solid for edge in run)})
    inside = {first + run[0] // 2 * 2 for run in solid}
    return [(start, end, start in inside) for start, end in pairwise(borders)]


def _runs(shown: npt.NDArray[np.bool_], *, exact: bool = False) -> list[Span]:
    """Stretches of True, grown to even ones with room for the chroma's smear; near ones are joined."""
    padded = np.zeros(len(shown) + 2, np.bool_)
    padded[1:-1] = shown
    edges = np.flatnonzero(padded[1:] != padded[:-1])
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


def _cut_part(sprite: Sprite, part: _Part) -> Sprite:
    x, y = sprite.x, sprite.y
    cut = sprite.cut(x + part.first, y + part.top, x + part.last, y + part.bottom)
    if cut is None:
        raise ValueError("a part lies inside its sprite")
    return replace(cut, is_solid=part.is_solid)
