from __future__ import annotations

import pytest

from reelwright.kit.errors import InvalidInput
from reelwright.reels.geometry import CANVAS_HEIGHT, CANVAS_WIDTH, SAFE
from reelwright.reels.reel import Font
from reelwright.reels.template import TEMPLATES, TextStack, find_template, list_templates, read_template
from reelwright.reels.type_fit import break_lines, fill_width, fit_text, measure

SERIF = Font(family="Instrument Serif")
MASTHEAD = Font(family="Playfair Display", weight=900)


def test_every_template_of_the_catalogue_is_a_valid_document() -> None:
    assert [template.name for template in list_templates()] == list(TEMPLATES)


def test_an_unknown_template_is_refused_with_the_names_there_are() -> None:
    with pytest.raises(InvalidInput, match="editorial"):
        find_template("vaporwave")


def test_a_document_that_names_a_missing_layout_is_refused() -> None:
    document = find_template("editorial").model_dump(mode="json")
    document["bodies"] = ["nowhere"]
    with pytest.raises(InvalidInput, match="cannot be used"):
        read_template(document)


def test_slots_lie_on_the_canvas_and_type_keeps_clear_of_the_platforms() -> None:
    for layout in find_template("editorial").layouts:
        for picture in layout.pictures:
            assert picture.rect.x + picture.rect.width <= CANVAS_WIDTH
            assert picture.rect.y + picture.rect.height <= CANVAS_HEIGHT
        for stack in (part for part in layout.parts if isinstance(part, TextStack)):
            assert stack.x >= 72
            assert stack.x + stack.width <= 1008
            sources = {block.source for block in stack.blocks if block.kind == "text"}
            if sources != {"running"}:
                assert stack.top >= SAFE.top
                assert stack.bottom <= SAFE.bottom


def test_no_layout_leaves_the_lower_third_an_empty_colour() -> None:
    for layout in find_template("editorial").layouts:
        assert max(slot.rect.y + slot.rect.height for slot in layout.pictures) == CANVAS_HEIGHT


def test_the_template_is_found_where_the_package_is_installed() -> None:
    from importlib import resources

    assert resources.files("reelwright.reels").joinpath("templates", "editorial.json").is_file()


def test_type_is_as_large_as_its_lines_allow() -> None:
    short = fit_text("Quiet rooms", SERIF, 936, (64, 132), 2)
    long = fit_text("Everything that we learned about very quiet rooms in winter", SERIF, 936, (64, 132), 2)
    assert (short.size, short.lines) == (132, ("Quiet rooms",))
    assert long.size < short.size
    assert len(long.lines) == 2
    assert all(measure(line, SERIF, long.size) <= 936 for line in long.lines)


def test_lines_are_balanced_and_the_last_word_is_not_alone() -> None:
    lines = break_lines(["A", "long", "afternoon", "in", "the", "old", "harbour", "office"], SERIF, 120, 936)
    assert len(lines) == 2
    assert len(lines[-1].split()) > 1


def test_a_masthead_fills_its_width_or_is_none() -> None:
    filled = fill_width("HARBOUR", MASTHEAD, 936, (100, 252))
    assert filled is not None
    assert 0.9 * 936 <= measure("HARBOUR", MASTHEAD, filled.size) <= 936
    assert fill_width("EXTRAORDINARILY LONG WORDS HERE", MASTHEAD, 936, (100, 252)) is None


def test_letters_the_table_does_not_hold_are_taken_as_wide() -> None:
    assert measure("東京", SERIF, 100) == 200
    assert measure("صباح", SERIF, 100) > 200
