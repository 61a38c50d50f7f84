"""What setting up fetches, in megabytes: measured when the packages were locked. ``python -m bench.set_up [--json]``. ``ratio`` is the demo's share of all."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from bench.run_bench import run_bench
from local.download import SIZES


def read_sizes(folder: Path) -> dict[str, Any]:
    """Nothing is fetched here."""
    sizes: dict[str, int] = json.loads(SIZES.read_text())
    demo = sizes["runtime"] + sizes["samples"]
    return {"ratio": round(demo / sum(sizes.values()), 2), "demo_mb": demo, "everything_mb": sum(sizes.values())}


def describe(found: dict[str, Any]) -> list[str]:
    return [f"fetched by `make demo`: {found['demo_mb']} MB; by `make test`, everything included: {found['everything_mb']} MB"]


if __name__ == "__main__":
    run_bench(__doc__, read_sizes, describe)
