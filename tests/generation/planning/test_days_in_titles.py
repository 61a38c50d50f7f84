from __future__ import annotations

import pytest

from bench.director import make_media
from reelwright.generation.plan import Plan, PlanInput
from reelwright.generation.planning.plan_reel import plan_reel
from reelwright.generation.planning.variants import plan_variants
from reelwright.reels.project import Brief

MEDIA = tuple(make_media(f"{name}.jpg: {name} 0.8, opener 0.6") for name in ("cup", "table", "dog", "tree"))


def wanted(prompt: str) -> PlanInput:
    return PlanInput(brief=Brief(prompt=prompt, length_seconds=20), template="auto", media=MEDIA)


def plan_for(prompt: str) -> Plan:
    return plan_reel(wanted(prompt), None)


@pytest.mark.parametrize(
    ("prompt", "hook"),
    [
        ("A slow Sunday at home: pancakes, the cat on the sofa, rain on the window", "A slow Sunday at home"),
        ("Our rainy Sunday in Lisbon: trams, coffee, a long nap", "Our rainy Sunday in Lisbon"),
        ("The best of a slow Sunday", "Best of a slow Sunday"),
        ("Saturday at the lake", "Saturday at the lake"),
        ("This Saturday night at Bar Luna: jazz, cocktails", "This Saturday night at Bar Luna"),
        ("Ein fauler Sonntag zu Hause: Pfannkuchen, die Katze", "Ein fauler Sonntag zu Hause"),
        ("Am Samstag Abend im Café Luna: Jazz", "Am Samstag Abend im Café Luna"),
        ("El domingo en casa", "Domingo en casa"),
        ("El sábado por la noche en el bar Luna: jazz y tapas", "Sábado por la noche en el bar Luna"),
        ("Un dimanche tranquille à la maison : crêpes, le chat", "Un dimanche tranquille à la maison"),
        ("Una domenica lenta a casa: pancake, il gatto", "Una domenica lenta a casa"),
        ("No sábado à noite no bar Luna: jazz e petiscos", "No sábado à noite no bar Luna"),
    ],
)
def test_a_day_that_belongs_to_the_words_about_it_stays_in_the_title(prompt: str, hook: str) -> None:
    assert plan_for(prompt).hook == hook


@pytest.mark.parametrize(
    ("prompt", "hook", "card"),
    [
        ("Grand opening of our flower shop on Saturday at 10", "Grand opening of our flower shop", "Saturday at 10"),
        ("On Saturday morning we open our second shop in Leeds", "We open our second shop in Leeds", "Saturday morning"),
        ("Open air cinema on Friday evening in the park", "Open air cinema in the park", "Friday evening"),
        ("Samstag um 10 Uhr Flohmarkt im Hof", "Flohmarkt im Hof", "Samstag um 10 Uhr"),
        ("Este sábado por la tarde, concierto en la plaza", "Concierto en la plaza", "Este sábado por la tarde"),
        ("Domenica 6 ottobre, sagra della zucca a Fiano", "Sagra della zucca a Fiano", "Domenica 6 ottobre"),
    ],
)
def test_a_day_that_says_when_is_a_card_of_its_own_with_its_part_of_the_day(prompt: str, hook: str, card: str) -> None:
    plan = plan_for(prompt)
    assert plan.hook == hook
    assert card in [text for beat in plan.beats for text in beat.cards]


@pytest.mark.parametrize("prompt", ["A Saturday morning at the market: peaches, flowers", "Unser Samstag auf dem Markt: Pfirsiche, Blumen"])
def test_nobody_is_invited_to_a_day_that_is_over(prompt: str) -> None:
    plans = plan_variants(wanted(prompt), 3, None)
    assert not any(plan.hook.endswith("?") and "Sa" in plan.hook for plan in plans)
    assert "bringing" not in plans[0].post_texts["instagram"].text
    assert "bringst" not in plans[0].post_texts["instagram"].text


def test_a_second_shop_in_portuguese_is_no_monday() -> None:
    plans = plan_variants(wanted("Abrimos a segunda loja em Matosinhos, sábado às 11h, entrada livre"), 3, None)
    assert not any("segunda, quem" in plan.hook for plan in plans)
