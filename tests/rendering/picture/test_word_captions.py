"""Word captions: in step with the voice, in one place, in both presets."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from reelwright.reels.reel import CaptionChunk, Captions, CaptionWord
from reelwright.rendering.captions import spoken_frame
from reelwright.rendering.compose import Composer

MAX_LAG_SECONDS = 0.06


def _captions(text: str = "every quiet room", preset: str = "clean", **options: Any) -> Captions:
    words = tuple(CaptionWord(text=word, start=Fraction(211 + 290 * n, 1000), end=Fraction(450 + 290 * n, 1000)) for n, word in enumerate(text.split()))
    last = len(words) - 1
    lines = options.pop("lines", (tuple(range(last + 1)),))
    chunk = CaptionChunk(first=0, last=last, start=Fraction(151, 1000), end=Fraction(3, 2), lines=lines, x=540, y=1150, **options)
    return Captions(preset=preset, words=words, chunks=(chunk,), direction="rtl" if "غ" in text else "ltr")


def _frames(maker: Any, captions: Captions, *numbers: int, ground: str = "#305060") -> list[np.ndarray]:
    maker.width, maker.height = 1080, 1920
    reel = maker.reel([[maker.flat(ground)], [maker.flat(ground)]], captions=captions)
    with Composer(reel, maker.files) as composer:
        return [composer.frame(n).y.astype(int)[900:1400] for n in numbers]


@pytest.mark.parametrize("preset", ["pop", "box", "clean", "edit", "type", "tag"])
def test_each_word_lights_up_within_60_ms_of_its_sound(maker: Any, preset: str) -> None:
    captions = _captions(preset=preset)
    frames = _frames(maker, captions, *range(34))
    changes = [int(np.abs(after - before).sum()) for before, after in pairwise(frames)]
    for word in captions.words:
        n = spoken_frame(word, Fraction(30))
        near = [at for at in (n - 1, n, n + 1) if abs(at / 30 - float(word.start)) <= MAX_LAG_SECONDS]
        assert n in near
        assert max(changes[at - 1] for at in near) > 5000, word.text


def test_clean_shows_the_coming_words_dimmed_and_edit_hides_them(maker: Any) -> None:
    ground = _frames(maker, _captions(), 0)[0]
    clean, edit = _frames(maker, _captions(), 6)[0], _frames(maker, _captions(preset="edit"), 6)[0]
    columns_clean, columns_edit = (np.flatnonzero((np.abs(frame - ground) > 40).any(0)) for frame in (clean, edit))
    assert columns_clean[-1] - columns_clean[0] > 1.6 * (columns_edit[-1] - columns_edit[0])


def test_a_chunk_is_centred_and_gone_after_its_end(maker: Any) -> None:
    before, shown, after = _frames(maker, _captions(), 3, 40, 46)
    assert (before == after).all()
    columns = np.flatnonzero((np.abs(shown - before) > 60).any(0))
    rows = np.flatnonzero((np.abs(shown - before) > 60).any(1)) + 900
    assert abs((columns[0] + columns[-1]) / 2 - 540) < 8
    assert abs((rows[0] + rows[-1]) / 2 - 1150) < 20


def test_two_lines_stand_one_above_the_other(maker: Any) -> None:
    ground, shown = _frames(maker, _captions(lines=((0, 1), (2,))), 0, 40)
    rows = np.flatnonzero((np.abs(shown - ground) > 60).any(1)) + 900
    assert rows[-1] - rows[0] > 100
    assert abs((rows[0] + rows[-1]) / 2 - 1150) < 24


def test_a_line_too_wide_is_made_smaller(maker: Any) -> None:
    ground, shown = _frames(maker, _captions("extraordinarily uncompromising circumstances notwithstanding"), 0, 44)
    columns = np.flatnonzero((np.abs(shown - ground) > 60).any(0))
    assert columns[-1] - columns[0] <= 768


def test_right_to_left_words_run_from_the_right(maker: Any) -> None:
    captions = _captions("غرفة هادئة جدا", preset="edit")
    ground, first, all_words = _frames(maker, captions, 0, 12, 40)
    early = np.flatnonzero((np.abs(first - ground) > 60).any(0))
    late = np.flatnonzero((np.abs(all_words - ground) > 60).any(0))
    assert early.mean() > late.mean() + 30


def test_the_document_may_change_colour_and_size(maker: Any) -> None:
    _ground, dark = _frames(maker, _captions(colour="#3A2720"), 0, 40, ground="#F0D0C8")
    assert (dark < 70).sum() > 500
    _, big = _frames(maker, _captions(size=100), 0, 40)
    _, usual = _frames(maker, _captions(), 0, 40)
    assert (big > 180).sum() > 1.6 * (usual > 180).sum()


def test_a_scrim_darkens_the_band_behind_and_fades_in(maker: Any) -> None:
    ground, early, shown = _frames(maker, _captions(scrim=0.4, scrim_colour="#101010"), 0, 5, 30, ground="#E0E0E0")
    at = (240, 60)
    assert ground[at] > early[at] > shown[at]
    assert (ground[at] - shown[at]) / (ground[at] - 27) == pytest.approx(0.4, abs=0.05)


def test_emphasised_words_look_different(maker: Any) -> None:
    plain = _captions("every room", preset="edit")
    words = (plain.words[0], plain.words[1].model_copy(update={"is_emphasised": True}))
    one, other = _frames(maker, plain, 40)[0], _frames(maker, plain.model_copy(update={"words": words}), 40)[0]
    assert np.abs(one - other).sum() > 5000
