"""The gallery shows every template as it is today, and is light."""

from __future__ import annotations

from PIL import Image

from bench.gallery import FOLDER, MOST_BYTES, SAMPLES, write_page
from reelwright.reels.template import TEMPLATES


def test_every_template_has_a_moving_preview_and_all_are_light() -> None:
    assert set(SAMPLES) == set(TEMPLATES)
    pictures = {path.stem: path for path in FOLDER.glob("*.webp")}
    assert set(pictures) == set(TEMPLATES)
    assert sum(path.stat().st_size for path in pictures.values()) <= MOST_BYTES
    for path in pictures.values():
        with Image.open(path) as picture:
            assert picture.n_frames >= 30, path.name
            assert picture.size == (240, 426)


def test_the_page_says_what_the_templates_say() -> None:
    assert (FOLDER / "README.md").read_text(encoding="utf-8") == write_page(), "run `python -m bench.gallery`"
