from __future__ import annotations

import pytest

from bench.director import make_input, read_briefs
from reelwright.generation.plan import Plan
from reelwright.generation.planning.leaning import chain_of
from reelwright.generation.planning.plan_reel import plan_reel
from reelwright.generation.planning.reading import read_brief

ALL = (*read_briefs("first"), *read_briefs("second"), *read_briefs("third"))


def plan_number(number: int) -> Plan:
    return plan_reel(make_input(ALL[number - 1]), None)


@pytest.mark.parametrize(
    ("number", "facts"),
    [
        (25, ("FREE QUOTES", "07700 900142", "leeds", "Gas safe registered")),
        (26, ("Saturdays 4, 11 and 18 October", "029 2018 0000", "short sleeved top")),
        (28, ("12. Mai bis 3. November 2025", "Foto: Stadtarchiv / K. Wöhrle", "Eintritt frei")),
        (33, ("Campeche", "R$ 890 mil", "(48) 90000-1234", "1 vaga")),
        (35, ("29 y 30 de noviembre", "Bizum 00000", "C/ Luis Ortiz Muñoz", "NO pasta")),
        (44, ("Olio nuovo disponibile", "48 euro", "info@poggioines.example")),
        (47, ("dimanche 25 mai", "60€", "Villeurbanne", "vendredi 18h")),
    ],
)
def test_a_post_with_a_script_holds_the_offer_of_the_prompt(number: int, facts: tuple[str, ...]) -> None:
    posts = plan_number(number).post_texts
    for platform in ("instagram", "facebook", "youtube"):
        assert [fact for fact in facts if fact not in posts[platform].text] == []


@pytest.mark.parametrize("number", range(1, len(ALL) + 1))
def test_the_short_text_keeps_its_limit(number: int) -> None:
    lines = plan_number(number).post_texts["tiktok"].text.split("\n")
    assert len(" ".join(line for line in lines if not line.startswith("#"))) <= 150


@pytest.mark.parametrize(("number", "date"), [(3, "Saturday at 9 a.m."), (9, "Sábado 14 de diciembre"), (28, "12. Mai"), (29, "mardi 2 septembre")])
def test_the_short_text_holds_the_date(number: int, date: str) -> None:
    assert date in plan_number(number).post_texts["tiktok"].text


@pytest.mark.parametrize(
    ("number", "together"),
    [
        (14, "Would you live in a van? Tell me in the comments."),
        (19, "¿Con cebolla o sin cebolla? Cuéntame abajo."),
        (28, "Und ihre Frauen? Die führten die Bücher"),
        (40, "Non ? C'est pas grave"),
    ],
)
def test_a_sentence_that_leans_stands_with_the_one_before(number: int, together: str) -> None:
    assert together in plan_number(number).post_texts["instagram"].text


def test_a_chain_ends_at_a_sentence_that_stands_alone() -> None:
    reading = read_brief(make_input(ALL[12]))
    assert chain_of("It grew.", ["We met.", "I planted a tree.", "It grew."], reading) == ["I planted a tree.", "It grew."]


@pytest.mark.parametrize("number", range(1, len(ALL) + 1))
def test_the_title_of_a_video_is_not_its_first_line_again(number: int) -> None:
    post = plan_number(number).post_texts["youtube"]
    assert post.text.split("\n")[0].rstrip(".") != post.title


def test_empty_words_and_verbs_are_no_tags() -> None:
    tags = {tag for written in range(25, 49) for tag in plan_number(written).post_texts["instagram"].hashtags}
    assert not tags & {"#Water", "#Rouvre", "#Person", "#SameJump", "#Times", "#Course", "#Fête"}
