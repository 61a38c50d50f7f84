"""Photos: decoded, looked, grained and scaled once to a little more than their tightest use, then only viewed."""

from __future__ import annotations

import math
from concurrent.futures import Executor, Future
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import cv2

from reelwright.kit.errors import RenderFailed
from reelwright.rendering.camera import add_border, view
from reelwright.rendering.grain import add_grain
from reelwright.rendering.look import Look
from reelwright.rendering.motion import Camera, Region, Sight
from reelwright.rendering.parallax import Ground, view_with_parallax
from reelwright.rendering.planes import Plane, Planes, from_bgr
from reelwright.rendering.soften import MAX_SMALL_SIGMA, soften_planes
from reelwright.rendering.turned_view import Turn, Turned, turn_whole, view_turned, view_upright

OVERSAMPLING = 1.25
LEAST_OVERSAMPLING = 1.08
"""Below this a view comes close to one pixel per pixel, where no sub-pixel phase can be found."""

MAX_ENLARGEMENT = 1.6
MARGIN_PIXELS = 4
SHARPENING = 0.25
BAKED_GRAIN_GAIN = 1.25
"""Viewing a baked picture softens its grain."""

REDUCED = ((8, cv2.IMREAD_REDUCED_COLOR_8), (4, cv2.IMREAD_REDUCED_COLOR_4), (2, cv2.IMREAD_REDUCED_COLOR_2))


class Baked(NamedTuple):
    """A part of the photo as bordered planes. ``zoom`` is baked pixels for each source pixel, (x, y) the part's corner in baked pixels."""

    planes: Planes
    zoom: float
    x: float
    y: float


@dataclass
class Still:
    """One photo as one layer shows it. Baked on first use, or ahead of it by ``prefetch``."""

    path: Path
    camera: Camera
    region: Region
    look: Look
    blur: float = 0.0
    _baked: Baked | None = None
    _turned: Turned | None = None
    _coming: Future[Baked] | None = field(default=None, repr=False)

    def prefetch(self, ahead: Executor) -> None:
        """Begins to bake in another thread."""
        if self._baked is None and self._coming is None:
            self._coming = ahead.submit(self._bake)

    def show(self, sight: Sight, _source_seconds: float = 0.0) -> Planes:
        """The rectangle's picture for one sight."""
        baked, camera = self._own(), self.camera
        step, x, y = self._place(sight)
        if camera.motion.parallax:
            seen = view_with_parallax(baked.planes, step, x, y, camera.rect, self._ground(sight.shift))
        else:
            seen = view(baked.planes, step, x, y, *camera.rect)
        return seen._replace(y=add_grain(seen.y, self.look.live_grain, sight.number)) if self.look.live_grain and not self.blur else seen

    def turn(self, sight: Sight, _source_seconds: float, turn: Turn) -> Planes | None:
        """As ``show``, turned and scaled; None where that cannot be done at once."""
        if self.camera.motion.parallax or self.look.live_grain:
            return None
        bordered, place = self._own().planes, self._place(sight)
        if not turn.is_lasting or turn.is_upright:
            return view_turned(bordered, *place, turn)
        if self._turned is None or not self._turned.stands_as(turn):
            self._turned = turn_whole(bordered, turn)
        return view_upright(self._turned, *place, turn)

    def _place(self, sight: Sight) -> tuple[float, float, float]:
        """Baked pixels for each result pixel, and the middle of the view in baked pixels."""
        baked, camera = self._own(), self.camera
        x, y = sight.x * camera.source[0] * baked.zoom - baked.x, sight.y * camera.source[1] * baked.zoom - baked.y
        return baked.zoom / (camera.cover * sight.scale), x, y

    def _ground(self, shift: float) -> Ground:
        baked, height = self._own(), self.camera.source[1]
        return Ground(shift, self.camera.motion.horizon * height * baked.zoom - baked.y, height * baked.zoom - baked.y)

    def close(self) -> None:
        """Forgets the planes."""
        self._baked = self._turned = self._coming = None

    def _own(self) -> Baked:
        if self._baked is None:
            self._baked = self._coming.result() if self._coming is not None else self._bake()
            self._coming = None
        return self._baked

    def _bake(self) -> Baked:
        camera, tightest = self.camera, self.region.tightest
        finest = max(LEAST_OVERSAMPLING * tightest, MAX_ENLARGEMENT / camera.cover)
        zoom = camera.cover * (OVERSAMPLING * tightest if camera.cover <= 1 else min(OVERSAMPLING * tightest, finest))
        if self.blur:
            zoom = min(zoom, camera.cover * MAX_SMALL_SIGMA / self.blur)
        # Nothing but the planes is held on to: two photos may be baked at once.
        planes, left, top = self._read_part(zoom)
        planes = self.look.apply(planes)
        if camera.cover * tightest > MAX_ENLARGEMENT and not self.blur:
            planes = planes._replace(y=_sharpen(planes.y))
        if self.blur:
            planes = soften_planes(planes, self.blur * zoom / camera.cover)
        elif self.look.grain:
            planes = planes._replace(y=add_grain(planes.y, self.look.grain * BAKED_GRAIN_GAIN))
        return Baked(add_border(planes), zoom, left, top)

    def _read_part(self, zoom: float) -> tuple[Planes, float, float]:
        """What the move sees of the photo, at ``zoom``, and its corner in the photo at that size."""
        image = read_photo(self.path, zoom)
        factor = zoom * self.camera.source[0] / image.shape[1]
        part, left, top = _cut(image, self.region, factor)
        kernel = cv2.INTER_AREA if factor < 0.6 else cv2.INTER_CUBIC
        grown = cv2.resize(part, None, fx=factor, fy=factor, interpolation=kernel)
        del image, part
        return from_bgr(grown[: grown.shape[0] // 2 * 2, : grown.shape[1] // 2 * 2]), left * factor, top * factor


def read_photo(path: Path, zoom: float = 1.0) -> Plane:
    """The photo as upright 8-bit BGR, decoded at a half, a quarter or an eighth where it is shown that much smaller.

    Raises RenderFailed.
    """
    flag = next((flag for divisor, flag in REDUCED if zoom * divisor <= 1.0), cv2.IMREAD_COLOR)
    image = cv2.imread(str(path), flag)
    if image is None or image.size == 0:
        raise RenderFailed("A photo of this reel could not be read. Upload it again.")
    return image


def _cut(image: Plane, region: Region, factor: float) -> tuple[Plane, int, int]:
    height, width = image.shape[:2]
    margin = math.ceil(MARGIN_PIXELS / factor)
    left, top = max(0, math.floor(region.left * width) - margin), max(0, math.floor(region.top * height) - margin)
    right, bottom = min(width, math.ceil(region.right * width) + margin), min(height, math.ceil(region.bottom * height) + margin)
    return image[top:bottom, left:right], left, top


def _sharpen(luma: Plane) -> Plane:
    """A light unsharp mask for photos that are enlarged."""
    return cv2.addWeighted(luma, 1 + SHARPENING, cv2.GaussianBlur(luma, (0, 0), 1.4), -SHARPENING, 0)
