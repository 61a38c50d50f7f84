"""Type: fitted, whole, in any script."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from reelwright.reels.reel import Font, Text
from reelwright.rendering.compose import Composer
from reelwright.rendering.fonts import FontShelf, is_right_to_left
from reelwright.rendering.sprites import Sprite
from reelwright.rendering.text import Shadow, Style, draw_line, draw_mask, fit_size, measure_line

SERIF = Font(family="Instrument Serif")
SAMPLES = {
    "latin": "Quiet rooms, façade & Čačak",
    "cyrillic": "Тихие комнаты",
    "greek": "Ήσυχα δωμάτια",
    "arabic": "غرف هادئة للصباح",
    "hebrew": "חדרים שקטים",
    "japanese": "静かな部屋",
    "chinese": "安静的房间",
    "korean": "조용한 방",
    "devanagari": "शांत कमरे",
    "mixed": "Café غرفة 12",
}


def _style(size: int = 60, **options: Any) -> Style:
    return Style(SERIF, size, "#FFFFFF", **options)


def _ink(sprite: Sprite) -> np.ndarray:
    return 255 - np.asarray(sprite.holes[0])


def _has_empty_border(mask: np.ndarray) -> bool:
    return not (mask[:2].any() or mask[-2:].any() or mask[:, :2].any() or mask[:, -2:].any())


@pytest.mark.parametrize("script", sorted(SAMPLES))
def test_each_script_is_drawn_whole(script: str) -> None:
    sprite = draw_line(FontShelf("en"), SAMPLES[script], _style(), 100.3, 200)
    assert sprite is not None
    assert (_ink(sprite) > 128).sum() > 800
    assert _has_empty_border(draw_mask(FontShelf("en"), SAMPLES[script], _style(), 0)[0])


@pytest.mark.parametrize("family", ["Playfair Display", "Instrument Serif", "Inter"])
@pytest.mark.parametrize("is_italic", [False, True])
def test_descenders_and_swashes_are_never_cut(family: str, is_italic: bool) -> None:
    font = Font(family=family, weight=900 if family == "Playfair Display" else 400, is_italic=is_italic)
    mask, _ = draw_mask(FontShelf(), "fÅgjpyQ,ĝ", Style(font, 184, "#16130F"), 0)
    assert _has_empty_border(mask)


def test_emoji_and_unknown_signs_are_left_out_instead_of_boxes() -> None:
    shelf = FontShelf()
    assert measure_line(shelf, "Rooms🔥", _style()) == pytest.approx(measure_line(shelf, "Rooms", _style()), abs=0.5)
    assert draw_line(shelf, "🔥\ue000", _style(), 0, 100) is None


def test_a_wide_line_is_made_smaller_until_it_fits() -> None:
    shelf = FontShelf()
    size = fit_size(shelf, "A very long line that does not fit", _style(200), 600)
    assert size < 200
    assert 560 < measure_line(shelf, "A very long line that does not fit", _style(size)) <= 600
    assert fit_size(shelf, "short", _style(60), 600) == 60


def test_tracking_widens_latin_and_leaves_joined_scripts_alone() -> None:
    shelf = FontShelf()
    assert measure_line(shelf, "ISSUE", _style(40, tracking=5)) == pytest.approx(measure_line(shelf, "ISSUE", _style(40)) + 25)
    assert measure_line(shelf, SAMPLES["arabic"], _style(40, tracking=5)) == measure_line(shelf, SAMPLES["arabic"], _style(40))


def test_a_shadow_lies_below_the_letters() -> None:
    shelf = FontShelf()
    plain, shaded = draw_line(shelf, "Room", _style(), 40, 100), draw_line(shelf, "Room", _style(shadow=Shadow(0.6)), 40, 100)
    assert plain is not None
    assert shaded is not None
    assert (_ink(shaded) > 10).sum() > 1.5 * (_ink(plain) > 10).sum()


@pytest.mark.parametrize("align", ["left", "centre", "right"])
def test_alignment_counts_from_the_given_point(maker: Any, align: str) -> None:
    text = Text(text="HHH", font=Font(family="Inter", weight=700), size=40, colour="#FFFFFF", x=136, y=200, align=align)
    with Composer(maker.reel([[maker.flat("#000000"), text]]), maker.files) as composer:
        columns = np.flatnonzero((composer.frame(0).y > 120).any(0))
    edge = {"left": columns[0], "centre": (columns[0] + columns[-1]) / 2, "right": columns[-1]}[align]
    assert abs(float(edge) - 136) < 5


def test_the_direction_is_that_of_the_first_strong_letter() -> None:
    assert is_right_to_left("12 غرفة")
    assert not is_right_to_left("12 rooms غرفة")
    assert not is_right_to_left("123")


def test_an_unknown_family_falls_back_to_a_face_that_is_there() -> None:
    assert draw_line(FontShelf(), "Room", Style(Font(family="No Such Face"), 40, "#FFFFFF"), 10, 60) is not None
