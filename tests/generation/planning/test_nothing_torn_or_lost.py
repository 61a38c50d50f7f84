from __future__ import annotations

import pytest

from bench.director import make_media
from reelwright.generation.plan import PlanInput
from reelwright.generation.planning.days_of_cards import join_dates
from reelwright.generation.planning.lexicon import load_lexicon
from reelwright.generation.planning.plan_reel import plan_reel
from reelwright.generation.planning.titles import rate_titles
from reelwright.generation.planning.wish_facts import find_told
from reelwright.reels.project import Brief
from tests.generation.planning.brief_material import plan_text

WISHES = [
    ("I'd like to show how a chair is made and invite people to visit, we're open Tuesday to Saturday 10-18, Mill Lane 3", "we're open Tuesday to Saturday 10-18, Mill Lane 3"),
    ("Ich möchte zeigen, wie ein Stuhl entsteht, wir sind Dienstag bis Samstag 10-18 da, Mühlgasse 3", "wir sind Dienstag bis Samstag 10-18 da, Mühlgasse 3"),
    ("Quiero contar cómo se hace una silla, estamos abiertos de martes a sábado 10-18, calle Luna 3", "estamos abiertos de martes a sábado 10-18, calle Luna 3"),
    ("Je voudrais montrer comment naît une chaise, on est ouvert du mardi au samedi 10h-18h, rue des Lilas 3", "on est ouvert du mardi au samedi 10h-18h, rue des Lilas 3"),
    ("Vorrei raccontare come nasce una sedia, siamo aperti dal martedì al sabato 10-18, via dei Fabbri 3", "siamo aperti dal martedì al sabato 10-18, via dei Fabbri 3"),
    ("Queria mostrar como nasce uma cadeira, estamos abertos de terça a sábado 10-18, rua do Sol 3", "estamos abertos de terça a sábado 10-18, rua do Sol 3"),
]  # fmt: skip


@pytest.mark.parametrize(("wish", "told"), WISHES)
def test_hours_and_street_in_a_wish_are_told(wish: str, told: str) -> None:
    assert find_told(wish) == told


def test_a_wish_without_facts_tells_nothing() -> None:
    assert find_told("I'd like it slow, with soft music, maybe a little sad") == ""
    assert find_told("I want the logo big, about 3 seconds") == ""


def test_hours_of_a_wish_stand_on_screen_and_in_the_post() -> None:
    plan = plan_text("We carve chairs by hand. I'd like to show how a chair is made and invite people, we're open Tuesday to Saturday 10-18, Mill Lane 3.")
    assert "Tuesday to Saturday 10-18" in " ".join(card for beat in plan.beats for card in beat.cards)
    assert "Mill Lane 3" in plan.post_texts["instagram"].text


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("it", "Se passate da Firenze, la porta è aperta."),
        ("en", "When you follow the river, you see the mill."),
        ("es", "Si reserva alguien, ponemos otra mesa."),
    ],
)
def test_a_condition_is_no_call(language: str, sentence: str) -> None:
    assert load_lexicon(language).calls_to_act(sentence) is None


def test_the_call_behind_a_condition_is_one() -> None:
    assert load_lexicon("en").calls_to_act("If you want one, message me before Friday.")
    assert load_lexicon("de").calls_to_act("Bis bald auf dem Hof!")


@pytest.mark.parametrize(
    ("language", "sentence", "torn"),
    [
        ("en", "Our drivers brought nine tonnes of bread, veg and milk to people who need it.", "Nine tonnes of bread"),
        ("it", "Il resto è bordo, cera e pazienza.", "Il resto è bordo"),
        ("it", "Il resto è bordo, cera e pazienza.", "Cera e pazienza"),
        ("es", "Este año los tenemos con nata, con trufa o solos, como siempre.", "Este año los tenemos con nata"),
        ("de", "Dazu gibt es warmes Brot, Käse und Wein aus dem Dorf nebenan.", "Dazu gibt es warmes Brot"),
    ],
)
def test_a_title_does_not_tear_a_list(language: str, sentence: str, torn: str) -> None:
    assert torn not in [title.text for title in rate_titles(sentence, load_lexicon(language))]


def test_what_happens_opens_the_reel_and_not_how_often() -> None:
    best = rate_titles("Every night in this town, good food goes in the bin.", load_lexicon("en"))[0]
    assert best.text == "Good food goes in the bin"


def test_a_greeting_is_no_hook_and_what_the_prompt_states_takes_its_place() -> None:
    script = "Grüß euch, ich bin die Vroni, und das hier ist mein Reich. Ihr Käse liegt jetzt bei uns am Hof. Aus dem Kühlschrank, rund um die Uhr."
    plan = plan_text("Wir haben jetzt einen Käseautomaten am Hof, Stück ab 4 €.", script)
    assert plan.hook == "Wir haben jetzt einen Käseautomaten am Hof"
    assert plan.post_texts["instagram"].text.startswith("Wir haben jetzt einen Käseautomaten am Hof")


def test_firsts_of_a_year_are_no_steps_and_stay_together_in_the_post() -> None:
    script = "Hey Nana, hey Grandpa. So here's the year in a minute. First tooth. First beach, which you ate. First steps, right into the dog. And this is Saturday. We saved you both a slice of the cake."
    post = plan_text("Our little girl turned one!!", script, seconds=45).post_texts["instagram"].text
    assert "1. Tooth" not in post
    assert "First tooth. First beach, which you ate. First steps" in post


def test_the_way_and_the_name_behind_its_label_stand_in_the_post() -> None:
    script = "Ihre Milch gibt's ab jetzt direkt am Hof. Aus dem Automaten, rund um die Uhr. Gemolken wird heute früh um fünf."
    prompt = "Wir haben einen Milchautomaten, Liter 1,40. Hofname Gut Lerchenau, an der Straße von Füssen nach Rieden."
    assert "Gut Lerchenau, an der Straße von Füssen nach Rieden" in plan_text(prompt, script).post_texts["instagram"].text


