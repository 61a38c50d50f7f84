"""A preview: the same reel small, with half its pictures and quickly encoded. Times, captions and sound are the reel's own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from reelwright.reels.reel import Reel
from reelwright.reels.scale_reel import scale_reel
from reelwright.rendering.render_reel import render_reel

LEAST_RATE = 15
"""Pictures a second: with fewer a film falls apart."""

PRESET, CRF = "ultrafast", 26


def shrink_reel(reel: Reel, width: int) -> Reel:
    """The reel ``width`` pixels wide (even), with every second picture where ``LEAST_RATE`` are left."""
    small = scale_reel(reel, width)
    half = small.canvas.frame_rate / 2
    if half < LEAST_RATE:
        return small
    return small.model_copy(update={"canvas": small.canvas.model_copy(update={"frame_rate": half})})


def render_preview(small: Reel, files: Mapping[str, Path], out: Path, *, on_progress: Callable[[float], None], is_cancelled: Callable[[], bool]) -> None:
    """Renders a reel that was shrunk to ``out``; as ``render_reel`` in all else. Raises Cancelled, RenderFailed."""
    render_reel(small, files, out, on_progress=on_progress, is_cancelled=is_cancelled, preset=PRESET, crf=CRF)
