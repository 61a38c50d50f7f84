"""Render ÷ pure encode, in CPU seconds: how much everything but x264 costs. ``python -m bench.render [--json]``."""

from __future__ import annotations

import argparse
import json
import tempfile
from pathlib import Path
from statistics import median
from typing import Any

from bench.material import make_bench_reel
from bench.workload import run_workload

RUNS = {"veryfast": 3, "medium": 1}
GOALS = {"veryfast": 1.6, "medium": 1.25}


def measure_render(folder: Path, runs: dict[str, int] | None = None) -> dict[str, Any]:
    """Pure encode and whole render alternate; a ratio is the median of its runs."""
    make_bench_reel(folder)
    composing = run_workload("compose", folder)
    found: dict[str, Any] = {"frames": composing["frames"], "compose_cpu_seconds": composing["cpu_seconds"]}
    for preset, count in (runs or RUNS).items():
        pairs = [(run_workload("encode", folder, preset=preset), run_workload("render", folder, preset=preset)) for _ in range(count)]
        ratios = [whole["cpu_seconds"] / pure["cpu_seconds"] for pure, whole in pairs]
        found[preset] = {
            "ratio": round(median(ratios), 3),
            "ratios": [round(ratio, 3) for ratio in ratios],
            "pure_cpu_seconds": round(median(pure["cpu_seconds"] for pure, _ in pairs), 2),
            "render_cpu_seconds": round(median(whole["cpu_seconds"] for _, whole in pairs), 2),
            "render_wall_seconds": round(median(whole["wall_seconds"] for _, whole in pairs), 2),
            "peak_mb": max(whole["peak_mb"] for _, whole in pairs),
            "goal": GOALS[preset],
        }
    found["ratio"] = found["veryfast"]["ratio"]
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--quick", action="store_true", help="one run of veryfast only")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="reelwright-bench-") as name:
        found = measure_render(Path(name), {"veryfast": 1} if options.quick else None)
    if options.json:
        print(json.dumps(found))
        return
    for preset in RUNS:
        if preset in found:
            row = found[preset]
            print(f"render ÷ pure encode, {preset}: {row['ratio']} (goal ≤ {row['goal']}; {row['render_cpu_seconds']} ÷ {row['pure_cpu_seconds']} CPU s)")
    print(f"composing alone: {1000 * found['compose_cpu_seconds'] / found['frames']:.1f} CPU ms a frame")


if __name__ == "__main__":
    main()
