from __future__ import annotations

from functools import cache
from itertools import combinations

import pytest

from bench.director import make_input, read_briefs
from reelwright.generation.plan import Plan, PlanInput
from reelwright.generation.planning.choices import suit_templates
from reelwright.generation.planning.lexicon import load_shared_lexicon
from reelwright.generation.planning.plan_reel import plan_reel
from reelwright.generation.planning.reading import read_brief
from reelwright.generation.planning.redo import redo_plan
from reelwright.generation.planning.variants import plan_variants
from reelwright.generation.redo import RedoRequest
from reelwright.kit.errors import InvalidInput
from reelwright.reels.project import Brief
from reelwright.reels.template import TEMPLATES
from tests.generation.planning.brief_material import make_photo

BRIEFS = (*read_briefs("first"), *read_briefs("second"))
VAN = next(written for written in BRIEFS if written.name == "Van story")
LISBON = next(written for written in BRIEFS if written.name == "Lisbon diary")


def wish(prompt: str = "", script: str = "", template: str = "auto", media: int = 5, **more: object) -> PlanInput:
    brief = Brief.model_validate({"prompt": prompt, "script": script, "length_seconds": 20, **more})
    return PlanInput(brief=brief, template=template, media=tuple(make_photo(number) for number in range(media)))


@cache
def plans_of(name: str) -> tuple[Plan, ...]:
    return plan_variants(make_input(next(written for written in BRIEFS if written.name == name)), 3, None)


def order_of(plan: Plan) -> list[str]:
    return [media_id for beat in plan.beats for media_id in beat.media_ids]


@pytest.mark.parametrize("written", BRIEFS, ids=[written.name for written in BRIEFS])
def test_plans_differ_pairwise_in_hook_opener_order_and_template(written) -> None:
    plans = plans_of(written.name)
    for one, other in combinations(plans, 2):
        assert one.hook != other.hook
        assert one.beats[0].media_ids[0] != other.beats[0].media_ids[0]
        assert order_of(one) != order_of(other)
        assert one.template != other.template
    if len(plans) < 3:
        assert any("instead of 3" in note for note in plans[0].notes)


def test_most_briefs_give_three_plans() -> None:
    made = [len(plans_of(written.name)) for written in BRIEFS]
    assert sum(count == 3 for count in made) >= 30


def test_no_fact_is_lost_in_another_plan() -> None:
    for plan in plan_variants(make_input(LISBON), 3, None):
        shown = " ".join([plan.hook, *(card for beat in plan.beats for card in beat.cards)])
        assert "hree days in Lisbon" in shown
        assert "Trams in Alfama" in shown


def test_a_brief_with_one_fact_gives_one_plan_and_says_so() -> None:
    plans = plan_variants(wish("new haircut"), 3, None)
    assert len(plans) == 1
    assert plans[0].notes[-1] == "One plan instead of 3: your text has no other line that can open a reel."


def test_the_first_plan_is_the_plan_itself() -> None:
    assert plan_variants(make_input(VAN), 1, None) == (plan_reel(make_input(VAN), None),)


def test_a_score_is_the_sum_of_its_parts_and_each_part_has_a_sentence() -> None:
    for written in BRIEFS[:12]:
        score = plan_reel(make_input(written), None).score
        assert score is not None
        assert score.points == pytest.approx(sum(part.points for part in score.parts), abs=0.1)
        assert sum(part.out_of for part in score.parts) == 100
        assert all(part.sentence.endswith((".", "?")) and part.points <= part.out_of for part in score.parts)


def changed(one: Plan, other: Plan) -> set[str]:
    return {name for name, value in one.model_dump().items() if value != other.model_dump()[name]}


@pytest.fixture(scope="module")
def van() -> Plan:
    return plan_reel(make_input(VAN), None)


def test_another_voice_keeps_the_plan(van: Plan) -> None:
    assert changed(van, redo_plan(van, make_input(VAN), RedoRequest(part="voice", voice="af_sky"))) == {"voice"}


def test_other_music_keeps_everything_that_is_seen_and_said(van: Plan) -> None:
    once = redo_plan(van, make_input(VAN), RedoRequest(part="music"))
    again = redo_plan(once, make_input(VAN), RedoRequest(part="music", music_word="calm piano"))
    assert changed(van, once) == {"music_seed"}
    assert (once.music_seed, again.music_seed, again.music_word, again.seed) == (1, 2, "calm piano", 0)


def test_another_hook_comes_from_the_same_brief_and_the_rest_is_kept(van: Plan) -> None:
    made = redo_plan(van, make_input(VAN), RedoRequest(part="hook"))
    assert made.hook != van.hook
    assert made.hook.lower() in VAN.script.lower()
    assert changed(van, made) <= {"hook", "title", "hook_kind", "beats", "alternative_text", "score"}
    assert made.beats[1:] == van.beats[1:]
    assert made.beats[0].model_copy(update={"title": van.hook}) == van.beats[0]


