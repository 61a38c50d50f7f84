"""From the layers of the document to their painters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import partial
from pathlib import Path
from typing import assert_never

from reelwright.reels.exact_time import to_frame
from reelwright.reels.reel import Art as Ornament
from reelwright.reels.reel import Fill, Layer, Marquee, Picture, ProgressBar, Rect, Reel, Rule, Scrim, Shade, Stroke, Text
from reelwright.rendering.art import draw_art
from reelwright.rendering.fonts import FontShelf
from reelwright.rendering.marquee import MarqueePainter
from reelwright.rendering.painters import Art, Clock, Flat, Painter
from reelwright.rendering.picture_layer import PictureWorkshop
from reelwright.rendering.planes import code_of
from reelwright.rendering.posing import Stance
from reelwright.rendering.progress import ProgressPainter
from reelwright.rendering.shades import shade_sprite
from reelwright.rendering.shapes import band, rounded_mask
from reelwright.rendering.sprites import Sprite, place_mask
from reelwright.rendering.stroke import StrokePainter
from reelwright.rendering.text_layer import draw_text, draw_typed, draw_words, find_middle
from reelwright.rendering.type_painters import Typed, Words
from reelwright.rendering.weaving import WeavingPainter

DESIGN_WIDTH = 1080
RISE_EMS, MASK_EMS = 1.12, 0.30
FALLING_ART = frozenset({"pin"})


@dataclass(frozen=True)
class Life:
    """When a clip or an overlay is on screen, joins included, as exact seconds of the reel. ``start`` is where its own time is 0."""

    start: Fraction
    shown_from: Fraction
    shown_until: Fraction


@dataclass
class Workshop:
    """What painters are made with: the reel, its files, typefaces and looks."""

    reel: Reel
    files: Mapping[str, Path]
    shelf: FontShelf
    _pictures: list[PictureWorkshop] = field(default_factory=list)

    @property
    def canvas(self) -> tuple[int, int]:
        return self.reel.canvas.width, self.reel.canvas.height

    @property
    def factor(self) -> float:
        """Canvas pixels for one pixel of the design, whose shorter side is 1080."""
        return min(self.canvas) / DESIGN_WIDTH

    def make_painters(self, layers: tuple[Layer, ...], life: Life) -> list[Painter]:
        """The layers' painters from bottom to top. A picture that fills the canvas brings the look's vignette with it."""
        painters: list[Painter] = []
        for layer in layers:
            clock, stance = self._clock(layer, life), self._stance(layer)
            if isinstance(layer, Picture):
                painters.extend(self._make_pictures().make_painters(layer, clock, stance))
            elif isinstance(layer, Fill):
                painters.extend(self._make_fill(layer, clock, stance))
            else:
                painters.append(self._make_drawn(layer, clock, stance))
        return painters

    def _make_pictures(self) -> PictureWorkshop:
        if not self._pictures:
            self._pictures.append(PictureWorkshop(self.reel, self.files))
        return self._pictures[0]

    def _clock(self, layer: Layer, life: Life) -> Clock:
        """A layer that begins with its clip is there from the join's first frame, one that ends with it to the join's last."""
        rate = self.reel.canvas.frame_rate
        first = life.shown_from if layer.start <= 0 else life.start + layer.start
        last = life.shown_until if layer.end is None else min(life.shown_until, life.start + layer.end)
        return Clock(float(life.start + layer.start), to_frame(first, rate), to_frame(last, rate), float(1 / rate))

    def _stance(self, layer: Layer) -> Stance:
        pivot = None if layer.pivot is None else (float(layer.pivot.x), float(layer.pivot.y))
        stance = Stance(layer.rotation, layer.wobble, pivot, factor=self.factor)
        if isinstance(layer, Text):
            bottom = layer.y + MASK_EMS * layer.size if layer.box is None else layer.y + layer.box.padding_y
            return Stance(layer.rotation, layer.wobble, pivot, RISE_EMS * layer.size, bottom, blinks=layer.blink, factor=self.factor)
        if isinstance(layer, (Fill, Rule)):
            return Stance(layer.rotation, layer.wobble, pivot, layer.rect.height, layer.rect.y + layer.rect.height, factor=self.factor)
        if isinstance(layer, Ornament):
            return Stance(layer.rotation, layer.wobble, pivot, falls=layer.name in FALLING_ART, factor=self.factor)
        return stance

    def _make_drawn(self, layer: Text | Rule | Scrim | Ornament | Stroke | Marquee | ProgressBar, clock: Clock, stance: Stance) -> Painter:
        match layer:
            case Text():
                return self._make_text(layer, clock, stance)
            case Scrim():
                return Art(clock, layer.entry, partial(_draw_scrim, layer, self.canvas[1]), stance)
            case Rule():
                return Art(clock, layer.entry, partial(_draw_rule, layer), stance, partial(_middle_of, layer.rect))
            case Ornament() if layer.weave:
                return WeavingPainter(clock, layer, partial(draw_art, layer), stance)
            case Ornament():
                return Art(clock, layer.entry, partial(draw_art, layer), stance, partial(_middle_of, layer.rect))
            case Stroke():
                return StrokePainter(clock, layer, stance)
            case Marquee():
                return MarqueePainter(clock, layer, self.canvas, self.shelf, stance)
            case ProgressBar():
                return ProgressPainter(clock, layer, self.canvas)
            case _:
                assert_never(layer)

    def _make_fill(self, layer: Fill, clock: Clock, stance: Stance) -> list[Painter]:
        """The fill above its shadow, if it has one."""
        rect = (layer.rect.x, layer.rect.y, layer.rect.width, layer.rect.height)
        is_plain = layer.entry.kind == "none" and layer.opacity == 1 and not layer.radius
        if is_plain and layer.shadow is None and not layer.rotation and not layer.wobble:
            return [Flat(clock, rect, code_of(layer.colour), self.canvas)]
        middle = partial(_middle_of, layer.rect)
        fill = Art(clock, layer.entry, partial(_draw_fill, layer), stance, middle)
        if layer.shadow is None:
            return [fill]
        return [Art(clock, layer.entry, partial(_draw_fill_shade, layer, layer.shadow), replace(stance, body=rect), middle), fill]

    def _make_text(self, layer: Text, clock: Clock, stance: Stance) -> Painter:
        middle = partial(find_middle, self.shelf, layer)
        if layer.entry.kind == "light_up":
            return Words(clock, layer.entry, partial(draw_words, self.shelf, layer), len(layer.text.split()), middle, stance)
        if layer.entry.kind == "type":
            return Typed(clock, layer.entry, partial(draw_typed, self.shelf, layer), stance)
        return Art(clock, layer.entry, partial(draw_text, self.shelf, layer), stance, middle)


def _middle_of(rect: Rect) -> tuple[float, float]:
    return rect.x + rect.width / 2, rect.y + rect.height / 2


def _draw_scrim(layer: Scrim, canvas_height: int) -> Sprite:
    rect = layer.rect
    return band(rect.x, rect.y, rect.width, rect.height, layer.feather, layer.colour, layer.opacity, canvas_height)


def _draw_fill(layer: Fill) -> Sprite:
    rect = layer.rect
    return place_mask(rounded_mask(rect.width, rect.height, layer.radius), layer.colour, rect.x, rect.y, layer.opacity)


def _draw_fill_shade(layer: Fill, shade: Shade) -> Sprite:
    rect = layer.rect
    return shade_sprite(rounded_mask(rect.width, rect.height, layer.radius), shade, rect.x, rect.y, layer.opacity)


def _draw_rule(layer: Rule) -> Sprite:
    rect = layer.rect
    return place_mask(rounded_mask(rect.width, rect.height, 0), layer.colour, rect.x, rect.y, layer.opacity)
