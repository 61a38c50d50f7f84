"""The bench reel's work in pieces: its render, its frames alone, the pure encode, exports and gate; each is run by ``bench.apart``.

Each gives the CPU seconds of the work (imports not counted) and the peak memory in megabytes.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np

from bench.apart import Figures, timed
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

FRAME_RATE = 30
MASTER = "master.mp4"


def prepare(folder: Path, *, shots: int = SHOTS) -> Figures:
    """Films and sings what is synthesised, so that no measured run does."""
    with timed() as figures:
        make_bench_reel(folder, shots)
    return figures


def render(folder: Path, *, preset: str = "veryfast", shots: int = SHOTS, frame_rate: int = FRAME_RATE, out: str = MASTER) -> Figures:
    """The whole render of the bench reel, file to file."""
    reel, files = make_bench_reel(folder, shots, frame_rate)
    with timed() as figures:
        render_quietly(reel, files, folder / out, preset)
    return figures | {"frames": reel.frame_count}


def compose(folder: Path, *, shots: int = SHOTS) -> Figures:
    """All frames, not encoded; kept in ``frames.raw`` for the pure encode."""
    return write_frames(folder, *make_bench_reel(folder, shots))


def write_frames(folder: Path, reel: Reel, files: Mapping[str, Path]) -> Figures:
    """Draws every frame of an upright reel into ``frames.raw``."""
    raw = _raw_frames(folder, reel.frame_count, "w+")
    with timed() as figures, Composer(reel, files) as composer:
        for n in range(reel.frame_count):
            frame = composer.frame(n)
            raw[n, :1920], raw[n, 1920:2400], raw[n, 2400:] = frame.y, frame.u.reshape(480, 1080), frame.v.reshape(480, 1080)
    return figures | {"frames": reel.frame_count}


def encode(folder: Path, *, preset: str = "veryfast", frames: int | None = None) -> Figures:
    """The pure encode: the same finished frames, all or the first so many, into the same encoder."""
    count = frames or (folder / "frames.raw").stat().st_size // (1080 * 2880)
    raw = _raw_frames(folder, count, "r")
    with timed() as figures:
        writer = MasterWriter(folder / "pure.mp4", 1080, 1920, Fraction(FRAME_RATE), preset)
        for n in range(count):
            writer.write(Planes(raw[n, :1920], raw[n, 1920:2400].reshape(960, 540), raw[n, 2400:].reshape(960, 540)))
        writer.close()
    return figures | {"frames": count}


def export(folder: Path, *, platforms: int) -> Figures:
    """The master's files for the first so many platforms."""
    names = list(SPECIFICATIONS)[:platforms]
    with timed() as figures:
        anew = [export_for(folder / MASTER, SPECIFICATIONS[name], folder / f"{name}.mp4") for name in names]
    return figures | {"platforms": len(names), "encoded_anew": sum(anew)}


def gate(folder: Path, *, shots: int) -> Figures:
    """The master measured once and held against the document."""
    reel, _ = make_bench_reel(folder, shots)
    with timed() as figures:
        report = check_delivery(reel, measure_master(folder / MASTER), {}, SPECIFICATIONS)
    return figures | {"rows": len(report.rows)}


def render_quietly(reel: Reel, files: Mapping[str, Path], out: Path, preset: str) -> None:
    """The product's own render, with nobody watching."""
    render_reel(reel, files, out, on_progress=lambda _: None, is_cancelled=lambda: False, preset=preset)


def _raw_frames(folder: Path, count: int, mode: str) -> Any:
    return np.memmap(folder / "frames.raw", np.uint8, mode, shape=(count, 2880, 1080))  # type: ignore[call-overload]
