"""Subtitle files: readable, in order, never overlapping."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from reelwright.reels.reel import CaptionChunk, Captions, CaptionWord
from reelwright.rendering.subtitles import MAX_CHARACTERS_PER_SECOND, make_cues, to_srt, to_vtt


def make_captions(*chunks: tuple[str, float, float]) -> Captions:
    words: list[CaptionWord] = []
    made = []
    for text, start, end in chunks:
        parts = text.split()
        step = Fraction(end - start).limit_denominator(1000) / len(parts)
        first, begin = len(words), Fraction(start).limit_denominator(1000)
        words += [CaptionWord(text=part, start=begin + step * n, end=begin + step * (n + 1)) for n, part in enumerate(parts)]
        made.append(
            CaptionChunk(first=first, last=len(words) - 1, start=begin, end=Fraction(end).limit_denominator(1000), lines=(tuple(range(first, len(words))),))
        )
    return Captions(words=tuple(words), chunks=tuple(made))


def test_srt_numbers_its_cues_and_writes_commas() -> None:
    captions = make_captions(("The tower was built", 0.5, 2.0), ("in seventeen fifty.", 2.25, 4.0))
    assert to_srt(captions) == "1\n00:00:00,500 --> 00:00:02,000\nThe tower was built\n\n2\n00:00:02,250 --> 00:00:04,000\nin seventeen fifty.\n"


def test_vtt_begins_with_its_name_and_escapes() -> None:
    assert to_vtt(make_captions(("Salt & <pepper>", 0.0, 2.0))) == "WEBVTT\n\n00:00:00.000 --> 00:00:02.000\nSalt &amp; &lt;pepper&gt;\n"


def test_nothing_said_is_an_empty_file() -> None:
    assert to_srt(Captions()) == ""
    assert to_vtt(Captions()) == "WEBVTT\n"


def test_a_hurried_cue_stays_into_the_pause_behind_it() -> None:
    cues = make_cues(make_captions(("extraordinary circumstances", 0.0, 1.0), ("Next.", 3.0, 4.0)))
    assert cues[0].characters_per_second <= 17
    assert cues[0].end < cues[1].start


def test_two_hurried_cues_without_a_pause_become_one_of_two_lines() -> None:
    cues = make_cues(make_captions(("extraordinary circumstances", 0.0, 1.0), ("need a slower reader", 1.0, 4.0)))
    assert len(cues) == 1
    assert cues[0].lines == ("extraordinary circumstances", "need a slower reader")


def test_a_flash_of_a_word_is_joined_to_its_neighbour() -> None:
    assert len(make_cues(make_captions(("Oh", 0.0, 0.2), ("well then", 0.2, 1.5)))) == 1


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(["a", "of it", "a small tower", "some more words here"]), st.integers(2, 25), st.integers(0, 8)), min_size=1, max_size=12
    )
)
def test_cues_never_overlap_and_lose_no_word(parts: list[tuple[str, int, int]]) -> None:
    at, chunks = 0.0, []
    for text, length, pause in parts:
        chunks.append((text, at, at + length / 10))
        at += (length + pause) / 10
    cues = make_cues(make_captions(*chunks))
    assert all(before.end <= after.start for before, after in pairwise(cues))
    assert [word for cue in cues for word in cue.words] == " ".join(text for text, _, _ in parts).split()


def test_ordinary_speech_can_be_read() -> None:
    chunks = [("we went to the sea", 0.3, 1.5), ("and nobody was there", 1.5, 2.6), ("except for one dog.", 2.6, 4.0)]
    assert all(cue.characters_per_second <= MAX_CHARACTERS_PER_SECOND for cue in make_cues(make_captions(*chunks)))


def test_words_that_the_picture_shows_as_title_are_in_the_file_too() -> None:
    shown = make_captions(("Some rooms slow you down.", 0.2, 2.0), ("Here is a lamp.", 2.2, 3.5), ("Save this.", 4.5, 5.5))
    only_middle = shown.model_copy(update={"chunks": shown.chunks[1:2]})
    cues = make_cues(only_middle)
    assert [" ".join(cue.words) for cue in cues] == ["Some rooms slow you down.", "Here is a lamp.", "Save this."]
    assert all(before.end <= after.start for before, after in pairwise(cues))


def test_subtitles_of_scripts_without_blanks_have_none() -> None:
    captions = make_captions(("今日は とても 静かな 朝です。", 0.5, 3.0))
    assert "今日はとても静かな朝です。" in to_srt(captions)
    assert "今日はとても静かな朝です。" in to_vtt(captions)
