"""Where the captions of a shot stand: their own place, else away from faces and other type, always inside every platform's safe area."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from reelwright.reels.geometry import Area
from reelwright.reels.shape_areas import ShapeAreas

UNDER_FACE_PIXELS = 60
FACE_MARGIN = 0.10
SEARCH_STEP_PIXELS = 24


class Block(NamedTuple):
    """The largest block of a shot's captions: its wished middle, and its size in pixels."""

    x: float
    y: float
    width: float
    height: float

    def at(self, x: float, y: float) -> Area:
        """The block with its middle elsewhere."""
        return Area(x - self.width / 2, y - self.height / 2, x + self.width / 2, y + self.height / 2)


def place_block(block: Block, faces: Sequence[Area], texts: Sequence[Area], areas: ShapeAreas) -> tuple[int, int] | None:
    """The middle (x, y) of the captions of a shot. None: there is no room beside the other texts.

    Tried in order: the wished place; under the faces; at the top; wherever neither a face nor type is, the nearest first. Where
    faces are everywhere, other type alone is spared.
    """
    x = min(max(block.x, areas.safe.left + block.width / 2), areas.safe.right - block.width / 2)
    grown = [face.grown(FACE_MARGIN * face.width) for face in faces]
    for spared in ((*grown, *texts), texts):
        for y in _candidates(block, faces, areas):
            area = block.at(x, y)
            if _is_inside(area, areas.safe) and all(area.overlap(other) == 0 for other in spared):
                return round(x), round(y)
    return None


def _candidates(block: Block, faces: Sequence[Area], areas: ShapeAreas) -> Iterator[float]:
    yield block.y
    yield max((face.bottom for face in faces), default=0.0) + UNDER_FACE_PIXELS + block.height / 2
    yield areas.caption_top_y
    lowest, highest = areas.safe.bottom - block.height / 2, areas.safe.top + block.height / 2
    steps = range(int(highest), int(lowest) + 1, SEARCH_STEP_PIXELS)
    yield from sorted((float(y) for y in steps), key=lambda y: abs(y - block.y))


def _is_inside(area: Area, safe: Area) -> bool:
    return area.top >= safe.top - 1 and area.bottom <= safe.bottom + 1
