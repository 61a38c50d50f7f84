"""Titles that a prompt gives beside a script, days inside phrases, counted items, questions for the end, short quotes."""

from __future__ import annotations

import pytest

from bench.director import make_media
from reelwright.generation.caption_words import caption_words
from reelwright.generation.plan import Plan, PlanInput
from reelwright.generation.planning.media_traits import words_of_name
from reelwright.generation.planning.plan_reel import plan_reel
from reelwright.generation.reading.read_aloud import read_aloud
from reelwright.reels.project import Brief

SCRIPT = "I wake up at six. The kettle sings before I do. Then we sit on the porch for an hour."


def plan_for(prompt: str, script: str = "", *files: str) -> Plan:
    media = tuple(make_media(line) for line in files or ("one.jpg: dog", "two.jpg: bread", "three.jpg: van"))
    return plan_reel(PlanInput(brief=Brief(prompt=prompt, script=script, length_seconds=20, handle="@nora.goes"), template="auto", media=media), None)


def cards_of(plan: Plan) -> list[str]:
    return [card for beat in plan.beats for card in beat.cards]


@pytest.mark.parametrize(
    ("prompt", "hook", "cards"),
    [
        ("Slow Sunday mornings with our two dogs", "Slow Sunday mornings", ["With our two dogs"]),
        ("Quiet pancakes on Sunday mornings", "Quiet pancakes on Sunday mornings", []),
        ("Nos dimanches avec papi", "Nos dimanches", ["Avec papi"]),
        ("Grand opening of our bakery, Saturday at 9 a.m.", "Grand opening of our bakery", ["Saturday at 9 a.m"]),
    ],
)
def test_a_day_inside_a_phrase_is_no_card(prompt: str, hook: str, cards: list[str]) -> None:
    plan = plan_for(prompt)
    assert (plan.hook, [card.rstrip(".") for card in cards_of(plan)]) == (hook, cards)
    assert not any("not on screen" in note for note in plan.notes)


@pytest.mark.parametrize(
    ("prompt", "hook"),
    [
        ("slow mornings", "Slow mornings"),
        ("The summer we stayed", "The summer we stayed"),
        ("Stop scrolling, watch this", "Stop scrolling, watch this"),
        ("9 days of getting lost: Georgia by bus", "9 days of getting lost"),
        ("Slow mornings. Calm music please", "Slow mornings"),
    ],
)
def test_a_short_title_in_the_prompt_is_the_hook_over_a_script(prompt: str, hook: str) -> None:
    plan = plan_for(prompt, SCRIPT)
    assert (plan.hook, plan.beats[0].title, plan.beats[0].spoken) == (hook, hook, "I wake up at six.")
    assert not any(hook.lower() in note.lower() for note in plan.notes)


@pytest.mark.parametrize("prompt", ["warm and calm", "fast cuts", "warm reel about my dog", "our boat, warm", "no voice please"])
def test_wishes_are_no_title_over_a_script(prompt: str) -> None:
    assert plan_for(prompt, SCRIPT).hook == "I wake up at six"


def test_a_prompt_that_is_a_title_alone_is_no_instruction() -> None:
    plan = plan_for("slow mornings")
    assert plan.hook == "Slow mornings"
    assert not any(note.startswith("Read as instructions") for note in plan.notes)


