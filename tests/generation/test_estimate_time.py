"""The time left: never jumps where little is known, and reaches nothing at the end."""

from __future__ import annotations

import pytest

from reelwright.generation.estimate_time import estimate_seconds, estimate_while_rendering
from reelwright.generation.generation import STAGE_PERCENT


def test_every_stage_has_an_estimate_and_later_ones_are_nearer_to_the_end() -> None:
    assert estimate_seconds("queued", 15) is None, "nobody knows how long the others take"
    left = [estimate_seconds(stage, 15) for stage in STAGE_PERCENT if stage != "queued"]
    assert left == sorted(left, reverse=True)
    assert left[-1] == 0


def test_the_first_percent_of_a_render_does_not_make_the_estimate_jump() -> None:
    before = estimate_while_rendering(0.0, 5, 15)
    assert estimate_while_rendering(0.02, 6, 15) <= 2 * before


@pytest.mark.parametrize("done", [0.5, 0.9])
def test_later_the_measured_speed_counts_alone(done: float) -> None:
    rest = estimate_seconds("checking", 30) or 0
    assert estimate_while_rendering(done, 40, 30) - rest == pytest.approx(40 * (1 - done) / done, abs=0.6)
