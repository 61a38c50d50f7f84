"""Accents of the camera: a push on each beat, a step closer on what is stressed, and wherever nothing new was seen for too long."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from reelwright.generation.composing.studio import Arrangement, Studio
from reelwright.generation.composing.timeline import FRAME_RATE, Shot, Timeline, exact, frame_time
from reelwright.reels.geometry import Size, clamp_view, enlargement
from reelwright.reels.reel import Layer, Picture, Pulse, Step, View
from reelwright.reels.timing import nearest

FIRST_PULSE_SECONDS = 0.25
"""A beat at the cut itself has the cut."""

LEAST_STEP_SECONDS = 0.5
STEP_EDGE_SECONDS = 0.35
EVENT_CLOSER = 1.12
LEAST_CLOSER = 1.05
MAX_ENLARGEMENT = 3.2


@dataclass(frozen=True)
class Stretch:
    """A stressed phrase on the reel's clock, seconds."""

    start: float
    end: float


def add_accents(studio: Studio, timeline: Timeline, arranged: Sequence[Arrangement], stressed: Sequence[Stretch]) -> list[Arrangement]:
    """The shots with pulses and steps in their largest picture."""
    return [
        _accented(studio, timeline, shot, drawn, stressed, is_end=number == timeline.end_card)
        for number, (shot, drawn) in enumerate(zip(timeline.shots, arranged, strict=True))
    ]


def _accented(studio: Studio, timeline: Timeline, shot: Shot, drawn: Arrangement, stressed: Sequence[Stretch], *, is_end: bool) -> Arrangement:
    carrying = _find_carrying(drawn.layers)
    if carrying is None:
        return drawn
    place, picture = carrying
    picture = _with_pulses(studio, timeline, shot, picture)
    picture = _with_steps(studio, timeline, shot, picture, stressed, is_end=is_end)
    return replace(drawn, layers=(*drawn.layers[:place], picture, *drawn.layers[place + 1 :]))


def _find_carrying(layers: Sequence[Layer]) -> tuple[int, Picture] | None:
    """The largest sharp picture, with its place: it carries the shot."""
    pictures = [(place, layer) for place, layer in enumerate(layers) if isinstance(layer, Picture) and layer.blur == 0]
    return max(pictures, key=lambda row: (row[1].rect.width * row[1].rect.height, -row[0]), default=None)


def _with_pulses(studio: Studio, timeline: Timeline, shot: Shot, picture: Picture) -> Picture:
    strength = studio.template.camera.beat_punch
    if not strength:
        return picture
    start, end = shot.start / FRAME_RATE, shot.end / FRAME_RATE
    beats = [beat for beat in timeline.beats if start + FIRST_PULSE_SECONDS <= beat < end - 0.1]
    pulses = tuple(Pulse(at=exact(beat) - frame_time(shot.start), strength=strength) for beat in beats)
    return picture.model_copy(update={"motion": picture.motion.model_copy(update={"pulses": pulses})})


def _with_steps(studio: Studio, timeline: Timeline, shot: Shot, picture: Picture, stressed: Sequence[Stretch], *, is_end: bool) -> Picture:
    camera = studio.template.camera
    spans = [] if is_end else list(_accents(shot, stressed, camera.accent_punch))
    if not spans and not is_end and not camera.beat_punch:
        spans = list(_events(studio, timeline, shot))
    steps = tuple(step for start, end, closer in spans if (step := _step(studio, shot, picture, start, end, closer)))
    return picture.model_copy(update={"motion": picture.motion.model_copy(update={"steps": steps})}) if steps else picture


def _accents(shot: Shot, stressed: Iterable[Stretch], closer: float) -> Iterable[tuple[float, float, float]]:
    """One stressed phrase inside the shot."""
    if closer <= 1.0:
        return
    start, end = shot.start / FRAME_RATE, shot.end / FRAME_RATE
    for stretch in stressed:
        begin, until = max(stretch.start, start + STEP_EDGE_SECONDS), min(stretch.end, end)
        if until - begin >= LEAST_STEP_SECONDS and begin < end - STEP_EDGE_SECONDS:
            yield begin, end if end - until < STEP_EDGE_SECONDS else until, closer
            return


def _events(studio: Studio, timeline: Timeline, shot: Shot) -> Iterable[tuple[float, float, float]]:
    """Where a shot stands longer than the template lets it without anything new: a step closer at a beat near its middle, to its end."""
    if shot.seconds <= studio.template.pacing.event_seconds:
        return
    start, end = shot.start / FRAME_RATE, shot.end / FRAME_RATE
    beat = nearest(timeline.beats, (start + end) / 2)
    at = beat if beat is not None and start + 0.3 * shot.seconds <= beat <= end - 0.3 * shot.seconds else (start + end) / 2
    yield at, end, EVENT_CLOSER


def _step(studio: Studio, shot: Shot, picture: Picture, start: float, end: float, closer: float) -> Step | None:
    """The jump, as far as the picture has pixels for it."""
    size: Size = studio.size(picture.media_id)
    views = (picture.motion.start, picture.motion.end)
    scale = max(view.scale for view in views)
    closer = min(closer, 4.0 / scale, MAX_ENLARGEMENT / enlargement(size, picture.rect, scale))
    scale *= closer
    if closer < LEAST_CLOSER or picture.motion.path:
        return None
    nearer = max(views, key=lambda view: view.scale)
    view = clamp_view(View(x=nearer.x, y=nearer.y, scale=round(scale, 4)), size, picture.rect)
    begin = Fraction(round(start * FRAME_RATE), FRAME_RATE) - frame_time(shot.start)
    until = Fraction(round(end * FRAME_RATE), FRAME_RATE) - frame_time(shot.start)
    return Step(at=begin, until=until, view=view) if until > begin else None
