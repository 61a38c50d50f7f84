from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reelwright.reels.timing import HURRIED_LEAD_SECONDS, Word, break_caption, chunk_words, ends_sentence, nearest, next_after, shot_lengths

WEAK = frozenset(["the", "a", "of", "in", "and", "to", "was", "is"])


def speak(text: str, seconds: float = 0.3, pause: float = 0.02) -> list[Word]:
    words, at = [], 0.5
    for word in text.split():
        words.append(Word(word, at, at + seconds))
        at += seconds + (0.35 if word[-1] in ",.!?" else pause)
    return words


def texts(words: list[Word], **limits: int) -> list[str]:
    chunks = chunk_words(words, limits.get("max_words", 5), limits.get("max_characters", 28), lambda word: word.lower() in WEAK)
    return [" ".join(word.text for word in words[chunk.first : chunk.last + 1]) for chunk in chunks]


def test_chunks_break_at_commas_and_never_run_over_a_sentence_end() -> None:
    assert texts(speak("The mill was built in nineteen eleven, then it stood still. Nobody came.")) == [
        "The mill was built",
        "in nineteen eleven,",
        "then it stood still.",
        "Nobody came.",
    ]


def test_a_chunk_does_not_end_on_a_weak_word() -> None:
    for chunk in texts(speak("We walked along the river to the old bridge and waited for the bus to the city")):
        assert chunk.split()[-1].lower() not in WEAK


word_lists = st.lists(
    st.tuples(
        st.sampled_from(["a", "the", "mill,", "river.", "bridge", "extraordinarily", "we", "go", "to", "Ljubljana!", "1,200", "and", "🙂"]),
        st.floats(0.05, 0.9),
        st.floats(0.0, 0.8),
    ),
    min_size=1,
    max_size=40,
)


@settings(max_examples=120, deadline=None)
@given(word_lists)
def test_chunks_hold_every_word_once_start_before_it_and_never_overlap(rows: list[tuple[str, float, float]]) -> None:
    words, at = [], 0.1
    for text, seconds, pause in rows:
        words.append(Word(text, at, at + seconds))
        at += seconds + pause
    chunks = chunk_words(words, 5, 28, lambda word: word in WEAK)
    assert [index for chunk in chunks for index in range(chunk.first, chunk.last + 1)] == list(range(len(words)))
    for chunk in chunks:
        assert 0 <= words[chunk.first].start - chunk.start <= HURRIED_LEAD_SECONDS + 1e-9
        assert chunk.last - chunk.first < 5 + 1  # the sixth word is for what would flash by
    for before, after in pairwise(chunks):
        assert before.end <= after.start + 1e-9


def test_a_word_that_would_flash_by_stays_with_its_sentence() -> None:
    spoken = [
        ("keeps", 3.79, 4.1),
        ("running.", 4.1, 4.6),
        ("In", 5.394, 5.5),
        ("here", 5.524, 5.7),
        ("there", 5.7, 5.9),
        ("is", 5.9, 6.0),
        ("a", 6.0, 6.1),
        ("lamp,", 6.1, 6.5),
    ]
    words = [Word(*one) for one in [*spoken, ("a", 6.689, 6.8), ("red", 6.8, 7.0), ("window,", 7.0, 7.5)]]
    chunks = chunk_words(words, 5, 28, lambda word: word in {"a", "in", "is", "In"})
    assert [" ".join(word.text for word in words[chunk.first : chunk.last + 1]) for chunk in chunks] == [
        "keeps running.",
        "In here there is a lamp,",
        "a red window,",
    ]


def test_one_line_where_it_fits_else_two_with_the_lower_one_longer() -> None:
    assert break_caption([100, 120], 16, 696, 0.86) == ((0, 1),)
    assert break_caption([300, 200, 300], 16, 696, 0.86) == ((0,), (1, 2))


def test_shot_lengths_vary_within_their_bounds_and_turn_with_the_seed() -> None:
    pattern = (1.0, 0.75, 1.0, 1.5, 0.75, 1.25)
    lengths = shot_lengths(12, 2.5, pattern, 1.6, 3.4, 0)
    assert all(1.6 <= length <= 3.4 for length in lengths)
    assert all(not before == middle == after for before, middle, after in zip(lengths, lengths[1:], lengths[2:], strict=False))
    assert shot_lengths(3, 2.5, pattern, 1.6, 3.4, 1) == lengths[1:4]


@pytest.mark.parametrize(("at", "expected"), [(0.0, 0.5), (0.8, 1.0), (9.0, 1.5), (0.74, 0.5)])
def test_the_nearest_beat_is_found(at: float, expected: float) -> None:
    assert nearest([0.5, 1.0, 1.5], at) == expected


def test_there_is_no_nearest_beat_without_beats() -> None:
    assert nearest([], 1.0) is None
    assert next_after([0.5, 1.0], 0.6) == 1.0
    assert next_after([0.5, 1.0], 1.2) is None


@pytest.mark.parametrize(("word", "ends"), [("Dr.", False), ("“Ms.", False), ("Sra.", False), ("home.", True), ("“Stay.”", True), ("No.", True)])
def test_a_title_before_a_name_ends_no_sentence(word: str, ends: bool) -> None:
    assert ends_sentence(word) == ends
