from __future__ import annotations

import pytest

from reelwright.generation.plan import Plan, PlanInput
from reelwright.generation.planning.lexicon import load_lexicon
from reelwright.generation.planning.plan_reel import plan_reel
from reelwright.generation.planning.routes import find_route
from reelwright.reels.project import Brief
from tests.generation.planning.brief_material import make_photo

PLACES = ("Beijing", "Picos de Europa", "Aizkorri")
NAMES = ("temple.jpg", "IMG_2.jpg", "IMG_3.jpg", "picosdeeuropa_by_me.jpg", "IMG_5.jpg")


def plan_trip(*, keep_order: bool = False) -> Plan:
    brief = Brief(
        prompt="9 days of getting lost: Beijing, Picos de Europa, Aizkorri. Where next?",
        script="Nobody told me it would be this quiet.",
        length_seconds=15,
        keep_order=keep_order,
    )
    media = tuple(make_photo(number, name, seed=4) for number, name in enumerate(NAMES))
    return plan_reel(PlanInput(brief=brief, template="travel", media=media), None)


def test_names_behind_a_journey_are_places() -> None:
    assert plan_trip().places == PLACES


def test_each_place_has_a_picture_and_a_label_of_its_own() -> None:
    named = [beat for beat in plan_trip().beats if beat.place]
    assert [beat.cards for beat in named] == [(place,) for place in PLACES]
    assert len({beat.media_ids[0] for beat in named}) == len(PLACES)


@pytest.mark.parametrize("keep_order", [False, True])
def test_a_file_with_the_name_of_a_place_stands_with_it(keep_order: bool) -> None:
    beat = next(beat for beat in plan_trip(keep_order=keep_order).beats if beat.place == "Picos de Europa")
    assert beat.media_ids[0] == "media_3"


def test_the_places_of_a_journey_stand_in_the_creators_order() -> None:
    first = next(beat for beat in plan_trip(keep_order=True).beats if beat.place == "Beijing")
    assert first.media_ids[0] == "media_0"


@pytest.mark.parametrize(
    ("head", "members"),
    [
        ("Two days of music", ["Radiohead", "Blur"]),
        ("Our trip", ["one tent", "two bikes"]),
        ("My road trip with", ["Anna", "Tom"]),
        ("Our trip", ["Lisbon"]),
    ],
)
def test_other_lists_are_no_route(head: str, members: list[str]) -> None:
    assert find_route(head, members, load_lexicon("en")) == []


@pytest.mark.parametrize(("language", "head"), [("es", "Un viaje en tren"), ("fr", "Quatre étapes"), ("it", "Le tappe"), ("pt", "A viagem")])
def test_routes_are_read_in_other_languages(language: str, head: str) -> None:
    assert find_route(head, ["Porto", "San Sebastián", "Arles"], load_lexicon(language)) == ["Porto", "San Sebastián", "Arles"]
