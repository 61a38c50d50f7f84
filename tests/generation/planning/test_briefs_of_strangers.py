"""Kinds of faults that were found in briefs of other people, each in words of its own."""

from __future__ import annotations

import pytest

from reelwright.generation.planning.lexicon import load_lexicon
from reelwright.generation.planning.titles import rate_titles
from tests.generation.planning.brief_material import plan_text


@pytest.mark.parametrize(
    ("prompt", "wish"),
    [
        ("We fix bikes in a van, full service £65. Something upbeat but not cheesy please", "upbeat"),
        ("Wir reparieren Räder im Bus, Inspektion 65 €. Irgendwas Fröhliches bitte", "Fröhliches"),
        ("Je vends mes fromages sur le marché de Die le samedi matin. Je voudrais une petite vidéo simple, avec les chèvres, sans texte partout.", "simple"),
    ],
)
def test_a_wish_for_something_in_a_mood_is_no_text(prompt: str, wish: str) -> None:
    plan = plan_text(prompt)
    assert not any(wish in card for beat in plan.beats for card in beat.cards)
    assert wish not in plan.post_texts["instagram"].text


def test_a_long_head_before_a_list_stays_one_sentence() -> None:
    plan = plan_text("Wir suchen noch Helfer fürs Sommerfest der Kita Lerchennest am 28. Juni von 14 bis 18 Uhr: Grill, Kuchenbuffet und Schminken.")
    assert plan.hook == "Wir suchen noch Helfer fürs Sommerfest der Kita Lerchennest"
    assert "Grill" in [card for beat in plan.beats for card in beat.cards]


def test_a_condition_stays_with_what_follows_from_it() -> None:
    plan = plan_text("Sommerfest am 28. Juni im Hof. Wer kann, trägt sich in die Liste am Eingang ein.")
    assert "Wer kann, trägt sich in die Liste am Eingang ein" in [card for beat in plan.beats for card in beat.cards]


def test_a_german_sentence_that_points_at_a_thing_is_not_posted_without_it() -> None:
    script = "Diese Eiche stand hundertzwanzig Jahre in Brakel. Im Februar hat der Sturm sie umgeworfen. Die Familie wollte sie nicht verheizen. Also haben wir sie gesägt und einen Tisch daraus gemacht. Zwölf Leute haben daran Platz. Am Sonntag wird das erste Mal dran gegessen."
    post = plan_text("", script, seconds=45).post_texts["instagram"].text
    assert "daran" not in post or "Tisch" in post


def test_a_row_of_days_keeps_both_articles() -> None:
    plan = plan_text("Je vends mes fromages de chèvre sur le marché de Die le mercredi et le samedi matin, de 8h à 12h30.")
    assert "Le mercredi et le samedi matin" in " ".join(card for beat in plan.beats for card in beat.cards)


def test_a_short_text_says_what_it_is_about_rather_than_a_call_without_an_address() -> None:
    script = "Si tu perro odia el baño, no le culpo. Aquí nadie corre. Yo soy Nuria, llevo quince años con perros y me han mordido dos veces. Ven con tiempo y trae su juguete."
    prompt = "Abrimos peluquería canina en Gijón! Baño y corte desde 25€. Calle Uría 40. Primera visita con 20% de descuento hasta el 31 de octubre."
    assert "peluquería" in plan_text(prompt, script, seconds=45).post_texts["tiktok"].text


def test_what_stands_among_measured_ingredients_is_no_step() -> None:
    prompt = "Receta de gazpacho para 4: 1 kg de tomates, 1 pimiento verde, medio pepino, 50 ml de aceite, vinagre y sal. Se tritura todo, se cuela y dos horas a la nevera."
    text = plan_text(prompt, seconds=30).post_texts["instagram"].text
    assert "Medio pepino" in text.splitlines()[1]
    assert "1. Se tritura todo" in text


def test_a_time_alone_is_no_title() -> None:
    titles = rate_titles("La prima volta al tornio, di solito, il vaso ti scappa di mano.", load_lexicon("it"))
    assert "La prima volta" not in [title.text for title in titles]


def test_the_second_time_does_not_open_before_the_first() -> None:
    assert plan_text("", "La prima volta al tornio il vaso ti scappa. Succede a tutti. La seconda volta scappa meno.").hook.startswith("La prima volta")


def test_a_name_is_not_shown_alone() -> None:
    plan = plan_text("Sono Giulia, insegno ceramica a Bologna. Corso serale dal 10 ottobre, sei incontri, 180 euro.")
    texts = [plan.hook, *(card for beat in plan.beats for card in beat.cards)]
    assert "Sono Giulia" not in texts
    assert any("sei incontri" in text.lower() for text in texts)


def test_a_dated_sentence_that_starts_with_an_article_is_posted() -> None:
    script = "Trinta anos acordando às três da manhã. Meu pai nunca tirou férias em dezembro."
    prompt = "a padaria do meu pai faz 30 anos sábado 9 de novembro!! vai ter bolo de graça das 8 às 11. Padaria São Jorge, rua Augusta Prado 77, Campinas"
    assert "9 de novembro" in plan_text(prompt, script, seconds=30).post_texts["instagram"].text


def test_what_stands_under_the_title_counts_as_shown() -> None:
    plan = plan_text("7 things I wish I'd known before moving to Denmark: buy a bike, tax cards take weeks, the dark is real", seconds=30)
    assert not any("neither said nor shown" in note and "Denmark" in note for note in plan.notes)


@pytest.mark.parametrize(
    ("prompt", "refused"),
    [
        ("Neuer Kurs am Montag, 4. November, 18 Uhr. Kein Fahrschul-Klischee bitte", "Klischee"),
        ("New course on Monday 4 November, 6pm. No corporate clichés please", "clichés"),
        ("Nuevo curso el lunes 4 de noviembre. Nada de tópicos por favor", "tópicos"),
    ],
)
def test_what_is_politely_refused_is_no_text(prompt: str, refused: str) -> None:
    plan = plan_text(prompt)
    assert refused not in plan.post_texts["instagram"].text
    assert not any(refused in card for beat in plan.beats for card in beat.cards)


def test_the_kind_of_a_quoted_title_goes_with_it() -> None:
    plan = plan_text(
        "Rencontre avec Maud Ferrier vendredi 15 novembre à 19h à la librairie Le Chat Pitre, pour son roman « La Maison d'en face ». Entrée libre."
    )
    assert plan.hook == "La Maison d'en face"
    assert "Pour son roman" not in plan.post_texts["instagram"].text
    assert "#LaMaisonD" not in plan.post_texts["instagram"].hashtags


@pytest.mark.parametrize(
    "prompt", ["Buon compleanno nonno Aldo, 90 anni. Finale con la foto della torta", "Feliz cumpleaños abuelo, 90 años. Final con la foto de la tarta"]
)
def test_a_picture_for_the_end_is_no_text(prompt: str) -> None:
    plan = plan_text(prompt)
    assert not any("foto" in card for beat in plan.beats for card in beat.cards)
