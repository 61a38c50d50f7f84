"""From the layers of the document to their painters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import partial
from pathlib import Path
from typing import assert_never

from reelwright.kit.errors import RenderFailed
from reelwright.reels.exact_time import to_frame
from reelwright.reels.reel import Art as Ornament
from reelwright.reels.reel import Fill, Layer, Marquee, MediaReference, Picture, ProgressBar, Reel, Rule, Scrim, Stroke, Text
from reelwright.rendering.decode import ClipReader
from reelwright.rendering.fonts import FontShelf, is_right_to_left
from reelwright.rendering.look import Look, make_look
from reelwright.rendering.motion import Camera, seen_region
from reelwright.rendering.moving import Moving
from reelwright.rendering.painters import Art, Clock, Flat, Painter, Words, is_full
from reelwright.rendering.pictures import PicturePainter, Source, VignettePainter
from reelwright.rendering.planes import code_of
from reelwright.rendering.shapes import band, rounded_mask, vignette
from reelwright.rendering.sprites import Sprite, colour_mask, place_ink
from reelwright.rendering.still import Still
from reelwright.rendering.text import Shadow, Style, draw_line, fit_size, measure_line

RISE_EMS, MASK_EMS = 1.12, 0.30


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
    _looks: dict[tuple[str | None, float, float, float], Look] = field(default_factory=dict)

    @property
    def canvas(self) -> tuple[int, int]:
        return self.reel.canvas.width, self.reel.canvas.height

    def make_painters(self, layers: tuple[Layer, ...], life: Life) -> list[Painter]:
        """The layers' painters from bottom to top. A picture that fills the canvas brings the look's vignette with it."""
        painters: list[Painter] = []
        for layer in layers:
            clock = self._clock(layer, life)
            if isinstance(layer, Picture):
                painters.extend(self._make_picture(layer, clock))
            else:
                painters.append(self._make_drawn(layer, clock))
        return painters

    def _clock(self, layer: Layer, life: Life) -> Clock:
        """A layer that begins with its clip is there from the join's first frame, one that ends with it to the join's last."""
        rate = self.reel.canvas.frame_rate
        first = life.shown_from if layer.start <= 0 else life.start + layer.start
        last = life.shown_until if layer.end is None else min(life.shown_until, life.start + layer.end)
        return Clock(float(life.start + layer.start), to_frame(first, rate), to_frame(last, rate), float(1 / rate))

    def _make_drawn(self, layer: Fill | Text | Rule | Scrim | Ornament | Stroke | Marquee | ProgressBar, clock: Clock) -> Painter:
        if isinstance(layer, Text):
            return self._make_text(layer, clock)
        if isinstance(layer, (Ornament, Stroke, Marquee, ProgressBar)):
            raise RenderFailed(f"Layers of kind “{layer.kind}” cannot be drawn yet.")
        rect = (layer.rect.x, layer.rect.y, layer.rect.width, layer.rect.height)
        if isinstance(layer, Scrim):
            return Art(clock, layer.entry, partial(_draw_scrim, layer, self.canvas[1]))
        if isinstance(layer, Fill):
            if layer.entry.kind == "none" and layer.opacity == 1 and not layer.radius:
                return Flat(clock, rect, code_of(layer.colour), self.canvas)
            return Art(clock, layer.entry, partial(_draw_box, rect, layer.colour, layer.opacity, layer.radius), mask_bottom=rect[1] + rect[3])
        if isinstance(layer, Rule):
            return Art(clock, layer.entry, partial(_draw_box, rect, layer.colour, layer.opacity, 0), mask_bottom=rect[1] + rect[3])
        assert_never(layer)

    def _make_text(self, layer: Text, clock: Clock) -> Painter:
        if layer.entry.kind == "light_up":
            return Words(clock, layer.entry, partial(self._draw_words, layer), len(layer.text.split()))
        em = RISE_EMS * layer.size
        return Art(clock, layer.entry, partial(self._draw_text, layer), em, layer.y + MASK_EMS * layer.size)

    def _style(self, layer: Text) -> Style:
        shadow = Shadow(layer.shadow, layer.size * 0.16, 2) if layer.shadow else None
        wish = Style(layer.font, layer.size, layer.colour, layer.tracking, shadow, layer.opacity)
        size = layer.size if layer.max_width is None else fit_size(self.shelf, layer.text, wish, layer.max_width)
        return Style(layer.font, size, layer.colour, layer.tracking * size / layer.size, shadow, layer.opacity)

    def _draw_text(self, layer: Text) -> Sprite | None:
        style = self._style(layer)
        width = measure_line(self.shelf, layer.text, style)
        return draw_line(self.shelf, layer.text, style, _left_edge(layer, width), layer.y)

    def _draw_words(self, layer: Text) -> list[Sprite]:
        style = self._style(layer)
        words = layer.text.split()
        line = measure_line(self.shelf, layer.text, style)
        left, is_rtl = _left_edge(layer, line), is_right_to_left(layer.text)
        sprites = []
        for number, word in enumerate(words):
            before = measure_line(self.shelf, " ".join([*words[:number], word]), style) - measure_line(self.shelf, word, style)
            x = left + line - before - measure_line(self.shelf, word, style) if is_rtl else left + before
            sprite = draw_line(self.shelf, word, style, x, layer.y)
            if sprite is not None:
                sprites.append(sprite)
        return sprites

    def _make_picture(self, layer: Picture, clock: Clock) -> list[Painter]:
        media = self.reel.media[layer.media_id]
        rect = (layer.rect.x, layer.rect.y, layer.rect.width, layer.rect.height)
        ends = clock.seconds(clock.first), clock.seconds(max(clock.first, clock.last - 1))
        camera = Camera(layer.motion, rect[2:], (media.width, media.height), *ends)
        time_of = partial(_source_seconds, float(layer.source_start), float(layer.speed)) if media.kind == "video" else None
        make = partial(self._open, layer, media, camera, clock)
        painter = PicturePainter(clock, layer.entry, camera, rect, self.canvas, make, time_of, layer.opacity, layer.radius)
        look = self._look(layer)
        if layer.is_graded and look.vignette and is_full(rect, self.canvas):
            return [painter, VignettePainter(painter, partial(vignette, *self.canvas, look.vignette))]
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


def _left_edge(layer: Text, width: float) -> float:
    return layer.x - {"left": 0.0, "centre": width / 2, "right": width}[layer.align]


def _draw_scrim(layer: Scrim, canvas_height: int) -> Sprite:
    rect = layer.rect
    return band(rect.x, rect.y, rect.width, rect.height, layer.feather, layer.colour, layer.opacity, canvas_height)


def _draw_box(rect: tuple[int, int, int, int], colour: str, opacity: float, radius: int) -> Sprite:
    x, y, width, height = rect
    return place_ink(colour_mask(rounded_mask(width, height, radius), colour, opacity), x, y)
