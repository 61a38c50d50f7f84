"""Old film in its gate: it sways slowly by parts of a pixel, its perforation with it."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from functools import cached_property

import cv2
import numpy as np

from reelwright.reels.reel import Art
from reelwright.rendering.curves import weave_at
from reelwright.rendering.painters import Clock, as_pose
from reelwright.rendering.planes import Plane, Planes, code_of
from reelwright.rendering.posing import Stance, apply_pose, visibility
from reelwright.rendering.speed import hold
from reelwright.rendering.sprites import Sprite, blend, colour_sprite

FILM_RATE = 18
"""Pictures a second of the film that ornaments weave with."""

MARGIN_PIXELS = 16
"""How far an ornament goes on beyond its rectangle, so that its edge is never seen; even, and more than the largest weave."""

ROUNDING_CODES = 1


@dataclass
class WeavingPainter:
    """An ornament that weaves. Only those parts of it are moved that show, so that two rows of holes cost what they cover."""

    clock: Clock
    layer: Art
    make: Callable[[], Sprite]
    stance: Stance

    def state(self, n: int) -> Hashable | None:
        if not self.clock.is_on(n):
            return None
        seconds = self.clock.seconds(n)
        pose = self.stance.pose(self.layer.entry, seconds, self.clock.frame_seconds)
        if pose is None:
            return None
        dx, dy = weave_at(self.layer.weave, hold(seconds, FILM_RATE))
        return pose._replace(dx=round(pose.dx + dx, 3), dy=round(pose.dy + dy, 3))

    def paint(self, frame: Planes, state: Hashable) -> None:
        pose, rect = as_pose(state), self.layer.rect
        middle = rect.x + rect.width / 2, rect.y + rect.height / 2
        for part in self._parts:
            placed = apply_pose(part, pose, self.stance, middle)
            if placed is not None:
                blend(frame, placed, visibility(pose))

    def sprite(self, state: Hashable) -> Sprite | None:
        return None

    def covers(self, state: Hashable) -> bool:
        return False

    @cached_property
    def _parts(self) -> tuple[Sprite, ...]:
        whole = _go_on(_simplify(self.make(), self.layer.colour), self.layer)
        return tuple(part for part in (_trim(half) for half in _halve(whole)) if part is not None)


def _go_on(sprite: Sprite, layer: Art) -> Sprite:
    """The sprite continued beyond its rectangle on the sides where it reaches to the edge."""
    rect = layer.rect
    left, top = MARGIN_PIXELS * (sprite.x <= rect.x), MARGIN_PIXELS * (sprite.y <= rect.y)
    right = MARGIN_PIXELS * (sprite.x + sprite.width >= rect.x + rect.width)
    bottom = MARGIN_PIXELS * (sprite.y + sprite.height >= rect.y + rect.height)

    def grow(plane: Plane, k: int) -> Plane:
        return cv2.copyMakeBorder(plane, top // k, bottom // k, left // k, right // k, cv2.BORDER_REPLICATE)

    codes = Planes(*(grow(plane, k) for plane, k in zip(sprite.codes, (1, 2, 2), strict=True)))
    return Sprite(codes, (grow(sprite.holes[0], 1), grow(sprite.holes[1], 2)), sprite.x - left, sprite.y - top, sprite.colour)


def _simplify(sprite: Sprite, colour: str) -> Sprite:
    """The sprite as one of one colour, where it is: that is quicker to move."""
    plain = colour_sprite(sprite.holes, code_of(colour), sprite.x, sprite.y)
    is_same = all(cv2.norm(one, other, cv2.NORM_INF) <= ROUNDING_CODES for one, other in zip(plain.codes, sprite.codes, strict=True))
    return plain if is_same else sprite


def _halve(sprite: Sprite) -> tuple[Sprite | None, Sprite | None]:
    """Both sides of a film: left and right, or above and below where it lies on its side."""
    x, y, right, bottom = sprite.x, sprite.y, sprite.x + sprite.width, sprite.y + sprite.height
    if sprite.width > sprite.height:
        middle = y + sprite.height // 4 * 2
        return sprite.cut(x, y, right, middle), sprite.cut(x, middle, right, bottom)
    middle = x + sprite.width // 4 * 2
    return sprite.cut(x, y, middle, bottom), sprite.cut(middle, y, right, bottom)


def _trim(sprite: Sprite | None) -> Sprite | None:
    """The even rectangle of a sprite in which anything shows, with room for its colour, which is smeared a little."""
    if sprite is None:
        return None
    shown = np.flatnonzero(sprite.holes[0].min(0) < 255), np.flatnonzero(sprite.holes[0].min(1) < 255)
    if not shown[0].size:
        return None
    (left, right), (top, bottom) = ((max(0, int(line[0]) // 2 * 2 - 2), (int(line[-1]) + 4) // 2 * 2) for line in shown)
    return sprite.cut(sprite.x + left, sprite.y + top, sprite.x + right, sprite.y + bottom)
