from __future__ import annotations

from reelwright.rendering.caption_inks import draw_box
from reelwright.rendering.captions import PLATE_END_PIXELS, _fit_plate

PLATE = draw_box(100, 200, 400, 280, 20, "#0E3A3C")


def test_the_spoken_words_box_is_as_high_as_its_lines_plate() -> None:
    _, top, _, bottom = _fit_plate((180, 190, 300, 290), PLATE, PLATE_END_PIXELS)
    assert (top, bottom) == (PLATE.y, PLATE.y + PLATE.height)


def test_no_sliver_of_the_plate_peeks_out_beside_the_first_and_the_last_word() -> None:
    left, _, right, _ = _fit_plate((108, 190, 393, 290), PLATE, PLATE_END_PIXELS)
    assert (left, right) == (PLATE.x, PLATE.x + PLATE.width)


def test_a_word_in_the_middle_keeps_its_own_width() -> None:
    left, _, right, _ = _fit_plate((180, 190, 300, 290), PLATE, PLATE_END_PIXELS)
    assert (left, right) == (180, 300)
