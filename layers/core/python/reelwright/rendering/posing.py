"""Poses applied: what an entry, a rotation and a sway do to a layer's sprite."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import NamedTuple

from reelwright.reels.reel import Entry
from reelwright.rendering.entries import DIM, Pose, pose_at
from reelwright.rendering.sprites import Box, Matrix, Sprite, join_sprites, shift, soften, turning, warp

WOBBLE_RADIANS_PER_SECOND = 5.0
LEAST_SIGMA = 0.3
LINE_PROPORTION = 16
FAR = 1 << 20


@dataclass(frozen=True)
class Stance:
    """How a layer stands when it has come in: turned by ``rotation`` degrees about ``pivot``, swaying by ``wobble`` degrees.

    ``em`` is how far a masked rise comes from and ``mask_bottom`` where its mask ends, both in pixels; ``falls`` is as in ``pose_at``;
    ``blinks`` is how often a second it goes dark. ``body`` is the rectangle whose shadow the layer is: what hides a part of
    the body leaves the shadow of the rest.
    """

    rotation: float = 0.0
    wobble: float = 0.0
    pivot: tuple[float, float] | None = None
    em: float = 0.0
    mask_bottom: float | None = None
    falls: bool = False
    blinks: float = 0.0
    factor: float = 1.0
    body: Box | None = None

    def pose(self, entry: Entry, seconds: float, frame_seconds: float) -> Pose | None:
        """The entry's pose with the layer's own turn, sway and blinking; None before anything shows."""
        pose = pose_at(entry, seconds, frame_seconds, falls=self.falls, factor=self.factor)
        if pose is None:
            return None
        if self.wobble:
            pose = pose._replace(turn=round(pose.turn + self.wobble * math.sin(WOBBLE_RADIANS_PER_SECOND * seconds), 3))
        if self.blinks and (seconds * self.blinks + 1e-9) % 1 >= LIT_SHARE:
            pose = pose._replace(opacity=round(pose.opacity * DARK_OPACITY, 4))
        return pose

    def matrix(self, pose: Pose, middle: tuple[float, float]) -> Matrix:
        """Where the pose puts a point of the canvas; ``middle`` is the layer's own, where no pivot is given."""
        return turning(self.pivot or middle, self.rotation + pose.turn, pose.scale, pose.dx, pose.dy)


LIT_SHARE = 0.6
DARK_OPACITY = 0.12
UPRIGHT = Stance()


def visibility(pose: Pose) -> float:
    """How strongly the pose lets the layer be seen."""
    return pose.opacity * (DIM + (1 - DIM) * min(1.0, pose.lit))


def apply_pose(sprite: Sprite, pose: Pose, stance: Stance = UPRIGHT, middle: tuple[float, float] | None = None) -> Sprite | None:
    """The sprite as the pose shows it, without its opacity; None where nothing is left."""
    placed = _cover(sprite, pose, stance)
    if placed is None:
        return None
    if pose.sigma > LEAST_SIGMA:
        placed = soften(placed, pose.sigma)
    turn = stance.rotation + pose.turn
    if not turn and pose.scale == 1:
        return shift(placed, pose.dx, pose.dy)
    own = sprite.x + sprite.width / 2, sprite.y + sprite.height / 2
    is_settled = pose._replace(opacity=1.0) == Pose()
    return warp(placed, stance.matrix(pose, middle or own), is_fine=is_settled)


def _cover(sprite: Sprite, pose: Pose, stance: Stance) -> Sprite | None:
    """The part that is shown already, before it is turned."""
    if stance.body is not None:
        return squeeze(sprite, hidden_edges(pose, stance.body, stance.em), stance.body)
    placed: Sprite | None = sprite
    along = min(pose.shown, pose.traced)
    if along < 1:
        placed = reveal(sprite, along, is_downwards=sprite.height > sprite.width)
    if pose.lowered < 1:
        placed = reveal(sprite, pose.lowered, is_downwards=True)
    if pose.typed < 1:
        placed = reveal(sprite, pose.typed, is_downwards=False)
    if pose.opened < 1:
        placed = _open(sprite, pose.opened)
    if pose.sunk > 0:
        bottom = sprite.y + sprite.height if stance.mask_bottom is None else stance.mask_bottom
        sunk = shift(sprite, dy=pose.sunk * (stance.em or sprite.height))
        placed = sunk.cut(-(1 << 20), -(1 << 20), 1 << 20, round(bottom / 2) * 2)
    return placed


def reveal(sprite: Sprite, share: float, *, is_downwards: bool) -> Sprite | None:
    """The part already drawn, from the left or from the top."""
    if is_downwards:
        return sprite.cut(sprite.x, sprite.y, sprite.x + sprite.width, sprite.y + round(sprite.height * share / 2) * 2)
    return sprite.cut(sprite.x, sprite.y, sprite.x + round(sprite.width * share / 2) * 2, sprite.y + sprite.height)


def _open(sprite: Sprite, share: float) -> Sprite | None:
    """The rows around the middle; of a line, the columns."""
    is_line = sprite.width > LINE_PROPORTION * sprite.height
    length = sprite.width if is_line else sprite.height
    hidden = min(round(length * (1 - share) / 4) * 2, max(0, (length - 2) // 4 * 2))
    across, down = (hidden, 0) if is_line else (0, hidden)
    return sprite.cut(sprite.x + across, sprite.y + down, sprite.x + sprite.width - across, sprite.y + sprite.height - down)


class Hidden(NamedTuple):
    """How many pixels of a rectangle are hidden from each side."""

    left: float = 0.0
    top: float = 0.0
    right: float = 0.0
    bottom: float = 0.0


def hidden_edges(pose: Pose, body: Box, em: float) -> Hidden:
    """What a pose hides of a rectangle."""
    _, _, width, height = body
    along = 1 - min(pose.shown, pose.traced)
    right = max(0.0 if height > width else along * width, (1 - pose.typed) * width)
    bottom = max(along * height if height > width else 0.0, (1 - pose.lowered) * height)
    half = (1 - pose.opened) * height / 2
    return Hidden(0.0, max(half, pose.sunk * (em or height)), right, max(half, bottom))


def squeeze(shadow: Sprite, hidden: Hidden, body: Box) -> Sprite | None:
    """The shadow of what is left of a body: its edges move in, what lies between them gives way."""
    if not any(hidden):
        return shadow
    x, y, width, height = body
    if hidden.left + hidden.right >= width or hidden.top + hidden.bottom >= height:
        return None
    left, top, right, bottom = (round(edge / 2) * 2 for edge in hidden)
    across, down = _even(x + (left + width - right) / 2), _even(y + (top + height - bottom) / 2)
    parts = []
    for dx, x0, x1 in ((left, -FAR, across - left), (-right, across + right, FAR)):
        for dy, y0, y1 in ((top, -FAR, down - top), (-bottom, down + bottom, FAR)):
            part = shadow.cut(x0, y0, x1, y1)
            if part is not None:
                parts.append(part.moved(dx, dy))
    return join_sprites(parts)


def _even(value: float) -> int:
    return round(value / 2) * 2
