"""What is read is measured on finished frames: titles, captions and covers, each against what is really around its letters."""

from __future__ import annotations

from contextlib import closing
from fractions import Fraction
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from reelwright.reels.reel import Canvas, CaptionChunk, Captions, CaptionStyle, CaptionWord, Cover, Entry, Fill, Font, Rect, Reel, Text, TextBox
from reelwright.rendering.check_contrast import ContrastWatcher, rows_of_contrast
from reelwright.rendering.check_cover import check_cover
from reelwright.rendering.compose import Composer
from reelwright.rendering.cover import draw_cover
from reelwright.rendering.gate_report import GateRow, TypeFinding
from reelwright.rendering.improve_titles import improve_titles
from reelwright.rendering.planes import to_bgr

BOLD = Font(family="Inter", weight=800)


def line(words: str = "Slow mornings", colour: str = "#FFFFFF", size: int = 34, **options: Any) -> Text:
    return Text(text=words, font=BOLD, size=size, colour=colour, x=135, y=options.pop("y", 140), align="centre", **options)


def measure(reel: Reel, files: dict[str, Path]) -> dict[str, TypeFinding]:
    with closing(ContrastWatcher(reel)) as watcher, Composer(reel, files) as composer:
        for n in range(reel.frame_count):
            if watcher.is_wanted(n):
                watcher.see(n, cv2.resize(to_bgr(composer.frame(n)), watcher.size, interpolation=cv2.INTER_AREA))
        return {one.text: one for one in watcher.findings()}


def test_white_on_grey_has_the_ratio_of_the_standard(maker: Any) -> None:
    found = measure(maker.reel([[maker.flat("#777777"), line()]]), {})["Slow mornings"]
    assert found.ratio == pytest.approx(4.48, abs=0.15)
    assert (found.bound, found.passed) == (3.0, True)


def test_small_type_needs_more(maker: Any) -> None:
    found = measure(maker.reel([[maker.flat("#999999"), line(size=10)]]), {})["Slow mornings"]
    assert (found.bound, found.passed) == (4.5, False)


def test_a_typeface_that_is_heavy_by_itself_counts_as_bold(maker: Any) -> None:
    text = Text(text="NO PERFUME", font=Font(family="Anton"), size=13, colour="#FFFFFF", x=40, y=140)
    assert measure(maker.reel([[maker.flat("#777777"), text]]), {})["NO PERFUME"].bound == 3.0


def test_a_box_is_the_ground_of_its_line(maker: Any) -> None:
    found = measure(maker.reel([[maker.flat("#FFFFFF"), line(box=TextBox(colour="#000000"))]]), {})["Slow mornings"]
    assert found.ratio > 15


def test_a_turned_and_moving_line_is_found_where_it_stands(maker: Any) -> None:
    entry = Entry(kind="rise", duration=Fraction(1, 2))
    found = measure(maker.reel([[maker.flat("#000000"), line(rotation=-8, entry=entry)]]), {})["Slow mornings"]
    assert found.ratio == pytest.approx(21, abs=1)


def test_the_words_of_another_colour_count_for_themselves(maker: Any) -> None:
    text = line(emphasised=(1,), emphasis_colour="#8A8A8A")
    assert measure(maker.reel([[maker.flat("#777777"), text]]), {})["Slow mornings"].ratio < 1.5


def test_a_long_line_of_an_odd_size_is_found_at_full_size(maker: Any) -> None:
    """Set at half its size it would be some letters longer: rounded sizes, and typefaces that widen where they are small."""
    font = Font(family="Bricolage Grotesque", weight=800)
    text = Text(text="Donaudampfschifffahrt", font=font, size=97, colour="#1A3A3A", x=60, y=600, tracking=-2.88)
    page = Fill(rect=Rect(x=0, y=0, width=1080, height=1920), colour="#F5EAD6")
    reel = maker.reel([[page, text]]).model_copy(update={"canvas": Canvas(width=1080, height=1920)})
    assert measure(reel, {})["Donaudampfschifffahrt"].ratio > 9


def test_ghostly_and_hollow_type_is_decoration(maker: Any) -> None:
    layers = [maker.flat("#777777"), line("Ghost", opacity=0.2), line("Hollow", is_hollow=True, stroke=2, y=220)]
    assert measure(maker.reel([layers]), {}) == {}


@pytest.mark.parametrize(("ground", "passed"), [("#202020", True), ("#C8C8C8", False)])
def test_captions_are_measured_too(maker: Any, ground: str, passed: bool) -> None:
    words = (CaptionWord(text="Slow", start=Fraction(0), end=Fraction(1, 4)), CaptionWord(text="rooms", start=Fraction(1, 4), end=Fraction(1, 2)))
    chunk = CaptionChunk(first=0, last=1, start=Fraction(0), end=Fraction(1), lines=((0, 1),), x=135, y=287)
    captions = Captions(preset="clean", style=CaptionStyle(size=40), words=words, chunks=(chunk,))
    found = measure(maker.reel([[maker.flat(ground)]], captions=captions), {})["Slow rooms"]
    assert found.passed is passed


