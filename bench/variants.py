"""Three variants ÷ one, in CPU seconds: the first is rendered in full, the others as previews. ``python -m bench.variants [--json]``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from bench.apart import run_apart
from bench.generation_workload import generation, look, variants
from bench.run_bench import run_bench

GOAL = 1.4
REEL_SECONDS = 12


def measure_variants(folder: Path) -> dict[str, Any]:
    """One and three, each in a process of its own; the files were looked at before."""
    run_apart(look, folder)
    one = run_apart(generation, folder, seconds=REEL_SECONDS)
    three = run_apart(variants, folder, seconds=REEL_SECONDS)
    return {
        "ratio": round(three["cpu_seconds"] / one["cpu_seconds"], 3),
        "goal": GOAL,
        "variants": three["variants"],
        "one_cpu_seconds": one["cpu_seconds"],
        "three_cpu_seconds": three["cpu_seconds"],
        "stages_cpu_seconds": three["stages"],
    }


def describe(found: dict[str, Any]) -> list[str]:
    return [f"{found['variants']} variants ÷ one: {found['ratio']} (goal ≤ {GOAL}; {found['three_cpu_seconds']} ÷ {found['one_cpu_seconds']} CPU s)"]


if __name__ == "__main__":
    run_bench(__doc__, measure_variants, describe)
