"""The timeline of a reel without a voice: one shot for each beat of the plan, every cut on a beat of the music."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from reelwright.generation.composing.timeline import FRAME_RATE, Shot, Timeline, beat_cut, frame_of
from reelwright.generation.composing.vary_lengths import Cut, vary_lengths
from reelwright.generation.plan import Plan
from reelwright.reels.reel import CutReason
from reelwright.reels.template import Pacing
from reelwright.reels.timing import shot_lengths

READ_START_SECONDS, READ_CHARACTERS_PER_SECOND = 0.7, 15.0
END_CARD_COST = 1.5
LEAST_SHARE, MOST_SHARE = 0.9, 1.1
"""Shares of the pacing's least and greatest seconds within which three equal shots may become unequal."""

_SHORT_END_COST = 10.0
_TOO_SHORT_COST, _TOO_LONG_COST, _EQUAL_COST = 6.0, 3.0, 0.05


def lay_cards(plan: Plan, total: float, beats: Sequence[float], pacing: Pacing, *, is_heard: bool = True) -> Timeline:
    """Shots as long as their texts need and the pacing wants, to the nearest beat; the end card takes what is left.

    Where the beats are not heard, cuts may also be half way between two of them.
    """
    kept = _keep(plan, total, pacing)
    wanted = _wanted_seconds(plan, kept, total, pacing)
    grid = [0.0, *(beat for beat in beats if 0.3 < beat < total - 0.5)]
    frames = frame_of(total)
    chosen = [(*grid, total)[place] for place in _choose_beats(plan, wanted, grid, total, pacing)]
    finer = grid if is_heard else sorted({*grid, *((one + other) / 2 for one, other in pairwise(grid))})
    cuts = _vary(chosen, plan, kept, finer, frames, pacing)
    at = {frame_of(beat): beat for beat in finer}
    shots: list[Shot] = []
    for place, cut in enumerate(cuts):
        end = cuts[place + 1].frame if place + 1 < len(cuts) else frames
        if cut.shot == len(kept):
            shots.append(Shot(cut.frame, end, beat_cut(at[cut.frame], is_end_card=True)[1], (len(plan.beats) - 1,)))
            continue
        reason = beat_cut(at[cut.frame])[1] if place else CutReason(on="start")
        until = cuts[place + 1].shot if place + 1 < len(cuts) else len(kept)
        shown = tuple(kept[cut.shot : max(cut.shot + 1, until)])
        shots.append(Shot(cut.frame, end, reason, shown, sum(one.shot == cut.shot for one in cuts[:place])))
    return Timeline(tuple(shots), frames, len(shots) - 1 if plan.end_card else None, beats=tuple(beats))


def _keep(plan: Plan, total: float, pacing: Pacing) -> list[int]:
    """The beats that the seconds hold: silent ones go first, then cards from the middle on."""
    room = total - (pacing.end_card_seconds[0] if plan.end_card else 0.0)
    most = max(1, int(room / pacing.min_seconds))
    kept = list(range(len(plan.beats)))
    while len(kept) > most:
        silent = [place for place in kept[1:] if not plan.beats[place].cards]
        kept.remove(silent[-1] if silent else kept[-2] if len(kept) > 2 else kept[-1])
    return kept


def _wanted_seconds(plan: Plan, kept: Sequence[int], total: float, pacing: Pacing) -> list[float]:
    """The plan's seconds, varied by the pattern, scaled to the total; never shorter than its text takes to read."""
    pattern = shot_lengths(len(kept), 1.0, pacing.pattern, 0.75, 1.3, plan.seed)
    room = total - (sum(pacing.end_card_seconds) / 2 if plan.end_card else 0.0)
    beats = [plan.beats[place] for place in kept]
    raw = [beat.seconds * (factor if not (beat.cards or beat.title) else 0.5 + factor / 2) for beat, factor in zip(beats, pattern, strict=True)]
    scale = room / sum(raw)
    return [max(seconds * scale, _needs(plan, place)) for place, seconds in zip(kept, raw, strict=True)]


