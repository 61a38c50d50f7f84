"""Holds the finished cover against what platforms cut out of it: title and faces whole, neither black nor burnt out, and readable small."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import cv2
import numpy as np

from reelwright.kit.errors import GateFailed
from reelwright.reels.cover_crops import list_crops, title_area
from reelwright.reels.geometry import Area, area_of
from reelwright.reels.reel import SHAPES, Reel, Shape, Text
from reelwright.reels.shape_areas import shape_of
from reelwright.reels.type_fit import cap_height
from reelwright.rendering.contrast_of_type import LEAST_LARGE, measure_contrast, reach_of_ground
from reelwright.rendering.cover import compose_cover
from reelwright.rendering.fonts import FontShelf
from reelwright.rendering.gate_report import GateRow
from reelwright.rendering.ink_of_type import draw_layers_ink
from reelwright.rendering.planes import Plane
from reelwright.rendering.text_layer import set_line

LUMA_BOUNDS = (0.25, 0.75)
THUMBNAIL_PIXELS, LEAST_CAPITALS = 230, 9.0
"""In a thumbnail so wide capitals are at least so high, pixels."""

AREA_TOLERANCE, CROP_TOLERANCE = 6, 4
CROP_WORDS = {"cover_grid": "3:4", "cover_feed": "4:5", "cover_square": "1:1"}
_BLUE_GREEN_RED = np.array((0.0722, 0.7152, 0.2126), np.float32)
_INKED = 0.5


def check_cover(reel: Reel, cover: Path) -> list[GateRow]:
    """Rows on the cover that was drawn (JPEG), by where its title really stands. Raises GateFailed where it cannot be read."""
    image = cv2.imread(str(cover))
    if image is None:
        raise GateFailed("The cover cannot be read.")
    still, shape = compose_cover(reel), shape_of(reel.canvas.width, reel.canvas.height)
    lines = [layer for layer in still.tracks[0].clips[0].layers if isinstance(layer, Text)]
    share = SHAPES[shape][0] / reel.canvas.width
    faces = [_times(area_of(rect), share) for rect in (reel.cover.kept if reel.cover else ())]
    inks = [_fit(draw_layers_ink(still, [line]), image) for line in lines]
    title = _box_of(np.maximum.reduce(inks), SHAPES[shape][0] / image.shape[1]) if inks else None
    rows = [] if title is None and not faces else [_check_crops(title, faces, shape)]
    rows.append(_check_light(image, shape))
    if title is not None:
        rows += [_check_place(title, shape), _check_reading(image, still, lines, inks)]
    return rows


def _check_crops(title: Area | None, kept: Sequence[Area], shape: Shape) -> GateRow:
    """Title and faces in every cut."""
    wanted = [*kept, *([] if title is None else [title])]
    crops = _crops_of(shape)
    whole = [name for name, crop in crops.items() if all(crop.grown(CROP_TOLERANCE).holds(area) for area in wanted)]
    return GateRow(
        name="cover in every crop",
        value=f"title and faces whole in {', '.join(whole) or 'none'}",
        bound=", ".join(crops),
        passed=len(whole) == len(crops),
        sentence="Wherever a platform crops the cover, its title and faces stay whole.",
    )


def _check_place(title: Area, shape: Shape) -> GateRow:
    area = title_area(shape)
    return GateRow(
        name="cover's title",
        value=f"x {title.left:.0f} to {title.right:.0f}, y {title.top:.0f} to {title.bottom:.0f}",
        bound=f"x {area.left:.0f} to {area.right:.0f}, y {area.top:.0f} to {area.bottom:.0f}",
        passed=area.grown(AREA_TOLERANCE).holds(title),
        sentence="The cover's title stands clear of every edge, measured where it was drawn.",
    )


def _check_light(image: Plane, shape: Shape) -> GateRow:
    """The mean luma of the whole cover and of every cut."""
    share = image.shape[1] / SHAPES[shape][0]
    lights = {name: _light_of(image, _times(crop, share)) for name, crop in _crops_of(shape).items()}
    low, high = LUMA_BOUNDS
    return GateRow(
        name="cover's light",
        value=f"{min(lights.values()):.2f} to {max(lights.values()):.2f}",
        bound=f"{low} to {high}",
        passed=all(low <= round(light, 2) <= high for light in lights.values()),
        sentence="The cover is neither dark nor burnt out, in every crop.",
    )


def _check_reading(image: Plane, still: Reel, lines: Sequence[Text], inks: Sequence[Plane]) -> GateRow:
    factor = min(image.shape[:2]) / min(SHAPES["9:16"])
    scale = image.shape[1] / still.canvas.width
    shelf, everything = FontShelf(still.language), np.maximum.reduce(list(inks))
    ratios = [
        measure_contrast(
            image, ink, everything, reach_of_ground(line.stroke * scale, line.size * scale, factor, is_boxed=line.box is not None), line.colour, factor
        )
        for line, ink in zip(lines, inks, strict=True)
    ]
    least = min((ratio for ratio in ratios if ratio is not None), default=0.0)
    sizes = [(line, set_line(shelf, line).style.size) for line in lines]
    capitals = min(cap_height(line.font, size) for line, size in sizes) * THUMBNAIL_PIXELS / still.canvas.width
    return GateRow(
        name="cover's title can be read",
        value=f"{least:.1f} : 1, capitals {capitals:.0f} px in a thumbnail",
        bound=f"{LEAST_LARGE:.0f} : 1, {LEAST_CAPITALS:.0f} px of {THUMBNAIL_PIXELS}",
        passed=least >= LEAST_LARGE and capitals >= LEAST_CAPITALS,
        sentence="The cover's title can be read, also in a small thumbnail.",
    )


def _crops_of(shape: Shape) -> Mapping[str, Area]:
    """The whole cover and its cuts by their proportions, pixels of the shape's design."""
    width, height = SHAPES[shape]
    return {shape: Area(0, 0, width, height)} | {CROP_WORDS[crop.name]: area_of(crop.rect) for crop in list_crops(shape)}


def _times(area: Area, factor: float) -> Area:
    return Area(*(edge * factor for edge in area))


def _light_of(image: Plane, area: Area) -> float:
    part = image[round(area.top) : round(area.bottom), round(area.left) : round(area.right)]
    return float(part.reshape(-1, 3).mean(axis=0) @ _BLUE_GREEN_RED / 255)


def _fit(ink: Plane, image: Plane) -> Plane:
    """The coverage at the picture's size."""
    height, width = image.shape[:2]
    return ink if ink.shape[:2] == (height, width) else np.asarray(cv2.resize(ink, (width, height), interpolation=cv2.INTER_AREA))


def _box_of(ink: Plane, share: float) -> Area | None:
    """What the letters cover, times ``share``; None where there are none."""
    rows, columns = np.nonzero(ink > _INKED)
    if not len(rows):
        return None
    return _times(Area(float(columns.min()), float(rows.min()), float(columns.max() + 1), float(rows.max() + 1)), share)
