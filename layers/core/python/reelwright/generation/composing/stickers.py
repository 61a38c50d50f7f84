"""Stickers and stamps on a photo: they go to the calmest free place of what is seen, off faces, type and captions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from reelwright.generation.composing.draw_picture import luma_of
from reelwright.generation.composing.studio import Sheet
from reelwright.media.analysis import MediaAnalysis
from reelwright.media.cells import CELLS
from reelwright.reels.geometry import Area, Size, area_of, window_of
from reelwright.reels.reel import Art, Layer, Picture, Point, Rect, Text, View
from reelwright.reels.template import FixedArt, LayoutPart, TextStack

STICKERS, LINE_ART = frozenset({"stamp_ring", "burst"}), frozenset({"stamp_ring"})
STEP_PIXELS, GAP_PIXELS = 36, 24
BETTER_BY = 12.0
"""In edge energy of 0..255: a place that is hardly calmer is not worth leaving the designed one."""

MIDDLE_LUMA = 0.5
LIGHT_FROM, LIGHT_COST = 150, 0.8
"""White ink on light ground is hard to see."""

FAR_COST = 10.0
"""For a way of the canvas's whole width."""

CAPTION_HALF_PIXELS = 90


class Drawn(NamedTuple):
    """A part of a layout and how many layers and texts the sheet had before it."""

    part: LayoutPart
    layers: int
    texts: int


def settle_stickers(sheet: Sheet, drawn: Sequence[Drawn]) -> None:
    """Moves a sticker with its words, in place. Only on one picture that fills the canvas, and only where it gains by it."""
    pictures = [layer for layer in sheet.layers if isinstance(layer, Picture)]
    if len(pictures) != 1 or area_of(pictures[0].rect) != area_of(sheet.studio.areas.canvas) or pictures[0].motion.path:
        return
    ends = [*drawn[1:], Drawn(drawn[-1].part, len(sheet.layers), len(sheet.texts))] if drawn else []
    for number, one in enumerate(drawn):
        if isinstance(one.part, FixedArt) and one.part.name in STICKERS and ends[number].layers > one.layers:
            end = ends[number + 1] if number + 1 < len(drawn) and _is_inside(drawn[number + 1].part, one.part.rect) else ends[number]
            _settle(sheet, pictures[0], one, end)


def _is_inside(part: LayoutPart, rect: Rect) -> bool:
    area = area_of(rect)
    return isinstance(part, TextStack) and area.holds(Area(part.x, part.top, part.x + part.width, part.bottom))


def _settle(sheet: Sheet, picture: Picture, begin: Drawn, end: Drawn) -> None:
    art = sheet.layers[begin.layers]
    if not isinstance(art, Art):
        return
    seen = _Seen(sheet.studio.size(picture.media_id), picture, sheet.studio.media[picture.media_id].analysis)
    if not seen.is_known:
        return
    others = [*sheet.texts[: begin.texts], *sheet.texts[end.texts :], *sheet.faces]
    place = _calmest(seen, art, sheet, [other.grown(GAP_PIXELS) for other in others])
    if place is None or place == (art.rect.x, art.rect.y):
        return
    dx, dy = place[0] - art.rect.x, place[1] - art.rect.y
    sheet.layers[begin.layers : end.layers] = [_moved(layer, dx, dy) for layer in sheet.layers[begin.layers : end.layers]]
    sheet.texts[begin.texts : end.texts] = [Area(a.left + dx, a.top + dy, a.right + dx, a.bottom + dy) for a in sheet.texts[begin.texts : end.texts]]


