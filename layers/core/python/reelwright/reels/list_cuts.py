"""Tells where a reel cuts and why, for reports."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from reelwright.reels.exact_time import to_frame
from reelwright.reels.reel import Clip, Reel


def list_cuts(reel: Reel) -> list[dict[str, Any]]:
    """Every shot of the first track: when it starts, on what, how many frames after it (negative: before), and why this picture."""
    return [_describe(clip, reel.canvas.frame_rate) for clip in reel.tracks[0].clips]


def _describe(clip: Clip, frame_rate: Fraction) -> dict[str, Any]:
    reference = clip.cut.reference
    return {
        "at": round(float(clip.start), 3),
        "on": clip.cut.on,
        "reference": None if reference is None else round(float(reference), 3),
        "offset_frames": None if reference is None else to_frame(clip.start, frame_rate) - to_frame(reference, frame_rate),
        "reason": clip.reason,
    }
