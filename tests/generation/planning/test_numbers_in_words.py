from __future__ import annotations

import pytest

from reelwright.generation.planning.number_words import heard_numbers
from tests.generation.planning.brief_material import plan_text


@pytest.mark.parametrize(
    ("text", "language", "numbers"),
    [
        ("twenty two years old, opening from half past eight", "en", {"22", "8.30", "8:30", "8"}),
        ("Stan started in nineteen sixty three, four hundred and twelve times", "en", {"1963", "412"}),
        ("setenta y cuatro años, cuatrocientas doce familias, veintidós", "es", {"74", "412", "22"}),
        ("setenta e oito metros, duas vagas", "pt", {"78", "2"}),
        ("quatre-vingt-dix, soixante et onze, trente-deux, deux cents", "fr", {"90", "71", "32", "200"}),
        ("ottantasei anni, ventuno, centoventi", "it", {"86", "21", "120"}),
        ("achtundsiebzig Quadratmeter, sechshundert Jahre, halb neun", "de", {"78", "600", "8.30"}),
    ],
)
def test_numbers_in_words_are_heard(text: str, language: str, numbers: set[str]) -> None:
    assert numbers <= heard_numbers(text, language)


def test_a_language_without_rules_has_only_its_digits() -> None:
    assert heard_numbers("tjugo två, 7", "sv") == frozenset({"7"})


def test_a_number_that_the_voice_says_in_words_is_not_shown_again_in_digits() -> None:
    plan = plan_text(
        "Our food bank in Leith. 412 families, 38 volunteers, open Mondays at 6pm.",
        "This year we are four hundred and twelve families. Nobody here asks you a question. You take a bag and you say hello, that is the whole rule.",
    )
    cards = " ".join(card for beat in plan.beats for card in beat.cards)
    assert "412" not in cards
    assert "38 volunteers" in cards
