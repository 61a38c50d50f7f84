"""Type is shaped and drawn by HarfBuzz alone: it looks the same on a machine that has no FriBidi."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from reelwright.kit.parts import font_path
from reelwright.reels.reel import Font
from reelwright.rendering.fonts import FontShelf
from reelwright.rendering.typeface import Typeface

PRODUCT = Path(__file__).parents[3] / "layers" / "core" / "python" / "reelwright"


def drawn(family: str, text: str, x: float = 20.0, *, is_right_to_left: bool = False, tracking: float = 0.0) -> np.ndarray:
    mask = np.zeros((160, 900), np.uint8)
    Typeface(font_path(family, 700, size=80), 80).draw(mask, text, x, 110, is_right_to_left=is_right_to_left, tracking=tracking)
    return mask


def centre(mask: np.ndarray) -> float:
    weights = mask.sum(axis=0, dtype=np.float64)
    return float((weights * np.arange(len(weights))).sum() / weights.sum())


def test_no_type_is_set_with_a_library_that_asks_the_machine() -> None:
    assert [path.name for path in PRODUCT.rglob("*.py") if "ImageFont" in path.read_text()] == []


def test_letters_stand_on_fractions_of_a_pixel() -> None:
    assert centre(drawn("Inter", "Reel", 20.5)) - centre(drawn("Inter", "Reel", 20.0)) == pytest.approx(0.5, abs=0.03)


def test_a_wider_setting_is_as_much_wider_as_it_says() -> None:
    plain, wide = drawn("Inter", "Reel"), drawn("Inter", "Reel", tracking=10)
    ends = [np.flatnonzero(mask.any(axis=0))[-1] for mask in (plain, wide)]
    assert ends[1] - ends[0] == pytest.approx(30, abs=1)


def test_arabic_letters_are_joined_and_run_to_the_left() -> None:
    face = Typeface(font_path("Noto Sans Arabic", 700, size=80), 80)
    assert face.measure("ببب", True) < 0.8 * 3 * face.measure("ب", True), "letters inside a word are narrower than alone"
    word = drawn("Noto Sans Arabic", "اب", is_right_to_left=True)
    assert centre(word[:80]) > centre(word[80:]) + 10, "the tall alef, said first, stands on the right"


def test_numbers_in_a_line_from_the_right_keep_their_own_direction() -> None:
    runs = FontShelf("ar").split_runs("عام 2026 جميل", Font(family="Inter", weight=700), 60)
    assert [(run.text.strip(), run.is_right_to_left) for run in runs] == [("عام", True), ("2026", False), ("جميل", True)]


def test_a_mask_keeps_what_was_drawn_before() -> None:
    face = Typeface(font_path("Inter", 700, size=80), 80)
    mask = np.zeros((160, 900), np.uint8)
    face.draw(mask, "I", 20, 110)
    before = int(mask.sum())
    face.draw(mask, "I", 300, 110)
    assert int(mask.sum()) == pytest.approx(2 * before, rel=0.02)
