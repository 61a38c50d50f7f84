"""Which stretch of a clip is shown: moving, sharp, not shown before, and inside one of its own shots."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

from reelwright.generation.composing.timeline import exact
from reelwright.generation.plan import PlannedMedia
from reelwright.media.analysis import PathSample, Shot

BEST_MOTION = (0.005, 0.08)
STEP_SECONDS = 0.25
REUSE_COST = 5.0
MIN_SPEED = Fraction(1, 2)
EDGE_SECONDS = 0.1
PATH_MARGIN_SECONDS = 0.5


@dataclass(frozen=True)
class Window:
    """From ``start`` (seconds of the clip) at ``speed``, with the crop path through it."""

    start: Fraction
    speed: Fraction
    path: tuple[PathSample, ...] = ()


@dataclass
class ClipWindows:
    """Hands out stretches of clips, each time one that overlaps least with those before."""

    used: dict[str, list[tuple[float, float]]] = field(default_factory=dict)

    def take(self, media: PlannedMedia, seconds: float) -> Window:
        """A stretch that lasts ``seconds`` on the timeline; a clip that is too short is played slower."""
        duration = media.facts.duration_seconds or seconds
        shots = [shot for shot in media.analysis.shots if shot.end - shot.start > 0.4] or [Shot(start=0.0, end=duration)]
        fitting = [shot for shot in shots if shot.end - shot.start >= seconds + 2 * EDGE_SECONDS] or [max(shots, key=lambda shot: shot.end - shot.start)]
        sharpest = max(shot.sharpness for shot in fitting) or 1.0
        options = [(self._rate(media.media_id, shot, start, seconds, sharpest), -start, shot) for shot in fitting for start in _starts(shot, seconds)]
        _, negative, shot = max(options, key=lambda option: option[:2])
        start = -negative
        length = min(seconds, max(0.1, shot.end - start))
        speed = max(MIN_SPEED, min(Fraction(1), Fraction(round(length / seconds * 100), 100)))
        self.used.setdefault(media.media_id, []).append((start, start + length))
        near = [sample for sample in shot.path if start - PATH_MARGIN_SECONDS <= sample.at <= start + length + PATH_MARGIN_SECONDS]
        return Window(exact(start), speed, tuple(near))

    def _rate(self, media_id: str, shot: Shot, start: float, seconds: float, sharpest: float) -> float:
        moves = 1.0 if BEST_MOTION[0] <= shot.motion <= BEST_MOTION[1] else 0.5 if shot.motion < BEST_MOTION[0] else 0.3
        taken = sum(max(0.0, min(end, start + seconds) - max(begin, start)) for begin, end in self.used.get(media_id, []))
        return moves + 0.6 * shot.sharpness / sharpest - REUSE_COST * taken / seconds - 0.02 * abs(start - (shot.start + shot.end - seconds) / 2)


def _starts(shot: Shot, seconds: float) -> list[float]:
    """Possible beginnings, a little away from the shot's own cuts."""
    last = shot.end - seconds - EDGE_SECONDS
    first = shot.start + (EDGE_SECONDS if last > shot.start + EDGE_SECONDS else 0.0)
    if last <= first:
        return [shot.start]
    count = int((last - first) / STEP_SECONDS)
    return [round(first + place * STEP_SECONDS, 3) for place in range(count + 1)]
