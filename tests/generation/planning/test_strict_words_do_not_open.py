from __future__ import annotations

from reelwright.generation.plan import Plan, PlanInput
from reelwright.generation.planning.variants import plan_variants
from reelwright.generation.planning.word_warnings import is_risky
from reelwright.reels.project import Brief
from tests.generation.planning.brief_material import make_photo, plan_text

LOST = "Passive income, that's what they promised me. I lost four thousand euros in nine days. Here is what I should have asked. Save this."


def strict_note(plan: Plan) -> str:
    return next((note for note in plan.notes if "platforms are strict about" in note), "")


def test_a_spoken_reel_opens_with_a_sentence_without_strict_words() -> None:
    plan = plan_text("", LOST)
    assert plan.hook == "I lost four thousand euros in nine days"
    assert not is_risky(plan.post_texts["youtube"].title, "en")
    assert not is_risky(plan.alternative_text, "en")


def test_the_creator_is_told_which_line_gave_way() -> None:
    plan = plan_text("", "Shit happens every day. I burned three cakes in one week. The fourth one was perfect. Follow for more.")
    assert plan.hook == "I burned three cakes in one week"
    assert strict_note(plan).startswith("“Shit happens every day” does not open the reel")
    assert "Shit happens every day." in plan.spoken_script
    assert "Shit" not in plan.post_texts["instagram"].text


def test_a_silent_reel_opens_with_another_card_and_keeps_the_line_as_a_card() -> None:
    plan = plan_text("Lose 10 kg in 6 weeks: bootcamp in Leeds, starts 3 May, £99")
    assert plan.hook == "Bootcamp in Leeds"
    assert "Lose 10 kg in 6 weeks" in [card for beat in plan.beats for card in beat.cards]
    assert not any(is_risky(f"{post.title} {post.text}", "en") for post in plan.post_texts.values())
    assert strict_note(plan)


def test_where_nothing_else_can_open_the_line_stays_and_the_note_says_so() -> None:
    plan = plan_text("Lose 10 kg in 6 weeks")
    assert plan.hook == "Lose 10 kg in 6 weeks"
    assert "no other line of your text can open the reel" in strict_note(plan)


def test_a_title_that_was_given_is_kept_and_the_note_says_why() -> None:
    plan = plan_text('Title: "Get rich slowly". A talk about saving, 5 May, library in Hull')
    assert plan.hook == "Get rich slowly"
    assert "it is the title you gave" in strict_note(plan)


def test_no_other_plan_opens_with_strict_words_either() -> None:
    media = tuple(make_photo(number) for number in range(6))
    plans = plan_variants(PlanInput(brief=Brief(script=LOST, length_seconds=20), template="auto", media=media), 3, None)
    assert len(plans) > 1
    assert not any(is_risky(plan.hook, "en") for plan in plans)


def test_a_clean_brief_has_no_such_note() -> None:
    assert not strict_note(plan_text("Our new oat soap, cut by hand in Bergen, 7 €"))