class _Seen:
    """The cells of a picture as they lie on the canvas, in the middle of its move."""

    def __init__(self, size: Size, picture: Picture, analysis: MediaAnalysis) -> None:
        self.is_known = len(analysis.busy) == len(analysis.light) == CELLS * CELLS
        start, end = picture.motion.start, picture.motion.end
        view = View(x=(start.x + end.x) / 2, y=(start.y + end.y) / 2, scale=(start.scale + end.scale) / 2)
        width, height = window_of(size, picture.rect, view.scale)
        self._left, self._top, self._width, self._height = view.x - width / 2, view.y - height / 2, width, height
        self._rect, self._analysis = picture.rect, analysis

    def cost(self, area: Area, *, is_light: bool) -> float:
        """How little the area is suited: its edges, and for light ink its light."""
        window = self._cells_of(area)
        busy = float(_grid(self._analysis.busy)[window].mean())
        light = float(_grid(self._analysis.light)[window].mean())
        return busy + (LIGHT_COST * max(0.0, light - LIGHT_FROM) if is_light else 0.0)

    def _cells_of(self, area: Area) -> tuple[slice, slice]:
        across = [self._left + (x - self._rect.x) / self._rect.width * self._width for x in (area.left, area.right)]
        down = [self._top + (y - self._rect.y) / self._rect.height * self._height for y in (area.top, area.bottom)]
        return _cells_between(*down), _cells_between(*across)


def _grid(values: Sequence[int]) -> npt.NDArray[np.float32]:
    return np.asarray(values, np.float32).reshape(CELLS, CELLS)


def _cells_between(low: float, high: float) -> slice:
    first = min(CELLS - 1, max(0, int(low * CELLS)))
    return slice(first, max(first + 1, min(CELLS, int(np.ceil(high * CELLS)))))


def _calmest(seen: _Seen, art: Art, sheet: Sheet, taken: Sequence[Area]) -> tuple[int, int] | None:
    """The corner of the best place, or the designed one where no other is clearly better; None where all are taken."""
    rect, rooms, costs = art.rect, _caption_rooms(sheet), dict[tuple[int, int], float]()
    is_light = art.name in LINE_ART and luma_of(art.colour) > MIDDLE_LUMA
    for x, y in _places(rect, sheet.studio.areas.safe):
        spot = Area(x, y, x + rect.width, y + rect.height)
        if not any(spot.overlap(other) > 0 for other in (*taken, *rooms)):
            way = abs(x - rect.x) + abs(y - rect.y)
            costs[x, y] = seen.cost(spot, is_light=is_light) + FAR_COST * way / sheet.studio.areas.width
    best = min(costs, key=lambda place: costs[place], default=None)
    is_free = not any(area_of(rect).overlap(other) > 0 for other in taken)
    if best is not None and is_free and seen.cost(area_of(rect), is_light=is_light) - costs[best] < BETTER_BY:
        return rect.x, rect.y
    return best


def _places(rect: Rect, safe: Area) -> Iterator[tuple[int, int]]:
    """Even corners from which the rectangle lies in the safe area, or no further out than it was designed."""
    left, top = (round(min(edge, own) / 2) * 2 for edge, own in ((safe.left, rect.x), (safe.top, rect.y)))
    right, bottom = max(safe.right, rect.x + rect.width), max(safe.bottom, rect.y + rect.height)
    for y in range(top, int(bottom) - rect.height + 1, STEP_PIXELS):
        for x in range(left, int(right) - rect.width + 1, STEP_PIXELS):
            yield x, y


def _caption_rooms(sheet: Sheet) -> list[Area]:
    """Where captions of this shot may come."""
    if not sheet.scene.has_captions:
        return []
    place = sheet.layout.captions
    own = [Area(place.x - place.width / 2, place.y - CAPTION_HALF_PIXELS, place.x + place.width / 2, place.y + CAPTION_HALF_PIXELS)] if place else []
    return [sheet.studio.areas.captions, *own]


def _moved(layer: Layer, dx: int, dy: int) -> Layer:
    changes: dict[str, object] = {"pivot": Point(x=layer.pivot.x + dx, y=layer.pivot.y + dy)} if layer.pivot else {}
    if isinstance(layer, Art):
        changes["rect"] = Rect(x=layer.rect.x + dx, y=layer.rect.y + dy, width=layer.rect.width, height=layer.rect.height)
    elif isinstance(layer, Text):
        changes |= {"x": layer.x + dx, "y": layer.y + dy}
    return layer.model_copy(update=changes)
