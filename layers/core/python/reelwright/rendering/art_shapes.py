"""Ornaments with a clear outline: pin, sparkle, burst, quote mark, ring, underline, dotted wave."""

from __future__ import annotations

import math

import numpy as np

from reelwright.reels.reel import Art
from reelwright.rendering.pen import Path, arc, curve, fill_discs, fill_paths, stroke_path, walk
from reelwright.rendering.sprites import Ink, colour_mask, stack_inks

BURST_TEETH, BURST_DEPTH = 22, 0.115
SPARKLE_POWER = 0.52
QUOTE_WIDTH, QUOTE_PITCH = 1.62, 0.86
RING_SHARE = 0.035
WAVE_DOT_SHARE, WAVE_PITCH_DOTS, WAVE_LENGTHS = 0.07, 1.9, 1.5


def _size(layer: Art) -> tuple[int, int]:
    return layer.rect.width, layer.rect.height


def draw_pin(layer: Art) -> Ink:
    """A map pin: a disc that runs down into a point, with a hole, or a ``second`` colour in it."""
    width, height = _size(layer)
    radius = min(width * 0.5, height * 0.36) * 0.98
    x, y, tip = width / 2, height * 0.02 + radius, height * 0.985
    side = 0.86 * radius
    left, right = (x - side, y + math.sqrt(radius**2 - side**2)), (x + side, y + math.sqrt(radius**2 - side**2))
    down = curve(right, (x + side * 0.72, right[1] + radius * 0.52), (x + radius * 0.16, tip - radius * 0.42), (x, tip))
    up = curve((x, tip), (x - radius * 0.16, tip - radius * 0.42), (x - side * 0.72, left[1] + radius * 0.52), left)
    turn = math.degrees(math.asin((left[1] - y) / radius))
    outline = np.concatenate([arc((x, y), radius, 180 - turn, 360 + turn), down, up])
    hole = arc((x, y), radius * 0.40, 0, 360)
    body = colour_mask(fill_paths((width, height), [outline, hole]), layer.colour)
    if layer.second is None:
        return body
    return stack_inks(body, colour_mask(fill_paths((width, height), [arc((x, y), radius * 0.405, 0, 360)]), layer.second))


def draw_sparkle(layer: Art) -> Ink:
    """A star of four long points."""
    width, height = _size(layer)
    angles = np.linspace(0, 2 * math.pi, 241)
    across = np.sign(np.cos(angles)) * np.abs(np.cos(angles)) ** (2 / SPARKLE_POWER)
    down = np.sign(np.sin(angles)) * np.abs(np.sin(angles)) ** (2 / SPARKLE_POWER)
    outline = np.column_stack([width / 2 * (1 + 0.98 * across), height / 2 * (1 + 0.98 * down)])
    return colour_mask(fill_paths((width, height), [outline]), layer.colour)


def draw_burst(layer: Art) -> Ink:
    """A round sticker with soft teeth."""
    width, height = _size(layer)
    angles = np.linspace(0, 2 * math.pi, BURST_TEETH * 32, endpoint=False)
    wave = np.cos(BURST_TEETH * angles)
    tooth = np.sign(wave) * np.abs(wave) ** 0.8
    reach = 0.985 * (1 - BURST_DEPTH / 2 + BURST_DEPTH / 2 * tooth)
    outline = np.column_stack([width / 2 * (1 + reach * np.sin(angles)), height / 2 * (1 - reach * np.cos(angles))])
    return colour_mask(fill_paths((width, height), [outline]), layer.colour)


def draw_quote_mark(layer: Art) -> Ink:
    """Two opening marks, each a ball with a tail that curls up to the right."""
    width, height = _size(layer)
    unit = min(width / QUOTE_WIDTH, float(height))
    paths = [_comma(unit, offset) for offset in (0.0, unit * QUOTE_PITCH)]
    return colour_mask(fill_paths((width, height), paths), layer.colour)


def _comma(unit: float, left: float) -> Path:
    """One opening mark, ``unit`` high."""
    ball = arc((0.325, 0.705), 0.290, -58, 180, 120)
    outer = curve((0.035, 0.705), (0.035, 0.400), (0.250, 0.105), (0.690, 0.006))
    tip = curve((0.690, 0.006), (0.730, -0.002), (0.752, 0.050), (0.716, 0.068))
    inner = curve((0.716, 0.068), (0.520, 0.165), (0.405, 0.275), (0.372, 0.425))
    neck = curve((0.372, 0.425), (0.400, 0.428), (0.440, 0.440), (0.4787, 0.459))
    outline: Path = np.concatenate([outer, tip, inner, neck, ball]) * unit + (left, 0.0)
    return outline


def draw_ring(layer: Art) -> Ink:
    """A circle's line."""
    width, height = _size(layer)
    radius = min(width, height) / 2 - 1
    thick = max(2.0, RING_SHARE * 2 * radius)
    centre = width / 2, height / 2
    return colour_mask(fill_paths((width, height), [arc(centre, radius, 0, 360, 360), arc(centre, radius - thick, 0, 360, 360)]), layer.colour)


def draw_underline(layer: Art) -> Ink:
    """A stroke of a brush pen: quick, a little bent, thicker in its first half."""
    width, height = _size(layer)
    random = np.random.default_rng(layer.seed)
    u = np.linspace(0, 1, 200)
    bend, waver = random.uniform(0.75, 1.0), random.uniform(0, 6)
    y = height * (0.62 - 0.30 * u + bend * 0.20 * np.sin(math.pi * u) + 0.025 * np.sin(7 * u + waver))
    pressure = np.interp(u, [0, 0.04, 0.22, 0.6, 0.9, 1], [0.62, 0.80, 1.0, 0.78, 0.42, 0.16]) * (1 + 0.05 * np.sin(23 * u + waver))
    thick = 0.34 * height
    path = np.column_stack([thick / 2 + u * (width - thick), y])
    return colour_mask(stroke_path((width, height), path, np.maximum(1.5, thick * pressure)), layer.colour)


def draw_wave(layer: Art) -> Ink:
    """A dotted wave from edge to edge."""
    width, height = _size(layer)
    dot = max(4.0, min(14.0, WAVE_DOT_SHARE * height))
    x = np.linspace(-dot, width + dot, 400)
    y = height / 2 - (height / 2 - dot) * np.sin(2 * math.pi * WAVE_LENGTHS * x / width + math.pi)
    centres = walk(np.column_stack([x, y]), WAVE_PITCH_DOTS * dot)
    return colour_mask(fill_discs((width, height), centres, dot / 2), layer.colour)