def test_the_creators_own_hook_is_taken_as_it_is(van: Plan) -> None:
    made = redo_plan(van, make_input(VAN), RedoRequest(part="hook", text="A rusty van for 1,800 euros"))
    assert (made.hook, made.beats[0].title, made.hook_kind) == ("A rusty van for 1,800 euros", "A rusty van for 1,800 euros", "number")


def test_a_card_that_becomes_the_hook_gives_its_place_to_the_old_one() -> None:
    plan = plan_reel(make_input(LISBON), None)
    made = redo_plan(plan, make_input(LISBON), RedoRequest(part="hook", text="Trams in Alfama"))
    assert [card for beat in made.beats for card in beat.cards].count("Trams in Alfama") == 0
    assert "Three days in Lisbon" in [card for beat in made.beats for card in beat.cards]


def test_another_video_title_changes_nothing_that_is_shown(van: Plan) -> None:
    made = redo_plan(van, make_input(VAN), RedoRequest(part="title"))
    assert made.post_texts["youtube"].title != van.post_texts["youtube"].title
    assert changed(van, made) <= {"title", "post_texts"}
    assert made.post_texts["youtube"].text == van.post_texts["youtube"].text


def test_a_beats_title_is_done_again_or_taken_out(van: Plan) -> None:
    place = next(place for place, beat in enumerate(van.beats) if place and beat.title)
    made = redo_plan(van, make_input(VAN), RedoRequest(part="title", beat=place, text="Ten minutes of laughter"))
    assert made.beats[place].title == "Ten minutes of laughter"
    assert [beat for at, beat in enumerate(made.beats) if at != place] == [beat for at, beat in enumerate(van.beats) if at != place]


def test_another_shot_is_neither_here_nor_beside_it(van: Plan) -> None:
    for place in range(len(van.beats)):
        made = redo_plan(van, make_input(VAN), RedoRequest(part="shot", beat=place))
        near = {media_id for at in (place - 1, place, place + 1) if 0 <= at < len(van.beats) for media_id in van.beats[at].media_ids}
        assert made.beats[place].media_ids[0] not in near
        assert made.beats[place].reason
        assert [beat for at, beat in enumerate(made.beats) if at != place] == [beat for at, beat in enumerate(van.beats) if at != place]


def test_the_picture_that_the_creator_names_is_shown(van: Plan) -> None:
    made = redo_plan(van, make_input(VAN), RedoRequest(part="shot", beat=2, media_id="v5"))
    assert (made.beats[2].media_ids[0], made.beats[2].media_reasons[0]) == ("v5", "You chose it.")


@pytest.mark.parametrize(
    ("redo", "sentence"),
    [
        (RedoRequest(part="shot", beat=40), "There is no beat 40"),
        (RedoRequest(part="shot", beat=0, media_id="nowhere"), "not in this project"),
        (RedoRequest(part="shot", beat=0, picture=7), "picture counts from 0"),
        (RedoRequest(part="title", beat=0), "do the hook again"),
    ],
)
def test_what_cannot_be_done_again_is_said(van: Plan, redo: RedoRequest, sentence: str) -> None:
    with pytest.raises(InvalidInput, match=sentence):
        redo_plan(van, make_input(VAN), redo)


def test_a_shot_is_named_by_its_beat() -> None:
    with pytest.raises(ValueError, match="Name the shot"):
        RedoRequest(part="shot")


@pytest.mark.parametrize(
    ("prompt", "wanted"),
    [
        ("Three days in Lisbon, trip with my sister", "travel"),
        ("A day in my life as a nurse, nostalgic film look", "retro"),
        ("20% off everything until Sunday", "hype"),
        ("5 mistakes beginners make: sleep, food, pace", "countdown"),
        ("Brownie recipe: 200 g flour, 2 eggs. Cozy", "soft"),
        ('Quote: "What we keep is what we repair." by Anna Lind', "quote"),
        ("Our new oat soap, 7 €", "minimal"),
    ],
)
def test_without_a_template_the_intent_and_the_mood_choose_one(prompt: str, wanted: str) -> None:
    plan = plan_reel(wish(prompt), None)
    assert plan.template == (wanted if wanted in TEMPLATES else plan.template)
    assert any(note.startswith("You chose no template") for note in plan.notes)


def test_the_creators_template_is_kept() -> None:
    plan = plan_reel(wish("20% off everything", template="editorial"), None)
    assert plan.template == "editorial"
    assert not any("template" in note for note in plan.notes)


def test_every_intent_has_templates_that_exist() -> None:
    shared = load_shared_lexicon()
    for intent in (*shared.intents, "moments"):
        assert shared.neighbours[intent]
    assert set(suit_templates(read_brief(wish("Our lake, calm")))) <= set(TEMPLATES)


def test_black_and_white_is_a_look_and_no_text() -> None:
    plan = plan_reel(wish("Our choir: basses, altos, a door. Black and white"), None)
    assert plan.look == "silver"
    assert not any("lack" in card for beat in plan.beats for card in beat.cards)
