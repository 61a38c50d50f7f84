"""How long a generation still takes, from what its stages took on the reference machine (two cores)."""

from __future__ import annotations

# Seconds of each stage: a fixed part, and a part per second of reel.
_STAGE_SECONDS: dict[str, tuple[float, float]] = {
    "analysing": (1.0, 0.0),
    "planning": (2.0, 0.0),
    "making": (6.0, 0.5),
    "captions": (0.5, 0.0),
    "composing": (1.0, 0.02),
    "rendering": (3.0, 1.0),
    "checking": (1.0, 0.15),
    "exporting": (1.5, 0.03),
    "previewing": (1.0, 0.1),
}


def estimate_seconds(stage: str, length_seconds: float) -> int | None:
    """Seconds from the beginning of ``stage`` to the end; None while the generation waits for its turn."""
    stages = list(_STAGE_SECONDS)
    if stage not in stages:
        return 0 if stage == "finished" else None
    left = (_STAGE_SECONDS[name] for name in stages[stages.index(stage) :])
    return round(sum(fixed + per_second * length_seconds for fixed, per_second in left))


def estimate_while_rendering(done: float, elapsed_seconds: float, length_seconds: float) -> int:
    """Seconds to the end while ``done`` (0..1) of the render is there after ``elapsed_seconds``.

    The first percents take longer (files are fetched, stills are baked), so they count little against the table.
    """
    expected = _STAGE_SECONDS["rendering"][1] * length_seconds * (1 - done)
    measured = elapsed_seconds * (1 - done) / done if done > 0 else expected
    trust = min(1.0, 3 * done)
    return round(trust * measured + (1 - trust) * expected) + (estimate_seconds("checking", length_seconds) or 0)
