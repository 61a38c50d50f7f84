"""A reel on a smaller canvas is the same reel."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from reelwright.reels.reel import Reel, Text, dump_reel, load_reel
from reelwright.reels.scale_reel import scale_reel

SAMPLE = Path(__file__).parents[2] / "samples" / "reel.json"


@pytest.fixture
def sample() -> Reel:
    return load_reel(json.loads(SAMPLE.read_text(encoding="utf-8")))


def test_everything_keeps_its_proportion_and_its_time(sample: Reel) -> None:
    small = scale_reel(sample, 270)
    assert (small.canvas.width, small.canvas.height) == (270, 480)
    assert small.duration == sample.duration
    assert small.soundtrack == sample.soundtrack
    pairs = [(a, b) for a, b in zip(sample.all_layers(), small.all_layers(), strict=True) if isinstance(a, Text) and isinstance(b, Text)]
    assert pairs
    for large, little in pairs:
        assert little.size == pytest.approx(large.size / 4, abs=0.6)
        assert (little.x, little.y) == pytest.approx((large.x / 4, large.y / 4), abs=0.6)


def test_what_fills_the_canvas_fills_it_still(sample: Reel) -> None:
    small = scale_reel(sample, 540)
    full = [layer.rect for layer in sample.all_layers() if hasattr(layer, "rect") and (layer.rect.width, layer.rect.height) == (1080, 1920)]
    filling = [layer.rect for layer in small.all_layers() if hasattr(layer, "rect") and (layer.rect.width, layer.rect.height) == (540, 960)]
    assert full
    assert len(filling) == len(full)


def test_the_small_reel_is_a_valid_document(sample: Reel) -> None:
    small = scale_reel(sample, 270)
    assert load_reel(json.loads(json.dumps(dump_reel(small)))) == small
    assert scale_reel(sample, 1080) == sample
