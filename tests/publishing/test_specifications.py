"""Each platform's specification is complete data that a vertical reel can meet."""

from __future__ import annotations

from dataclasses import fields
from typing import get_args

import pytest

from reelwright.publishing.platforms.registry import SPECIFICATIONS
from reelwright.reels.project import ALL_PLATFORMS, PlatformName
from reelwright.reels.specification import Specification


def test_every_platform_that_a_brief_can_name_has_a_specification() -> None:
    assert set(SPECIFICATIONS) == set(ALL_PLATFORMS) == set(get_args(PlatformName))


@pytest.mark.parametrize("specification", SPECIFICATIONS.values(), ids=list(SPECIFICATIONS))
def test_a_specification_has_every_figure_and_its_source(specification: Specification) -> None:
    assert specification.documentation.startswith("https://")
    for entry in fields(specification):
        value = getattr(specification, entry.name)
        assert value is not None
        assert value != frozenset()
    assert 0 < specification.min_seconds < specification.max_seconds
    assert specification.min_frame_rate < specification.max_frame_rate
    assert specification.min_width < specification.max_width


@pytest.mark.parametrize("specification", SPECIFICATIONS.values(), ids=list(SPECIFICATIONS))
def test_a_vertical_full_hd_reel_of_thirty_seconds_fits(specification: Specification) -> None:
    assert specification.min_seconds <= 30 <= specification.max_seconds
    assert specification.min_width <= 1080 <= specification.max_width
    assert specification.aspect_ratio[0] <= 1080 / 1920 <= specification.aspect_ratio[1]
    assert specification.min_frame_rate <= 30 <= specification.max_frame_rate
    assert "h264" in specification.video_codecs
    assert 48_000 in specification.audio_sample_rates


@pytest.mark.parametrize("specification", SPECIFICATIONS.values(), ids=list(SPECIFICATIONS))
def test_the_safe_area_lies_on_the_canvas_and_holds_the_common_one(specification: Specification) -> None:
    left, top, right, bottom = specification.safe_area
    assert 0 <= left <= 120
    assert 0 <= top <= 288
    assert 888 <= right <= 1080
    assert 1248 <= bottom <= 1920


def test_platforms_do_not_know_each_other() -> None:
    assert {name: one.platform for name, one in SPECIFICATIONS.items()} == {name: name for name in SPECIFICATIONS}
