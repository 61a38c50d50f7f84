"""Clips as a layer shows them: cropped to what the move sees, looked at source size, then one resize."""

from __future__ import annotations

from concurrent.futures import Executor, Future
from dataclasses import dataclass, field
from functools import cached_property

import cv2

from reelwright.rendering.camera import add_border, view
from reelwright.rendering.decode import ClipReader
from reelwright.rendering.grain import add_grain
from reelwright.rendering.look import Look
from reelwright.rendering.motion import Camera, Region, Sight
from reelwright.rendering.planes import Planes
from reelwright.rendering.soften import MAX_SMALL_SIGMA, soften_planes
from reelwright.rendering.speed import Shutter, open_once
from reelwright.rendering.turned_view import Turn, view_turned

MARGIN_PIXELS = 8
MAX_STEP = 1.9
MAX_SHRINK = 8
SMOOTH_BELOW_STEP = 0.75


@dataclass(frozen=True)
class _Window:
    """An even window of the source, and how many source pixels one of the prepared pixels is."""

    x: int
    y: int
    width: int
    height: int
    shrink: int


@dataclass
class Moving:
    """One clip as one layer shows it. The prepared frame is kept, so that a held source frame costs one resize."""

    reader: ClipReader
    camera: Camera
    region: Region
    look: Look
    blur: float = 0.0
    first_seconds: float = 0.0
    shutter: Shutter = open_once
    _prepared: tuple[tuple[float, ...], Planes] | None = None
    _coming: Future[None] | None = field(default=None, repr=False)

    def prefetch(self, ahead: Executor) -> None:
        """Finds and prepares the first frame in another thread."""
        if self._prepared is None and self._coming is None:
            self._coming = ahead.submit(self._prepare_at, self.first_seconds)

    def show(self, sight: Sight, source_seconds: float) -> Planes:
        """The rectangle's picture for one sight at one time of the clip."""
        planes, (step, x, y) = self._own(source_seconds), self._place(sight)
        seen = view(planes, step, x, y, *self.camera.rect, is_smooth=step < SMOOTH_BELOW_STEP and not self.blur)
        return seen._replace(y=add_grain(seen.y, self.look.live_grain, sight.number)) if self.look.live_grain and not self.blur else seen

    def turn(self, sight: Sight, source_seconds: float, turn: Turn) -> Planes | None:
        """As ``show``, turned and scaled; None where that cannot be done at once."""
        step, x, y = self._place(sight)
        if self.look.live_grain or (step < SMOOTH_BELOW_STEP and not self.blur):
            return None
        return view_turned(self._own(source_seconds), step, x, y, turn)

    def _own(self, source_seconds: float) -> Planes:
        """The window's prepared frame of a time."""
        if self._coming is not None:
            self._coming.result()
            self._coming = None
        self._prepare_at(source_seconds)
        if self._prepared is None:
            raise RuntimeError("a clip frame was not prepared")
        return self._prepared[1]

    def _place(self, sight: Sight) -> tuple[float, float, float]:
        """Prepared pixels for each result pixel, and the middle of the view in prepared pixels."""
        window, camera = self._window, self.camera
        x, y = sight.x * camera.source[0] - window.x, sight.y * camera.source[1] - window.y
        return 1 / (camera.cover * sight.scale * window.shrink), x / window.shrink, y / window.shrink

    def close(self) -> None:
        """Closes the file, after what runs ahead has ended."""
        if self._coming is not None and not self._coming.cancel():
            self._coming.exception()
        self._prepared = self._coming = None
        self.reader.close()

    def _prepare_at(self, seconds: float) -> None:
        frames = [self._read(seconds - earlier) for earlier in reversed(self.shutter(seconds))]
        key = tuple(at for at, _ in frames)
        if self._prepared is not None and self._prepared[0] == key:
            return
        part = frames[0][1]
        for number, (_, other) in enumerate(frames[1:], 2):
            part = Planes(*(cv2.addWeighted(mean, 1 - 1 / number, plane, 1 / number, 0) for mean, plane in zip(part, other, strict=True)))
        self._prepared = key, self._prepare(part)

    def _read(self, seconds: float) -> tuple[float, Planes]:
        """The window's part of a frame, and when that frame begins."""
        frame, window = self.reader.read(seconds), self._window
        return frame.seconds, frame.to_709(frame.planes.crop(window.x, window.y, window.width, window.height))

    def _prepare(self, part: Planes) -> Planes:
        planes, window = self.look.apply(part), self._window
        if window.shrink > 1:
            k = window.shrink
            planes = Planes(*(cv2.resize(p, (p.shape[1] // k, p.shape[0] // k), interpolation=cv2.INTER_AREA) for p in planes))
        if self.blur:
            planes = soften_planes(planes, self.blur / (self.camera.cover * window.shrink))
        return add_border(planes)

    @cached_property
    def _window(self) -> _Window:
        width, height = self.camera.source
        shrink = 1
        while shrink < MAX_SHRINK and (
            1 / (self.camera.cover * self.region.tightest * shrink) > MAX_STEP or self.blur / (self.camera.cover * shrink) > 2 * MAX_SMALL_SIGMA
        ):
            shrink *= 2
        unit = 2 * shrink
        left = max(0, int(self.region.left * width) - MARGIN_PIXELS) // unit * unit
        top = max(0, int(self.region.top * height) - MARGIN_PIXELS) // unit * unit
        right = min(width, int(self.region.right * width) + MARGIN_PIXELS)
        bottom = min(height, int(self.region.bottom * height) + MARGIN_PIXELS)
        return _Window(left, top, (right - left) // unit * unit, (bottom - top) // unit * unit, shrink)
