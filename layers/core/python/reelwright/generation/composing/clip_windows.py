"""Which stretch of a clip is shown, and how fast: moving, sharp, not shown before, and inside one of its own shots."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import pairwise

from reelwright.generation.composing.timeline import FRAME_RATE, exact
from reelwright.generation.plan import PlannedMedia
from reelwright.media.analysis import PathSample, Shot
from reelwright.reels.reel import SpeedPoint

BEST_MOTION = (0.005, 0.08)
STEP_SECONDS = 0.25
REUSE_COST = 5.0
MIN_SPEED = Fraction(1, 2)
EDGE_SECONDS = 0.1
PATH_MARGIN_SECONDS = 0.5
LEAST_SHOT_SECONDS = 0.4
DEAD_MOTION = 0.0015
RATE_TOLERANCE = 0.1
FAST_SPEED, SLOW_SPEED, LEAST_SLOWED_RATE = 3.0, 0.8, 49.0
RAMP_SECONDS, RAMP_REST_SECONDS = 0.75, 0.35


@dataclass(frozen=True)
class Window:
    """From ``start`` (seconds of the clip) at ``speed``, or at the speeds of ``ramp``, with the crop path through it."""

    start: Fraction
    speed: Fraction
    path: tuple[PathSample, ...] = ()
    ramp: tuple[SpeedPoint, ...] = ()


@dataclass
class ClipWindows:
    """Hands out stretches of clips, each time one that overlaps least with those before."""

    used: dict[str, list[tuple[float, float]]] = field(default_factory=dict)
    ramped: set[str] = field(default_factory=set)

    def take(self, media: PlannedMedia, seconds: float, beats: Sequence[float] | None = None) -> Window:
        """A stretch that lasts ``seconds`` on the timeline; a clip that is too short is played slower.

        Clips without anything to hear may be played faster: those of 24 and 25 frames a second so that each of their frames is one of
        the reel's, and, where ``beats`` (seconds of the shot) are given, with a ramp that is over on one of them.
        """
        duration = media.facts.duration_seconds or seconds
        shots = _living(media.analysis.shots) or [Shot(start=0.0, end=duration)]
        if not is_heard(media):
            faster = self._take_faster(media, shots, seconds, beats)
            if faster is not None:
                return faster
        return self._take(media, shots, seconds)

    def _take_faster(self, media: PlannedMedia, shots: Sequence[Shot], seconds: float, beats: Sequence[float] | None) -> Window | None:
        ramp = make_ramp(seconds, beats, media.facts.frame_rate or 30.0) if beats is not None and media.media_id not in self.ramped else ()
        if ramp and any(shot.end - shot.start >= ramp_length(ramp, seconds) + 2 * EDGE_SECONDS for shot in shots):
            self.ramped.add(media.media_id)
            return replace(self._take(media, shots, ramp_length(ramp, seconds)), speed=Fraction(1), ramp=ramp)
        speed = _smooth_speed(media.facts.frame_rate)
        if speed == 1 or all(shot.end - shot.start < seconds * speed + 2 * EDGE_SECONDS for shot in shots):
            return None
        return replace(self._take(media, shots, float(seconds * speed)), speed=speed)

    def _take(self, media: PlannedMedia, shots: Sequence[Shot], seconds: float) -> Window:
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


def is_heard(media: PlannedMedia) -> bool:
    """Whether a clip has a sound of its own that is worth hearing."""
    return media.facts.has_sound and not media.analysis.is_silent


def make_ramp(seconds: float, beats: Sequence[float], frame_rate: float) -> tuple[SpeedPoint, ...]:
    """A rush that slows down on a beat; none where the shot is too short for it or no beat is in the right place."""
    onsets = [beat for beat in beats if RAMP_SECONDS + 0.05 <= beat <= seconds - RAMP_REST_SECONDS]
    if not onsets:
        return ()
    slow = SLOW_SPEED if frame_rate >= LEAST_SLOWED_RATE else 1.0
    end = onsets[0]
    points = ((end - RAMP_SECONDS, 1.0), (end - 0.5, FAST_SPEED), (end - 0.3, FAST_SPEED), (end, slow))
    return tuple(SpeedPoint(at=exact(at), speed=speed) for at, speed in points)


def ramp_length(ramp: Sequence[SpeedPoint], seconds: float) -> float:
    """Seconds of the clip that a ramp uses in a shot: between two points the speed is their mean."""
    used = float(ramp[0].at) * ramp[0].speed + max(0.0, seconds - float(ramp[-1].at)) * ramp[-1].speed
    return used + sum((after.speed + before.speed) / 2 * float(after.at - before.at) for before, after in pairwise(ramp))


def _smooth_speed(frame_rate: float | None) -> Fraction:
    """The speed at which each frame of a clip is one frame of the reel, where it is near its own."""
    return next((Fraction(FRAME_RATE, rate) for rate in (24, 25) if frame_rate and abs(frame_rate - rate) < RATE_TOLERANCE), Fraction(1))


def _living(shots: Sequence[Shot]) -> list[Shot]:
    """The clip's own shots without its dead parts: those that hardly move beside others that do, and those too short to be seen."""
    long = [shot for shot in shots if shot.end - shot.start > LEAST_SHOT_SECONDS]
    liveliest = max((shot.motion for shot in long), default=0.0)
    return [shot for shot in long if shot.motion >= DEAD_MOTION or liveliest < BEST_MOTION[0]]


def _starts(shot: Shot, seconds: float) -> list[float]:
    """Possible beginnings, a little away from the shot's own cuts."""
    last = shot.end - seconds - EDGE_SECONDS
    first = shot.start + (EDGE_SECONDS if last > shot.start + EDGE_SECONDS else 0.0)
    if last <= first:
        return [shot.start]
    count = int((last - first) / STEP_SECONDS)
    return [round(first + place * STEP_SECONDS, 3) for place in range(count + 1)]
