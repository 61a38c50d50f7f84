"""A loop: the last beat zooms through into the first picture, so that the end leads back to the beginning."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from fractions import Fraction

from reelwright.generation.composing.joins import LOUD_DISTANCE, MAX_KINDS
from reelwright.generation.composing.timeline import FRAME_RATE, beat_cut, exact, frame_time
from reelwright.reels.geometry import Size, window_of
from reelwright.reels.handheld import drift_at
from reelwright.reels.reel import Clip, CutReason, Entry, Layer, MediaReference, Motion, Picture, Transition, TransitionKind, View

Media = Mapping[str, MediaReference]

MAX_LOOP_SECONDS = 20
JOIN_KIND: TransitionKind = "zoom_through"
JOIN_SECONDS = Fraction(2, 5)
LEAST_LAST_SECONDS, MOST_LAST_SECONDS = Fraction(1, 5), Fraction(7, 10)
LEAST_SHOT_SECONDS = Fraction(3, 5)
ARRIVAL_RATIO = 1.03
MOST_REPLACED_SECONDS = Fraction(9, 10)
MIN_REPLACED_CLIPS = 4


def close_loop(clips: Sequence[Clip], beats: Sequence[float], media: Media, seed: int) -> tuple[Clip, ...] | None:
    """The clips with the first one's picture once more at the end; None where the reel is too long or no beat is in the right place."""
    end = clips[-1].end
    if end > MAX_LOOP_SECONDS or len(clips) < 2:
        return None
    start = _find_start(clips[-1], beats, end)
    if start is None:
        return _replace_last(clips, media, seed) if _is_short(clips[-1]) else None
    last = clips[-1].model_copy(update={"duration": start - clips[-1].start})
    cut = CutReason(on="beat", reference=exact(_beat_at(start, beats)))
    return (*_make_way((*clips[:-1], last)), _first_again(clips, (start, end), cut, media, seed))


def _replace_last(clips: Sequence[Clip], media: Media, seed: int) -> tuple[Clip, ...] | None:
    """The last shot, too short to be divided, gives way to the first one."""
    last = clips[-1]
    if len(clips) < MIN_REPLACED_CLIPS or clips[-2].duration < LEAST_SHOT_SECONDS or last.duration < JOIN_SECONDS / 2:
        return None
    return (*_make_way(clips[:-1]), _first_again(clips, (last.start, last.end), last.cut, media, seed))


def _make_way(clips: Sequence[Clip]) -> list[Clip]:
    """The shots before the closing join: no loud join near it, and not one kind more than a reel may have."""
    kinds = Counter(clip.transition.kind for clip in clips if clip.transition.kind not in {"cut", "beat_cut", JOIN_KIND})
    gone = {min(kinds, key=lambda kind: kinds[kind])} if len(kinds) >= MAX_KINDS else set()
    near = len(clips) - LOUD_DISTANCE + 1
    return [
        clip.model_copy(update={"transition": Transition()}) if clip.transition.kind in gone or (number >= near and clip.transition.is_loud) else clip
        for number, clip in enumerate(clips)
    ]


def _is_short(clip: Clip) -> bool:
    return clip.duration <= MOST_REPLACED_SECONDS and not any(layer.kind == "text" for layer in clip.layers)


def _first_again(clips: Sequence[Clip], span: tuple[Fraction, Fraction], cut: CutReason, media: Media, seed: int) -> Clip:
    seconds = span[1] - span[0]
    return Clip(
        id=f"shot_{len(clips) + 1}",
        start=span[0],
        duration=seconds,
        layers=tuple(_arrive(layer, media, seconds) for layer in clips[0].layers),
        transition=Transition(kind=JOIN_KIND, duration=JOIN_SECONDS, seed=seed),
        cut=cut,
        reason="The first picture again: the end leads back to the beginning.",
    )


def _find_start(last: Clip, beats: Sequence[float], end: Fraction) -> Fraction | None:
    """The latest beat that leaves room for the join on both sides."""
    for beat in sorted(beats, reverse=True):
        start = frame_time(beat_cut(beat)[0])
        if LEAST_LAST_SECONDS <= end - start <= MOST_LAST_SECONDS and start - last.start >= max(LEAST_SHOT_SECONDS, JOIN_SECONDS):
            return start
    return None


def _beat_at(start: Fraction, beats: Sequence[float]) -> float:
    return min(beats, key=lambda beat: abs(beat - float(start)))


def _arrive(layer: Layer, media: Media, seconds: Fraction) -> Layer:
    """The layer as frame 0 shows it: type settled, the camera coming to where the first shot starts, a clip to its first picture."""
    if isinstance(layer, Picture):
        view = _first_view(layer, media[layer.media_id])
        near = View(x=view.x, y=view.y, scale=min(4.0, round(view.scale * ARRIVAL_RATIO, 4)))
        run = seconds - Fraction(1, FRAME_RATE)
        lead = min(layer.source_start, run)
        motion = Motion(start=near, end=view, path=layer.motion.path)
        changes = {"motion": motion, "entry": Entry(), "source_start": layer.source_start - lead, "speed": lead / run, "ramp": ()}
        return layer.model_copy(update=changes if media[layer.media_id].kind == "video" else {"motion": motion, "entry": Entry()})
    return layer.model_copy(update={"entry": Entry()}) if layer.entry.start <= Fraction(1, FRAME_RATE) else layer


def _first_view(layer: Picture, reference: MediaReference) -> View:
    """What the first frame sees: the move's start with the push of a beat and the drift of the hand."""
    motion = layer.motion
    push = sum(pulse.strength * math.exp(float(pulse.at) / float(pulse.decay)) for pulse in motion.pulses if pulse.at <= 0)
    scale = min(4.0, motion.start.scale * (1 + push))
    across, down = window_of(Size(reference.width, reference.height), layer.rect, scale)
    dx, dy = drift_at(motion.drift, 0.0, motion.phase)
    x = _held(motion.start.x, across, across / layer.rect.width, dx, motion.drift)
    y = _held(motion.start.y, down, down / layer.rect.height, dy, motion.drift)
    return View(x=round(x, 6), y=round(y, 6), scale=round(scale, 6))


def _held(centre: float, seen: float, pixel: float, drift: float, most: float) -> float:
    """The centre on one axis: far enough from the edges for the whole drift, then drifted. ``pixel`` is the share of one pixel."""
    room = min(0.5, seen / 2 + most * pixel)
    return min(max(min(max(centre, room), 1 - room) + drift * pixel, seen / 2), 1 - seen / 2)
