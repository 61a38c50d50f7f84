"""A whole key-less generation ÷ its render alone, in CPU seconds, and each stage's share of it. ``python -m bench.generation [--json]``.

Planning, voice, music, captions, composing and rendering are counted, with the weights that they load; looking at the files
belongs to uploading them and is told beside.
"""

from __future__ import annotations

from pathlib import Path
from statistics import median
from typing import Any

from bench.apart import run_apart
from bench.generation_workload import generation, look, render_alone
from bench.run_bench import run_bench

GOAL = 1.5
REEL_SECONDS = 8
RUNS = 1


def measure_generation(folder: Path) -> dict[str, Any]:
    """Generation and render, each in a process of its own."""
    looked = run_apart(look, folder)
    pairs = [(run_apart(generation, folder, seconds=REEL_SECONDS), run_apart(render_alone, folder)) for _ in range(RUNS)]
    whole, alone = pairs[0]
    ratios = [whole["cpu_seconds"] / alone["cpu_seconds"] for whole, alone in pairs]
    total = sum(whole["stages"].values())
    return {
        "ratio": round(median(ratios), 3),
        "ratios": [round(ratio, 3) for ratio in ratios],
        "goal": GOAL,
        "generation_cpu_seconds": whole["cpu_seconds"],
        "render_cpu_seconds": alone["cpu_seconds"],
        "look_at_files_cpu_seconds": looked["cpu_seconds"],
        "shares_percent": {name: round(100 * seconds / total, 1) for name, seconds in whole["stages"].items()},
    }


def describe(found: dict[str, Any]) -> list[str]:
    shares = ", ".join(f"{name} {share} %" for name, share in found["shares_percent"].items())
    return [
        f"whole key-less generation ÷ render alone: {found['ratio']} (goal ≤ {GOAL}; {found['generation_cpu_seconds']} ÷ {found['render_cpu_seconds']} CPU s)",
        f"each stage's share: {shares}; looking at the files before: {found['look_at_files_cpu_seconds']} CPU s",
    ]


if __name__ == "__main__":
    run_bench(__doc__, measure_generation, describe)
