"""The cover's light: a picture too dark or too bright for a thumbnail is lifted or dimmed until every crop is well lit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from pathlib import Path

import numpy as np

from reelwright.reels.cover_crops import crop_rect, list_crops
from reelwright.reels.reel import Layer, Picture, Reel, Track
from reelwright.reels.scale_reel import scale_reel
from reelwright.reels.shape_areas import shape_of
from reelwright.rendering.compose import Composer
from reelwright.rendering.planes import BLACK_CODE, LUMA_STEPS, Plane

LEAST_LUMA, MOST_LUMA = 0.27, 0.73
"""Of the mean of a crop: a little inside what the delivery gate allows."""

STOPS = (0.2, 0.4, 0.6, 0.8, 1.0, 1.25, 1.5, 1.8, 2.2, 2.6, 3.0)
DIMMER = (0.95, 0.9, 0.85, 0.8, 0.75, 0.7, 0.65, 0.6, 0.55, 0.5)
MEASURED_SIDE = 270


def light_cover(cover: Reel, files: Mapping[str, Path]) -> Reel:
    """A cover (a reel of one shot) with its pictures as much lighter or darker as it needs. Raises RenderFailed."""
    lights = _lights_of(cover, files)
    tries: Iterable[tuple[float, float]] = ()
    if min(lights) < LEAST_LUMA:
        tries = ((stops, 1.0) for stops in STOPS)
    elif max(lights) > MOST_LUMA:
        tries = ((0.0, brightness) for brightness in DIMMER)
    best = cover
    for stops, brightness in tries:
        lit = _lit(cover, stops, brightness)
        lights = _lights_of(lit, files)
        if max(lights) > MOST_LUMA and stops:
            break
        best = lit
        if min(lights) >= LEAST_LUMA and max(lights) <= MOST_LUMA:
            break
    return best


def _lit(cover: Reel, stops: float, brightness: float) -> Reel:
    clip = cover.tracks[0].clips[0]
    layers = tuple(_lit_layer(layer, stops, brightness) for layer in clip.layers)
    return cover.model_copy(update={"tracks": (Track(clips=(clip.model_copy(update={"layers": layers}),)),)})


def _lit_layer(layer: Layer, stops: float, brightness: float) -> Layer:
    """Beyond what a film's pictures may be changed: a still in a thumbnail has no neighbours."""
    if not isinstance(layer, Picture):
        return layer
    return layer.model_copy(update={"exposure": round(layer.exposure + stops, 3), "brightness": round(layer.brightness * brightness, 3)})


def _lights_of(cover: Reel, files: Mapping[str, Path]) -> list[float]:
    """The mean luma of the whole and of every crop, 0..1, drawn small."""
    side = min(cover.canvas.width, cover.canvas.height)
    small = scale_reel(cover, 2 * round(cover.canvas.width * MEASURED_SIDE / side / 2)) if side > MEASURED_SIDE else cover
    with Composer(small, files) as composer:
        luma = composer.frame(0).y
    return [_mean(luma), *(_mean(part) for part in _cuts_of(luma))]


def _cuts_of(luma: Plane) -> list[Plane]:
    height, width = luma.shape[:2]
    rects = [crop_rect(width, height, Fraction(crop.rect.width, crop.rect.height)) for crop in list_crops(shape_of(width, height))]
    return [luma[rect.y : rect.y + rect.height, rect.x : rect.x + rect.width] for rect in rects]


def _mean(luma: Plane) -> float:
    return float((np.mean(luma) - BLACK_CODE) / LUMA_STEPS)
