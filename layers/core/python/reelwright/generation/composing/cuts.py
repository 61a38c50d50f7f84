"""Choosing the cuts: shots as long as the pacing wants them, on the best of the places where one may cut."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from reelwright.generation.composing.timeline import FRAME_RATE, Candidate, Shot, frame_of
from reelwright.generation.composing.vary_lengths import Cut, vary_lengths
from reelwright.reels.template import Pacing
from reelwright.reels.timing import shot_lengths

LOOK_BACK_SECONDS = 7.5
MAX_SHOTS = 80
_FIXED = frozenset({"start", "border"})
_KIND_COST = {"start": 0.0, "border": 0.0, "part": 0.05, "phrase": 0.15, "beat": 0.30}
_SKIPPED_COST = {"border": 0.55, "part": 0.3}
_SKIPPED_ITEM_COST = 12.0
_TOO_SHORT_COST, _TOO_LONG_COST, _UNREAD_COST = 8.0, 4.0, 2.0


def choose_shots(all_candidates: Sequence[Candidate], ends: Sequence[int], pacing: Pacing, seed: int) -> list[Shot]:
    """The shots from the first candidate (frame 0) to the first of the ends, by the least sum of costs.

    ``ends`` are the frame where the end card begins, if there is one, and the reel's last. Candidates of kind ``word`` are only
    taken where others would leave three shots of equal length.
    """
    candidates = [candidate for candidate in all_candidates if candidate.kind != "word"]
    end_frame = ends[0]
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
    chosen = [candidates[start] for start in _walk_back(candidates, best)]
    borders = [candidate for candidate in candidates if candidate.kind == "border" and candidate not in chosen]
    return _make_shots(_vary(all_candidates, chosen, ends, pacing), borders, end_frame)


def _fixed_cost(candidates: Sequence[Candidate], start: int, end: int, seconds: float, pacing: Pacing) -> float:
    cost = _KIND_COST[candidates[start].kind]
    cost += sum(_SKIPPED_ITEM_COST if candidate.is_item else _SKIPPED_COST.get(candidate.kind, 0.0) for candidate in candidates[start + 1 : end])
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


def _vary(candidates: Sequence[Candidate], chosen: Sequence[Candidate], ends: Sequence[int], pacing: Pacing) -> list[Candidate]:
    """The starts with no three equal lengths in a row, the end card's with them. Borders of beats move only where nobody speaks."""
    known = {candidate.frame: candidate for candidate in candidates}
    free = tuple(candidate.frame for candidate in candidates if candidate.kind not in _FIXED)
    least, most = frame_of(pacing.min_seconds), frame_of(pacing.max_seconds)
    cuts = []
    for number, (frame, end) in enumerate(pairwise([*(one.frame for one in chosen), *ends])):
        bounds = min(least, end - frame), max(most, end - frame)
        if number == len(chosen):
            cuts.append(Cut(frame, number, (), *bounds))
            continue
        kind, until = chosen[number].kind, chosen[number].until
        places = free if kind not in _FIXED else tuple(place for place in free if frame < place <= until)
        cuts.append(Cut(frame, number, places, *bounds, can_go=kind in {"phrase", "beat"}, can_part=not chosen[number].is_item))
    varied = [cut for cut in vary_lengths(cuts, ends[-1], free, least) if cut.shot < len(chosen)]
    return [_moved(chosen[cut.shot], known[cut.frame]) for cut in varied]


def _moved(chosen: Candidate, place: Candidate) -> Candidate:
    """The candidate at its new place; the border of a beat stays one."""
    is_border = chosen.kind in _FIXED and chosen.frame < place.frame <= chosen.until
    return replace(chosen, frame=place.frame, cut=place.cut) if is_border else place


def _make_shots(starts: Sequence[Candidate], borders: Sequence[Candidate], end_frame: int) -> list[Shot]:
    """``borders`` of beats at which no shot begins belong to the shot that goes on over them."""
    ends = [*(start.frame for start in starts[1:]), end_frame]
    shots = []
    for start, end in zip(starts, ends, strict=True):
        inside = (border.beat for border in borders if start.frame < border.frame < end)
        shots.append(Shot(start.frame, end, start.cut, tuple(dict.fromkeys((start.beat, *inside)))))
    return _number_parts(shots)


def _number_parts(shots: list[Shot]) -> list[Shot]:
    """Which shot of its beat each one is."""
    seen: dict[int, int] = {}
    numbered = []
    for shot in shots:
        numbered.append(Shot(shot.start, shot.end, shot.cut, shot.beats, seen.get(shot.beats[0], 0)))
        for beat in shot.beats:
            seen[beat] = seen.get(beat, 0) + 1
    return numbered
