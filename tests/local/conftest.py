"""One patched MiniStack and one moto for all tests of this folder, started when first asked for."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from engines import Engine, running_ministack, running_moto

WAIT_SCALE = 0.3


@pytest.fixture(scope="session")
def ministack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    directory = tmp_path_factory.mktemp("ministack")
    program = Path(__file__).parent / "material" / "fake_task.py"
    with running_ministack(directory, WAIT_SCALE, f"fake={sys.executable} {program}") as (engine, _):
        engine.set_up()
        yield engine


@pytest.fixture(scope="session")
def moto() -> Iterator[Engine]:
    with running_moto() as engine:
        engine.set_up()
        yield engine
