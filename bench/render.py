"""Render ÷ pure encode, in CPU seconds: how much everything but x264 costs. ``python -m bench.render [--json]``."""

from __future__ import annotations

from pathlib import Path
from statistics import median
from typing import Any

from bench.apart import run_apart
from bench.material import SHOT_SECONDS
from bench.run_bench import run_bench
from bench.workload import FRAME_RATE, compose, encode, prepare, render

RUNS = {"veryfast": 3, "medium": 2}
SHOTS = {"veryfast": 4, "medium": 3}
"""Of the bench reel's nine, so that all benches fit into three minutes: its first 8 s, and for the slow preset its first 6. What a render
costs once weighs more in a short piece than in a whole reel.
"""

GOALS = {"veryfast": 1.3, "medium": 1.1}


def measure_render(folder: Path) -> dict[str, Any]:
    """Pure encode and whole render alternate; a ratio is the median of its runs."""
    run_apart(prepare, folder)
    composing = run_apart(compose, folder, shots=max(SHOTS.values()))
    found: dict[str, Any] = {preset: _measure_preset(folder, preset) for preset in RUNS}
    return found | {"compose_ms_per_frame": round(1000 * composing["cpu_seconds"] / composing["frames"], 1), "ratio": found["veryfast"]["ratio"]}


def _measure_preset(folder: Path, preset: str) -> dict[str, Any]:
    shots = SHOTS[preset]
    frames = shots * SHOT_SECONDS * FRAME_RATE
    pairs = [(run_apart(encode, folder, preset=preset, frames=frames), run_apart(render, folder, preset=preset, shots=shots)) for _ in range(RUNS[preset])]
    ratios = [whole["cpu_seconds"] / pure["cpu_seconds"] for pure, whole in pairs]
    return {
        "ratio": round(median(ratios), 3),
        "ratios": [round(ratio, 3) for ratio in ratios],
        "pure_cpu_seconds": round(median(pure["cpu_seconds"] for pure, _ in pairs), 2),
        "render_cpu_seconds": round(median(whole["cpu_seconds"] for _, whole in pairs), 2),
        "render_wall_seconds": round(median(whole["wall_seconds"] for _, whole in pairs), 2),
        "peak_mb": max(whole["peak_mb"] for _, whole in pairs),
        "reel_seconds": shots * SHOT_SECONDS,
        "goal": GOALS[preset],
    }


def describe(found: dict[str, Any]) -> list[str]:
    rows = []
    for preset in (preset for preset in RUNS if preset in found):
        row = found[preset]
        figures = f"goal ≤ {row['goal']}; {row['render_cpu_seconds']} ÷ {row['pure_cpu_seconds']} CPU s, {row['reel_seconds']} s of the bench reel"
        rows.append(f"render ÷ pure encode, {preset}, median of {len(row['ratios'])}: {row['ratio']} ({figures})")
    return [*rows, f"composing alone: {found['compose_ms_per_frame']} CPU ms a frame"]


if __name__ == "__main__":
    run_bench(__doc__, measure_render, describe)
