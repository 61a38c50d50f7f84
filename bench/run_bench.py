"""How every bench is run by itself: in a folder that goes afterwards, as sentences or with ``--json`` as one object."""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

Figures = dict[str, Any]


def run_bench(description: str | None, measure: Callable[[Path], Figures], describe: Callable[[Figures], Sequence[str]]) -> None:
    """Reads the command line, measures, prints."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--json", action="store_true", help="one object, with `ratio`")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="reelwright-bench-") as name:
        found = measure(Path(name))
    print(json.dumps(found) if options.json else "\n".join(describe(found)))
