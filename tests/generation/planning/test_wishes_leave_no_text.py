"""What stands in or beside a sentence of wishes is neither shown nor posted, in six languages; facts stay."""

from __future__ import annotations

import pytest

from tests.generation.planning.brief_material import plan_text

WISHES = (
    ("Our new bread is out on Friday. Soft please, no shouty text.", "shouty", "Friday"),
    ("Opening on 3 May at 10am. Moody, a bit eerie, not cheesy.", "eerie", "3 May"),
    ("Six weeks of training, £129. Finish on the group photo if you can.", "group photo", "£129"),
    ("Taller de cerámica el sábado a las 10. Nada de precios, por favor.", "precios", "10"),
    ("Neue Wohnung, 3 Zimmer, 2. OG. Das Treppenhaus bitte nur kurz, das wird noch gestrichen.", "Treppenhaus", "2. OG"),
    ("Menu du midi à 26 €. C'est petit, rien de chic, donc pas de musique de palace.", "palace", "26 €"),
    ("Corso di cucito, sabato alle 15. Niente prezzi.", "prezzi", "15"),
    ("Abrimos no sábado às 11h. Sem preços, por favor.", "preços", "11h"),
)


@pytest.mark.parametrize(("prompt", "wish", "fact"), WISHES, ids=[wish for _, wish, _ in WISHES])
def test_a_wish_is_no_text_and_the_fact_beside_it_is(prompt: str, wish: str, fact: str) -> None:
    plan = plan_text(prompt)
    told = " | ".join([plan.hook, *(card for beat in plan.beats for card in beat.cards), *plan.end_card, *(post.text for post in plan.post_texts.values())])
    assert wish.lower() not in told.lower()
    assert fact in told


def test_days_make_a_journey_and_stay_whole() -> None:
    plan = plan_text("me and Jo on the coast path. day 1 Penzance to Zennor, day 2 St Ives, day 3 Hayle and home, cost us about £90")
    assert plan.intent == "travel"
    assert "Day 3 Hayle and home" in [card for beat in plan.beats for card in beat.cards]


def test_whom_a_reel_is_for_is_not_what_it_is_about() -> None:
    assert plan_text("A video for our Year 4 parents about the bean experiment").hook == "Bean experiment"
