"""Choosing the cuts: shots as long as the pacing wants them, on the best of the places where one may cut."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from reelwright.generation.composing.timeline import FRAME_RATE, Candidate, Shot
from reelwright.generation.composing.vary_lengths import vary_lengths
from reelwright.reels.template import Pacing
from reelwright.reels.timing import shot_lengths

LOOK_BACK_SECONDS = 7.5
MAX_SHOTS = 80
_KIND_COST = {"start": 0.0, "border": 0.0, "part": 0.05, "phrase": 0.15, "beat": 0.30}
_SKIPPED_COST = {"border": 0.55, "part": 0.3}
_TOO_SHORT_COST, _TOO_LONG_COST, _UNREAD_COST = 8.0, 4.0, 2.0


def choose_shots(candidates: Sequence[Candidate], end_frame: int, pacing: Pacing, seed: int) -> list[Shot]:
    """The shots from the first candidate (frame 0) to ``end_frame``, by the least sum of costs."""
    count = len(candidates)
    frames = [candidate.frame for candidate in candidates] + [end_frame]
    lengths = shot_lengths(MAX_SHOTS, pacing.median_seconds, pacing.pattern, pacing.min_seconds, pacing.max_seconds, seed)
    best: list[dict[int, tuple[float, int]]] = [{} for _ in range(count + 1)]
    best[0][0] = (0.0, -1)
    for end in range(1, count + 1):
        for start in range(end - 1, -1, -1):
            seconds = (frames[end] - frames[start]) / FRAME_RATE
            if seconds > LOOK_BACK_SECONDS and best[end]:
                break
            shared = _fixed_cost(candidates, start, end, seconds, pacing)
            for number, (cost, _) in best[start].items():
                total = cost + shared + ((seconds - lengths[min(number, MAX_SHOTS - 1)]) / pacing.median_seconds) ** 2
                if number + 1 <= MAX_SHOTS and total < best[end].get(number + 1, (float("inf"), -1))[0]:
                    best[end][number + 1] = (total, start)
    chosen = _walk_back(candidates, best)
    return _make_shots(candidates, frames, _vary(candidates, chosen, end_frame, pacing))


def _fixed_cost(candidates: Sequence[Candidate], start: int, end: int, seconds: float, pacing: Pacing) -> float:
    cost = _KIND_COST[candidates[start].kind]
    cost += sum(_SKIPPED_COST.get(candidate.kind, 0.0) for candidate in candidates[start + 1 : end])
    cost += _TOO_SHORT_COST * max(0.0, pacing.min_seconds - seconds) + _TOO_LONG_COST * max(0.0, seconds - pacing.max_seconds)
    return cost + _UNREAD_COST * max(0.0, min(candidates[start].needs_seconds, pacing.max_seconds) - seconds)


def _walk_back(candidates: Sequence[Candidate], best: list[dict[int, tuple[float, int]]]) -> list[int]:
    """The places of the candidates at which shots begin."""
    end = len(candidates)
    number = min(best[end], key=lambda shots: best[end][shots][0])
    starts: list[int] = []
    while end > 0:
        start = best[end][number][1]
        starts.append(start)
        end, number = start, number - 1
    return starts[::-1]


def _vary(candidates: Sequence[Candidate], starts: Sequence[int], end_frame: int, pacing: Pacing) -> list[int]:
    """The starts with no three equal lengths in a row; only cuts that are not the border of a beat may go elsewhere, between their neighbours."""
    at = [candidate.frame for candidate in candidates]
    free = [candidate.frame for candidate in candidates if candidate.kind not in {"start", "border"}]
    least = {number: round(pacing.min_seconds * FRAME_RATE) for number in range(len(starts))}
    frames = [at[start] for start in starts]
    longest = max(round(pacing.max_seconds * FRAME_RATE), *(later - earlier for earlier, later in pairwise([*frames, end_frame])))
    fixed = {frame for frame, start in zip(frames, starts, strict=True) if candidates[start].kind in {"start", "border"}}
    varied = vary_lengths(frames, free, least, end_frame, longest)
    return [at.index(frame) for frame in varied] if fixed <= set(varied) else list(starts)


def _make_shots(candidates: Sequence[Candidate], frames: Sequence[int], starts: Sequence[int]) -> list[Shot]:
    return _number_parts([_shot(candidates, start, end, frames) for start, end in pairwise([*starts, len(candidates)])])


def _shot(candidates: Sequence[Candidate], start: int, end: int, frames: Sequence[int]) -> Shot:
    beats = [candidates[start].beat, *(candidate.beat for candidate in candidates[start + 1 : end] if candidate.kind == "border")]
    return Shot(frames[start], frames[end], candidates[start].cut, tuple(dict.fromkeys(beats)))


def _number_parts(shots: list[Shot]) -> list[Shot]:
    """Which shot of its beat each one is."""
    seen: dict[int, int] = {}
    numbered = []
    for shot in shots:
        numbered.append(Shot(shot.start, shot.end, shot.cut, shot.beats, seen.get(shot.beats[0], 0)))
        for beat in shot.beats:
            seen[beat] = seen.get(beat, 0) + 1
    return numbered
