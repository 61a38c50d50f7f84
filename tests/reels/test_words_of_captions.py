"""The words of captions as they are shown: scripts, capitals, marks, emoji, and what each preset asks."""

from __future__ import annotations

import pytest

from reelwright.reels.caption_presets import CAPTION_LOOKS, has_own_ground, make_look, reading_limit
from reelwright.reels.caption_text import find_emoji, join_words, script_of, show_word, take_out_emoji
from reelwright.reels.reel import CaptionStyle, Font


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("Quiet rooms, 12", "latin"), ("Тихое утро", "cyrillic"), ("ήσυχο", "greek"), ("صباح هادئ", "arabic"), ("בוקר שקט", "hebrew"),
        ("今日は", "cjk"), ("조용한 아침", "cjk"), ("शांत सुबह", "devanagari"), ("เช้าวันนี้", "thai"), ("2026!", "latin"),
    ],
)  # fmt: skip
def test_the_script_is_the_one_of_most_letters(text: str, script: str) -> None:
    assert script_of(text) == script


@pytest.mark.parametrize(
    ("words", "text"),
    [
        (["Quiet", "rooms"], "Quiet rooms"),
        (["今日は", "静かな", "朝です。"], "今日は静かな朝です。"),
        (["오늘은", "조용한"], "오늘은 조용한"),
        (["เช้า", "วัน"], "เช้าวัน"),
        (["7時", "coffee", "珈琲"], "7時 coffee 珈琲"),
    ],
)
def test_scripts_without_blanks_are_joined_without_blanks(words: list[str], text: str) -> None:
    assert join_words(words) == text


def test_pop_writes_capitals_and_drops_stops_but_keeps_questions() -> None:
    shown = [show_word(word, is_upper=True, drops_marks=True) for word in ("rooms.", "light,", "really?", "no!", "9.99")]
    assert shown == ["ROOMS", "LIGHT", "REALLY?", "NO!", "9.99"]


def test_capitals_follow_the_language() -> None:
    assert show_word("istanbul", is_upper=True, drops_marks=False, language="tr") == "İSTANBUL"
    assert show_word("ήσυχο", is_upper=True, drops_marks=False, language="el") == "ΗΣΥΧΟ"
    assert show_word("صباح", is_upper=True, drops_marks=False, language="ar") == "صباح"


def test_a_name_in_mixed_capitals_keeps_its_spelling() -> None:
    assert show_word("iPhone", is_upper=True, drops_marks=False, is_name=True) == "iPhone"
    assert show_word("Piran", is_upper=True, drops_marks=False, is_name=True) == "PIRAN"


def test_emoji_are_found_whole_and_taken_out_of_the_words() -> None:
    assert find_emoji("so good🔥") == ["🔥"]
    assert find_emoji("👩‍🚀 and 🇫🇷 and 👍🏽 and ❤️ and 1️⃣") == ["👩‍🚀", "🇫🇷", "👍🏽", "❤️", "1️⃣"]
    assert find_emoji("plain 12 #1 text") == []
    assert take_out_emoji("good🔥") == "good"
    assert take_out_emoji("👩‍🚀") == ""
    assert take_out_emoji("☕!") == ""
    assert take_out_emoji("&") == "&"


def test_presets_have_the_limits_of_their_size() -> None:
    limits = {name: (look.max_words, look.max_characters, look.size) for name, look in CAPTION_LOOKS.items()}
    assert limits == {"pop": (3, 16, 112), "box": (4, 22, 70), "clean": (5, 28, 62), "edit": (5, 26, 84), "type": (6, 30, 50), "tag": (4, 22, 60)}


def test_a_template_changes_what_it_names_and_nothing_else() -> None:
    style = CaptionStyle(font=Font(family="Archivo", weight=900), size=92, is_upper=False, active_colour="#FFE14A")
    look, plain = make_look("pop", style, "en", "latin"), CAPTION_LOOKS["pop"]
    assert (look.font.family, look.size, look.is_upper, look.active_colour) == ("Archivo", 92, False, "#FFE14A")
    assert (look.colour, look.max_words, look.drops_marks) == (plain.colour, plain.max_words, plain.drops_marks)
    assert look.stroke == round(plain.stroke * 92 / 112)


@pytest.mark.parametrize("preset", ["pop", "box", "clean", "edit", "type", "tag"])
def test_joined_and_stacked_scripts_get_neither_tracking_nor_capitals_nor_single_letters(preset: str) -> None:
    for language, script in (("ar", "arabic"), ("he", "hebrew"), ("hi", "devanagari"), ("th", "thai")):
        look = make_look(preset, CaptionStyle(), language, script)
        assert (look.tracking, look.is_upper, look.letter_seconds) == (0.0, False, 0.0)
        assert look.line_height >= 1.3


@pytest.mark.parametrize(("language", "script"), [("ru", "cyrillic"), ("el", "greek"), ("vi", "latin")])
def test_no_word_is_set_in_two_typefaces(language: str, script: str) -> None:
    for preset in CAPTION_LOOKS:
        assert make_look(preset, CaptionStyle(), language, script).font.family not in {"Instrument Serif", "Poppins"}
    assert make_look("pop", CaptionStyle(), "de", "latin").font.family == "Anton"


def test_only_outlined_and_boxed_presets_bring_their_own_ground() -> None:
    assert {name for name, look in CAPTION_LOOKS.items() if has_own_ground(look)} == {"pop", "type", "tag"}


def test_fewer_characters_can_be_read_where_each_is_a_syllable() -> None:
    assert reading_limit("ja") < reading_limit("zh") < reading_limit("ko") < reading_limit("en") == 22
