from __future__ import annotations

import pytest

from reelwright.kit.errors import InvalidInput
from reelwright.kit.parts import font_path
from reelwright.reels.geometry import CANVAS_HEIGHT, CANVAS_WIDTH, SAFE
from reelwright.reels.reel import Font
from reelwright.reels.template import TEMPLATES, Layout, TextStack, find_template, list_templates, read_template
from reelwright.reels.type_fit import break_lines, fill_width, fit_text, is_measured, measure

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


def layouts_of(template: str) -> list[Layout]:
    return [layout for layout in find_template(template).layouts if layout.shape == "9:16"]


@pytest.mark.parametrize("template", TEMPLATES)
def test_type_keeps_clear_of_the_platforms(template: str) -> None:
    for layout in layouts_of(template):
        for stack in (part for part in layout.parts if isinstance(part, TextStack)):
            assert stack.x >= 48
            assert stack.x + stack.width <= CANVAS_WIDTH - 48
            sources = {block.source for block in stack.blocks if block.kind == "text"}
            if not sources & {"running", "folio", "frame", "number", "date", "masthead", "taken"} and layout.kind != "cover":
                assert stack.top >= SAFE.top
                assert stack.bottom <= SAFE.bottom + 24


@pytest.mark.parametrize("template", TEMPLATES)
def test_no_body_leaves_the_lower_third_an_empty_colour(template: str) -> None:
    for layout in layouts_of(template):
        if layout.kind == "body" and layout.pictures:
            assert max(slot.rect.y + slot.rect.height for slot in layout.pictures) >= 0.7 * CANVAS_HEIGHT


@pytest.mark.parametrize("template", TEMPLATES)
def test_every_family_of_type_is_installed_and_measured(template: str) -> None:
    for layout in layouts_of(template):
        for stack in (part for part in layout.parts if isinstance(part, TextStack)):
            for block in (block for block in stack.blocks if block.kind == "text"):
                assert font_path(block.font.family, block.font.weight, block.font.is_italic).path.is_file()
                assert is_measured(block.font)


@pytest.mark.parametrize("template", TEMPLATES)
def test_there_is_a_layout_for_any_words_and_for_none(template: str) -> None:
    document = find_template(template)
    for names in (document.openers, document.bodies, document.ends):
        needs = [set(document.layout(name).needs) for name in names]
        assert any(need <= {"title", "call"} for need in needs)
    assert any(not document.layout(name).needs and document.layout(name).captions for name in document.bodies)
    assert any(document.layout(name).captions for name in document.openers)


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


def test_a_word_that_is_wider_than_a_line_is_divided_with_hyphens() -> None:
    fitted = fit_text("Donaudampfschifffahrtsgesellschaftskapitän.", MASTHEAD, 936, (96, 180), 2, -0.03)
    assert len(fitted.lines) > 1
    assert all(line.endswith("-") for line in fitted.lines[:-1])
    assert "".join(line.rstrip("-") for line in fitted.lines) == "Donaudampfschifffahrtsgesellschaftskapitän."
    assert all(measure(line, MASTHEAD, fitted.size, -0.03) <= 936 for line in fitted.lines)


def test_what_is_no_word_is_never_divided() -> None:
    assert fit_text("www.averyveryverylongaddress.example/with/a/path", MASTHEAD, 300, (96, 180), 2).lines == (
        "www.averyveryverylongaddress.example/with/a/path",
    )
