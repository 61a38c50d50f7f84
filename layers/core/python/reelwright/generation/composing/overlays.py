"""What stands above all shots: the progress bar, up to the end card, light or dark as the shot below it needs, never across a face."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import groupby

from reelwright.generation.composing.scene import Scene
from reelwright.generation.composing.shapes import progress_for
from reelwright.generation.composing.studio import Arrangement, Studio
from reelwright.generation.composing.timeline import Timeline, frame_time
from reelwright.reels.geometry import Area, area_of, visible_faces
from reelwright.reels.reel import Fill, Overlay, Picture, ProgressBar
from reelwright.reels.template import ProgressPart

LEAST_SEGMENTS = 3
LEAST_SEGMENT_SECONDS = Fraction(1, 2)
MAX_SEGMENTS = 12
DARK = "#0C0D14"
LEAST_CONTRAST = 2.5
BRIGHT_LUMA = 0.78
CLEAR_PIXELS = 16
STRONG_SUBJECT = 0.15


def make_overlays(studio: Studio, timeline: Timeline, scenes: Sequence[Scene], arranged: Sequence[Arrangement]) -> tuple[Overlay, ...]:
    """The template's progress bar, where it has one."""
    part = progress_for(studio.template, studio.shape)
    if part is None:
        return ()
    last = timeline.end_card if timeline.end_card is not None else len(timeline.shots)
    end = frame_time(timeline.shots[last - 1].end)
    borders = _borders(timeline, scenes, end) if part.has_segments else ()
    colours = [_colour_over(part, studio, drawn) for drawn in arranged[:last]]
    overlays = []
    for colour, group in groupby(range(last), key=lambda number: colours[number]):
        if colour is None:
            continue
        numbers = list(group)
        start, until = frame_time(timeline.shots[numbers[0]].start), frame_time(timeline.shots[numbers[-1]].end)
        overlays.append(Overlay(start=start, duration=until - start, layers=(_bar(part, colour, borders or (Fraction(0), end)),)))
    return tuple(overlays)


def _bar(part: ProgressPart, colour: str, borders: tuple[Fraction, ...]) -> ProgressBar:
    return ProgressBar(rect=part.rect, colour=colour, track_opacity=part.track_opacity, radius=part.radius, gap=part.gap, borders=borders)


def _colour_over(part: ProgressPart, studio: Studio, drawn: Arrangement) -> str | None:
    """The part's colour, or a dark one where it would not be seen on what lies below it; none where it would strike out a face."""
    if _strikes_out(part, studio, drawn):
        return None
    colour = studio.template.theme.colour(part.colour)
    for layer in reversed(drawn.layers):
        if isinstance(layer, Fill | Picture) and layer.rect.y <= part.rect.y and layer.rect.y + layer.rect.height >= part.rect.y + part.rect.height:
            if isinstance(layer, Fill):
                return colour if _contrast(colour, layer.colour) >= LEAST_CONTRAST else DARK
            if layer.rect.width >= part.rect.width:
                return DARK if drawn.luma >= BRIGHT_LUMA else colour
    return colour


def _strikes_out(part: ProgressPart, studio: Studio, drawn: Arrangement) -> bool:
    """Whether the bar crosses a face, or what one of several pictures on a page is about."""
    bar = area_of(part.rect).grown(CLEAR_PIXELS)
    if any(bar.overlap(face) > 0 for face in drawn.faces):
        return True
    shown = [layer for layer in drawn.layers if isinstance(layer, Picture) and not layer.blur]
    return len(shown) > 1 and any(bar.overlap(area) > 0 for layer in shown for area in _subject_of(studio, layer))


def _subject_of(studio: Studio, layer: Picture) -> list[Area]:
    """Where a picture's subject is seen, if it has one."""
    analysis = studio.media[layer.media_id].analysis
    if analysis.subject is None or analysis.subject_strength < STRONG_SUBJECT:
        return []
    return visible_faces([analysis.subject], studio.size(layer.media_id), layer.rect, [layer.motion.start, layer.motion.end])


def _contrast(one: str, other: str) -> float:
    lights = sorted((_luminance(one), _luminance(other)))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


def _luminance(colour: str) -> float:
    """Relative luminance of sRGB, 0..1."""
    shares = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _borders(timeline: Timeline, scenes: Sequence[Scene], end: Fraction) -> tuple[Fraction, ...]:
    """Where the opener, and each shot with a text of its own, begins; and the end. None where that makes too few or too many segments."""
    starts = [frame_time(shot.start) for shot, scene in zip(timeline.shots, scenes, strict=True) if scene.number == 0 or scene.texts.get("title")]
    borders = [Fraction(0)]
    for start in starts:
        if start - borders[-1] >= LEAST_SEGMENT_SECONDS and end - start >= LEAST_SEGMENT_SECONDS:
            borders.append(start)
    return (*borders, end) if LEAST_SEGMENTS <= len(borders) <= MAX_SEGMENTS else ()
