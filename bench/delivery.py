"""What comes after the render, in CPU seconds: four platform exports ÷ one, and the gate ÷ the render. ``python -m bench.delivery [--json]``."""

from __future__ import annotations

from pathlib import Path
from statistics import median
from typing import Any

from bench.apart import run_apart
from bench.run_bench import run_bench
from bench.workload import export, gate, render

EXPORT_GOAL, GATE_GOAL = 1.03, 0.2
SHOTS = 3
"""The bench reel's first 6 s."""

RUNS = 3


def measure_delivery(folder: Path) -> dict[str, Any]:
    """Render and export once, measure that master three times. The exports' ratio is (render + four) ÷ (render + one)."""
    rendered = run_apart(render, folder, shots=SHOTS)["cpu_seconds"]
    one, four = (run_apart(export, folder, platforms=count)["cpu_seconds"] for count in (1, 4))
    measured = median(run_apart(gate, folder, shots=SHOTS)["cpu_seconds"] for _ in range(RUNS))
    return {
        "ratio": round((rendered + four) / (rendered + one), 3),
        "goal": EXPORT_GOAL,
        "gate_ratio": round(measured / rendered, 3),
        "gate_goal": GATE_GOAL,
        "render_cpu_seconds": rendered,
        "one_export_cpu_seconds": one,
        "four_exports_cpu_seconds": four,
        "gate_cpu_seconds": measured,
    }


def describe(found: dict[str, Any]) -> list[str]:
    exports = f"{found['four_exports_cpu_seconds']} and {found['one_export_cpu_seconds']} CPU s after the render"
    return [
        f"four platform exports ÷ one: {found['ratio']} (goal ≤ {EXPORT_GOAL}; {exports})",
        f"gate ÷ render: {found['gate_ratio']} (goal ≤ {GATE_GOAL}; {found['gate_cpu_seconds']} ÷ {found['render_cpu_seconds']} CPU s)",
    ]


if __name__ == "__main__":
    run_bench(__doc__, measure_delivery, describe)
