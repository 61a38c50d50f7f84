"""Stickers go to the calmest free place of their photo, with their words, off faces, type and captions."""

from __future__ import annotations

import numpy as np
import pytest

from reelwright.generation.composing.draw_layout import draw_layout
from reelwright.generation.composing.scene import Scene
from reelwright.generation.composing.shapes import layout_for
from reelwright.generation.composing.studio import Arrangement, Studio
from reelwright.media.analysis import Box
from reelwright.media.cells import CELLS, measure_cells
from reelwright.reels.geometry import Area, area_of
from reelwright.reels.reel import SHAPES, Art, Shape, Text
from reelwright.reels.shape_areas import areas_of
from reelwright.reels.template import find_template
from tests.generation.composing.made_elements import make_references
from tests.generation.planning.brief_material import make_photo

STAMP = ("travel", "arrival", {"head": "9 days", "tail": "of getting lost", "date": "September 2026"})
BURST = ("hype", "sticker", {"figure": "-30%", "label": "this week"})


def cells(*, calm: tuple[slice, slice] | None = None, light: int = 90) -> dict[str, tuple[int, ...]]:
    """Busy all over but for some rows and columns."""
    busy = np.full((CELLS, CELLS), 120)
    if calm:
        busy[calm] = 4
    return {"busy": tuple(map(int, busy.ravel())), "light": (light,) * CELLS**2}


def draw(case: tuple[str, str, dict], shape: Shape = "9:16", *, faces: tuple[Box, ...] = (), captioned: bool = False, **measured: object) -> Arrangement:
    template, layout, texts = case
    photo = make_photo(0)
    photo = photo.model_copy(update={"analysis": photo.analysis.model_copy(update={"faces": faces, **measured})})
    studio = Studio(find_template(template), {photo.media_id: photo}, make_references([photo]), 1, shape=shape)
    scene = Scene(1, (photo.media_id,), texts, 3.0, has_captions=captioned)
    return draw_layout(studio, scene, layout_for(studio.template, layout, shape), take=False)


def sticker(drawn: Arrangement) -> Area:
    return next(area_of(layer.rect) for layer in drawn.layers if isinstance(layer, Art) and layer.name in {"stamp_ring", "burst"})


@pytest.mark.parametrize("case", [STAMP, BURST], ids=["stamp", "burst"])
def test_without_cells_or_where_all_is_equally_calm_it_stays_where_it_was_designed(case: tuple[str, str, dict]) -> None:
    assert sticker(draw(case)) == sticker(draw(case, **cells())) == sticker(draw(case, **cells(calm=(slice(0, CELLS), slice(0, CELLS)))))


@pytest.mark.parametrize("case", [STAMP, BURST], ids=["stamp", "burst"])
def test_it_goes_where_the_picture_is_calm_and_takes_its_words_along(case: tuple[str, str, dict]) -> None:
    before, after = draw(case), draw(case, **cells(calm=(slice(0, CELLS), slice(0, 6))))
    assert sticker(after).right < sticker(before).right - 100
    dx, dy = sticker(after).left - sticker(before).left, sticker(after).top - sticker(before).top
    inside = [layer for layer in after.layers if isinstance(layer, Text) and layer.text in {"SEPTEMBER", "2026", "-30%", "THIS WEEK"}]
    there = {layer.text: layer for layer in before.layers if isinstance(layer, Text)}
    assert inside
    assert all((layer.x - there[layer.text].x, layer.y - there[layer.text].y) == (dx, dy) for layer in inside)
    assert all(layer.pivot is None or sticker(after).holds(Area(layer.pivot.x, layer.pivot.y, layer.pivot.x, layer.pivot.y)) for layer in inside)


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("row", range(0, CELLS, 3))
def test_it_never_lies_on_type_or_captions_wherever_it_is_calm(shape: Shape, row: int) -> None:
    designed = sticker(draw(STAMP, shape))
    drawn = draw(STAMP, shape, captioned=True, **cells(calm=(slice(row, row + 3), slice(0, CELLS))))
    place, titles = sticker(drawn), drawn.texts[0]
    if place != designed:
        assert place.overlap(titles) == 0
        assert place.overlap(areas_of(shape).captions) == 0
        safe = areas_of(shape).safe
        assert Area(min(safe.left, designed.left), safe.top, max(safe.right, designed.right), max(safe.bottom, designed.bottom)).holds(place)


def test_it_leaves_a_face() -> None:
    face = Box(x=0.6, y=0.22, width=0.14, height=0.1)
    drawn = draw(BURST, faces=(face,), **cells())
    assert any(sticker(draw(BURST)).overlap(area) > 0 for area in drawn.faces)
    assert all(sticker(drawn).overlap(area) == 0 for area in drawn.faces)


def test_white_ink_keeps_off_light_ground() -> None:
    light = np.full((CELLS, CELLS), 235)
    light[:, :6] = 60
    measured = {"busy": (10,) * CELLS**2, "light": tuple(map(int, light.ravel()))}
    assert sticker(draw(STAMP, **measured)).left < sticker(draw(STAMP)).left
    assert sticker(draw(BURST, **measured)) == sticker(draw(BURST)), "a filled sticker is seen on any ground"


def test_cells_tell_where_a_picture_is_busy_and_where_light() -> None:
    picture = np.full((960, 640), 200, np.uint8)
    picture[480:] = np.random.default_rng(1).integers(0, 120, (480, 640))
    found = measure_cells(picture)
    busy, light = (np.array(values).reshape(CELLS, CELLS) for values in found)
    assert busy[:5].max() < 5
    assert busy[7:].min() > 100
    assert light[:5].min() == 200
    assert light[7:].max() < 100
