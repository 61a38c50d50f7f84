"""Puts offline parts into a folder of packages, for building an image: ``python -m local.add_parts FOLDER NAME …``."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from local.add_part import add_part, choose_part


def add_parts(folder: Path, names: Sequence[str]) -> list[str]:
    """Fetches, checks and installs the parts and what they need. Raises PartUnknown, PartNotAdded."""
    return [add_part(choose_part(name), lambda seconds: None, folder).name for name in names]


if __name__ == "__main__":
    print("added:", ", ".join(add_parts(Path(sys.argv[1]), sys.argv[2:])))
