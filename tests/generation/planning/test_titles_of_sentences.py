from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reelwright.generation.planning.lexicon import load_lexicon
from reelwright.generation.planning.titles import find_title, rate_titles

EXAMPLES = [
    ("en", "We walked eleven days along the coast and slept in a tent.", "We walked eleven days along the coast"),
    ("en", "Nobody warns you about winter.", "Nobody warns you about winter"),
    ("en", "So, honestly, I left my office because I wanted to carve spoons.", "I left my office"),
    ("en", "It took us 9 months to mend this roof.", "9 months to mend this roof"),
    ("en", "My uncle never counted anything when he baked.", "My uncle never counted anything"),
    ("en", "Every evening at six I close the gate of our small nursery in Delft.", "Our small nursery in Delft"),
    ("en", "I open the door of our tiny bookshop in Delft.", "Our tiny bookshop in Delft"),
    ("en", "This bowl is turned by hand in one piece.", "Turned by hand in one piece"),
    ("en", "There's a small pub behind the church where nobody counts.", None),
    ("en", "And that's how an empty barn became our studio.", "How an empty barn became our studio"),
    ("en", '"You saved my summer," he told me.', "You saved my summer"),
    ("en", "Lunch for four under 30 euros?", "Lunch for four under 30 euros?"),
    ("es", "Caminamos ocho días por la costa y dormimos en la playa.", "Caminamos ocho días por la costa"),
    ("es", "Bueno, mi padre nunca contaba nada cuando pescaba.", "Mi padre nunca contaba nada"),
    ("de", "Wir sind acht Tage durch den Wald gelaufen und haben im Zelt geschlafen.", "Acht Tage durch den Wald"),
    ("de", "Das Geheimnis ist kaltes Wasser.", "Das Geheimnis ist kaltes Wasser"),
    ("fr", "Ma tante ne comptait jamais rien quand elle cousait.", "Ma tante ne comptait jamais rien"),
    ("fr", "Le secret, c'est le sel.", "Le secret, c'est le sel"),
    ("pt", "Andamos oito dias na praia e dormimos no barco.", "Andamos oito dias na praia"),
    ("it", "Nessuno ti racconta questo del mare.", "Nessuno ti racconta questo del mare"),
]


@pytest.mark.parametrize(("language", "sentence", "expected"), EXAMPLES)
def test_a_title_is_the_piece_of_the_sentence_that_can_stand_alone(language: str, sentence: str, expected: str | None) -> None:
    title = find_title(sentence, load_lexicon(language))
    assert (title.text if title else None) == expected


def test_a_german_number_in_a_case_is_not_torn_from_its_preposition() -> None:
    titles = rate_titles("Vor sieben Jahren haben wir hier ganz klein und ohne Geld angefangen.", load_lexicon("de"))
    assert all(title.text != "Sieben Jahren" for title in titles)


def test_a_list_of_figures_is_not_reduced_to_one_of_them() -> None:
    titles = rate_titles("Three eggs, two lemons and one spoon of honey make this cake.", load_lexicon("en"))
    assert all(title.kind != "number" for title in titles)


def test_a_language_without_rules_has_short_whole_sentences_only() -> None:
    assert find_title("朝の光。", load_lexicon("ja")) is not None
    assert find_title("これはとても長い文章なので題名にはなりません。", load_lexicon("ja")) is None


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "the",
                "a",
                "we",
                "never",
                "12",
                "three",
                "in",
                "of",
                "and",
                "Lisbon",
                "bread",
                "baked,",
                "when",
                "who",
                "is",
                "really",
                "old",
                "houses",
                "because",
                "it.",
            ]
        ),
        min_size=1,
        max_size=24,
    )
)
def test_a_title_only_holds_words_of_its_sentence_in_their_order(words: list[str]) -> None:
    lexicon = load_lexicon("en")
    for title in rate_titles(" ".join(words), lexicon):
        left = iter(word.strip(".,").lower() for word in words)
        assert all(any(word.strip(".,?!").lower() == other for other in left) for word in title.text.split())
        assert len(title.text.split()) <= 8
        if title.kind != "whole":
            assert not lexicon.is_weak(title.text.split()[-1])
