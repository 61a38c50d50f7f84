"""Peak memory of a long and of a short reel, full size, real soundtrack. ``python -m bench.memory [--json]``.

The reels run at 2 frames a second, so that the long one does not take minutes: memory depends on shots, sprites and sound,
not on how many frames a shot has.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from bench.run_bench import run_bench
from bench.workload import run_workload

FRAME_RATE = 2
SHORT_SHOTS, LONG_SHOTS = 18, 90
"""36 and 180 seconds."""

GOAL_MEGABYTES, GOAL_RATIO = 500, 1.1


def measure_memory(folder: Path) -> dict[str, Any]:
    """Peak resident memory of the rendering process, each in a process of its own."""
    short = run_workload("render", folder, shots=SHORT_SHOTS, frame_rate=FRAME_RATE)
    long = run_workload("render", folder, shots=LONG_SHOTS, frame_rate=FRAME_RATE)
    return {
        "ratio": round(long["peak_mb"] / short["peak_mb"], 3),
        "short_mb": short["peak_mb"],
        "long_mb": long["peak_mb"],
        "goal": GOAL_RATIO,
        "goal_mb": GOAL_MEGABYTES,
    }


def describe(found: dict[str, Any]) -> list[str]:
    sizes = f"{found['long_mb']} and {found['short_mb']} MB, goal ≤ {GOAL_MEGABYTES}"
    return [f"peak memory, 180 s ÷ 36 s: {found['ratio']} (goal ≤ {GOAL_RATIO}; {sizes})"]


if __name__ == "__main__":
    run_bench(__doc__, measure_memory, describe)
