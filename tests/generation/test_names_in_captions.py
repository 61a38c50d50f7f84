"""Names of the glossary in what was heard, and in captions."""

from __future__ import annotations

from fractions import Fraction

import pytest

from reelwright.generation.caption_names import correct_names, protect_names
from reelwright.generation.elements import SpokenWord
from reelwright.reels.reel import Captions, CaptionWord

GLOSSARY = ("Piran", "Nejka", "Tadej", "Kavarna Zvezda", "iPhone")


def hear(text: str) -> list[SpokenWord]:
    return [SpokenWord(text=word, start=0.5 * n, end=0.5 * n + 0.4) for n, word in enumerate(text.split())]


def spelt(text: str, glossary: tuple[str, ...] = GLOSSARY) -> str:
    return " ".join(word.text for word in correct_names(hear(text), glossary))


@pytest.mark.parametrize(
    ("heard", "meant"),
    [
        ("We walked to Perrin with Nechka and Tadej.", "We walked to Piran with Nejka and Tadej."),
        ("coffee at Kavanaugh Zvezda.", "coffee at Kavarna Zvezda."),
        ("coffee at Cavarnazvezda.", "coffee at Kavarna Zvezda."),
        ("my I phone, not yours", "my iPhone, not yours"),
        ("Neyka's chair", "Nejka's chair"),
        ("the person with a plan", "the person with a plan"),
        ("a star and a tavern", "a star and a tavern"),
    ],
)
def test_heard_words_get_the_spelling_of_the_name_they_sound_like(heard: str, meant: str) -> None:
    assert spelt(heard) == meant


def test_words_that_become_more_share_their_time() -> None:
    first, second = correct_names(hear("Cavarnazvezda."), GLOSSARY)
    assert (first.text, second.text) == ("Kavarna", "Zvezda.")
    assert first.start == 0
    assert first.end == second.start < second.end == 0.4


def test_nothing_changes_without_a_glossary() -> None:
    assert spelt("We walked to Perrin", ()) == "We walked to Perrin"


def test_captions_keep_the_capitals_of_names() -> None:
    words = tuple(CaptionWord(text=text, start=Fraction(n), end=Fraction(n + 1)) for n, text in enumerate(["my", "iphone,", "in", "piran!"]))
    found = protect_names(Captions(words=words), GLOSSARY).words
    assert [word.text for word in found] == ["my", "iPhone,", "in", "Piran!"]
    assert [word.is_name for word in found] == [False, True, False, True]
