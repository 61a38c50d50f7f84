from __future__ import annotations

import pytest

from reelwright.generation.planning.instructions import is_instruction
from reelwright.generation.planning.lexicon import load_lexicon, load_shared_lexicon
from reelwright.generation.planning.prompts import PromptContent, read_prompt, split_list


def read(prompt: str, language: str = "en") -> PromptContent:
    return read_prompt(prompt, load_lexicon(language), load_shared_lexicon())


def test_the_request_is_not_the_content() -> None:
    content = read("Please make me a warm 30 second reel about our small farm: geese, plums, rain")
    assert content.head == "our small farm"
    assert content.items == ["geese", "plums", "rain"]
    assert content.instructions == ["Please make me a warm 30 second reel about"]


@pytest.mark.parametrize("piece", ["Energetic!", "soft music please", "no voice", "old film look", "20 seconds", "calm and slow", "keep it simple"])
def test_instructions_are_told_from_text(piece: str) -> None:
    assert is_instruction(piece, load_lexicon("en"), load_shared_lexicon())


@pytest.mark.parametrize("piece", ["live music", "homemade jam", "a quiet harbour at six", "family", "free soup"])
def test_content_is_not_eaten_as_instruction(piece: str) -> None:
    assert not is_instruction(piece, load_lexicon("en"), load_shared_lexicon())


@pytest.mark.parametrize(("language", "piece"), [("es", "música en directo"), ("de", "Ton kneten"), ("fr", "marché de Noël")])
def test_content_of_other_languages_is_not_eaten_either(language: str, piece: str) -> None:
    assert not is_instruction(piece, load_lexicon(language), load_shared_lexicon())


def test_a_quoted_title_and_a_call_are_found() -> None:
    content = read('Reel of my kiln. Title: "Fire and sand". End with "Visit us at ofen.at"')
    assert content.title == "Fire and sand"
    assert content.call == "Visit us at ofen.at"
    assert content.head == "my kiln"


@pytest.mark.parametrize(
    ("prompt", "title", "head"),
    [
        ('Two rooms by the sea, "Porto by foot", end with "Come along"', "Porto by foot", "Two rooms by the sea"),
        ("“Porto by foot”: two rooms by the sea", "Porto by foot", "two rooms by the sea"),
        ('Two rooms by the sea, "First name", "Second name"', "First name", "Two rooms by the sea"),
        ('Our café "Luna" opens again', "Luna", 'Our café "Luna" opens again'),
        ('Two rooms by the sea. End with: "Come along"', "", "Two rooms by the sea"),
        ('A 5" pipe and a 6" pipe', "", 'A 5" pipe and a 6" pipe'),
        ('Quote by Rilke: "Live the questions now"', "", "Quote by Rilke"),
    ],
)
def test_the_first_quoted_phrase_that_is_not_the_call_is_the_title(prompt: str, title: str, head: str) -> None:
    content = read(prompt)
    assert (content.title, content.head) == (title, head)


def test_street_and_town_stay_together() -> None:
    assert read("Concert on Friday, Via Po 7, Torino").items == ["Via Po 7, Torino"]


def test_a_final_and_splits_only_inside_a_list() -> None:
    lexicon = load_lexicon("en")
    assert split_list("bread, salt and oil", lexicon) == ["bread", "salt", "oil"]
    assert split_list("bread and oil", lexicon) == ["bread and oil"]


def test_a_decimal_comma_does_not_split() -> None:
    assert split_list("3,50 € a loaf, open daily", load_lexicon("en")) == ["3,50 € a loaf", "open daily"]


def test_whole_words_only_are_taken_from_an_italian_request() -> None:
    assert read("Fammi un video sulla bottega di nonna", "it").head == "bottega di nonna"


@pytest.mark.parametrize("prompt", ["", "   ", "!!!", "reel", "a: b: c:", "“", '"""', "- - -", "make a video", "\n\n", "…", "end with", "title:"])
def test_odd_prompts_are_read_without_failing(prompt: str) -> None:
    content = read(prompt)
    assert isinstance(content.head, str)
