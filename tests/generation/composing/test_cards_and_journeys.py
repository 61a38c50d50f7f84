"""Calm cards keep their margins; a journey has a label for each place."""

from __future__ import annotations

from reelwright.reels.reel import Picture, Text
from reelwright.reels.template import PictureSlot, TextStack, find_template
from tests.generation.composing.made_elements import compose
from tests.generation.planning.brief_material import make_photo

MARGIN = 72
JOURNEY = "9 days of getting lost: Beijing, Picos de Europa, Aizkorri. Where next?"


def test_cards_of_the_minimal_template_stand_free_with_equal_margins() -> None:
    for layout in find_template("minimal").layouts:
        for slot in (part for part in layout.parts if isinstance(part, PictureSlot) and part.radius and layout.kind in {"opener", "body"}):
            assert slot.rect.y + slot.rect.height <= 1860, layout.name
            assert slot.rect.x >= MARGIN
            assert slot.rect.x + slot.rect.width <= 1080 - MARGIN


def test_a_short_title_is_set_large_over_its_card() -> None:
    media = tuple(make_photo(number, size=(2400, 3200)) for number in range(3))
    _, reel = compose(media, "One cup. Six hours. Double wall, glazed by hand. Order at embercup.com", seconds=12, handle="@ember.cup", template="minimal")
    title = next(layer for layer in reel.tracks[0].clips[0].layers if isinstance(layer, Text))
    assert title.text == "One cup"
    assert title.size >= 190


def test_the_end_of_the_minimal_template_fills_its_lower_half() -> None:
    for name in ("end_product", "end_call"):
        layout = find_template("minimal").layout(name)
        disc = layout.pictures[0].rect
        words = next(part for part in layout.parts if isinstance(part, TextStack))
        assert words.bottom < disc.y
        assert disc.y + disc.height >= 1600
        assert abs(disc.x + disc.width / 2 - 540) <= 1


def test_every_place_of_a_journey_has_one_label_in_one_piece() -> None:
    media = tuple(make_photo(number, size=(2400, 3200), seed=2) for number in range(5))
    _, reel = compose(media, JOURNEY, "Nobody told me it would be this quiet.", seconds=15, handle="@field", template="travel")
    texts = [layer.text for clip in reel.tracks[0].clips for layer in clip.layers if isinstance(layer, Text)]
    for place in ("Beijing", "Picos de Europa", "Aizkorri"):
        assert texts.count(place) in {1, 2}, "once at its picture, once on the map"
    assert not any("," in text for text in texts if "Aizkorri" in text or "Beijing" in text)


def test_polaroids_lie_on_paper_and_none_has_an_empty_strip_alone() -> None:
    template = find_template("travel")
    for layout in template.layouts:
        if layout.name.startswith("polaroid"):
            assert all(not slot.blur for slot in layout.pictures)
            alone = len([slot for slot in layout.pictures if slot.repeats is None]) == 1
            assert not alone or any(isinstance(part, TextStack) for part in layout.parts)


def test_a_journey_shows_its_places_on_a_map() -> None:
    media = tuple(make_photo(number, size=(2400, 3200), seed=2) for number in range(5))
    _, reel = compose(media, JOURNEY, "Nobody told me it would be this quiet.", seconds=15, handle="@field", template="travel")
    maps = [
        clip for clip in reel.tracks[0].clips if {"Beijing", "Picos de Europa", "Aizkorri"} <= {layer.text for layer in clip.layers if isinstance(layer, Text)}
    ]
    assert len(maps) == 1
    assert any(isinstance(layer, Picture) for layer in maps[0].layers)
