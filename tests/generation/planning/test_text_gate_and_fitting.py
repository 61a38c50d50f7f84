from __future__ import annotations

import pytest

from reelwright.generation.planning.lexicon import load_lexicon
from reelwright.generation.planning.text_gate import check_texts, find_lost_facts
from tests.generation.planning.brief_material import plan_text

SOURCE = "We rowed nine days along the Drava to Osijek. Café Lotus gave us soup for 6 €."


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Nine days to Belgrade", "Belgrade"),
        ("11 days along the Drava", "11"),
        ("Soup for the the crew", "the"),
        ("Nine days along the", "the"),
        ("Soup at café lotus", "Café Lotus"),
    ],
)
def test_a_fault_that_was_put_in_is_found(text: str, word: str) -> None:
    faults = check_texts([text], SOURCE, load_lexicon("en"), glossary=("Café Lotus",))
    assert any(fault.word == word for fault in faults)
    assert all(text in fault.sentence for fault in faults)


@pytest.mark.parametrize("text", ["Nine days along the Drava", "Soup for 6 €", "We rowed to Osijek.", "Café Lotus gave us soup", "1. We rowed nine days"])
def test_the_creators_own_words_pass(text: str) -> None:
    assert check_texts([text], SOURCE, load_lexicon("en"), glossary=("Café Lotus",)) == []


@pytest.mark.parametrize("text", ["Morning light comes in", "We moved in", "Turn it on", "Come on in", "The lamp goes out", "We give back"])
def test_a_particle_after_its_verb_may_end_a_text(text: str) -> None:
    assert check_texts([text], text, load_lexicon("en")) == []


@pytest.mark.parametrize("text", ["The house in", "Two rooms with a table on", "Nine days in", "The hens in"])
def test_a_preposition_without_its_noun_is_still_a_fault(text: str) -> None:
    assert [fault.rule for fault in check_texts([text], text, load_lexicon("en"))] == ["The text ends in the middle"]


def test_the_products_fixed_lines_pass() -> None:
    assert check_texts(["Which One Is Yours?"], SOURCE, load_lexicon("en"), fixed_lines=["Which One Is Yours?"]) == []


def test_facts_that_are_not_shown_are_named() -> None:
    assert find_lost_facts(["Nine days along the Drava"], "nine days along the Drava to Osijek for 6 €", load_lexicon("en")) == ["6", "Osijek"]


LONG = (
    "Hello everyone, welcome back! So, honestly, our mill (the one by the river) has stood still for 40 years. "
    "My aunt, who never liked dust, gave us the key. We cleaned the wheel. We cleaned the wheel again, because it was so dirty. "
    "The stones weigh 900 kilos each. Nobody in Zagorje knew how to lift them. We asked an old miller. He came by bicycle. "
    "He told us stories about the flood and about the bridge. Then the water came back. We ground the first sack on a Sunday. "
    "The flour smelled of rain. Order a bag at mlin.si."
)


def test_a_script_four_times_too_long_is_fitted_and_every_removal_is_said() -> None:
    plan = plan_text("Reel about our mill", LONG, seconds=10)
    spoken = " ".join(plan.spoken_script)
    assert len(spoken.split()) < len(LONG.split()) / 2
    assert plan.spoken_script[-1] == "Order a bag at mlin.si."
    assert any("greeting" in line for line in plan.removed)
    for sentence in ("We asked an old miller.", "He came by bicycle."):
        assert sentence in spoken or any(sentence in line for line in plan.removed)


def test_a_script_that_fits_is_spoken_as_it_is() -> None:
    plan = plan_text("Reel about our mill", LONG, seconds=60)
    assert plan.removed == ()
    assert " ".join(plan.spoken_script) == " ".join(LONG.split())


def test_both_commas_of_a_side_clause_go() -> None:
    plan = plan_text("Reel", "One. " + LONG.replace("Hello everyone, welcome back! ", ""), seconds=25)
    assert all("aunt, gave" not in sentence for sentence in plan.spoken_script)


def test_even_steps_are_left_out_where_nothing_else_helps_and_it_is_said() -> None:
    steps = "Start the mill. First, " + "turn the wheel around " * 10 + ". Second, " + "wait for the water again " * 10 + ". Order at mlin.si."
    plan = plan_text("How to start a mill", steps, seconds=8)
    assert sum(beat.seconds for beat in plan.beats) <= 9
    assert plan.spoken_script[0] == "Start the mill."
    assert any("to fit the seconds" in line for line in plan.removed)


@pytest.mark.parametrize(
    "script",
    ["we rowed and rowed over the wide grey lake " * 120, "a" * 5000, "we rowed to the far shore, " * 200, "昨日は京都に行きました、とても静かでした" * 60],
    ids=["no full stop", "no space", "only commas", "no spaces at all"],
)
def test_a_script_that_never_ends_is_fitted_too(script: str) -> None:
    plan = plan_text("Our lake", script[:6000], seconds=15)
    assert sum(beat.seconds for beat in plan.beats) <= 16
    assert plan.spoken_script


def test_a_thin_script_is_not_padded() -> None:
    plan = plan_text("Reel of my garden", "I sowed this in April. Look at it now.", media=1, seconds=60)
    assert any("suit this material better" in note for note in plan.notes)