def _needs(plan: Plan, place: int) -> float:
    text = " ".join(filter(None, [plan.beats[place].title or "", *plan.beats[place].cards]))
    return READ_START_SECONDS + len(text) / READ_CHARACTERS_PER_SECOND if text else 0.0


def _choose_beats(plan: Plan, wanted: Sequence[float], grid: Sequence[float], total: float, pacing: Pacing) -> list[int]:
    """For each shot the grid place where it begins, and the place (``len(grid)`` for the reel's end) where the last one ends."""
    infinite = float("inf")
    best = [[infinite] * (len(grid) + 1) for _ in range(len(wanted) + 1)]
    back = [[0] * (len(grid) + 1) for _ in range(len(wanted) + 1)]
    best[0][0] = 0.0
    times = [*grid, total]
    for number, seconds in enumerate(wanted):
        for end in range(number + 1, len(times)):
            for start in range(number, end):
                cost = best[number][start] + _cost(times[end] - times[start], seconds, pacing)
                if cost < best[number + 1][end]:
                    best[number + 1][end], back[number + 1][end] = cost, start
    last = _choose_end(best[-1], times, total, pacing) if plan.end_card else len(times) - 1
    places = [last]
    for number in range(len(wanted), 0, -1):
        places.append(back[number][places[-1]])
    return places[::-1]


def _vary(begins: Sequence[float], plan: Plan, kept: Sequence[int], grid: Sequence[float], frames: int, pacing: Pacing) -> list[Cut]:
    """The shots with no three equal lengths in a row, the end card's with them, where the beats allow it."""
    at = tuple(frame_of(beat) for beat in grid)
    starts = [frame_of(begin) for begin in begins if frame_of(begin) < frames]
    least, most = frame_of(LEAST_SHARE * pacing.min_seconds), frame_of(MOST_SHARE * pacing.max_seconds)
    cuts = []
    for number, (frame, end) in enumerate(pairwise([*starts, frames])):
        if number == len(kept):
            cuts.append(Cut(frame, number, at, min(end - frame, frame_of(pacing.end_card_seconds[0])), max(end - frame, most)))
            continue
        needed = max(least, frame_of(_needs(plan, kept[number])))
        is_silent = number > 0 and not _needs(plan, kept[number])
        bounds = min(end - frame, needed), max(most, needed)
        cuts.append(Cut(frame, number, at[1:] if number else (), *bounds, can_go=is_silent, can_part=True))
    return vary_lengths(_part_long(cuts, frames, at, least), frames, at[1:], least)


def _part_long(cuts: Sequence[Cut], frames: int, at: Sequence[int], least: int) -> list[Cut]:
    """Shots that would stand too long in two parts, the second one as another look at the same."""
    parted: list[Cut] = []
    for cut, end in zip(cuts, [*(one.frame for one in cuts[1:]), frames], strict=True):
        parted.append(cut)
        middles = [place for place in at if cut.frame + max(least, cut.least) <= place <= end - least]
        if cut.can_part and end - cut.frame > cut.most and middles:
            middle = min(middles, key=lambda place: abs(2 * place - cut.frame - end))
            parted.append(Cut(middle, cut.shot, tuple(at), least, cut.most))
    return parted


def _choose_end(costs: Sequence[float], times: Sequence[float], total: float, pacing: Pacing) -> int:
    ideal = sum(pacing.end_card_seconds) / 2
    reachable = [place for place in range(1, len(times) - 1) if costs[place] < float("inf")]
    least = pacing.end_card_seconds[0]

    def cost(place: int) -> float:
        rest = total - times[place]
        return costs[place] + END_CARD_COST * (rest - ideal) ** 2 + _SHORT_END_COST * max(0.0, least - rest)

    return min(reachable, key=cost)


def _cost(seconds: float, wanted: float, pacing: Pacing) -> float:
    cost = ((seconds - wanted) / wanted) ** 2 + _EQUAL_COST * (abs(seconds - pacing.median_seconds) < 1 / FRAME_RATE)
    return cost + _TOO_SHORT_COST * max(0.0, pacing.min_seconds - seconds) + _TOO_LONG_COST * max(0.0, seconds - max(pacing.max_seconds, wanted))
