from __future__ import annotations

import re
from functools import cache

import pytest

from bench.director import PAGE, Written, find_embedder, make_input, read_briefs, write_page
from reelwright.generation.plan import Plan
from reelwright.generation.planning.lexicon import load_lexicon, load_shared_lexicon
from reelwright.generation.planning.plan_reel import plan_reel
from reelwright.generation.planning.post_texts import fixed_lines
from reelwright.generation.planning.reading import read_brief
from reelwright.generation.planning.text_gate import check_texts

FIRST, SECOND = read_briefs("first"), read_briefs("second")
ALL = (*FIRST, *SECOND, *read_briefs("third"))
ids = [written.name for written in ALL]

HOOKS = (
    "Three days in Lisbon", "My new lavender soap", "Grand opening of Café Luna", "5 mistakes beginners make at the gym", "Our living room",
    "Quick vegan brownie recipe", "My dog Bruno's first time at the lake", "The days are long, but the years are short.", "Mercado de Navidad en Toledo",
    "Ein Tag in meiner Töpferwerkstatt in Leipzig", "A day in my life as a night nurse", "20% off everything",
    "Most people store their tomatoes in the fridge", "Everybody told us we were crazy", "Forty a week, never more", "At kilometre 34 I wanted to stop",
    "Breakfast in Hanoi costs one euro", "Otto pulled me across every street", "Mi abuela nunca medía nada", "Heute habe ich 14 Hühner und keinen Wecker",
    "Four years. Eleven notebooks.", "I planted this in March", "You can build this shelf in one afternoon", "The city sleeps until seven",
)  # fmt: skip


@cache
def plan_of(name: str) -> Plan:
    return plan_reel(make_input(next(written for written in ALL if written.name == name)), None)


def shown_by(plan: Plan) -> list[str]:
    return [text for text in (plan.hook, *plan.end_card, *(text for beat in plan.beats for text in (*beat.cards, beat.title or ""))) if text]


@pytest.mark.parametrize(("written", "hook"), list(zip(FIRST, HOOKS, strict=True)), ids=[written.name for written in FIRST])
def test_each_of_the_first_briefs_opens_with_the_line_an_editor_would_choose(written: Written, hook: str) -> None:
    plan = plan_of(written.name)
    assert (plan.hook, plan.language) == (hook, written.language)


@pytest.mark.parametrize("written", ALL, ids=ids)
def test_no_word_is_invented(written: Written) -> None:
    plan = plan_of(written.name)
    reading = read_brief(make_input(written))
    posted = [line for post in plan.post_texts.values() for line in (post.title, *post.text.split("\n")) if line and not line.startswith("#")]
    faults = check_texts([*shown_by(plan), *posted], reading.source, load_lexicon(plan.language), fixed_lines=fixed_lines(reading))
    assert [fault.sentence for fault in faults] == []


@pytest.mark.parametrize("written", ALL, ids=ids)
def test_every_shown_text_is_cut_out_of_the_brief_word_by_word_in_its_order(written: Written) -> None:
    plan = plan_of(written.name)
    reading = read_brief(make_input(written))
    given = words_of(f"{written.prompt} {written.script} {reading.handle}")
    own = {line.lower() for line in fixed_lines(reading)}
    for text in shown_by(plan):
        for part in re.split(r" · |^\d\. ", text):
            rest = iter(given)
            assert part.lower() in own or all(word in rest for word in words_of(part)), part


def words_of(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


@pytest.mark.parametrize("written", ALL, ids=ids)
def test_what_was_read_as_an_instruction_is_told_and_not_shown(written: Written) -> None:
    plan = plan_of(written.name)
    reading = read_brief(make_input(written))
    told = " ".join(plan.notes)
    for instruction in reading.content.instructions:
        assert instruction in told
        assert instruction.lower().rstrip(".!") not in [text.lower() for text in shown_by(plan)]


@pytest.mark.parametrize("written", [*FIRST, *SECOND])
def test_no_picture_is_shown_twice_without_a_card_or_a_sentence(written: Written) -> None:
    """Silent shots show what was not seen yet, or another part of a clip: nothing is shown again just to be longer."""
    plan = plan_of(written.name)
    clips = {item.media_id for item in make_input(written).media if item.facts.kind == "video"}
    silent = [beat.media_ids[0] for beat in plan.beats if beat.role == "silent" and beat.media_ids[0] not in clips]
    assert len(silent) - len(set(silent)) <= 1


@pytest.mark.parametrize("written", ALL, ids=ids)
def test_posts_keep_the_limits_and_tags_say_something(written: Written) -> None:
    posts = plan_of(written.name).post_texts
    assert len(posts["instagram"].hashtags) <= 5
    assert len(posts["youtube"].title) <= 100
    assert not set("<>") & set(posts["youtube"].title + posts["youtube"].text)
    assert all(tag[1:].lower() not in load_shared_lexicon().banned_tags for tag in posts["instagram"].hashtags)


def test_a_refused_picture_is_never_shown_and_wishes_about_order_are_kept() -> None:
    surgery, team = plan_of("Practice nurse, GP surgery in Cardiff"), plan_of("Coach of an under-11 girls football team")
    assert all("needle_tray_DONT_USE_maybe.jpg" not in beat.media_ids for beat in surgery.beats)
    assert any(note.startswith("Left out, as you asked") for note in surgery.notes)
    assert team.beats[-2].media_ids == ("trophy lift!!.jpg",)


def test_the_page_of_the_briefs_shows_what_the_rules_make() -> None:
    """One brief in six is made anew, the counts and all headings with it."""
    page = sections_of(PAGE.read_text(encoding="utf-8"))
    made = sections_of(write_page(find_embedder(), every=6))
    assert len(page) == len(ALL) + 1
    assert len(made) == len(ALL) / 6 + 1
    for heading, text in made.items():
        assert page[heading] == text, "run .venv/bin/python -m bench.director --write"


def sections_of(page: str) -> dict[str, str]:
    """The introduction and the briefs by their headings; the headings of the two halves belong to none."""
    parts = re.split(r"^### ", page, flags=re.MULTILINE)
    return {part.split("\n", 1)[0]: re.sub(r"\n## .*", "", part).strip() for part in parts}
