"""Ornaments with a texture: stamp, tape, film, map lines, paper."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from reelwright.reels.reel import Art
from reelwright.rendering.pen import Path, arc, fill_paths
from reelwright.rendering.planes import Plane
from reelwright.rendering.shapes import rounded_mask
from reelwright.rendering.sprites import Ink, colour_mask, stack_inks

Field = npt.NDArray[np.float32]

STAMP_DESIGN, STAMP_OUTER, STAMP_INNER, STAMP_GAP = 320, 9, 4, 17
FILM_WIDTH, FILM_HEIGHT = 1080, 1920
FILM_WINDOW, FILM_RADIUS = (96, 180, 888, 1560), 34
FILM_HOLE, FILM_HOLE_RADIUS, FILM_PITCH, FILM_EDGE = (44, 58), 12, 116, 26
FILM_HOLE_COLOUR = "#2A251E"
TAPE_OPACITY = 0.62
CONTOUR_LEVELS, CONTOUR_WIDTH = 5.5, 2.8
CONTOUR_CELLS = 270
PAPER_SIGMA, PAPER_TILE = 3.2, 512


def draw_stamp_ring(layer: Art) -> Ink:
    """Two rings of a rubber stamp, inked unevenly."""
    width, height = layer.rect.width, layer.rect.height
    unit = min(width, height) / STAMP_DESIGN
    outer, centre = min(width, height) / 2 - 1, (width / 2, height / 2)
    inner = outer - (STAMP_OUTER + STAMP_GAP) * unit
    rings = [(outer, STAMP_OUTER * unit), (inner, STAMP_INNER * unit)]
    paths = [arc(centre, radius, 0, 360, 360) for ring in rings for radius in (ring[0], ring[0] - ring[1])]
    mask = fill_paths((width, height), paths)
    return colour_mask(worn(mask, layer.seed, unit), layer.colour)


def worn(mask: Plane, seed: int, unit: float) -> Plane:
    """The mask as if printed by a stamp: patches with less ink, and small holes."""
    height, width = mask.shape[:2]
    patches = value_noise(seed, width, height, 46 * unit)
    grain = value_noise(seed + 1, width, height, max(2.2, 3.4 * unit))
    ink = np.clip(0.78 + 0.5 * patches, 0.35, 1) * np.clip(1.25 + 1.1 * grain + 0.6 * patches, 0, 1)
    printed: Plane = np.round(mask.astype(np.float32) * ink).astype(np.uint8)
    return printed


def value_noise(seed: int, width: int, height: int, cell: float) -> Field:
    """Smooth noise, about -1..1, whose bumps are ``cell`` pixels wide."""
    random = np.random.default_rng(seed)
    step = max(1, round(cell))
    small = random.uniform(-1, 1, (height // step + 4, width // step + 4)).astype(np.float32)
    big = cv2.resize(small, None, fx=step, fy=step, interpolation=cv2.INTER_CUBIC)
    return np.asarray(big[step : step + height, step : step + width], np.float32)


def draw_tape(layer: Art) -> Ink:
    """A strip of translucent tape, torn at both ends."""
    width, height = layer.rect.width, layer.rect.height
    random = np.random.default_rng(layer.seed)
    ends = [_torn_edge(random, height, min(height * 0.10, width * 0.06)) for _ in range(2)]
    left, right = ends[0], (ends[1] * (-1, 1) + (width, 0))[::-1]
    shape = fill_paths((width, height), [np.concatenate([left, right])])
    streaks = value_noise(layer.seed + 5, width, 1, max(4.0, width / 22))
    body = TAPE_OPACITY + 0.045 * streaks + 0.06 * value_noise(layer.seed + 6, width, height, height * 0.6)
    margin = max(1, height // 24)
    body[:margin] += 0.10
    body[-margin:] += 0.10
    return colour_mask(np.round(shape * np.clip(body, 0, 1)).astype(np.uint8), layer.colour)


def _torn_edge(random: np.random.Generator, height: int, depth: float) -> Path:
    """The teeth of a tape cutter, none like the other, from top to bottom."""
    count = max(7, round(height / max(4.0, depth)) | 1)
    y = np.linspace(0, height, count) + np.concatenate([[0], random.uniform(-0.25, 0.25, count - 2) * height / count, [0]])
    x = depth * np.where(np.arange(count) % 2, random.uniform(0.65, 1.0, count), random.uniform(0.0, 0.3, count))
    return np.column_stack([x, y])


def draw_film_frame(layer: Art) -> Ink:
    """Film: opaque but for a rounded window, with perforations along both edges."""
    width, height = layer.rect.width, layer.rect.height
    across, down = width / FILM_WIDTH, height / FILM_HEIGHT
    x, y, w, h = (round(value * k / 2) * 2 for value, k in zip(FILM_WINDOW, (across, down, across, down), strict=True))
    body = np.full((height, width), 255, np.uint8)
    body[y : y + h, x : x + w] = cv2.bitwise_not(rounded_mask(w, h, round(FILM_RADIUS * across)))
    return stack_inks(colour_mask(body, layer.colour), colour_mask(_holes(width, height), layer.second or FILM_HOLE_COLOUR))


def draw_film_holes(layer: Art) -> Ink:
    """The perforations of a film alone."""
    return colour_mask(_holes(layer.rect.width, layer.rect.height), layer.colour)


def _holes(width: int, height: int) -> Plane:
    """Two columns of holes; two rows where the film lies on its side."""
    if width > height:
        return np.ascontiguousarray(_holes(height, width).T)
    unit = width / FILM_WIDTH
    w, h = (max(2, round(value * unit)) for value in FILM_HOLE)
    hole = rounded_mask(w, h, round(FILM_HOLE_RADIUS * unit))
    mask = np.zeros((height + 2 * h, width), np.uint8)
    edge, pitch = round(FILM_EDGE * unit), FILM_PITCH * unit
    for number in range(int(height / pitch) + 2):
        top = round(number * pitch - h / 2) + h
        for left in (edge, width - edge - w):
            if top >= 0 and top + h <= mask.shape[0]:
                mask[top : top + h, left : left + w] = hole
    return np.ascontiguousarray(mask[h : h + height])


def draw_contours(layer: Art) -> Ink:
    """The height lines of a map of nowhere."""
    width, height = layer.rect.width, layer.rect.height
    unit = min(width, height) / FILM_WIDTH
    half_w, half_h, cell = (width + 1) // 2, (height + 1) // 2, CONTOUR_CELLS * unit / 2
    level = (value_noise(layer.seed, half_w, half_h, cell) + 0.30 * value_noise(layer.seed + 1, half_w, half_h, cell / 2)) * (CONTOUR_LEVELS / 2)
    across, down = cv2.Sobel(level, cv2.CV_32F, 1, 0, scale=1 / 16), cv2.Sobel(level, cv2.CV_32F, 0, 1, scale=1 / 16)
    steep = np.maximum(cv2.magnitude(across, down), np.float32(1e-4))
    fine, slope = (np.asarray(cv2.resize(field, (width, height), interpolation=cv2.INTER_LINEAR), np.float32) for field in (level, steep))
    away = np.abs(fine - np.floor(fine) - np.float32(0.5)) / slope
    reach = CONTOUR_WIDTH * unit / 2 + 0.5
    line = cv2.convertScaleAbs(np.minimum(away, np.float32(reach)), None, -255, 255 * reach)
    return colour_mask(line, layer.colour)


def draw_noise(layer: Art) -> Ink:
    """The grain of paper: dark specks in ``colour``, light ones in ``second``."""
    width, height = layer.rect.width, layer.rect.height
    random = np.random.default_rng(layer.seed)
    raw = random.standard_normal((PAPER_TILE, PAPER_TILE)).astype(np.float32)
    tile = np.asarray(cv2.GaussianBlur(raw, (0, 0), 0.7), np.float32) * np.float32(2.2 * PAPER_SIGMA)
    repeats = -(-height // PAPER_TILE), -(-width // PAPER_TILE)
    grain = np.tile(np.clip(np.round(tile), -127, 127).astype(np.int8), repeats)[:height, :width]
    dark = colour_mask(np.maximum(grain, 0).astype(np.uint8), layer.colour)
    if layer.second is None:
        return dark
    return stack_inks(dark, colour_mask(np.maximum(-grain, 0).astype(np.uint8), layer.second))
