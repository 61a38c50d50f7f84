"""Ornaments by name: each is drawn by rule at any size."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from reelwright.reels.reel import Art, ArtName
from reelwright.rendering.art_shapes import draw_burst, draw_pin, draw_quote_mark, draw_ring, draw_sparkle, draw_underline, draw_wave
from reelwright.rendering.art_stuff import draw_contours, draw_film_frame, draw_film_holes, draw_noise, draw_stamp_ring, draw_tape
from reelwright.rendering.sprites import Ink, Sprite, fade_ink, place_ink

Drawer = Callable[[Art], Ink]

DRAWERS: Mapping[ArtName, Drawer] = {
    "pin": draw_pin,
    "sparkle": draw_sparkle,
    "burst": draw_burst,
    "stamp_ring": draw_stamp_ring,
    "quote_mark": draw_quote_mark,
    "tape": draw_tape,
    "film_frame": draw_film_frame,
    "film_holes": draw_film_holes,
    "contours": draw_contours,
    "wave": draw_wave,
    "underline": draw_underline,
    "ring": draw_ring,
    "noise": draw_noise,
}


def draw_art(layer: Art) -> Sprite:
    """The ornament as a sprite that fills its rectangle."""
    return place_ink(fade_ink(DRAWERS[layer.name](layer), layer.opacity), layer.rect.x, layer.rect.y)
