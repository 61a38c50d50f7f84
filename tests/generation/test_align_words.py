"""Times of spoken words, given to the words of the script as it is spelt."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from reelwright.generation.align_words import spread_times

READINGS = {"7:30": "seven thirty", "am.": "A.M.", "20°C": "20 degrees Celsius", "$5": "five dollars", "Dr.": "Doctor"}


def spell_out(word: str) -> str:
    return READINGS.get(word, word)


def seconds(count: int) -> list[tuple[float, float] | None]:
    return [(float(place), place + 0.9) for place in range(count)]


def test_equal_words_keep_their_times() -> None:
    assert spread_times(["Hello,", "world!"], ["Hello,", "world!"], seconds(2), spell_out) == [(0, 0.9), (1, 1.9)]


def test_a_word_that_is_read_as_several_spans_all_of_them() -> None:
    spoken = ["at", "seven", "thirty", "A.M.", "it", "is", "20", "degrees", "Celsius"]
    times = spread_times(["at", "7:30", "am.", "it", "is", "20°C"], spoken, seconds(9), spell_out)
    assert times == [(0, 0.9), (1, 2.9), (3, 3.9), (4, 4.9), (5, 5.9), (6, 8.9)]


def test_several_words_whose_reading_cannot_be_told_apart_share_its_time_by_length() -> None:
    times = spread_times(["xx", "yyyyyy"], ["one", "two", "three"], seconds(3), spell_out)
    assert times[0] is not None
    assert times[1] is not None
    assert times[0][0] == 0
    assert times[0][1] == times[1][0] < 1
    assert times[1][1] == 2.9


def test_a_word_that_nobody_speaks_has_no_time() -> None:
    assert spread_times(["So", "🎉", "good"], ["So", "🎉", "good"], [(0, 1), None, (2, 3)], spell_out) == [(0, 1), None, (2, 3)]
    assert spread_times(["So", "—", "good"], ["So", "good"], [(0, 1), (2, 3)], spell_out) == [(0, 1), None, (2, 3)]


WORDS = st.lists(st.sampled_from(["a", "bee", "7:30", "am.", "20°C", "$5", "Dr.", "x", "—", "Z!"]), max_size=12)


@settings(max_examples=150, deadline=None)
@given(WORDS, WORDS)
def test_times_are_always_in_order_and_within_the_sound(script: list[str], spoken: list[str]) -> None:
    times = spread_times(script, spoken, seconds(len(spoken)), spell_out)
    assert len(times) == len(script)
    heard = [span for span in times if span is not None]
    assert all(0 <= start <= end <= len(spoken) for start, end in heard)
    assert all(before[1] <= after[0] + 1e-9 for before, after in pairwise(heard))
