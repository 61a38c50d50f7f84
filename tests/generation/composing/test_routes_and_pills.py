from __future__ import annotations

from itertools import pairwise

import pytest

from reelwright.generation.composing.draw_layout import draw_layout
from reelwright.generation.composing.route_path import MAX_PLACES, MIN_PLACES, lay_route, place_labels
from reelwright.generation.composing.scene import Scene
from reelwright.generation.composing.studio import Arrangement, Studio
from reelwright.reels.geometry import SAFE, Area
from reelwright.reels.reel import Art, Fill, Stroke, Text
from reelwright.reels.template import TextSource, find_template
from reelwright.reels.type_fit import measure
from tests.generation.composing.made_elements import make_references
from tests.generation.planning.brief_material import make_photo

AREA = Area(150, 420, 910, 1240)


def draw(name: str, texts: dict[TextSource, str], template: str = "travel", *, is_right_to_left: bool = False) -> Arrangement:
    media = (make_photo(0, size=(1600, 2400)),)
    studio = Studio(find_template(template), {"media_0": media[0]}, make_references(media), 1, is_right_to_left=is_right_to_left)
    return draw_layout(studio, Scene(1, ("media_0",), texts, 3.0), studio.template.layout(name), take=False)


@pytest.mark.parametrize("count", range(MIN_PLACES, MAX_PLACES + 1))
@pytest.mark.parametrize("seed", [0, 1])
def test_a_route_leads_through_all_places_in_order(count: int, seed: int) -> None:
    route = lay_route(count, AREA, seed)
    assert len(route.spots) == len(route.shares) == count
    assert route.shares[0] == 0
    assert route.shares[-1] == pytest.approx(1)
    assert all(earlier < later for earlier, later in pairwise(route.shares))
    assert all(upper.y < lower.y for lower, upper in pairwise(route.spots))
    assert set(route.spots) <= set(route.points)


@pytest.mark.parametrize("count", range(MIN_PLACES, MAX_PLACES + 1))
def test_names_stand_apart_and_inside(count: int) -> None:
    bounds = Area(72, 0, 1008, 1920)
    labels = place_labels(lay_route(count, AREA, 1), [(260.0, 90.0)] * count, 130, bounds)
    assert all(bounds.left <= label.left and label.right <= bounds.right for label in labels)
    assert not any(one.overlap(other) for place, one in enumerate(labels) for other in labels[:place])


def test_a_map_names_the_places_of_the_plan_and_no_others() -> None:
    drawn = draw("map_plain", {"places": "Beijing\nKyoto\nCape Town"})
    assert [layer.text for layer in drawn.layers if isinstance(layer, Text)] == ["Beijing", "Kyoto", "Cape Town"]
    assert len([layer for layer in drawn.layers if isinstance(layer, Art) and layer.name == "pin"]) == 3
    assert drawn.fits


def test_pins_come_as_the_line_arrives() -> None:
    drawn = draw("map_plain", {"places": "Beijing\nKyoto\nCape Town"})
    line = next(layer for layer in drawn.layers if isinstance(layer, Stroke))
    pins = [layer.entry.start for layer in drawn.layers if isinstance(layer, Art) and layer.name == "pin"]
    assert pins == sorted(pins)
    assert pins[0] == line.entry.start
    assert pins[-1] <= line.entry.start + line.entry.duration


def test_one_place_is_no_route() -> None:
    drawn = draw("map_plain", {"places": "Beijing"})
    assert not drawn.fits
    assert not any(isinstance(layer, Stroke) for layer in drawn.layers)


def test_a_pill_is_as_long_as_its_words() -> None:
    short, long = (next(x for x in draw("full_place", {"place": text}).layers if isinstance(x, Fill)) for text in ("Rome", "Whinlatter Forest"))
    assert short.rect.width < long.rect.width
    text = next(layer for layer in draw("full_place", {"place": "Whinlatter Forest"}).layers if isinstance(layer, Text))
    assert long.rect.width >= measure(text.text, text.font, text.size)


def test_a_pill_without_words_is_not_drawn() -> None:
    assert not any(isinstance(layer, Fill) for layer in draw("full_place", {}).layers)


def test_a_pill_stands_inside_the_safe_area_and_at_the_right_for_scripts_from_the_right() -> None:
    for mirrored in (False, True):
        pill = draw("full_place", {"place": "Whinlatter Forest"}, is_right_to_left=mirrored).texts[0]
        assert pill.top >= SAFE.top
        assert pill.bottom <= SAFE.bottom
        assert (pill.left > 1080 - pill.right) == mirrored


def test_name_and_role_share_a_pill() -> None:
    drawn = draw("pill_name", {"name": "Miso, 6 years", "role": "chief of naps"}, "soft")
    name, role = (layer for layer in drawn.layers if isinstance(layer, Text))
    pill = drawn.texts[0]
    assert pill.top < name.y - name.size * 0.7 < name.y < role.y < pill.bottom


def test_a_short_shot_still_reaches_the_last_place() -> None:
    media = (make_photo(0, size=(1600, 2400)),)
    studio = Studio(find_template("travel"), {"media_0": media[0]}, make_references(media), 1)
    scene = Scene(1, ("media_0",), {"places": "Lisbon\nPorto\nBraga"}, 1.3)
    drawn = draw_layout(studio, scene, studio.template.layout("map_plain"), take=False)
    pins = [layer for layer in drawn.layers if isinstance(layer, Art) and layer.name == "pin"]
    assert all(pin.entry.start + pin.entry.duration <= 1.3 for pin in pins)
