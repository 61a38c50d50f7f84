"""Type with boxes, strokes, shadows, glow, ghosts and words set apart."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from reelwright.reels.reel import Entry, Font, Shade, Text, TextBox
from reelwright.rendering.compose import Composer
from reelwright.rendering.fonts import FontShelf
from reelwright.rendering.planes import to_bgr
from reelwright.rendering.text_layer import draw_text, draw_typed, draw_words, set_line

ANTON = Font(family="Anton")
SERIF, ITALIC = Font(family="Fraunces", weight=500), Font(family="Fraunces", weight=500, is_italic=True)
GROUND = "#7A8B99"
EFFECTS: dict[str, dict[str, Any]] = {
    "plain": {},
    "stroke": {"stroke": 6, "stroke_colour": "#000000"},
    "hollow": {"stroke": 3, "is_hollow": True},
    "hard_shadow": {"hard_shadow": 8},
    "stroke_and_hard_shadow": {"stroke": 4, "hard_shadow": 6},
    "soft_shadow": {"shadow": 0.8},
    "glow": {"glow": 9.0, "glow_colour": "#FF5A1F", "colour": "#FFB02E"},
    "ghost": {"ghost": 5},
    "box": {"box": TextBox(colour="#DFFF1F", padding_x=20, padding_y=16), "colour": "#0B0B0C"},
    "pill": {"box": TextBox(colour="#FFFBF5", padding_x=26, padding_y=22, radius=60, shadow=Shade(opacity=0.4, sigma=8, fall=6)), "colour": "#5A4036"},
    "turned_box": {"box": TextBox(colour="#DFFF1F", padding_x=20, padding_y=16), "colour": "#0B0B0C", "rotation": -3.0},
    "set_apart": {"text": "We do remember", "font": SERIF, "size": 32, "emphasised": (2,), "emphasis_font": ITALIC, "emphasis_colour": "#E8B65A"},
}


def _text(**options: Any) -> Text:
    wish: dict[str, Any] = {"text": "ROOMS", "font": ANTON, "size": 64, "colour": "#FFFFFF", "x": 135, "y": 110, "align": "centre"}
    return Text(**{**wish, **options})


def _frame(maker: Any, *layers: Any, n: int = 3, ground: str = GROUND) -> np.ndarray:
    with Composer(maker.reel([[maker.flat(ground), *layers]]), maker.files) as composer:
        return to_bgr(composer.frame(n))


@pytest.mark.parametrize("effect", sorted(EFFECTS))
def test_each_effect_looks_as_it_did(maker: Any, effect: str, check_golden: Callable[[str, np.ndarray], None]) -> None:
    check_golden(f"type_{effect}", _frame(maker, _text(**EFFECTS[effect]))[20:160])


def test_a_box_stands_evenly_around_capitals_and_baseline() -> None:
    shelf = FontShelf()
    box = TextBox(colour="#DFFF1F", padding_x=20, padding_y=16)
    boxed, bare = draw_text(shelf, _text(text="HOH", box=box)), draw_text(shelf, _text(text="HOH"))
    assert boxed is not None
    assert bare is not None
    rows = np.flatnonzero((255 - np.asarray(bare.holes[0]) > 128).any(1))
    columns = np.flatnonzero((255 - np.asarray(bare.holes[0]) > 128).any(0))
    assert bare.y + rows[0] - boxed.y == pytest.approx(16, abs=2)
    assert boxed.y + boxed.height - (bare.y + rows[-1] + 1) == pytest.approx(16, abs=2)
    left, right = bare.x + columns[0] - boxed.x, boxed.x + boxed.width - (bare.x + columns[-1] + 1)
    assert left == pytest.approx(right, abs=3)


def test_a_stroke_grows_the_letters_evenly_and_leaves_them_as_they_are() -> None:
    shelf = FontShelf()
    bare, stroked = draw_text(shelf, _text()), draw_text(shelf, _text(stroke=6))
    assert bare is not None
    assert stroked is not None
    assert stroked.width - bare.width == pytest.approx(12, abs=2)
    assert stroked.height - bare.height == pytest.approx(12, abs=2)
    white = np.asarray(stroked.codes.y) > 230
    assert white.sum() == pytest.approx((np.asarray(bare.codes.y) > 230).sum(), rel=0.02)


def test_hollow_letters_have_nothing_inside() -> None:
    hollow, bare = draw_text(FontShelf(), _text(size=160, stroke=3, is_hollow=True)), draw_text(FontShelf(), _text(size=160))
    assert hollow is not None
    assert bare is not None
    assert (np.asarray(hollow.holes[0]) < 128).sum() < 0.4 * (np.asarray(bare.holes[0]) < 128).sum()


def test_words_set_apart_have_their_own_face_and_colour_and_the_line_keeps_its_words_in_order() -> None:
    line = set_line(FontShelf(), _text(text="We do not remember days", font=SERIF, emphasised=(3,), emphasis_font=ITALIC, emphasis_colour="#E8B65A"))
    assert [word.text for word in line.words] == ["We", "do", "not", "remember", "days"]
    assert [word.font.is_italic for word in line.words] == [False, False, False, True, False]
    assert [word.colour for word in line.words].count("#E8B65A") == 1
    gaps = [after.left - before.left - before.width for before, after in zip(line.words, line.words[1:], strict=False)]
    assert all(8 < gap < 30 for gap in gaps)
    assert line.width == pytest.approx(line.words[-1].left + line.words[-1].width, abs=0.5)


def test_a_line_with_words_set_apart_is_fitted_as_a_whole() -> None:
    line = set_line(FontShelf(), _text(text="We do not remember days", font=SERIF, size=90, max_width=230, emphasised=(3,), emphasis_font=ITALIC))
    assert line.width <= 230
    assert line.width > 215


def test_right_to_left_words_stand_from_the_right() -> None:
    line = set_line(FontShelf("ar"), _text(text="غرف هادئة للصباح", font=SERIF, emphasised=(1,), emphasis_colour="#E8B65A"))
    assert [word.left for word in line.words] == sorted((word.left for word in line.words), reverse=True)


def test_words_drawn_apart_stand_where_the_whole_line_has_them(maker: Any) -> None:
    layer = _text(text="Rooms by light", font=SERIF, size=40)
    whole = _frame(maker, layer)
    apart = _frame(maker, layer.model_copy(update={"entry": Entry(kind="light_up", start=Fraction(-2), duration=Fraction(1))}))
    assert np.abs(whole.astype(int) - apart).mean() < 0.25
    assert len(draw_words(FontShelf(), layer)) == 3


def test_type_is_written_letter_by_letter_on_a_box_that_is_there_at_once(maker: Any) -> None:
    box = TextBox(colour="#0B0A08", padding_x=16, padding_y=14)
    layer = _text(text="DANNY 1998", font=Font(family="JetBrains Mono", weight=700), size=32, box=box, entry=Entry(kind="type", duration=Fraction(2, 3)))
    frames = [_frame(maker, layer, n=n, ground="#808080") for n in range(0, 24, 2)]
    dark = [int((frame.max(2) < 30).sum()) for frame in frames]
    light = [int((frame.min(2) > 200).sum()) for frame in frames]
    assert light == sorted(light)
    assert 0 < light[0] < light[6] < light[-1]
    assert dark[0] > dark[-1] > 0.5 * dark[0]
    edges = draw_typed(FontShelf(), layer).edges
    assert len(edges) == 9
    assert list(edges) == sorted(edges)


def test_a_line_lacking_letters_is_set_in_one_stand_in() -> None:
    shelf = FontShelf("cs")
    marker = Font(family="Permanent Marker")
    assert shelf.stand_in("THE SUMMER", marker) == marker
    assert shelf.stand_in("MĚSTO KLID", marker).family == "Caveat"
    assert shelf.stand_in("غرف", marker) == marker


def test_a_stand_in_is_as_heavy_as_the_face_it_stands_for() -> None:
    thin = draw_text(FontShelf(), _text(text="МИР", font=Font(family="Inter", weight=400)))
    heavy = draw_text(FontShelf(), _text(text="МИР", font=ANTON))
    assert thin is not None
    assert heavy is not None
    assert (np.asarray(heavy.holes[0]) < 128).sum() > 1.5 * (np.asarray(thin.holes[0]) < 128).sum()
