from __future__ import annotations

import pytest

from reelwright.generation.composing.draw_layout import draw_layout
from reelwright.generation.composing.scene import Scene
from reelwright.generation.composing.shapes import layout_for, progress_for
from reelwright.generation.composing.studio import Arrangement, Studio
from reelwright.reels.geometry import Area, area_of
from reelwright.reels.reel import SHAPES, Fill, Picture, Scrim, Shape
from reelwright.reels.shape_areas import areas_of, shape_of
from reelwright.reels.template import TEMPLATES, Layout, TextSource, find_template
from tests.generation.composing.made_elements import make_references
from tests.generation.planning.brief_material import make_photo

OTHER_SHAPES: tuple[Shape, ...] = ("4:5", "1:1", "16:9")
TEXTS: dict[TextSource, str] = {
    "title": "slow mornings",
    "call": "Come and see",
    "handle": "@slow.days",
    "place": "Kyoto",
    "note": "three steps",
    "head": "9 days",
    "tail": "of getting lost",
    "places": "Beijing\nKyoto\nCape Town",
    "name": "Miso",
    "role": "chief of naps",
    "author": "Nora Lind",
    "number": "2",
    "item": "a chair",
    "chapter": "a chair",
    "masthead": "Autumn",
    "line_1": "Slow",
    "line_2": "mornings",
    "figure": "12 kg",
    "label": "of oak",
}
EDGE = 4
CASES = [(template, shape) for template in TEMPLATES for shape in OTHER_SHAPES]


def draw(template: str, name: str, shape: Shape, texts: dict[TextSource, str] | None = None, size: tuple[int, int] = (1600, 2000)) -> Arrangement:
    media = tuple(make_photo(at, size=size) for at in range(5))
    studio = Studio(find_template(template), {item.media_id: item for item in media}, make_references(media), 1, shape=shape)
    scene = Scene(1, tuple(item.media_id for item in media), texts or TEXTS, 3.0)
    return draw_layout(studio, scene, layout_for(studio.template, name, shape), take=False)


def names(template: str) -> list[str]:
    found = find_template(template)
    return [*found.openers, *found.bodies, *found.ends]


@pytest.mark.parametrize(("template", "shape"), CASES)
def test_every_layout_fills_the_canvas_of_every_shape(template: str, shape: Shape) -> None:
    width, height = SHAPES[shape]
    spots = [(x * (width - 1) / 8, y * (height - 1) / 8) for x in range(9) for y in range(9)]
    for name in names(template):
        grounds = [area_of(layer.rect).grown(EDGE) for layer in draw(template, name, shape).layers if isinstance(layer, Fill | Picture)]
        assert all(any(one.left <= x < one.right and one.top <= y < one.bottom for one in grounds) for x, y in spots), name


@pytest.mark.parametrize(("template", "shape"), CASES)
def test_type_stands_inside_the_canvas_and_its_margins(template: str, shape: Shape) -> None:
    width, height = SHAPES[shape]
    for name in names(template):
        for text in draw(template, name, shape).texts:
            assert Area(24, 0, width - 24, height).holds(text), name


@pytest.mark.parametrize(("template", "shape"), CASES)
def test_captions_stand_inside_the_safe_area(template: str, shape: Shape) -> None:
    found, safe = find_template(template), areas_of(shape).safe
    for name in names(template):
        place = layout_for(found, name, shape).captions
        if place is not None:
            line = Area(place.x - place.width / 2, place.y, place.x + place.width / 2, place.y)
            assert safe.grown(2).holds(line), name


@pytest.mark.parametrize(("template", "shape"), CASES)
def test_pictures_keep_a_size_that_shows_something(template: str, shape: Shape) -> None:
    """Nothing is squeezed to a line: a picture that is large in 9:16 stays large."""
    found = find_template(template)
    for name in names(template):
        before, after = found.layout(name).pictures, layout_for(found, name, shape).pictures
        if before and before[0].rect.width >= 600:
            assert max(min(slot.rect.width, slot.rect.height) for slot in after) >= 140, name


def test_the_designed_layout_of_a_shape_goes_before_the_reflowed_one() -> None:
    travel = find_template("travel")
    designed = next(layout for layout in travel.layouts if layout.name == "map" and layout.shape == "16:9")
    assert layout_for(travel, "map", "16:9") == designed
    assert layout_for(travel, "map", "9:16").shape == "9:16"


def test_an_unknown_layout_is_refused() -> None:
    with pytest.raises(KeyError):
        layout_for(find_template("soft"), "nowhere", "1:1")


def test_in_a_wide_picture_words_stand_beside_the_photo() -> None:
    drawn = draw("soft", "arch", "16:9")
    photo = next(layer for layer in drawn.layers if isinstance(layer, Picture))
    assert all(text.right <= photo.rect.x for text in drawn.texts)


def test_in_a_square_words_stand_above_the_photo() -> None:
    drawn = draw("soft", "arch", "1:1")
    photo = next(layer for layer in drawn.layers if isinstance(layer, Picture))
    assert all(text.bottom <= photo.rect.y for text in drawn.texts)


@pytest.mark.parametrize("shape", OTHER_SHAPES)
def test_a_card_and_what_lies_on_it_stay_together(shape: Shape) -> None:
    drawn = draw("travel", "polaroid_title", shape)
    paper = next(layer for layer in drawn.layers if isinstance(layer, Fill) and layer.rotation)
    photo = next(layer for layer in drawn.layers if isinstance(layer, Picture) and layer.rotation)
    assert paper.pivot == photo.pivot
    assert area_of(paper.rect).holds(area_of(photo.rect))
    designed = find_template("travel").layout("polaroid_title", shape).pictures[-1].rect
    assert photo.rect.width / photo.rect.height == pytest.approx(designed.width / designed.height, rel=0.02)


@pytest.mark.parametrize("shape", OTHER_SHAPES)
def test_shades_reach_from_edge_to_edge(shape: Shape) -> None:
    shade = next(layer for layer in draw("travel", "arrival_low", shape).layers if isinstance(layer, Scrim))
    assert shade.rect.x == 0
    assert shade.rect.width == SHAPES[shape][0]
    assert shade.rect.y + shade.rect.height >= SHAPES[shape][1]


def test_film_lies_on_its_side_in_a_wide_picture() -> None:
    film: Layout = layout_for(find_template("retro"), "contact", "16:9")
    first, second = (slot.rect for slot in film.pictures)
    assert first.x + first.width < second.x
    assert first.y == second.y


def test_a_progress_bar_stands_along_the_head_of_every_shape() -> None:
    template = next(find for name in TEMPLATES if (find := find_template(name)).progress)
    for shape in OTHER_SHAPES:
        bar = progress_for(template, shape)
        assert bar is not None
        assert bar.rect.y < 80
        assert bar.rect.x + bar.rect.width <= SHAPES[shape][0]


@pytest.mark.parametrize("shape", SHAPES)
def test_areas_lie_inside_their_canvas(shape: Shape) -> None:
    areas = areas_of(shape)
    canvas = area_of(areas.canvas)
    assert all(canvas.holds(area) for area in (areas.safe, areas.titles, areas.captions))
    assert areas.captions.left <= areas.caption_x <= areas.captions.right
    assert areas.captions.top <= areas.caption_y <= areas.captions.bottom
    assert shape_of(areas.width // 2, areas.height // 2) == shape
