"""Holds cuts against the music's beats and the voice's phrases: a cut has a reason that can be heard."""

from __future__ import annotations

from reelwright.reels.reel import Clip, Reel
from reelwright.rendering.gate_report import CutFinding, GateRow, share

LEAST_SHARE = 0.95
MAX_BEAT_DISTANCE_FRAMES = 1.0
PHRASE_LEAD_FRAMES = (2.0, 4.0)  # three frames before the phrase, give or take one
_SAME_SECONDS = 0.002
_ROUNDING_FRAMES = 0.51


def check_cuts(reel: Reel) -> tuple[list[GateRow], list[CutFinding]]:
    """One finding per cut of the first track; no row where there is neither music nor voice to cut on."""
    findings = [_check_cut(reel, clip) for clip in reel.tracks[0].clips[1:]]
    if not findings or not (reel.soundtrack.beats or reel.captions.words):
        return [], findings
    passed = sum(finding.passed for finding in findings)
    row = GateRow(
        name="cuts on beat or phrase",
        value=f"{passed} of {len(findings)}",
        bound=f"{LEAST_SHARE:.0%}",
        passed=share(passed, len(findings)) >= LEAST_SHARE,
        sentence="Cuts fall on a beat of the music, or just before a phrase begins.",
    )
    return [row], findings


def _check_cut(reel: Reel, clip: Clip) -> CutFinding:
    at, rate = float(clip.start), float(reel.canvas.frame_rate)
    beats = [float(beat) for beat in reel.soundtrack.beats]
    said = [(float(word.start), float(word.end)) for word in reel.captions.words]
    distance, passed = _distance(clip, beats, said, at, rate)
    if not passed:
        to_beat = min(((beat - at) * rate for beat in beats), key=abs, default=None)
        if to_beat is not None and abs(to_beat) <= MAX_BEAT_DISTANCE_FRAMES:
            distance, passed = to_beat, True
    return CutFinding(
        at=round(at, 3),
        clip=clip.id,
        on=clip.cut.on,
        reference=None if distance is None else round(at + distance / rate, 3),
        offset_frames=None if distance is None else round(distance, 2),
        passed=passed,
        reason=clip.reason,
    )


def _distance(clip: Clip, beats: list[float], said: list[tuple[float, float]], at: float, rate: float) -> tuple[float | None, bool]:
    """Frames from the cut to what it says it lies on, and whether that is there and near enough.

    Without music what is not before a phrase lies on the template's pulse, which nobody hears: there it must only be between words.
    """
    if clip.cut.reference is None:
        return None, False
    reference = float(clip.cut.reference)
    distance = (reference - at) * rate
    if clip.cut.on == "phrase":
        low, high = PHRASE_LEAD_FRAMES
        return distance, _is_among(reference, [start for start, _ in said]) and low - _ROUNDING_FRAMES <= distance <= high + _ROUNDING_FRAMES
    if not beats:
        return distance, not any(start <= at < end for start, end in said)
    return distance, _is_among(reference, beats) and abs(distance) <= MAX_BEAT_DISTANCE_FRAMES


def _is_among(at: float, times: list[float]) -> bool:
    return any(abs(at - time) <= _SAME_SECONDS for time in times)
