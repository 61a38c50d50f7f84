from __future__ import annotations

import pytest

from reelwright.generation.plan import PlanInput
from reelwright.generation.planning.lexicon import load_lexicon, load_shared_lexicon
from reelwright.generation.planning.post_texts import fixed_lines
from reelwright.generation.planning.reading import read_brief
from reelwright.generation.planning.text_gate import check_texts
from reelwright.reels.project import Brief
from tests.generation.planning.brief_material import CASES, Case, make_photo, plan_case, plan_text

ids = [case.name for case in CASES]


@pytest.mark.parametrize("case", CASES, ids=ids)
def test_a_brief_gives_the_texts_that_a_reader_expects(case: Case) -> None:
    plan = plan_case(case)
    cards = [*plan.deck.split(" · "), *(card for beat in plan.beats for card in beat.cards)]
    assert (plan.language, plan.intent) == (case.language, case.intent)
    if case.hook:
        assert plan.hook == case.hook
    assert [card for card in cards if card in case.cards] == list(case.cards)
    if case.end:
        assert plan.end_card == case.end
    assert set(case.tags) <= set(plan.post_texts["instagram"].hashtags)


@pytest.mark.parametrize("case", CASES, ids=ids)
def test_nothing_shown_or_posted_is_invented(case: Case) -> None:
    plan = plan_case(case)
    brief = Brief(prompt=case.prompt, script=case.script, handle=case.handle)
    reading = read_brief(PlanInput(brief=brief, template="editorial", media=(make_photo(0),)))
    shown = [plan.hook, *plan.end_card, *(text for beat in plan.beats for text in (*beat.cards, beat.title or ""))]
    posted = [line for post in plan.post_texts.values() for line in post.text.split("\n") if not line.startswith("#")]
    faults = check_texts([text for text in (*shown, *posted) if text], reading.source, load_lexicon(case.language), fixed_lines=fixed_lines(reading))
    assert [fault.sentence for fault in faults] == []


@pytest.mark.parametrize("case", CASES, ids=ids)
def test_every_post_keeps_the_limits_of_its_platform(case: Case) -> None:
    posts = plan_case(case).post_texts
    assert set(posts) == {"instagram", "facebook", "youtube", "tiktok"}
    assert len(posts["instagram"].text) <= 2200
    assert len(posts["instagram"].hashtags) <= 5
    assert len(posts["tiktok"].text.split("\n#")[0]) <= 151
    assert len(posts["youtube"].title) <= 70
    assert not set("<>") & set(posts["youtube"].title + posts["youtube"].text)
    assert len(posts["facebook"].hashtags) <= 1
    assert all(tag[1:].lower() not in load_shared_lexicon().banned_tags for tag in posts["instagram"].hashtags)


@pytest.mark.parametrize("case", [case for case in CASES if case.script], ids=[case.name for case in CASES if case.script])
def test_a_spoken_reel_has_a_title_on_at_most_one_beat_in_three_and_the_hook(case: Case) -> None:
    plan = plan_case(case)
    titled = [beat for beat in plan.beats[1:] if beat.title and not beat.is_chapter]
    assert len(titled) <= len(plan.beats) / 3 + 1
    assert all(beat.title != beat.spoken for beat in plan.beats if beat.spoken)
    assert [index for beat in plan.beats for index in beat.sentences] == list(range(len(plan.spoken_script)))


def test_every_beat_has_a_reason_and_media_that_exist() -> None:
    for case in CASES:
        plan = plan_case(case)
        known = {f"media_{number}" for number in range(len(case.media))}
        for beat in plan.beats:
            assert beat.reason
            assert set(beat.media_ids) <= known
            assert not beat.media_words or sum(beat.media_words) == len((beat.spoken or "").split())


def test_instructions_are_told_to_the_creator() -> None:
    assert any("soft piano" in note for note in plan_text("Reel of our yard: hens, pears. Add soft piano music").notes)


def test_no_call_is_added_where_none_was_given() -> None:
    plan = plan_text("Reel of our yard: hens, pears, one old dog")
    assert plan.end_card == ()
    assert "follow" not in plan.post_texts["instagram"].text.lower()


def test_the_same_brief_and_seed_give_the_same_plan() -> None:
    assert plan_case(CASES[0], seed=3) == plan_case(CASES[0], seed=3)


def test_emphasis_words_are_words_of_their_sentence() -> None:
    plan = plan_case(next(case for case in CASES if case.name == "old boat"))
    for beat in plan.beats:
        assert all(word in (beat.spoken or "") for word in beat.emphasis)
        assert len(beat.emphasis) <= max(1, len((beat.spoken or "").split()) // 4)


def test_a_quoted_phrase_is_the_title_and_what_stands_beside_it_becomes_a_card() -> None:
    plan = plan_text('Two rooms by the sea, "Porto by foot", end with "Come along"')
    assert (plan.title, plan.hook, plan.end_card[0]) == ("Porto by foot", "Porto by foot", "Come along")
    assert "Two rooms by the sea" in [card for beat in plan.beats for card in beat.cards]


@pytest.mark.parametrize("prompt", ['"Porto by foot": two rooms by the sea', 'Make a reel about "Porto by foot"', '"Porto by foot"'])
def test_a_quoted_phrase_is_shown_whole_and_once(prompt: str) -> None:
    plan = plan_text(prompt)
    texts = [text for beat in plan.beats for text in (beat.title, *beat.cards) if text]
    assert plan.hook == "Porto by foot"
    assert sum("Porto" in text for text in texts) == 1


def test_a_quoted_title_stands_over_a_script_too() -> None:
    assert plan_text('Rooms, "Porto by foot"', "We opened two rooms in May. Breakfast is on the roof.").hook == "Porto by foot"
