"""One local platform for all stories, driven by the command line's own code over HTTP."""

from __future__ import annotations

import io
import json
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from command_line.api_client import ApiClient
from command_line.credentials import signed_in_client
from command_line.make import Wish, make_reel
from command_line.material import read_material
from command_line.terminal import Progress
from local.platform import Platform, running_platform
from tests.end_to_end.stories import Story


@pytest.fixture(scope="session")
def platform() -> Iterator[Platform]:
    base = Path(tempfile.mkdtemp(prefix="reelwright-stories-"))
    base.chmod(0o711)
    with running_platform(base / "data", 0) as running:
        yield running
    shutil.rmtree(base, ignore_errors=True)


@pytest.fixture(scope="session")
def client(platform: Platform) -> ApiClient:
    return signed_in_client(platform.url, platform.data_directory)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "material"
    made.mkdir()
    return made


@pytest.fixture
def make(client: ApiClient, tmp_path: Path, folder: Path) -> Callable[..., Story]:
    """Makes a reel from ``folder``. Lengths are short: a story proves the road, not the craft."""

    def run(
        prompt: str = "A calm reel about slow rooms", script: str = "", seconds: int = 6, platforms: tuple[str, ...] = ("instagram",), **more: Any
    ) -> Story:
        out = tmp_path / "out"
        out.mkdir(exist_ok=True)
        printed = io.StringIO()
        wish = Wish(prompt, script, more.pop("template", "editorial"), platforms, seconds, more.pop("language", None), **more)
        outcome = make_reel(client, read_material(folder), wish, out, Progress(printed))
        return Story(outcome, json.loads((out / "report.json").read_text()), printed.getvalue(), out)

    return run