@pytest.mark.parametrize(
    ("script", "items"),
    [
        ("Number one, water the roses. Number two, cut the hedge.", ("Water the roses", "Cut the hedge")),
        ("Tip one: water the roses. Tip two: cut the hedge.", ("Water the roses", "Cut the hedge")),
        ("Rule 1: shoes off. Step 2, cut the hedge.", ("Shoes off", "Cut the hedge")),
        ("Número uno, riega las rosas. Número dos, corta la flor seca.", ("Riega las rosas", "Corta la flor seca")),
        ("Nummer eins, gieße am Morgen. Nummer zwei, schneide die Blume.", ("Gieße am Morgen", "Schneide die Blume")),
        ("Numéro un, arrose le matin. Numéro deux, coupe la fleur.", ("Arrose le matin", "Coupe la fleur")),
        ("Número um, regue de manhã. Número dois, corte a flor.", ("Regue de manhã", "Corte a flor")),
        ("Numero uno, innaffia la mattina. Numero due, taglia il fiore.", ("Innaffia la mattina", "Taglia il fiore")),
    ],
)
def test_spoken_numbers_are_chapters(script: str, items: tuple[str, ...]) -> None:
    plan = plan_for("", script)
    counted = [beat for beat in plan.beats if beat.number is not None]
    assert plan.items == items
    assert [(beat.number, beat.item) for beat in counted] == list(enumerate(items, 1))
    assert (counted[1].title, counted[1].is_chapter) == (f"2. {items[1]}", True)


def test_the_number_one_fan_is_no_chapter() -> None:
    assert plan_for("", "Number one fans sleep outside. Number two pencils are sold at the door.").items == ()


def test_an_item_is_shown_by_the_picture_whose_name_says_it() -> None:
    script = "Hello garden. Number one, go to the beach. Number two, cut the dead flower. Number three, rest."
    plan = plan_for("", script, "IMG_1234.jpg", "flower.jpg", "sunset_beach.jpg", "GOPR0042.jpg")
    shown = {beat.item: beat.media_ids[0] for beat in plan.beats if beat.item}
    assert (shown["Go to the beach"], shown["Cut the dead flower"]) == ("sunset_beach.jpg", "flower.jpg")
    assert words_of_name("IMG_1234.jpg") == words_of_name("GOPR0042.jpg") == ()


@pytest.mark.parametrize(
    ("prompt", "asked"), [("9 days of getting lost. Where next?", "Where next?"), ("Five easy braids. Which one first?", "Which one first?")]
)
def test_a_question_of_the_prompt_stands_on_the_end_card_before_the_handle(prompt: str, asked: str) -> None:
    assert plan_for(prompt, SCRIPT).end_card == (asked, "@nora.goes")


def test_a_question_that_the_script_asks_or_that_is_put_to_us_stands_on_no_end_card() -> None:
    assert plan_for("Lost in Georgia. Where next?", f"{SCRIPT} So tell me, where next?").end_card[0] != "Where next?"
    assert plan_for("Lost in Georgia. Can you make it calm?", SCRIPT).end_card == ("@nora.goes",)


def test_emoji_are_shown_and_not_said() -> None:
    plan = plan_for("", "The bus broke down twice 😂. Where it stopped, we stayed 🌙")
    said = " ".join(read_aloud(plan.spoken_script, plan.language))
    assert "😂" not in said
    assert "🌙" not in said
    assert "😂" in " ".join(caption_words(plan, None).lines)


def test_a_short_quote_is_one_text_with_its_author() -> None:
    plan = plan_for('"What you seek is seeking you, every single day." - Rumi')
    assert plan.hook == plan.beats[0].title == "What you seek is seeking you, every single day."
    assert (plan.author, plan.beats[0].author, cards_of(plan)) == ("Rumi", "Rumi", [])


def test_a_long_quote_goes_on_from_card_to_card() -> None:
    plan = plan_for('"Be the change that you wish to see in the world, and never wait for anybody else to come and start it for you." — Anon')
    assert plan.hook == "Be the change that you wish"
    assert cards_of(plan)[-1] == "Anon"


def test_a_saying_in_the_prompt_opens_the_reel_signed_while_the_voice_says_something_else() -> None:
    saying = "We do not remember days, we remember moments."
    plan = plan_for(f"“{saying}” by Cesare Pavese", "So go outside tonight, and look up. Which moment is yours?")
    assert (plan.title, plan.author, plan.beats[0].author) == (saying, "Cesare Pavese", "Cesare Pavese")
    assert plan.beats[0].spoken == "So go outside tonight, and look up."
    said = plan_for(f"“{saying}” by Cesare Pavese", f"{saying} So go outside tonight.")
    assert said.author == ""
