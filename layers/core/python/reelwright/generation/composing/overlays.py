"""What stands above all shots: the progress bar, up to the end card."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from reelwright.generation.composing.scene import Scene
from reelwright.generation.composing.timeline import Timeline, frame_time
from reelwright.reels.reel import Overlay, ProgressBar
from reelwright.reels.template import ProgressPart, Template

LEAST_SEGMENTS = 3
LEAST_SEGMENT_SECONDS = Fraction(1, 2)
MAX_SEGMENTS = 12


def make_overlays(template: Template, timeline: Timeline, scenes: Sequence[Scene]) -> tuple[Overlay, ...]:
    """The template's progress bar, where it has one."""
    if template.progress is None:
        return ()
    end = timeline.shots[timeline.end_card].start if timeline.end_card is not None else timeline.frames
    return (Overlay(start=Fraction(0), duration=frame_time(end), layers=(_bar(template.progress, template, timeline, scenes, frame_time(end)),)),)


def _bar(part: ProgressPart, template: Template, timeline: Timeline, scenes: Sequence[Scene], end: Fraction) -> ProgressBar:
    return ProgressBar(
        rect=part.rect,
        colour=template.theme.colour(part.colour),
        track_opacity=part.track_opacity,
        radius=part.radius,
        gap=part.gap,
        borders=_borders(timeline, scenes, end) if part.has_segments else (),
    )


def _borders(timeline: Timeline, scenes: Sequence[Scene], end: Fraction) -> tuple[Fraction, ...]:
    """Where the opener, and each shot with a text of its own, begins; and the end. None where that makes too few or too many segments."""
    starts = [frame_time(shot.start) for shot, scene in zip(timeline.shots, scenes, strict=True) if scene.number == 0 or scene.texts.get("title")]
    borders = [Fraction(0)]
    for start in starts:
        if start - borders[-1] >= LEAST_SEGMENT_SECONDS and end - start >= LEAST_SEGMENT_SECONDS:
            borders.append(start)
    return (*borders, end) if LEAST_SEGMENTS <= len(borders) <= MAX_SEGMENTS else ()
