"""The six caption presets in motion, and every script: what moves, when, and that it looks as it did."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from reelwright.reels.caption_presets import CAPTION_LOOKS
from reelwright.reels.reel import Canvas, CaptionChunk, Captions, CaptionStyle, CaptionWord, Fill, Rect
from reelwright.rendering.caption_layout import ChunkMaker
from reelwright.rendering.captions import CaptionPainter
from reelwright.rendering.compose import Composer
from reelwright.rendering.emoji import EmojiShelf
from reelwright.rendering.fonts import FontShelf
from reelwright.rendering.planes import blank, code_of, to_bgr

PRESETS = sorted(CAPTION_LOOKS)
WIDTH, HEIGHT = 270, 480
SCRIPTS = {
    "ar": ("صباح", "هادئ", "جدا"), "he": ("בוקר", "שקט", "מאוד"), "ja": ("今日は", "静かな", "朝"), "zh": ("安静的", "早晨，"), "ko": ("오늘은", "조용한"),
    "hi": ("शांत", "सुबह"), "th": ("เช้า", "เงียบ"), "ru": ("Тихое", "утро"), "el": ("ένα", "πρωί"),
}  # fmt: skip


def _captions(words: tuple[str, ...], preset: str, language: str = "en", lines: tuple[tuple[int, ...], ...] = (), **options: Any) -> Captions:
    """Words every 0.4 s from 0.2 s on, in one chunk that stands from 2 frames earlier until 2 s."""
    spoken = tuple(
        CaptionWord(text=text, start=Fraction(2 + 4 * n, 10), end=Fraction(5 + 4 * n, 10), is_emphasised=n in options.get("keywords", ()))
        for n, text in enumerate(words)
    )
    lines = lines or (tuple(range(len(words))),)
    chunk = CaptionChunk(
        first=0, last=len(words) - 1, start=Fraction(4, 30), end=Fraction(2), lines=lines, x=WIDTH // 2, y=240, emoji=options.get("emoji", ""), is_boxed=options.get("is_boxed", False)
    )  # fmt: skip
    direction = "rtl" if language in {"ar", "he"} else "ltr"
    return Captions(preset=preset, language=language, direction=direction, words=spoken, chunks=(chunk,), style=options.get("style", CaptionStyle()))


def _draw(captions: Captions, *frames: int, ground: str = "#4A6B78") -> list[np.ndarray]:
    painter = CaptionPainter(captions, Canvas(width=WIDTH, height=HEIGHT), FontShelf(captions.language))
    drawn = []
    for n in frames:
        frame = blank(WIDTH, HEIGHT, code_of(ground))
        state = painter.state(n)
        if state is not None:
            painter.paint(frame, state)
        drawn.append(to_bgr(frame)[170:310])
    return drawn


def _seen(picture: np.ndarray, colour: str, tolerance: int = 40) -> np.ndarray:
    """The columns in which a colour is seen."""
    wanted = np.array([int(colour[i : i + 2], 16) for i in (5, 3, 1)])
    return np.flatnonzero((np.abs(picture.astype(int) - wanted) <= tolerance).all(-1).sum(0) > 2)


@pytest.mark.parametrize("preset", PRESETS)
def test_each_preset_looks_as_it_did(preset: str, check_golden: Callable[[str, np.ndarray], None]) -> None:
    captions = _captions(("Nobody", "tells", "you", "this!"), preset, lines=((0, 1), (2, 3)), keywords=(1,), emoji="🔥")
    check_golden(f"captions_{preset}", np.vstack(_draw(captions, 4, 7, 19, 34)))


@pytest.mark.parametrize("language", sorted(SCRIPTS))
def test_each_script_looks_as_it_did(language: str, check_golden: Callable[[str, np.ndarray], None]) -> None:
    drawn = [_draw(_captions(SCRIPTS[language], preset, language), 26)[0][30:110] for preset in ("pop", "box", "clean", "edit", "type", "tag")]
    check_golden(f"captions_script_{language}", np.vstack(drawn))


@pytest.mark.parametrize("preset", ["pop", "tag"])
def test_the_spoken_word_has_its_own_colour_and_it_wanders_with_the_voice(preset: str) -> None:
    colour = CAPTION_LOOKS[preset].active_colour
    assert colour is not None
    places = [float(_seen(picture, colour).mean()) for picture in _draw(_captions(("one", "two", "six"), preset), 8, 20, 32)]
    assert places[0] < places[1] < places[2]


def test_the_box_slides_from_word_to_word_within_120_ms() -> None:
    captions = _captions(("one", "two"), "box")
    boxes = [_seen(picture, "#6C3BFF") for picture in _draw(captions, 17, 18, 19, 20, 22, 26)]
    lefts = [int(box[0]) for box in boxes]
    assert lefts == sorted(lefts)
    assert lefts[0] < lefts[1] < lefts[-1]
    assert lefts[4] == lefts[5]


def test_a_typed_word_comes_letter_by_letter_and_its_strip_grows_with_it() -> None:
    pictures = _draw(_captions(("extraordinary",), "type"), 5, 8, 11, 25)
    widths = [len(_seen(picture, "#FFD23F", 60)) for picture in pictures]
    assert widths[0] < widths[1] < widths[2] < widths[3]
    strips = [int((picture.mean(-1) < 60).any(0).sum()) for picture in pictures]
    assert strips[0] < strips[1] < strips[2] < strips[3]


def test_words_of_edit_rise_into_their_place() -> None:
    early, late = _draw(_captions(("lll",), "edit"), 8, 30)
    tops = [int(np.flatnonzero((picture.max(-1) > 190).any(1))[0]) for picture in (early, late)]
    assert tops[0] >= tops[1]
    assert early.max() <= late.max()


@pytest.mark.parametrize("language", ["ar", "he"])
@pytest.mark.parametrize("preset", ["pop", "box", "tag"])
def test_right_to_left_words_light_up_from_the_right(language: str, preset: str) -> None:
    colour = CAPTION_LOOKS[preset].active_colour if preset != "box" else "#6C3BFF"
    places = [float(_seen(picture, str(colour)).mean()) for picture in _draw(_captions(SCRIPTS[language], preset, language), 9, 23, 36)]
    assert places[0] > places[1] > places[2]


def test_keywords_keep_their_colour_after_they_were_said() -> None:
    captions = _captions(("one", "two"), "pop", keywords=(0,))
    assert len(_seen(_draw(captions, 40)[0], "#FFB52E", 30)) > 8
    assert len(_seen(_draw(_captions(("one", "two"), "pop"), 40)[0], "#FFB52E", 30)) == 0


def test_a_templates_colours_are_used() -> None:
    style = CaptionStyle(box_colour="#FF7352", active_colour="#1A0D08")
    picture = _draw(_captions(("one", "two"), "box", style=style), 12)[0]
    assert len(_seen(picture, "#FF7352")) > 20
    assert len(_seen(picture, "#6C3BFF")) == 0


def test_an_emoji_stands_behind_the_last_word_where_the_preset_takes_it() -> None:
    def colourful(preset: str, emoji: str) -> int:
        picture = _draw(_captions(("hot",), preset, emoji=emoji), 30)[0].astype(int)
        return int(((picture[..., 2] - picture[..., 0] > 150) & (picture[..., 1] < 190)).sum())

    assert colourful("clean", "🔥") > 15
    assert colourful("clean", "") == 0
    assert colourful("edit", "🔥") == 0


@pytest.mark.parametrize("emoji", ["🔥", "👩‍🚀", "🇫🇷", "👍🏽", "❤️", "👨‍👩‍👧"])
def test_emoji_of_several_signs_are_drawn_as_one(emoji: str) -> None:
    sprite = EmojiShelf().draw(emoji, 64, 10, 20)
    assert sprite is not None
    assert sprite.x >= 10
    assert sprite.y >= 20
    assert sprite.x + sprite.width <= 74
    assert sprite.y + sprite.height <= 84
    assert (255 - np.asarray(sprite.holes[0]) > 200).mean() > 0.2


def test_text_is_no_emoji() -> None:
    assert EmojiShelf().draw("ab", 64, 0, 0) is None


@pytest.mark.parametrize("preset", PRESETS)
def test_the_measured_area_holds_everything_that_is_drawn(preset: str) -> None:
    captions = _captions(("Nobody", "tells", "you"), preset, lines=((0, 1), (2,)), emoji="🔥")
    area = ChunkMaker(captions, Canvas(width=WIDTH, height=HEIGHT), FontShelf()).measure(captions.chunks[0])
    ground, shown = _draw(captions, 0, 40, ground="#808080")
    changed = np.abs(shown.astype(int) - ground).max(-1) > 90
    columns, rows = np.flatnonzero(changed.any(0)), np.flatnonzero(changed.any(1)) + 170
    assert area.left - 3 <= columns[0]
    assert columns[-1] <= area.right + 3
    assert area.top - 3 <= rows[0]
    assert rows[-1] <= area.bottom + 3


def test_line_boxes_help_where_nothing_else_does() -> None:
    picture = _draw(_captions(("one", "two"), "clean", is_boxed=True), 30)[0]
    assert len(_seen(picture, "#FFFFFF", 4)) > 60


@pytest.mark.parametrize("preset", PRESETS)
def test_frames_do_not_depend_on_the_order_in_which_they_are_drawn(maker: Any, preset: str) -> None:
    captions = _captions(("Nobody", "tells", "you"), preset, emoji="🔥")
    ground = Fill(rect=Rect(x=0, y=0, width=WIDTH, height=HEIGHT), colour="#305060")
    reel = maker.reel([[ground], [ground]], captions=captions)
    numbers = [5, 6, 12, 19, 20, 31, 45, 59]
    with Composer(reel, {}) as onwards, Composer(reel, {}) as backwards:
        first = {n: onwards.frame(n) for n in numbers}
        for n in reversed(numbers):
            assert all((a == b).all() for a, b in zip(first[n], backwards.frame(n), strict=True)), n


def test_long_words_are_made_smaller_rather_than_leave_the_zone() -> None:
    captions = _captions(("Donaudampfschifffahrtsgesellschaft",), "pop")
    area = ChunkMaker(captions, Canvas(width=WIDTH, height=HEIGHT), FontShelf("de")).measure(captions.chunks[0])
    assert area.left >= 48 - 2
    assert area.right <= 222 + 2
