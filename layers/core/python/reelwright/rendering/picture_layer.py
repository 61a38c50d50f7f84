"""From a picture layer of the document to its painters: shadow, picture, vignette."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from reelwright.kit.errors import RenderFailed
from reelwright.reels.reel import MediaReference, Picture, Reel
from reelwright.rendering.decode import ClipReader
from reelwright.rendering.look import Look, make_look
from reelwright.rendering.motion import Camera, seen_region
from reelwright.rendering.moving import Moving
from reelwright.rendering.painters import Clock, Painter, is_full
from reelwright.rendering.picture_masks import picture_mask
from reelwright.rendering.pictures import PicturePainter, ShadePainter, Source, VignettePainter
from reelwright.rendering.planes import Plane
from reelwright.rendering.posing import Stance
from reelwright.rendering.shades import shade_sprite
from reelwright.rendering.shapes import vignette
from reelwright.rendering.sprites import Sprite
from reelwright.rendering.still import Still


@dataclass
class PictureWorkshop:
    """What picture painters are made with: the reel, its files and its looks."""

    reel: Reel
    files: Mapping[str, Path]
    _looks: dict[tuple[str | None, float, float, float], Look] = field(default_factory=dict)

    @property
    def canvas(self) -> tuple[int, int]:
        return self.reel.canvas.width, self.reel.canvas.height

    def make_painters(self, layer: Picture, clock: Clock, stance: Stance) -> list[Painter]:
        """From bottom to top. A picture that fills the canvas brings the look's vignette with it."""
        media = self.reel.media[layer.media_id]
        rect = (layer.rect.x, layer.rect.y, layer.rect.width, layer.rect.height)
        ends = clock.seconds(clock.first), clock.seconds(max(clock.first, clock.last - 1))
        camera = Camera(layer.motion, rect[2:], (media.width, media.height), *ends)
        time_of = partial(_source_seconds, float(layer.source_start), float(layer.speed)) if media.kind == "video" else None
        make = partial(self._open, layer, media, camera, clock)
        mask = partial(picture_mask, layer.mask, rect[2], rect[3], layer.radius) if layer.radius or layer.mask != "rect" else None
        painter = PicturePainter(clock, layer.entry, camera, rect, self.canvas, make, time_of, layer.opacity, mask, stance)
        look = self._look(layer)
        if layer.is_graded and look.vignette and is_full(rect, self.canvas):
            return [painter, VignettePainter(painter, partial(vignette, *self.canvas, look.vignette))]
        if layer.shadow is not None:
            return [ShadePainter(painter, partial(_draw_shade, layer, mask)), painter]
        return [painter]

    def _open(self, layer: Picture, media: MediaReference, camera: Camera, clock: Clock) -> Source:
        path = self.files.get(media.file)
        if path is None or not path.is_file():
            raise RenderFailed(f"The file of “{layer.media_id}” is not there any more. Upload it again.")
        times = [clock.seconds(n) for n in range(clock.first, max(clock.last, clock.first + 1))]
        if media.kind == "photo":
            region = seen_region(camera, (camera.at(t, t) for t in times))
            return Still(path, camera, region, self._look(layer), layer.blur)
        seconds = partial(_source_seconds, float(layer.source_start), float(layer.speed))
        region = seen_region(camera, (camera.at(t, seconds(t)) for t in times))
        return Moving(ClipReader(path), camera, region, self._look(layer), layer.blur, seconds(times[0]))

    def _look(self, layer: Picture) -> Look:
        look = self.reel.look
        key = (look.name if layer.is_graded else None, look.strength, layer.exposure, layer.brightness)
        if key not in self._looks:
            self._looks[key] = make_look(*key)
        return self._looks[key]


def _source_seconds(start: float, speed: float, seconds: float) -> float:
    return max(0.0, start + seconds * speed)


def _draw_shade(layer: Picture, make_mask: Callable[[], Plane] | None) -> Sprite:
    if layer.shadow is None:
        raise ValueError("only a layer with a shadow has one to draw")
    rect = layer.rect
    mask = picture_mask("rect", rect.width, rect.height, 0) if make_mask is None else make_mask()
    return shade_sprite(mask, layer.shadow, rect.x, rect.y)
