"""All measurements in one run, as ratios: ``make bench``, or ``python -m bench [--json] [--all] [--peers]``."""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import traceback
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from bench import delivery, generation, local_platform, memory, moviepy_peer, render, set_up, templates, variants
from bench.apart import Figures

Bench = tuple[Callable[[Path], Figures], Callable[[Figures], Sequence[str]]]
"""What measures, in a folder; what tells the figures, one sentence each."""

BENCHES: Mapping[str, Bench] = {
    "render": (render.measure_render, render.describe),
    "memory": (memory.measure_memory, memory.describe),
    "delivery": (delivery.measure_delivery, delivery.describe),
    "generation": (generation.measure_generation, generation.describe),
    "local_platform": (local_platform.measure_platform, local_platform.describe),
    "set_up": (set_up.read_sizes, set_up.describe),
}
LONG: Mapping[str, Bench] = {
    "templates": (templates.measure_templates, templates.describe),
    "variants": (variants.measure_variants, variants.describe),
}
"""What takes more than a minute each: with ``--all``."""

PEERS: Mapping[str, Bench] = {"moviepy_peer": (moviepy_peer.measure_peer, moviepy_peer.describe)}


def measure(name: str, bench: Bench, folder: Path, is_quiet: bool) -> Figures | None:
    """One bench's figures, told unless ``is_quiet``; None where it failed, its words then stand on stderr."""
    try:
        found = bench[0](folder)
    except Exception:
        traceback.print_exc()
        return None
    if not is_quiet:
        print(f"{name}:", *bench[1](found), sep="\n  ", flush=True)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--peers", action="store_true", help="other renderers too, each in an environment of its own; takes minutes")
    parser.add_argument("--all", action="store_true", help="every template and three variants too; takes minutes")
    options = parser.parse_args()
    benches = {**BENCHES, **(LONG if options.all else {}), **(PEERS if options.peers else {})}
    with tempfile.TemporaryDirectory(prefix="reelwright-bench-") as name:
        everything: dict[str, Any] = {key: measure(key, bench, Path(name), options.json) for key, bench in benches.items()}
    if options.json:
        print(json.dumps(everything))
    if None in everything.values():
        sys.exit(3)


if __name__ == "__main__":
    main()
