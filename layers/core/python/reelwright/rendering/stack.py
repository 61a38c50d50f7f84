"""A stack of layers: what rests is painted once or folded into one overlay, everything else is painted anew.

What is cached depends on the frame number alone, so that any frame can be drawn by itself, bit for bit.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import NamedTuple

import numpy as np

from reelwright.rendering.painters import Painter
from reelwright.rendering.pictures import PicturePainter
from reelwright.rendering.planes import Planes
from reelwright.rendering.sprites import Sprite, blend, fold, split

KEPT_FOLDS = 8
"""A page with four pictures has five runs of resting things between and around them."""


class _Seen(NamedTuple):
    painter: Painter
    state: Hashable
    is_resting: bool


class Stack:
    """Layers from bottom to top on a canvas of the given size."""

    def __init__(self, painters: Sequence[Painter], canvas: tuple[int, int]) -> None:
        self.painters = tuple(painters)
        self._canvas = canvas
        self._base: tuple[Hashable, Planes] | None = None
        self._folded: dict[Hashable, tuple[Sprite, ...]] = {}
        self._states: tuple[int, tuple[Hashable | None, ...]] = (0, ())

    def draw(self, n: int) -> Planes:
        """Frame ``n`` on a canvas of its own; the lowest layer must cover it."""
        seen = self._look(n)
        hidden = max((number for number, one in enumerate(seen) if one.painter.covers(one.state)), default=0)
        seen = seen[hidden:]
        resting = next((number for number, one in enumerate(seen) if not one.is_resting), len(seen))
        taken = None if resting or not seen else _take(seen[0])
        if taken is not None:
            self._draw_over(taken, seen[1:])
            return taken
        frame = self._draw_base(seen[:resting])
        self._draw_over(frame, seen[resting:])
        return frame

    def draw_on(self, frame: Planes, n: int) -> None:
        """Draws frame ``n`` of these layers over a picture, in place."""
        self._draw_over(frame, self._look(n))

    def _look(self, n: int) -> list[_Seen]:
        number, before = self._states
        if number != n - 1 or not before:
            before = tuple(painter.state(n - 1) for painter in self.painters)
        states = tuple(painter.state(n) for painter in self.painters)
        self._states = n, states
        together = zip(self.painters, states, before, strict=True)
        return [_Seen(painter, state, state == earlier) for painter, state, earlier in together if state is not None]

    def _draw_base(self, seen: Sequence[_Seen]) -> Planes:
        width, height = self._canvas
        if not seen:
            sizes = ((height, width), (height // 2, width // 2), (height // 2, width // 2))
            return Planes(*(np.empty(size, np.uint8) for size in sizes))
        key = tuple((id(one.painter), one.state) for one in seen)
        if self._base is None or self._base[0] != key:
            base = self._draw_base(())
            self._draw_over(base, seen)
            self._base = key, base
        return self._base[1].copy()

    def _draw_over(self, frame: Planes, seen: Sequence[_Seen]) -> None:
        number = 0
        while number < len(seen):
            run = self._resting_run(seen, number)
            if run:
                for part in self._fold(run):
                    blend(frame, part)
                number += len(run)
            else:
                seen[number].painter.paint(frame, seen[number].state)
                number += 1

    def _resting_run(self, seen: Sequence[_Seen], first: int) -> list[_Seen]:
        run: list[_Seen] = []
        for one in seen[first:]:
            if not one.is_resting or one.painter.sprite(one.state) is None:
                break
            run.append(one)
        return run

    def _fold(self, run: Sequence[_Seen]) -> tuple[Sprite, ...]:
        key = tuple(id(one.painter) for one in run)
        parts = self._folded.pop(key, None)
        if parts is None:
            sprites = [sprite for sprite in (one.painter.sprite(one.state) for one in run) if sprite is not None]
            folded = fold(sprites, *self._canvas)
            parts = () if folded is None else split(folded)
        self._folded[key] = parts
        if len(self._folded) > KEPT_FOLDS:
            del self._folded[next(iter(self._folded))]
        return parts


def _take(seen: _Seen) -> Planes | None:
    """The picture of a layer that is the whole canvas, without copying it; None of others."""
    return seen.painter.take(seen.state) if isinstance(seen.painter, PicturePainter) else None
