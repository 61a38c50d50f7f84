"""The drift of a camera that is held by hand, as the renderer draws it and composing foresees it."""

from __future__ import annotations

import math

SECOND_AXIS_PHASE = 1.7


def sway(seconds: float, phase: float) -> float:
    """Handheld drift, about -1..1: three slow waves whose periods never meet."""
    turn = 2 * math.pi * seconds
    return 0.55 * math.sin(0.31 * turn + phase) + 0.30 * math.sin(0.73 * turn + 2.1 * phase + 1) + 0.15 * math.sin(1.37 * turn + 3.7 * phase + 2)


def drift_at(amplitude: float, seconds: float, phase: float) -> tuple[float, float]:
    """How far the picture is moved across and down, in the unit of the amplitude."""
    if not amplitude:
        return 0.0, 0.0
    return amplitude * sway(seconds, phase), amplitude * sway(seconds, phase + SECOND_AXIS_PHASE)
