from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reelwright.generation.composing.headline import split_headline, write_date


@pytest.mark.parametrize(
    ("title", "parts"),
    [
        ("Three nights in Bergen", {"before": "Three nights in", "masthead": "Bergen"}),
        ("Lunch in Penang costs two euros", {"before": "Lunch in", "masthead": "Penang", "after": "costs two euros"}),
        ("Grand opening of Atelier Nord", {"before": "Grand opening of", "masthead": "Atelier Nord"}),
        ("Slow rooms", {"masthead": "Slow rooms"}),
    ],
)
def test_the_strongest_word_of_a_title_becomes_the_masthead(title: str, parts: dict[str, str]) -> None:
    split = split_headline(title, (), "en")
    assert {source: text for source, text in split.items() if source != "title"} == parts


@given(st.lists(st.sampled_from(["we", "the", "Oslo", "never", "bread", "12", "houses,", "quiet!", "a", "of", "in", "morning", "Why?"]), max_size=9))
def test_a_headline_is_read_in_its_own_order(words: list[str]) -> None:
    title = " ".join(words)
    split = split_headline(title, (), "en")
    if "masthead" in split:
        read = " ".join(filter(None, [split.get("before", ""), split["masthead"], split.get("after", "")]))
        assert [word.strip(".,!?") for word in read.split()] == [word.strip(".,!?") for word in words]


def test_scripts_without_a_serif_face_have_no_masthead() -> None:
    assert split_headline("京都の朝", (), "ja") == {"title": "京都の朝"}
    assert "masthead" not in split_headline("صباح الخير", (), "ar")


def test_an_empty_title_has_no_parts() -> None:
    assert split_headline("  ", (), "en") == {}


@pytest.mark.parametrize(("taken_at", "written"), [("2026-10-04T08:00:00", "october 2026"), (None, ""), ("0000-00-00", ""), ("2026-13-01", "")])
def test_a_date_is_written_only_when_the_picture_has_one(taken_at: str | None, written: str) -> None:
    assert write_date(taken_at, "en") == written