def test_an_article_before_a_possessive_is_no_preposition() -> None:
    script = "Esta é a Rita. Caiu outra vez, e riu-se. Hoje já ensina os outros a cair."
    post = plan_text("Vídeo para a minha turma de surf para maiores de 50, Ericeira, domingos às 9h, 25 €.", script).post_texts["instagram"].text
    assert "A minha turma de surf para maiores de 50" in post


def test_short_members_share_a_line_of_the_post_and_a_card() -> None:
    prompt = "Hola! quiero un vídeo para anunciar los bollos de Pascua de este año. Son artesanos, con nata, trufa o sin relleno, 24 € el grande y 16 el pequeño, y hay que encargar antes del 3 de enero al 600 000 142."
    plan = plan_text(prompt, "Mi abuelo ya hacía este bollo en el mismo horno. Harina, agua de azahar y dos días de paciencia. Nada más.")
    assert "Los bollos de Pascua de este año\nSon artesanos, con nata, trufa o sin relleno\n24 € el grande y 16 el pequeño" in plan.post_texts["instagram"].text


def test_the_first_sentence_of_the_voice_is_never_left_out() -> None:
    script = "My grandad built this oven himself. Flour, real butter, orange water and two days of patience. Nothing else goes in there. This year we have them with cream, with truffle or plain, the way my father likes them. And yes, there is a bean inside, so mind your teeth please. Orders until the third of January."
    assert plan_text("", script, seconds=15).spoken_script[0] == "My grandad built this oven himself."


def test_what_only_announces_a_list_is_left_out() -> None:
    plan = plan_text("Nouvelle carte mardi 8 octobre. Trois plats à montrer : la quenelle, le pigeon aux cèpes, la tarte aux pralines.")
    assert "Trois plats" not in plan.post_texts["instagram"].text


def test_a_result_that_is_a_sentence_stands_in_the_post() -> None:
    assert "19:58" in plan_text("finally under twenty minutes after 8 months. 19:58.").post_texts["instagram"].text


def test_a_row_of_days_is_told_whole_or_not_at_all() -> None:
    prompt = "Me and Priya did the loop on the back of bikes, 350km. Day 1 Ha Giang to Yen Minh, day 2 Dong Van, day 3 Meo Vac + the boat, day 4 Du Gia and home. Cost us about $190 each"
    text = plan_text(prompt, seconds=45).post_texts["tiktok"].text
    assert "Day 2" not in text or "Day 4" in text
    short = plan_text("Our week by the sea. Day 1 rain, day 2 rain, day 3 guess", seconds=30).post_texts["tiktok"].text
    assert all(f"day {number}" in short.lower() for number in (1, 2, 3))


def test_a_short_text_keeps_the_number_of_its_call() -> None:
    prompt = "Altbauwohnung in Leipzig. Kaufpreis 465.000 €, Besichtigung nur am Samstag, 21. September, 10 bis 13 Uhr, mit Anmeldung. Am Schluss mein Name (Katrin Vogel) und die Nummer 0341 555 0187."
    plan = plan_text(prompt)
    assert "0341 555 0187" in plan.post_texts["tiktok"].text
    assert "Besichtigung nur am Samstag, 21. September" in [card for beat in plan.beats for card in beat.cards]


def test_a_date_is_joined_to_its_day() -> None:
    assert join_dates(["only on Saturday", "21 September", "10am"]) == ["only on Saturday, 21 September", "10am"]


def test_people_are_not_shown_last_for_a_sight_that_no_picture_has() -> None:
    media = tuple(make_media(line) for line in ("alley.jpg: alley 0.8", "group.jpg: plaza 0.6, 9 faces", "fountain.jpg: fountain 0.8"))
    brief = Brief(prompt="Paseo nocturno por el Albaicín los viernes. Me gustaría que al final se vea la Alhambra iluminada.", length_seconds=20)
    plan = plan_reel(PlanInput(brief=brief, template="auto", media=media), None)
    assert not any("asked for it" in reason for beat in plan.beats for reason in beat.media_reasons)


def test_live_music_is_not_torn() -> None:
    cards = [
        card for beat in plan_text("Sagra a Fiano. Sabato sera dalle 18 con musica dal vivo dei Briganti Stonati.", seconds=30).beats for card in beat.cards
    ]
    assert not any(card.startswith("Dal vivo") for card in cards)


def test_a_row_with_the_same_first_word_stays_together() -> None:
    script = "Esta é a Rita. Em abril entrou no mar pela primeira vez na vida dela. Caiu. Caiu outra vez. Foram quatro segundos, mas o grito ouviu-se até à vila. Hoje ensina os outros a cair."
    post = plan_text("A minha turma de surf, domingos às 9h, 25 €, Ericeira.", script, seconds=45).post_texts
    assert "Caiu outra vez" not in post["instagram"].text or "Caiu. Caiu outra vez" in post["instagram"].text
    assert "Caiu" not in post["tiktok"].text


def test_a_last_picture_that_no_file_shows_is_said_to_be_undone() -> None:
    media = tuple(make_media(line) for line in ("alley.jpg: alley 0.8", "fountain.jpg: fountain 0.8", "square.jpg: plaza 0.8"))
    brief = Brief(prompt="Paseo nocturno por el Albaicín los viernes. Me gustaría que al final se vea la Alhambra iluminada.", length_seconds=20)
    notes = plan_reel(PlanInput(brief=brief, template="auto", media=media), None).notes
    assert any("not done by this plan" in note and "Alhambra" in note for note in notes)
