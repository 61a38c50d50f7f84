"""A sprite: type and graphics as premultiplied planes, blended only where they stand."""

from __future__ import annotations

from dataclasses import dataclass, replace

import cv2

from reelwright.rendering.planes import Plane, Planes

Code = tuple[float, float, float]


@dataclass(frozen=True)
class Sprite:
    """A picture with alpha at an even place. ``codes`` are premultiplied; ``holes`` are 255 − alpha at luma and at chroma size.

    The result of a blend is ``below × holes / 255 + codes``. ``colour`` is the Y, Cb, Cr code of a sprite of one colour, whose
    codes follow from its holes; a sprite that ``is_solid`` lets nothing through, one that ``is_soft`` has no edges at all.
    """

    codes: Planes
    holes: tuple[Plane, Plane]
    x: int = 0
    y: int = 0
    colour: Code | None = None
    is_solid: bool = False
    is_soft: bool = False

    @property
    def width(self) -> int:
        return self.codes.width

    @property
    def height(self) -> int:
        return self.codes.height

    def moved(self, dx: int, dy: int) -> Sprite:
        """The same sprite elsewhere; both numbers are even."""
        return replace(self, x=self.x + dx, y=self.y + dy)

    def cut(self, x0: int, y0: int, x1: int, y1: int) -> Sprite | None:
        """What lies inside the even canvas rectangle, or None."""
        x0, y0 = max(x0, self.x), max(y0, self.y)
        x1, y1 = min(x1, self.x + self.width), min(y1, self.y + self.height)
        if x1 <= x0 or y1 <= y0:
            return None
        if (x1 - x0, y1 - y0) == (self.width, self.height):
            return self
        box = x0 - self.x, y0 - self.y, x1 - x0, y1 - y0
        return replace(self, codes=self.codes.crop(*box), holes=(crop_plane(self.holes[0], *box, 1), crop_plane(self.holes[1], *box, 2)), x=x0, y=y0)


def colour_sprite(holes: tuple[Plane, Plane], colour: Code, x: int, y: int) -> Sprite:
    """A sprite of one colour from its holes."""
    planes = zip((holes[0], holes[1], holes[1]), colour, strict=True)
    return Sprite(Planes(*(cv2.convertScaleAbs(hole, None, -code / 255, code) for hole, code in planes)), holes, x, y, colour)


def blend(frame: Planes, sprite: Sprite, opacity: float = 1.0) -> None:
    """Draws the sprite into the frame, in place, clipped to it."""
    inside = sprite.cut(0, 0, frame.width, frame.height)
    if inside is None or opacity <= 0:
        return
    target = frame.crop(inside.x, inside.y, inside.width, inside.height)
    for into, code, hole in zip(target, inside.codes, (inside.holes[0], inside.holes[1], inside.holes[1]), strict=True):
        if inside.is_solid and opacity >= 1:
            into[:] = code
            continue
        if opacity < 1:
            code, hole = cv2.convertScaleAbs(code, None, opacity, 0), cv2.convertScaleAbs(hole, None, opacity, 255 * (1 - opacity))  # noqa: PLW2901
        cv2.multiply(into, hole, into, 1 / 255)
        cv2.add(into, code, into)


def crop_plane(plane: Plane, x: int, y: int, width: int, height: int, k: int) -> Plane:
    """A window of a plane by luma pixels; ``k`` is 2 for chroma."""
    return plane[y // k : (y + height) // k, x // k : (x + width) // k]
