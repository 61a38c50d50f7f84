"""From a picture layer of the document to its camera, its clip's clock and its source of pictures."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from reelwright.kit.errors import RenderFailed
from reelwright.reels.reel import MediaReference, Picture
from reelwright.rendering.decode import ClipReader
from reelwright.rendering.look import Look
from reelwright.rendering.motion import Camera, seen_region
from reelwright.rendering.moving import Moving
from reelwright.rendering.painters import Clock
from reelwright.rendering.speed import SourceClock
from reelwright.rendering.still import Still

SourceSeconds = Callable[[float], float]


def make_camera(layer: Picture, media: MediaReference, clock: Clock, *, is_grain_live: bool = False) -> Camera:
    """The layer's camera over its whole life, joins included."""
    first, last = clock.seconds(clock.first), clock.seconds(max(clock.first, clock.last - 1))
    rect = layer.rect.width, layer.rect.height
    return Camera(layer.motion, rect, (media.width, media.height), first, last, layer.frames_held, layer.weave, is_counted=is_grain_live)


def make_source_clock(layer: Picture, media: MediaReference) -> SourceClock | None:
    """The clip's second for each second of the layer; None for photos."""
    if media.kind != "video":
        return None
    return SourceClock(float(layer.source_start), float(layer.speed), tuple((float(point.at), point.speed) for point in layer.ramp), layer.frames_held)


def open_source(layer: Picture, path: Path | None, camera: Camera, clock: Clock, source_clock: SourceClock | None, look: Look) -> Still | Moving:
    """The photo or clip of a layer, ready to be shown. Raises RenderFailed where its file is not there or cannot be opened."""
    if path is None or not path.is_file():
        raise RenderFailed(f"The file of “{layer.media_id}” is not there any more. Upload it again.")
    times = [clock.seconds(n) for n in range(clock.first, max(clock.last, clock.first + 1))]
    if source_clock is None:
        return Still(path, camera, seen_region(camera, (camera.at(t, t) for t in times)), look, layer.blur)
    region = seen_region(camera, (camera.at(t, source_clock(t)) for t in times))
    return Moving(ClipReader(path), camera, region, look, layer.blur, source_clock(times[0]), source_clock.find_shutter(times, clock.frame_seconds))
