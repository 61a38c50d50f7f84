"""One piece of work in a process of its own, so that bakes and caches count anew: ``python -m bench.workload NAME FOLDER …``.

Prints one JSON object with the CPU seconds of the work (imports not counted) and the peak memory in megabytes.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np

from bench.material import SHOTS, make_bench_reel
from reelwright.publishing.platforms.registry import SPECIFICATIONS
from reelwright.reels.reel import Reel
from reelwright.rendering.compose import Composer
from reelwright.rendering.encode import MasterWriter
from reelwright.rendering.export import export_for
from reelwright.rendering.gate import check_delivery
from reelwright.rendering.measure import measure_master
from reelwright.rendering.planes import Planes
from reelwright.rendering.render_reel import render_reel

Work = Callable[[argparse.Namespace, Path], dict[str, Any]]


def run_workload(name: str, folder: Path, *, module: str = "bench.workload", **options: object) -> dict[str, Any]:
    """Runs a workload in a fresh process and gives its figures back."""
    arguments = [f"--{key.replace('_', '-')}={value}" for key, value in options.items()]
    done = subprocess.run([sys.executable, "-m", module, name, str(folder), *arguments], capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"the workload {name} failed: {done.stderr[-2000:]}")
    figures: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return figures


def render(options: argparse.Namespace, folder: Path) -> dict[str, Any]:
    """The whole render of the bench reel, file to file."""
    reel, files = make_bench_reel(folder, options.shots, options.frame_rate, options.first)
    with timed() as figures:
        render_quietly(reel, files, folder / options.out, options.preset)
    return figures | {"frames": reel.frame_count}


def compose(options: argparse.Namespace, folder: Path) -> dict[str, Any]:
    """All frames, not encoded; kept in ``frames.raw`` for the pure encode."""
    return write_frames(folder, *make_bench_reel(folder, options.shots, options.frame_rate, options.first))


def write_frames(folder: Path, reel: Reel, files: Mapping[str, Path]) -> dict[str, Any]:
    """Draws every frame of an upright reel into ``frames.raw``."""
    raw = _raw_frames(folder, reel.frame_count, "w+")
    with timed() as figures, Composer(reel, files) as composer:
        for n in range(reel.frame_count):
            frame = composer.frame(n)
            raw[n, :1920], raw[n, 1920:2400], raw[n, 2400:] = frame.y, frame.u.reshape(480, 1080), frame.v.reshape(480, 1080)
    return figures | {"frames": reel.frame_count}


def encode(options: argparse.Namespace, folder: Path) -> dict[str, Any]:
    """The pure encode: the same finished frames into the same encoder."""
    count = (folder / "frames.raw").stat().st_size // (1080 * 2880)
    raw = _raw_frames(folder, count, "r")
    with timed() as figures:
        writer = MasterWriter(folder / "pure.mp4", 1080, 1920, Fraction(options.frame_rate), options.preset)
        for n in range(count):
            writer.write(Planes(raw[n, :1920], raw[n, 1920:2400].reshape(960, 540), raw[n, 2400:].reshape(960, 540)))
        writer.close()
    return figures | {"frames": count}


def export(options: argparse.Namespace, folder: Path) -> dict[str, Any]:
    """The master's files for the first so many platforms."""
    names = list(SPECIFICATIONS)[: options.platforms]
    with timed() as figures:
        anew = [export_for(folder / options.out, SPECIFICATIONS[name], folder / f"{name}.mp4") for name in names]
    return figures | {"platforms": len(names), "encoded_anew": sum(anew)}


def gate(options: argparse.Namespace, folder: Path) -> dict[str, Any]:
    """The master measured once and held against the document."""
    reel, _ = make_bench_reel(folder, options.shots, options.frame_rate, options.first)
    with timed() as figures:
        report = check_delivery(reel, measure_master(folder / options.out), {}, SPECIFICATIONS)
    return figures | {"rows": len(report.rows)}


def render_quietly(reel: Reel, files: Mapping[str, Path], out: Path, preset: str) -> None:
    """The product's own render, with nobody watching."""
    render_reel(reel, files, out, on_progress=lambda _: None, is_cancelled=lambda: False, preset=preset)


class timed:  # noqa: N801
    """CPU seconds of all threads and of children, and the peak memory of this process."""

    def __enter__(self) -> dict[str, Any]:
        self._figures: dict[str, Any] = {}
        self._begun = cpu_seconds(), time.monotonic()
        return self._figures

    def __exit__(self, *_: object) -> None:
        self._figures |= {
            "cpu_seconds": round(cpu_seconds() - self._begun[0], 3),
            "wall_seconds": round(time.monotonic() - self._begun[1], 3),
            "peak_mb": _peak_megabytes(),
        }


def cpu_seconds() -> float:
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def _peak_megabytes() -> int:
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.split("VmHWM:")[1].split()[0]) // 1024


def _raw_frames(folder: Path, count: int, mode: str) -> Any:
    return np.memmap(folder / "frames.raw", np.uint8, mode, shape=(count, 2880, 1080))  # type: ignore[call-overload]


WORKLOADS: dict[str, Work] = {
    "render": render,
    "compose": compose,
    "encode": encode,
    "export": export,
    "gate": gate,
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("name", choices=sorted(WORKLOADS))
    parser.add_argument("folder", type=Path)
    parser.add_argument("--preset", default="veryfast")
    parser.add_argument("--shots", type=int, default=SHOTS)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--frame-rate", type=int, default=30)
    parser.add_argument("--platforms", type=int, default=4)
    parser.add_argument("--out", default="master.mp4")
    options = parser.parse_args()
    print(json.dumps(WORKLOADS[options.name](options, options.folder)))


if __name__ == "__main__":
    main()
