from __future__ import annotations

import pytest

from reelwright.generation.planning.languages import choose_language, find_language, is_right_to_left
from reelwright.generation.planning.sentences import split_sentences

TRAPS = {
    "en": ('Prof. Lee paid $4.20 at 8 a.m. on Feb. 3. She left! "Was it good?" he asked. Build 3.1 ships Wed. at 5 p.m. Wait for it...', 5),
    "es": ("La Sra. Ruiz pagó 4,20 € a las 8 a. m. ¿Cerramos el lunes? ¡No! Son 2.300 metros.", 4),
    "de": ("Dr. Weber kam am 7. Juni an. Es gibt z. B. Brot für 4,20 €. Wir schließen am 9. Mai um 18 Uhr. Bleibst du?", 4),
    "fr": ("M. Petit a payé 4,20 €. On ferme à 8 h. « Tu restes ? » dit-il. C'est le 1er juin !", 4),
    "pt": ("A Sra. Lima pagou R$ 4,20 às 8h. Fechamos na segunda? Não! São 2.300 metros.", 4),
    "it": ("La Sig. Bruni ha pagato 4,20 €. Chiudiamo lunedì? No! Sono le 8.15 di sera.", 4),
    "ja": ("昨日は京都に行きました。朝6時に出た！「楽しい？」と友達は聞いた。2.5キロ走った。", 4),
    "hi": ("आज हम जयपुर में हैं। सुबह 6 बजे निकले। क्या आप थके हैं? नहीं!", 4),
}


@pytest.mark.parametrize("language", TRAPS)
def test_a_sentence_ends_where_a_reader_would_end_it(language: str) -> None:
    text, count = TRAPS[language]
    assert len(split_sentences(text)) == count


@pytest.mark.parametrize("language", TRAPS)
def test_the_language_is_found_from_the_text(language: str) -> None:
    assert find_language(TRAPS[language][0]) == language


def test_a_prompt_is_split_before_small_letters_too() -> None:
    assert split_sentences("my new shop. it opens soon", is_prompt=True) == ["my new shop.", "it opens soon"]
    assert split_sentences("my new shop. it opens soon") == ["my new shop. it opens soon"]


def test_nothing_is_lost_when_a_text_is_split() -> None:
    text = TRAPS["de"][0]
    assert " ".join(split_sentences(text)) == text


def test_names_of_other_languages_do_not_mislead() -> None:
    assert find_language("Reel for Bar Sole in Napoli") == "en"
    assert find_language("20% off everything") == "en"


def test_arabic_and_hebrew_are_found_by_their_script_and_run_from_right_to_left() -> None:
    assert find_language("صباح الخير من بيروت") == "ar"
    assert find_language("בוקר טוב מחיפה") == "he"
    assert is_right_to_left("ar")
    assert not is_right_to_left("en")


def test_the_language_that_was_asked_for_wins() -> None:
    assert choose_language("pt-BR", "Good morning from the sea") == "pt"


@pytest.mark.parametrize("text", ["", "🙂", "???", "12"])
def test_a_text_without_words_has_the_default_language(text: str) -> None:
    assert find_language(text) == "en"


def test_a_japanese_sentence_may_begin_with_the_letter_of_the_quoting_particle() -> None:
    assert split_sentences("昨日は京都に行きました。とても静かでした。") == ["昨日は京都に行きました。", "とても静かでした。"]
    assert split_sentences("「行こう。」と言いました。") == ["「行こう。」と言いました。"]
