from __future__ import annotations

import pytest

from reelwright.generation.planning.hooks import goes_on
from reelwright.generation.planning.last_lines import find_beside, take_last_line
from reelwright.generation.planning.lexicon import load_lexicon
from tests.generation.planning.brief_material import plan_text

PLACED = [
    ("en", 'Village fair in Hope, 5 July. On the last screen "See you there!" and the date.', "See you there!", "5 July"),
    ("en", 'Trailer for my play, The Glass Ferry, on stage 9 May. I want the final words on screen to be: "Nobody rows back." Followed by title and date.', "Nobody rows back", "9 May"),
    ("de", "Dorffest in Hohenau, 5. und 6. Juli, Eintritt frei. Auf dem letzten Bild „Wir freuen uns auf euch!“ und das Datum.", "Wir freuen uns auf euch!", "5. und 6. Juli"),
    ("es", "Fiesta del barrio en Triana, 5 y 6 de julio. En la última pantalla “¡Os esperamos!” y las fechas.", "¡Os esperamos!", "5 y 6 de julio"),
    ("fr", "Fête du village à Pujols, 5 et 6 juillet. Sur la dernière image « On vous attend ! » et les dates.", "On vous attend !", "5 et 6 juillet"),
    ("it", "Sagra della zucca a Fiano, 5 e 6 luglio. Nell'ultima schermata “Vi aspettiamo!” e le date.", "Vi aspettiamo!", "5 e 6 luglio"),
    ("pt", "Festa da vila em Sintra, 5 e 6 de julho. Na última imagem “Esperamos por vocês!” e as datas.", "Esperamos por vocês!", "5 e 6 de julho"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "prompt", "line", "date"), PLACED, ids=[line for _, _, line, _ in PLACED])
def test_a_line_for_the_last_screen_ends_the_reel_with_the_facts_beside_it(language: str, prompt: str, line: str, date: str) -> None:
    plan = plan_text(prompt)
    assert plan.hook != line
    assert plan.end_card[0].startswith(line)
    assert date in plan.end_card[0]


def test_the_title_stands_beside_the_last_line_where_it_was_asked_for() -> None:
    prompt = PLACED[1][1]
    rest, line, beside = take_last_line(prompt, load_lexicon("en"))
    assert line == "Nobody rows back"
    assert find_beside(beside, prompt, "", load_lexicon("en")) == ["The Glass Ferry", "9 May"]
    assert "final words" not in rest


def test_what_stands_before_the_wish_in_its_sentence_is_kept() -> None:
    rest, line, beside = take_last_line('We open our new bakery in Leith on Saturday at nine, last frame "Come hungry".', load_lexicon("en"))
    assert (rest, line, beside) == ("We open our new bakery in Leith on Saturday at nine", "Come hungry", "")


def test_a_sentence_that_goes_on_from_another_does_not_open_a_reel() -> None:
    assert goes_on("Then the wall of the orchard.")
    assert not goes_on("The wall of the orchard.")
    plan = plan_text("", "We walked for nine hours through the forest because the last bus had gone. Then the old mill pond. Then the bell. I was nine.")
    assert "mill" not in plan.hook


def test_the_first_of_a_row_is_not_posted_without_the_next() -> None:
    script = "In the winter of ninety two the lake sank so far that the old road was seen again by everybody. First the church. Then the wall of the orchard, and the bell that nobody rang. Nora Pell was seven years old. She kept a list of what came up, forty two things, in a blue book. Nobody asked her about it for fifty years."
    post = plan_text("", script, seconds=45).post_texts["instagram"].text
    assert "First the church" not in post or "Then the wall" in post
