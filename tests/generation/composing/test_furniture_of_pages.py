from __future__ import annotations

import pytest

from reelwright.generation.composing.furniture import furnish_page, last_words, list_echoes, write_frame
from reelwright.generation.composing.mount_small import mount_small
from reelwright.generation.composing.scene_texts import end_texts
from reelwright.generation.composing.shapes import layout_for
from reelwright.generation.plan import Plan
from reelwright.reels.geometry import Size
from reelwright.reels.reel import Rect
from reelwright.reels.template import TEMPLATES, PictureSlot, TextStack, find_template
from tests.generation.composing.test_words_of_shots import make_plan

PAVESE = "“We do not remember days, we remember moments.”"


def quote_plan(**fields: object) -> Plan:
    return make_plan(intent="quote", template="quote", hook=PAVESE, title=PAVESE, **fields)


def test_an_end_without_a_call_says_the_title_again_above_the_handle() -> None:
    texts = end_texts(make_plan(hook="The summer we stayed", end_card=("@lowtide",), handle="@lowtide"))
    assert (texts["call"], texts["handle"]) == ("The summer we stayed", "@lowtide")
    assert "signature" not in texts


def test_a_quote_ends_on_its_last_clause() -> None:
    texts = end_texts(quote_plan(end_card=("@one.line",), handle="@one.line"))
    assert (texts["call"], texts["handle"]) == ("we remember moments.", "@one.line")


def test_a_title_too_long_for_an_end_is_shortened_where_it_breathes() -> None:
    plan = make_plan(hook="Nine days in the mountains: what we carried, what we left at home and what we would buy again")
    assert last_words(plan) == "Nine days in the mountains"


def test_an_end_card_without_handle_and_call_says_nothing_new() -> None:
    assert "call" not in end_texts(make_plan(end_card=()))


def test_pages_of_a_quote_say_its_clauses_and_its_author_once_each() -> None:
    plan = quote_plan(author="—— Cesare Pavese")
    assert list_echoes(plan) == ("We do not remember days", "Cesare Pavese")
    said = [furnish_page(plan, number, 6).get("echo") for number in range(6)]
    assert said == [None, "We do not remember days", "Cesare Pavese", None, None, None]


def test_only_a_quote_is_echoed() -> None:
    assert list_echoes(make_plan(hook="First this, then that", author="Somebody")) == ()


def test_pages_are_numbered_and_the_end_card_is_none() -> None:
    plan = make_plan(hook="Autumn in the mountains.")
    assert furnish_page(plan, 1, 5) == {"frame": "→ 12", "running": "Autumn in the mountains", "folio": "2/5"}
    assert furnish_page(plan, 5, 5) == {"frame": "→ 14"}
    assert furnish_page(plan, 0, 5) == {"frame": "→ 11A"}


def test_frames_are_counted_by_halves_as_on_film() -> None:
    assert [write_frame(number) for number in range(4)] == ["→ 11A", "→ 12", "→ 12A", "→ 13"]


@pytest.mark.parametrize(("slot", "mounted"), [((0, 400, 1080, 1520), (0, 538, 1080, 1382)), ((72, 300, 936, 1500), (72, 360, 936, 1382))])
def test_a_small_picture_still_reaches_the_edge_that_its_hole_bled_off(slot: tuple[int, ...], mounted: tuple[int, ...]) -> None:
    x, y, width, height = slot
    hole = PictureSlot(name="photo", rect=Rect(x=x, y=y, width=width, height=height))
    rect = mount_small(hole, Size(640, 427), "page", 1.05).rect
    assert (rect.x, rect.y, rect.width, rect.height) == mounted


def test_every_frame_of_the_film_stands_in_one_gate() -> None:
    retro = find_template("retro")
    for layout in (*(retro.layout(name) for name in (*retro.openers, *retro.bodies, *retro.ends)),):
        rects = [slot.rect for slot in layout.pictures]
        assert {rect.x for rect in rects} == {96}
        assert max(rect.y + rect.height for rect in rects) == 1650
        assert min(rect.y for rect in rects) >= 270


def test_the_head_of_a_film_that_lies_on_its_side_is_left_to_the_perforation() -> None:
    film = layout_for(find_template("retro"), "film", "16:9")
    assert not [part for part in film.parts if isinstance(part, TextStack) and part.blocks[0].source == "frame"]  # type: ignore[union-attr]


@pytest.mark.parametrize("template", ["editorial", "retro", "quote"])
def test_pages_without_words_of_their_own_have_furniture(template: str) -> None:
    found = find_template(template)
    plain = [found.layout(name) for name in found.bodies if not found.layout(name).needs and found.layout(name).family != "full"]
    assert plain
    assert all({"running", "frame", "echo"} & set(layout.takes) for layout in plain)


def test_no_template_signs_with_the_handle_where_there_is_a_title() -> None:
    for name in TEMPLATES:
        texts = end_texts(make_plan(template=name, hook="Our harbour", end_card=("@harbour",), handle="@harbour"))
        ends = [find_template(name).layout(end) for end in find_template(name).ends]
        usable = [layout for layout in ends if all(texts.get(source) for source in layout.needs)]
        assert usable
        assert all("signature" not in layout.needs for layout in usable)
