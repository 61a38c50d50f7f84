"""Type on real pictures: as much shade as it needs, dark type on bright pictures, and covers cut for each platform."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from reelwright.reels.cover_crops import COVER_FILES
from reelwright.reels.reel import Cover, Font, Layer, MediaReference, Picture, Rect, Reel, Scrim, Text, TextBox
from reelwright.rendering.cover import draw_covers
from reelwright.rendering.improve_titles import dark_type, files_of_titles, improve_titles

TITLE_RECT = Rect(x=0, y=80, width=270, height=90)


def paint(maker: Any, name: str, luma: int, noise: int = 6) -> str:
    path = maker.folder / f"{name}.jpg"
    random = np.random.default_rng(3)
    image = np.clip(random.normal(luma, noise, (960, 640, 3)), 0, 255).astype(np.uint8)
    cv2.imwrite(str(path), image)
    maker.files[f"{name}.jpg"] = path
    maker.media[name] = MediaReference(kind="photo", file=f"{name}.jpg", width=640, height=960)
    return name


def title(colour: str = "#FFFFFF", **options: Any) -> Text:
    return Text(text="Slow mornings", font=Font(family="Inter", weight=700), size=34, colour=colour, x=135, y=140, align="centre", shadow=0.3, **options)


def improved(maker: Any, layers: list[Layer]) -> tuple[Layer, ...]:
    return improve_titles(maker.reel([layers]), maker.files).tracks[0].clips[0].layers


def test_type_that_can_be_read_is_left_alone(maker: Any) -> None:
    layers = [maker.picture(paint(maker, "dark", 40)), title()]
    assert improved(maker, layers) == tuple(layers)


def test_light_type_on_a_bright_calm_picture_becomes_dark_and_needs_no_shade(maker: Any) -> None:
    shade = Scrim(rect=TITLE_RECT, colour="#14110D", feather=60, opacity=0.4)
    layers = improved(maker, [maker.picture(paint(maker, "bright", 215)), shade, title()])
    text = next(layer for layer in layers if isinstance(layer, Text))
    assert text.colour == dark_type(maker.reel([layers]))
    assert text.shadow == 0
    assert not any(isinstance(layer, Scrim) for layer in layers)


def test_a_shade_becomes_as_strong_as_it_must(maker: Any) -> None:
    shade = Scrim(rect=TITLE_RECT, colour="#14110D", feather=60, opacity=0.1)
    layers = improved(maker, [maker.picture(paint(maker, "middle", 150, noise=40)), shade, title()])
    found = next(layer for layer in layers if isinstance(layer, Scrim))
    assert 0.1 < found.opacity <= 0.62


def test_where_there_is_no_shade_one_is_put_below_the_type(maker: Any) -> None:
    layers = improved(maker, [maker.picture(paint(maker, "middle", 150, noise=40)), title()])
    kinds = [layer.kind for layer in layers]
    assert kinds == ["picture", "scrim", "text"]


def test_where_a_shade_does_not_suffice_the_picture_gets_darker(maker: Any) -> None:
    gold = title("#A8822F")
    layers = improved(maker, [maker.picture(paint(maker, "busy", 150, noise=60)), Scrim(rect=TITLE_RECT, colour="#4A4A4A", opacity=0.2), gold])
    picture = next(layer for layer in layers if isinstance(layer, Picture))
    assert 0.5 <= picture.brightness < 1


@pytest.mark.parametrize("options", [{"box": TextBox(colour="#000000")}, {"stroke": 8}])
def test_type_with_a_ground_of_its_own_needs_nothing(maker: Any, options: dict[str, Any]) -> None:
    layers = [maker.picture(paint(maker, "middle", 150)), title(**options)]
    assert improved(maker, layers) == tuple(layers)
    assert files_of_titles(maker.reel([layers])) == []


def covered(maker: Any, kept: tuple[Rect, ...] = ()) -> Reel:
    picture = maker.picture(paint(maker, "one", 90, noise=30))
    return maker.reel([[picture]], title="Rooms", cover=Cover(layers=(picture, title()), kept=kept))


def test_a_cover_is_cut_for_grid_feed_and_square(maker: Any, tmp_path: Path) -> None:
    folder = tmp_path / "covers"
    folder.mkdir()
    written = draw_covers(covered(maker), maker.files, folder)
    assert {name: path.name for name, path in written.items()} == COVER_FILES
    sizes = {name: cv2.imread(str(path)).shape[:2] for name, path in written.items()}
    assert sizes == {"cover": (480, 270), "cover_grid": (360, 270), "cover_feed": (336, 270), "cover_square": (270, 270)}
    whole, square = (cv2.imread(str(written[name])).astype(int) for name in ("cover", "cover_square"))
    assert np.abs(whole[104:374] - square).mean() < 6 or np.abs(whole[105:375] - square).mean() < 6


def test_the_designed_layers_are_drawn(maker: Any, tmp_path: Path) -> None:
    written = draw_covers(covered(maker), maker.files, tmp_path)
    image = cv2.imread(str(written["cover"]))
    assert (image[110:150].min(axis=2) > 220).sum() > 200, "the title is white"


def test_covers_of_wide_reels_have_a_square_cut_only(maker: Any, tmp_path: Path) -> None:
    maker.width, maker.height = 480, 270
    written = draw_covers(maker.reel([[maker.picture(paint(maker, "one", 90))]], seconds=Fraction(1)), maker.files, tmp_path)
    assert set(written) == {"cover", "cover_square"}
