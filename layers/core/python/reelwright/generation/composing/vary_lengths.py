"""No three shots of equal length in a row: the cut between two of them goes to a neighbouring place where one may cut."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

EQUAL_FRAMES = 1
MAX_ROUNDS = 12


def vary_lengths(cuts: Sequence[int], places: Sequence[int], least: Mapping[int, int], end: int, most: int) -> list[int]:
    """``cuts`` are the frames where shots begin (the first is 0), ``places`` the frames where one may cut, both ascending.

    ``least`` holds the fewest frames of each shot, by its number; ``most`` the longest a shot may become. What cannot be varied stays.
    """
    found = list(cuts)
    for _ in range(MAX_ROUNDS):
        number = _first_equal(found, end)
        if number is None:
            break
        moved = _move_one(found, places, least, end, most, number)
        if moved is None:
            break
        found = moved
    return found


def _first_equal(cuts: Sequence[int], end: int) -> int | None:
    """The number of the first of three shots of equal length."""
    lengths = _lengths(cuts, end)
    for number in range(len(lengths) - 2):
        if max(lengths[number : number + 3]) - min(lengths[number : number + 3]) <= EQUAL_FRAMES:
            return number
    return None


def _move_one(cuts: Sequence[int], places: Sequence[int], least: Mapping[int, int], end: int, most: int, number: int) -> list[int] | None:
    """The nearest move of one of the three's borders after which there are fewer threes; the middle borders first."""
    before = _count_equal(cuts, end)
    options = []
    for at in (number + 2, number + 1, number + 3, number):
        if not 0 < at < len(cuts):
            continue
        for place in places:
            trial = [*cuts[:at], place, *cuts[at + 1 :]]
            if place != cuts[at] and _holds(trial, least, end, most, at) and _count_equal(trial, end) < before:
                options.append((abs(place - cuts[at]), at, trial))
    return min(options, key=lambda option: option[:2])[2] if options else None


def _holds(cuts: Sequence[int], least: Mapping[int, int], end: int, most: int, at: int) -> bool:
    lengths = _lengths(cuts, end)
    return all(max(1, least.get(number, 1)) <= lengths[number] <= most for number in (at - 1, at))


def _count_equal(cuts: Sequence[int], end: int) -> int:
    lengths = _lengths(cuts, end)
    return sum(max(lengths[number : number + 3]) - min(lengths[number : number + 3]) <= EQUAL_FRAMES for number in range(len(lengths) - 2))


def _lengths(cuts: Sequence[int], end: int) -> list[int]:
    return [later - earlier for earlier, later in zip(cuts, [*cuts[1:], end], strict=True)]
