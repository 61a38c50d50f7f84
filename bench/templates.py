"""Render ÷ pure encode of every template on the sample material, in CPU seconds. ``python -m bench.templates [--json]``. ``ratio`` is the median."""

from __future__ import annotations

from pathlib import Path
from statistics import median
from typing import Any

from bench.apart import run_apart
from bench.generation_workload import compose_only, look, render_alone
from bench.run_bench import run_bench
from bench.workload import encode
from reelwright.reels.template import TEMPLATES

MEDIAN_GOAL, RICHEST_GOAL = 1.3, 1.45
REEL_SECONDS = 6


def measure_templates(folder: Path) -> dict[str, Any]:
    """For each template: its frames into the encoder alone, then the whole render, in processes of their own."""
    run_apart(look, folder)
    ratios, compose_ms = {}, {}
    for name in TEMPLATES:
        drawn = run_apart(compose_only, folder, template=name, seconds=REEL_SECONDS)
        pure = run_apart(encode, folder)["cpu_seconds"]
        whole = run_apart(render_alone, folder)["cpu_seconds"]
        ratios[name], compose_ms[name] = round(whole / pure, 3), round(1000 * drawn["cpu_seconds"] / drawn["frames"], 1)
    return {
        "ratio": round(median(ratios.values()), 3),
        "goal": MEDIAN_GOAL,
        "richest": max(ratios.values()),
        "richest_goal": RICHEST_GOAL,
        "ratios": ratios,
        "compose_ms_per_frame": compose_ms,
    }


def describe(found: dict[str, Any]) -> list[str]:
    rows = [f"{name}: {ratio}, composing {found['compose_ms_per_frame'][name]} CPU ms a frame" for name, ratio in found["ratios"].items()]
    last = f"median {found['ratio']} (goal ≤ {MEDIAN_GOAL}), richest {found['richest']} (goal ≤ {RICHEST_GOAL})"
    return [f"render ÷ pure encode, veryfast, {REEL_SECONDS} s of each template", *rows, last]


if __name__ == "__main__":
    run_bench(__doc__, measure_templates, describe)
