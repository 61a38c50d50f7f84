"""Peak memory of a long and of a short reel, full size, real soundtrack. ``python -m bench.memory [--json]``.

The reels run at 3 frames a second, so that the long one does not take minutes: memory depends on shots, sprites and sound,
not on how many frames a shot has.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from pathlib import Path
from typing import Any

from bench.workload import run_workload

FRAME_RATE = 3
SHORT_ROUNDS, LONG_ROUNDS = 2, 10
"""36 and 180 seconds."""

GOAL_MEGABYTES, GOAL_RATIO = 700, 1.15


def measure_memory(folder: Path) -> dict[str, Any]:
    """Peak resident memory of the rendering process, each in a process of its own."""
    short = run_workload("render", folder, rounds=SHORT_ROUNDS, frame_rate=FRAME_RATE)
    long = run_workload("render", folder, rounds=LONG_ROUNDS, frame_rate=FRAME_RATE)
    return {
        "ratio": round(long["peak_mb"] / short["peak_mb"], 3),
        "short_mb": short["peak_mb"],
        "long_mb": long["peak_mb"],
        "goal": GOAL_RATIO,
        "goal_mb": GOAL_MEGABYTES,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="reelwright-bench-") as name:
        found = measure_memory(Path(name))
    if options.json:
        print(json.dumps(found))
        return
    print(f"peak memory, 180 s ÷ 36 s: {found['ratio']} (goal ≤ {GOAL_RATIO}; {found['long_mb']} and {found['short_mb']} MB, goal ≤ {GOAL_MEGABYTES})")


if __name__ == "__main__":
    main()
