from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reelwright.generation.composing.scene_texts import beat_texts, end_texts
from reelwright.generation.composing.set_type import set_stack
from reelwright.generation.composing.slab import MAX_SLAB_CHARACTERS, break_slab, break_title
from reelwright.generation.plan import Beat, Plan
from reelwright.generation.planning.lexicon import load_lexicon
from reelwright.reels.reel import Font, Text
from reelwright.reels.template import BoxCraft, TextBlock, TextStack

ENGLISH = load_lexicon("en")
WORDS = st.lists(st.text(alphabet="abcdefgh", min_size=1, max_size=9), min_size=1, max_size=9)


def make_plan(**fields: object) -> Plan:
    beat = Beat(role="hook", seconds=2, media_ids=("media_0",), reason="It is first.")
    defaults: dict[str, object] = {
        "language": "en",
        "template": "hype",
        "look": "punch",
        "title": "Our room",
        "hook": "Our room",
        "intent": "moments",
        "music_word": "house",
        "bpm": 120,
        "length_seconds": 10,
        "beats": (beat,),
    }
    return Plan.model_validate(defaults | fields)


def make_beat(**fields: object) -> Beat:
    return Beat.model_validate({"role": "build", "seconds": 2, "media_ids": ("media_0",), "reason": "It fits."} | fields)


@given(WORDS)
def test_slab_lines_hold_every_word_in_order(words: list[str]) -> None:
    lines = break_slab(words, (), ENGLISH)
    assert len(lines) <= 3
    assert not lines or " ".join(lines).split() == words
    assert all(len(line) <= MAX_SLAB_CHARACTERS for line in lines)


def test_the_stressed_word_stands_on_the_bar() -> None:
    assert break_slab(["Stop", "scrolling,", "watch", "this"], ("scrolling",), ENGLISH) == ("Stop", "scrolling", "watch this")


def test_a_title_too_long_for_a_slab_has_none() -> None:
    assert break_slab(["Everything", "that", "we", "learned", "about", "very", "quiet", "rooms", "in", "winter"], (), ENGLISH) == ()


def test_a_slab_line_does_not_end_on_a_small_word() -> None:
    lines = break_slab(["We", "built", "this", "room", "in", "nine", "days"], (), ENGLISH)
    assert not any(ENGLISH.is_weak(line.split()[-1]) for line in lines[:-1])


def test_a_title_falls_into_a_head_and_its_tail() -> None:
    texts = break_title("9 days of getting lost", (), ENGLISH)
    assert (texts["head"], texts["tail"]) == ("9 days", "of getting lost")


def test_the_end_of_a_long_title_becomes_a_tag() -> None:
    texts = break_title("3 things that make any room feel expensive", (), ENGLISH)
    assert texts["tag"] == "feel expensive"
    assert texts["lead"].split() + texts["tag"].split() == ["3", "things", "that", "make", "any", "room", "feel", "expensive"]


def test_an_item_of_a_list_has_its_number_beside_it() -> None:
    texts = beat_texts(make_plan(), make_beat(cards=("1. One loud flower",), number=1, item="One loud flower", kind="item"), None)
    assert (texts["number"], texts["item"]) == ("1", "One loud flower")


def test_a_question_is_no_item() -> None:
    beat = make_beat(cards=("Which one first?",), number=4, item="Which one first?", question="Which one first?")
    assert "number" not in beat_texts(make_plan(), beat, None)


def test_a_figure_is_set_large_only_where_nothing_else_is_said() -> None:
    whole = beat_texts(make_plan(), make_beat(cards=("40 days to restore",), kind="figure", figure="40", label="days to restore"), None)
    part = beat_texts(make_plan(), make_beat(cards=("Keeps coffee at 93° all morning",), kind="fact", figure="93°", label="all morning"), None)
    assert whole["figure"] == "40"
    assert "figure" not in part


def test_a_question_that_is_spoken_is_shown_as_well() -> None:
    beat = make_beat(spoken="What would you do with a free day?", question="What would you do with a free day?")
    assert beat_texts(make_plan(), beat, None)["title"] == "What would you do with a free day?"


def test_the_handle_alone_signs_a_reel_without_a_title() -> None:
    texts = end_texts(make_plan(title="", hook="", end_card=("@slow.rooms",), handle="@slow.rooms"))
    assert (texts["call"], texts["signature"]) == ("@slow.rooms", "@slow.rooms")
    assert "handle" not in texts


def test_a_call_stands_above_the_handle() -> None:
    texts = end_texts(make_plan(end_card=("Follow for part two", "@slow.rooms"), handle="@slow.rooms"))
    assert (texts["call"], texts["handle"]) == ("Follow for part two", "@slow.rooms")
    assert "signature" not in texts


def set_lines(text: str, **block: object) -> list[Text]:
    fields: dict[str, object] = {"source": "title", "font": Font(family="Anton"), "size": 200, "min_size": 60, "max_lines": 4}
    stack = TextStack(x=72, top=300, bottom=700, width=936, blocks=(TextBlock.model_validate(fields | block),))
    return [layer for layer in set_stack(stack, {"title": text}, lambda name: "#FFFFFF", ("loud",)).layers if isinstance(layer, Text)]


def test_type_gets_smaller_until_the_stack_holds_it() -> None:
    lines = set_lines("Everything that we learned about rooms in winter")
    assert lines[-1].y <= 700
    assert lines[0].size < 200


def test_emphasised_words_are_set_apart_where_the_template_wants_it() -> None:
    assert set_lines("One loud flower", emphasis_colour="accent")[0].emphasised == (1,)
    assert set_lines("One loud flower")[0].emphasised == ()


def test_a_box_has_room_inside_the_stack() -> None:
    line = set_lines("One loud flower", box=BoxCraft(colour="accent", padding_x=40))[0]
    assert line.box is not None
    assert line.x == 112
    assert line.max_width == 856


def test_accents_of_capitals_and_deep_letters_get_room() -> None:
    plain, accented, arabic = (
        set_lines(text, line_height=1.06, min_size=200) for text in ("AUF DEM LANDE HIER", "ÄUF DEM LÄNDE HÖER", "مساء الخير يا بيروت مساء الخير")
    )
    usual = plain[1].y - plain[0].y
    assert accented[1].y - accented[0].y > usual
    assert accented[0].y > plain[0].y
    assert arabic[1].y - arabic[0].y > usual
    boxed = set_lines("ÄPFEL", box=BoxCraft(colour="accent"))[0]
    assert boxed.box is not None
    assert boxed.box.padding_y >= 0.2 * boxed.size
