"""From a picture layer of the document to its painters: shadow, picture, vignette."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from reelwright.reels.reel import MediaReference, Picture, Reel
from reelwright.rendering.footage import make_camera, make_source_clock, open_source
from reelwright.rendering.look import Look, Wish, fulfil, vignette_of
from reelwright.rendering.motion import Camera
from reelwright.rendering.painters import Clock, Painter, is_full
from reelwright.rendering.picture_masks import picture_mask
from reelwright.rendering.pictures import PicturePainter, ShadePainter, Source, VignettePainter
from reelwright.rendering.planes import Plane
from reelwright.rendering.posing import Stance
from reelwright.rendering.shades import shade_sprite
from reelwright.rendering.shapes import vignette
from reelwright.rendering.speed import SourceClock
from reelwright.rendering.sprites import Sprite

KEPT_LOOKS = 6
"""A look's table takes 4 MB; each exposure match has its own."""


@dataclass
class PictureWorkshop:
    """What picture painters are made with: the reel, its files and its looks."""

    reel: Reel
    files: Mapping[str, Path]
    _looks: dict[Wish, Look] = field(default_factory=dict)

    @property
    def canvas(self) -> tuple[int, int]:
        return self.reel.canvas.width, self.reel.canvas.height

    def make_painters(self, layer: Picture, clock: Clock, stance: Stance) -> list[Painter]:
        """From bottom to top. A picture that fills the canvas brings the look's vignette with it."""
        media = self.reel.media[layer.media_id]
        rect = (layer.rect.x, layer.rect.y, layer.rect.width, layer.rect.height)
        camera = make_camera(layer, media, clock, is_grain_live=self._has_live_grain(layer))
        time_of = make_source_clock(layer, media)
        make = partial(self._open, layer, media, camera, clock, time_of)
        mask = partial(picture_mask, layer.mask, rect[2], rect[3], layer.radius) if layer.radius or layer.mask != "rect" else None
        painter = PicturePainter(clock, layer.entry, camera, rect, self.canvas, make, time_of, layer.opacity, mask, stance)
        darkening = vignette_of(self._wish(layer))
        if layer.is_graded and darkening and is_full(rect, self.canvas):
            return [painter, VignettePainter(painter, partial(vignette, *self.canvas, darkening))]
        if layer.shadow is not None:
            return [ShadePainter(painter, partial(_draw_shade, layer, mask)), painter]
        return [painter]

    def _open(self, layer: Picture, media: MediaReference, camera: Camera, clock: Clock, time_of: SourceClock | None) -> Source:
        return open_source(layer, self.files.get(media.file), camera, clock, time_of, self._look(layer))

    def _has_live_grain(self, layer: Picture) -> bool:
        """Only pictures held like those of old film may have grain that lives."""
        return layer.is_graded and self.reel.look.is_grain_live and layer.frames_held > 0

    def _wish(self, layer: Picture) -> Wish:
        name = self.reel.look.name if layer.is_graded else None
        return Wish(name, self.reel.look.strength, layer.exposure, layer.brightness, layer.balance, self._has_live_grain(layer))

    def _look(self, layer: Picture) -> Look:
        wish = self._wish(layer)
        look = self._looks.pop(wish, None) or fulfil(wish)
        self._looks[wish] = look
        if len(self._looks) > KEPT_LOOKS:
            del self._looks[next(iter(self._looks))]
        return look


def _draw_shade(layer: Picture, make_mask: Callable[[], Plane] | None) -> Sprite:
    if layer.shadow is None:
        raise ValueError("only a layer with a shadow has one to draw")
    rect = layer.rect
    mask = picture_mask("rect", rect.width, rect.height, 0) if make_mask is None else make_mask()
    return shade_sprite(mask, layer.shadow, rect.x, rect.y)
