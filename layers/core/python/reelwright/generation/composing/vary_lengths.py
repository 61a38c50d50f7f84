"""No three shots of equal length in a row: cuts go to neighbouring places where one may cut; where that is not enough, one goes or one comes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

EQUAL_FRAMES = 1
MOST_PLACES = 11
"""So many places around a cut are tried."""

_EQUAL_COST, _OUTSIDE_COST, _MOVE_COST = 400.0, 40.0, 0.02


@dataclass(frozen=True)
class Cut:
    """The first frame of a shot, and the frames where it may begin instead. The shot lasts ``least`` to ``most`` frames.

    ``can_go``: the shot before may go on in its place. ``can_part``: a second shot of the same may begin inside it.
    ``shot`` is the caller's number of it; a second shot of the same has the same.
    """

    frame: int
    shot: int = 0
    places: tuple[int, ...] = ()
    least: int = 1
    most: int = 10_000
    can_go: bool = False
    can_part: bool = False


@dataclass(frozen=True)
class _Way:
    """Cuts that were chosen so far; ``is_pair``: the last two shots are equally long."""

    cost: float
    frames: tuple[int, ...]
    length: int = -10
    is_pair: bool = False

    @property
    def state(self) -> tuple[int, int, bool]:
        """All that matters for what comes behind."""
        return self.frames[-1], self.length, self.is_pair

    def go_on(self, frame: int, cost: float) -> _Way:
        """With one more cut, which ends a shot."""
        length = frame - self.frames[-1]
        is_pair = abs(length - self.length) <= EQUAL_FRAMES
        return _Way(self.cost + cost + _EQUAL_COST * (is_pair and self.is_pair), (*self.frames, frame), length, is_pair)


def vary_lengths(cuts: Sequence[Cut], end: int, places: Sequence[int] = (), least: int = 1) -> list[Cut]:
    """The cuts, the first at frame 0, so that no three shots up to ``end`` are equally long, or as few as can be.

    ``places`` are the frames where another shot of at least ``least`` frames may begin.
    """
    if not count_equal([cut.frame for cut in cuts], end):
        return list(cuts)
    cost, best = _move(cuts, end)
    for edited in _edits(cuts, end, places, least):
        if cost < _EQUAL_COST:
            break
        other, moved = _move(edited, end)
        if other < cost:
            cost, best = other, moved
    return best


def count_equal(frames: Sequence[int], end: int) -> int:
    """How many times three shots in a row are equally long, give or take a frame."""
    lengths = [later - earlier for earlier, later in zip(frames, [*frames[1:], end], strict=True)]
    return sum(max(lengths[at : at + 3]) - min(lengths[at : at + 3]) <= EQUAL_FRAMES for at in range(len(lengths) - 2))


def _edits(cuts: Sequence[Cut], end: int, places: Sequence[int], least: int) -> Iterator[list[Cut]]:
    """The same with one shot fewer, and with one more."""
    for number, cut in enumerate(cuts):
        if cut.can_go and number:
            yield [*cuts[:number], *cuts[number + 1 :]]
        until = cuts[number + 1].frame if number + 1 < len(cuts) else end
        if not cut.can_part:
            continue
        for place in places:
            if cut.frame + cut.least <= place <= until - least:
                yield [*cuts[: number + 1], replace(cut, frame=place, places=(), least=least, can_go=False, can_part=False), *cuts[number + 1 :]]


def _move(cuts: Sequence[Cut], end: int) -> tuple[float, list[Cut]]:
    """Each cut at the best of its places: the least sum of threes, of frames outside the limits and of frames moved."""
    ways = [_Way(0.0, (cuts[0].frame,))]
    for number, shot in enumerate(cuts):
        nearest = _choices(cuts[number + 1]) if number + 1 < len(cuts) else (end,)
        best: dict[tuple[int, int, bool], _Way] = {}
        for way in ways:
            for frame in nearest:
                if frame <= way.frames[-1]:
                    continue
                moved = abs(frame - cuts[number + 1].frame) if number + 1 < len(cuts) else 0
                longer = way.go_on(frame, _outside(shot, frame - way.frames[-1]) + _MOVE_COST * moved)
                known = best.get(longer.state)
                if known is None or longer.cost < known.cost:
                    best[longer.state] = longer
        ways = list(best.values())
    chosen = min(ways, key=lambda way: way.cost, default=None)
    if chosen is None:
        return float("inf"), list(cuts)
    return chosen.cost, [replace(cut, frame=frame) for cut, frame in zip(cuts, chosen.frames, strict=False)]


def _outside(shot: Cut, frames: int) -> float:
    return _OUTSIDE_COST * (max(0, shot.least - frames) + max(0, frames - shot.most))


def _choices(cut: Cut) -> list[int]:
    """Its own frame and the nearest of its places."""
    return sorted({cut.frame, *sorted(cut.places, key=lambda place: abs(place - cut.frame))[:MOST_PLACES]})
