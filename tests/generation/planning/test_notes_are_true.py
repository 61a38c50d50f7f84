from __future__ import annotations

import pytest

from bench.director import make_input, read_briefs
from reelwright.generation.planning.plan_reel import plan_reel
from reelwright.generation.planning.said_numbers import says_number
from reelwright.generation.planning.word_warnings import find_warnings, is_risky
from tests.generation.planning.brief_material import plan_text

ALL = (*read_briefs("first"), *read_briefs("second"), *read_briefs("third"))


@pytest.mark.parametrize("number", range(len(ALL)))
def test_the_score_and_the_notes_count_the_same_facts(number: int) -> None:
    plan = plan_reel(make_input(ALL[number]), None)
    assert plan.score is not None
    is_whole = any("Every number and name of your text is seen or heard" in part.sentence for part in plan.score.parts)
    told = " ".join(plan.notes)
    assert not (is_whole and "neither said nor shown" in told)


@pytest.mark.parametrize(
    ("text", "number", "language"),
    [
        ("Forty-one years, one route", "41", "en"),
        ("in nineteen sixty three", "1963", "en"),
        ("two hundred and six loaves", "206", "en"),
        ("São setenta e oito metros", "78", "pt"),
        ("somos cuatrocientas doce familias", "412", "es"),
        ("bei fünfzig Grad", "50", "de"),
        ("opens at 8.30", "8.30", "en"),
    ],
)
def test_a_number_said_in_words_is_said(text: str, number: str, language: str) -> None:
    assert says_number(text, number, language)


@pytest.mark.parametrize(("text", "number"), [("in 1963", "63"), ("8.30 sharp", "30"), ("call 0800 12", "2"), ("forty days", "41")])
def test_a_part_of_a_number_is_not_that_number(text: str, number: str) -> None:
    assert not says_number(text, number, "en")


@pytest.mark.parametrize(
    ("text", "language", "kind"),
    [
        ("lose 10 kg in a month", "en", "health"),
        ("perdez 10 kg en 30 jours", "fr", "health"),
        ("rentabilidad garantizada", "es", "money"),
        ("passives Einkommen mit Bitcoin", "de", "money"),
        ("scommesse sportive", "it", "gambling"),
        ("cerveja gelada", "pt", "alcohol"),
        ("stop doing shit workouts", "en", "swearing"),
    ],
)
def test_words_that_platforms_are_strict_about_are_found(text: str, language: str, kind: str) -> None:
    found = find_warnings(text, language)
    assert [warning.kind for warning in found] == [kind]
    assert found[0].words[0] in found[0].sentence


@pytest.mark.parametrize(
    ("text", "language"), [("the scunthorpe choir sings", "en"), ("ginger and lime", "en"), ("Weinberge im Nebel", "de"), ("@ginhouse", "en"), ("何か", "ja")]
)
def test_words_that_only_look_alike_are_none(text: str, language: str) -> None:
    assert find_warnings(text, language) == []


def test_a_warning_names_the_words_and_changes_none() -> None:
    plan = plan_text("gym promo in Stockport", "Stop doing shit workouts. Come and lift something heavy with people who know your name. First class is free.")
    assert any("“shit”" in note for note in plan.notes)
    assert "Stop doing shit workouts." in plan.spoken_script
    assert plan.post_texts["instagram"].text.startswith("Come and lift something heavy")
    assert is_risky("Stop doing shit workouts.", "en")


def test_a_drink_is_a_matter_only_where_something_is_sold() -> None:
    assert not any("alcohol" in note for note in plan_text("A week in Oaxaca: markets, wine, marigolds").notes)
    assert any("alcohol" in note for note in plan_text("Wine tasting in Leeds, £25 a head").notes)


def test_a_wish_that_no_plan_does_is_told() -> None:
    notes = plan_text("Our bakery in Ghent. Bread at 7. The brand colours are teal and cream.").notes
    assert any(note.startswith("Read, and not done") and "teal and cream" in note for note in notes)