def test_a_date_stamp_below_the_title_gets_help_of_its_own(maker: Any) -> None:
    """The title's shade does not reach it, and the picture is not darkened for it."""
    path = maker.folder / "busy.png"
    random = np.random.default_rng(2)
    cv2.imwrite(str(path), cv2.resize(random.integers(90, 255, (60, 40, 3)).astype(np.uint8), (640, 960), interpolation=cv2.INTER_NEAREST))
    maker.photo("busy")
    maker.files["busy.jpg"] = path
    picture, stamp = maker.picture("busy"), line("DEC 24 '19", "#FFB02E", 19, y=400)
    reel = improve_titles(maker.reel([[picture, line(), stamp]]), maker.files)
    found = measure(reel, maker.files)
    assert all(one.passed for one in found.values()), found
    assert len({round(one.ratio, 1) for one in found.values()}) == 2


def test_a_disc_that_comes_in_with_its_digit_is_its_ground_from_the_first(maker: Any) -> None:
    maker.photo("one")
    page, disc = maker.flat("#0C0D14"), Fill(rect=Rect(x=94, y=180, width=80, height=80), colour="#FF8FB8", radius=40)
    entry = Entry(kind="pop", start=Fraction(1, 5), duration=Fraction(1, 4))
    layers = [maker.picture("one"), page, disc.model_copy(update={"entry": entry}), line("1", "#0C0D14", 40, y=236).model_copy(update={"entry": entry})]
    reel = maker.reel([layers])
    assert improve_titles(reel, maker.files) == reel


def test_the_gate_says_the_worst_and_where() -> None:
    findings = [TypeFinding(at=0, text="Fine", ratio=9, bound=3, passed=True), TypeFinding(at=1, text="Faint", ratio=2.1, bound=4.5, passed=False)]
    row = rows_of_contrast(findings)[0]
    assert not row.passed
    assert "1 of 2" in row.value
    assert "2.1 : 1 (“Faint”)" in row.value
    assert rows_of_contrast([]) == []


def cover_of(maker: Any, tmp_path: Path, luma: int = 110, y: int = 250, **options: Any) -> dict[str, GateRow]:
    path = maker.folder / "cover.png"
    cv2.imwrite(str(path), np.clip(np.random.default_rng(1).normal(luma, 12, (960, 640, 3)), 0, 255).astype(np.uint8))
    maker.photo("one")
    maker.files["one.jpg"] = path
    picture = maker.picture("one")
    kept = options.pop("kept", ())
    reel = maker.reel([[picture]], cover=Cover(layers=(picture, line("Rooms", size=48, y=y, **options)), kept=kept))
    draw_cover(reel, maker.files, tmp_path / "cover.jpg")
    return {row.name: row for row in check_cover(reel, tmp_path / "cover.jpg")}


def test_a_good_cover_passes_every_row(maker: Any, tmp_path: Path) -> None:
    rows = cover_of(maker, tmp_path)
    assert set(rows) == {"cover in every crop", "cover's title", "cover's light", "cover's title can be read"}
    assert all(row.passed for row in rows.values()), rows
    assert "9:16, 3:4, 4:5, 1:1" in rows["cover in every crop"].value


def test_a_cover_s_title_is_found_where_it_was_drawn(maker: Any, tmp_path: Path) -> None:
    rows = cover_of(maker, tmp_path, y=90)
    assert not rows["cover's title"].passed
    assert not rows["cover in every crop"].passed
    assert "1:1" not in rows["cover in every crop"].value


def test_a_face_outside_a_crop_fails_the_cover(maker: Any, tmp_path: Path) -> None:
    assert not cover_of(maker, tmp_path, kept=(Rect(x=100, y=60, width=60, height=60),))["cover in every crop"].passed


@pytest.mark.parametrize("luma", [45, 235])
def test_a_cover_too_dark_or_too_bright_is_mended_when_it_is_drawn(maker: Any, tmp_path: Path, luma: int) -> None:
    rows = cover_of(maker, tmp_path, luma)
    assert rows["cover's light"].passed, rows["cover's light"].value
    assert rows["cover's title can be read"].passed


def test_a_black_cover_is_told(maker: Any, tmp_path: Path) -> None:
    assert not cover_of(maker, tmp_path, -60)["cover's light"].passed


def test_tiny_type_on_a_cover_is_told(maker: Any, tmp_path: Path) -> None:
    reel = maker.reel([[maker.flat("#555555")]], cover=Cover(layers=(maker.flat("#555555"), line("Rooms", size=12, y=250))))
    draw_cover(reel, {}, tmp_path / "cover.jpg")
    rows = {row.name: row for row in check_cover(reel, tmp_path / "cover.jpg")}
    assert not rows["cover's title can be read"].passed
