"""All measurements in one run, as ratios: ``make bench``, or ``python -m bench [--json] [--all] [--peers]``."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from typing import Any

BENCHES = ("render", "memory", "delivery", "generation", "local_platform", "set_up")
"""Modules of this package that print one JSON object with ``--json``."""

LONG = ("templates", "variants")
"""What takes more than a minute each: with ``--all``."""

PEERS = ("moviepy_peer",)


def run_bench(name: str) -> dict[str, Any] | None:
    """One bench's figures, or None where it failed; its words then stand on stderr."""
    done = subprocess.run([sys.executable, "-m", f"bench.{name}", "--json"], stdout=subprocess.PIPE, text=True, check=False)
    lines = done.stdout.splitlines()
    if done.returncode or not lines:
        return None
    found: dict[str, Any] = json.loads(lines[-1])
    return found


def describe(name: str, found: dict[str, Any]) -> str:
    """The figures of one bench, one per line."""
    rows = [f"{name}"]
    for key, value in found.items():
        text = ", ".join(f"{inner} {figure}" for inner, figure in value.items()) if isinstance(value, dict) else value
        rows.append(f"  {key.replace('_', ' '):28} {text}")
    return "\n".join(rows)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--peers", action="store_true", help="other renderers too, each in an environment of its own; takes minutes")
    parser.add_argument("--all", action="store_true", help="every template and three variants too; takes minutes")
    options = parser.parse_args()
    names = [*BENCHES, *(LONG if options.all else ()), *(PEERS if options.peers else ())]
    everything: dict[str, Any] = {}
    for name in names:
        found = run_bench(name)
        everything[name] = found
        if not options.json:
            print(describe(name, found) if found is not None else f"{name}\n  failed", flush=True)
    if options.json:
        print(json.dumps(everything))
    if None in everything.values():
        sys.exit(3)


if __name__ == "__main__":
    main()
