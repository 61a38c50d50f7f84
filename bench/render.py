"""Render ÷ pure encode, in CPU seconds: how much everything but x264 costs. ``python -m bench.render [--json]``."""

from __future__ import annotations

from pathlib import Path
from statistics import median
from typing import Any

from bench.material import SHOT_SECONDS, make_bench_reel
from bench.run_bench import run_bench
from bench.workload import run_workload

RUNS = {"veryfast": 3, "medium": 3}
PARTS = {"veryfast": (0, 4), "medium": (0, 3)}
"""First shot and number of shots of the bench reel's nine, so that all benches fit into three minutes: its first 8 s, and for the slow
preset its first 6. What a render costs once weighs more in a short piece than in a whole reel.
"""

GOALS = {"veryfast": 1.3, "medium": 1.1}


def measure_render(folder: Path, runs: dict[str, int] | None = None) -> dict[str, Any]:
    """Pure encode and whole render alternate; a ratio is the median of its runs."""
    make_bench_reel(folder)
    found: dict[str, Any] = {}
    for preset, count in (runs or RUNS).items():
        first, shots = PARTS[preset]
        composing = run_workload("compose", folder, first=first, shots=shots)
        pairs = [(run_workload("encode", folder, preset=preset), run_workload("render", folder, preset=preset, first=first, shots=shots)) for _ in range(count)]
        ratios = [whole["cpu_seconds"] / pure["cpu_seconds"] for pure, whole in pairs]
        found[preset] = {
            "ratio": round(median(ratios), 3),
            "ratios": [round(ratio, 3) for ratio in ratios],
            "pure_cpu_seconds": round(median(pure["cpu_seconds"] for pure, _ in pairs), 2),
            "render_cpu_seconds": round(median(whole["cpu_seconds"] for _, whole in pairs), 2),
            "render_wall_seconds": round(median(whole["wall_seconds"] for _, whole in pairs), 2),
            "peak_mb": max(whole["peak_mb"] for _, whole in pairs),
            "reel_seconds": shots * SHOT_SECONDS,
            "compose_ms_per_frame": round(1000 * composing["cpu_seconds"] / composing["frames"], 1),
            "goal": GOALS[preset],
        }
    found["ratio"] = found["veryfast"]["ratio"]
    return found


def describe(found: dict[str, Any]) -> list[str]:
    rows = []
    for preset in (preset for preset in RUNS if preset in found):
        row = found[preset]
        figures = f"goal ≤ {row['goal']}; {row['render_cpu_seconds']} ÷ {row['pure_cpu_seconds']} CPU s, {row['reel_seconds']} s of the bench reel"
        rows.append(f"render ÷ pure encode, {preset}, median of {len(row['ratios'])}: {row['ratio']} ({figures})")
        rows.append(f"composing alone: {row['compose_ms_per_frame']} CPU ms a frame")
    return rows


if __name__ == "__main__":
    run_bench(__doc__, measure_render, describe)
