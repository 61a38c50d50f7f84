"""Peak memory of a long and of a short reel, full size, real soundtrack. ``python -m bench.memory [--json]``.

The reels run at two frames a second and at one, so that the long one does not take minutes: memory depends on shots, sprites and
sound, and on the frames that the encoder looks ahead, which both have. They run side by side: what one needs is not the other's.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from bench.apart import run_apart, start_apart
from bench.run_bench import run_bench
from bench.workload import prepare, render

SHORT = {"shots": 18, "frame_rate": 2}
LONG = {"shots": 90, "frame_rate": 1}
"""36 and 180 seconds."""

GOAL_MEGABYTES, GOAL_RATIO = 500, 1.1


def measure_memory(folder: Path) -> dict[str, Any]:
    """Peak resident memory of the rendering process, each in a process of its own."""
    run_apart(prepare, folder)
    both = [start_apart(render, folder, out=f"{options['shots']}.mp4", **options) for options in (SHORT, LONG)]
    short, long = (finish() for finish in both)
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
