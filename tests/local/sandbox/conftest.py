"""A sandbox in memory with a clock that stands, and small videos that are real."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from sandbox_videos import make_video
from sandbox_wire import Wire

from local.sandbox.inspect_video import PLAIN_FACTS
from local.sandbox.sandbox import OPERATIONS, Sandbox


@pytest.fixture
def wire() -> Iterator[Wire]:
    """Videos are not looked at: each is a well-made reel."""
    wire = Wire(Sandbox(assumed=PLAIN_FACTS))
    yield wire
    check_names(wire)


@pytest.fixture
def looking_wire() -> Iterator[Wire]:
    """Videos are looked at."""
    wire = Wire(Sandbox())
    yield wire
    check_names(wire)


def check_names(wire: Wire) -> None:
    """Every call that is made has a name that the fault switch knows."""
    assert [call for call in wire.sandbox.calls if call["operation"] not in OPERATIONS[call["vendor"]]] == []


@pytest.fixture(scope="session")
def reel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four seconds of 540 by 960, with sound, as the platforms want it."""
    return make_video(tmp_path_factory.mktemp("videos") / "reel.mp4", "540x960", 4)


@pytest.fixture(scope="session")
def short_clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One second only."""
    return make_video(tmp_path_factory.mktemp("videos") / "short.mp4", "540x960", 1)


@pytest.fixture(scope="session")
def wide_clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_video(tmp_path_factory.mktemp("videos") / "wide.mp4", "640x360", 4)
