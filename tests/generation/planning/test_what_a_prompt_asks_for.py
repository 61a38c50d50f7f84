from __future__ import annotations

import pytest

from bench.director import make_media
from reelwright.generation.plan import Plan, PlanInput
from reelwright.generation.planning.german import put_in_nominative
from reelwright.generation.planning.handles import doubt_handle, tidy_handle
from reelwright.generation.planning.lexicon import load_lexicon
from reelwright.generation.planning.plan_reel import plan_reel
from reelwright.generation.planning.text_gate import check_language, check_texts, check_title
from reelwright.generation.planning.things import name_in_english
from reelwright.reels.project import Brief
from tests.generation.planning.brief_material import plan_text

PARAGRAPHS = (
    ("I want people to feel how quiet it is here. Show the fog over the valley, my two donkeys and the old stone oven. Please no loud music, nothing hectic. We open our guest house in Abruzzo on 1 May.", "Fog over the valley", ("My two donkeys", "The old stone oven", "We open our guest house in Abruzzo", "1 May")),
    ("We just opened a tiny ramen bar in Utrecht and I'd love a reel that makes people hungry. It should be fast, with big text. Mention that lunch is 11 € and that we're closed on Mondays.", "We just opened a tiny ramen bar in Utrecht", ("Lunch is 11 €", "We're closed on Mondays")),
    ("Can you make something funny about our office dog? He's called Pretzel, he steals socks, and on Fridays he joins the team meeting. Keep it short please, maybe 12 seconds, with upbeat music.", "Our office dog", ("He's called Pretzel", "He steals socks", "On Fridays he joins the team meeting")),
    ("Quiero un vídeo que transmita calma: nuestro hotel rural en Asturias, desayuno casero, paseos por el bosque y chimenea por la noche. Que la música sea suave.", "Nuestro hotel rural en Asturias", ("Desayuno casero", "Paseos por el bosque", "Chimenea por la noche")),
    ("Bitte mach ein lustiges Video über unseren Kater Muffin. Er schläft im Waschbecken, klaut Käse und hasst Montage. Schnelle Schnitte, keine Stimme.", "Unser Kater Muffin", ("Er schläft im Waschbecken", "Klaut Käse", "Hasst Montage")),
    ("Fais une vidéo douce sur notre mariage à Annecy : la cérémonie au bord du lac, le discours de papi, la danse jusqu'à 4 h. Pas de voix, juste de la musique.", "Notre mariage à Annecy", ("La cérémonie au bord du lac", "Le discours de papi", "La danse jusqu'à 4 h")),
    ("Quero um reel animado da nossa feira de rua em Recife: tapioca, frevo, artesanato. Entrada gratuita!", "Nossa feira de rua em Recife", ("Tapioca", "Frevo", "Artesanato", "Entrada gratuita!")),
    ("Vorrei un video elegante per la nostra nuova collezione di borse: pelle toscana, cucite a mano, solo 40 pezzi. Musica minimal. Da 180 €", "La nostra nuova collezione di borse", ("Pelle toscana", "Cucite a mano", "Solo 40 pezzi", "Da 180 €")),
    ("Reel for Instagram, vertical, 15s, text big, no voiceover, music lofi. Topic: my morning routine as a florist. 4am market, wrapping bouquets, delivery by cargo bike.", "My morning routine as a florist", ("4am market", "Wrapping bouquets", "Delivery by cargo bike")),
)  # fmt: skip


@pytest.mark.parametrize(("prompt", "hook", "cards"), PARAGRAPHS, ids=[hook for _, hook, _ in PARAGRAPHS])
def test_a_paragraph_of_wishes_shows_its_content_only(prompt: str, hook: str, cards: tuple[str, ...]) -> None:
    plan = plan_text(prompt)
    assert plan.hook == hook
    assert tuple(card for beat in plan.beats for card in beat.cards) == cards


@pytest.mark.parametrize(
    "prompt",
    [
        "Band rehearsal: guitar, piano, drums",
        "New hair: colour, cut, style",
        "Live music on the square: brass, drums",
        "Our picture book shop: paper, glue, patience",
    ],
)
def test_words_of_the_trade_that_are_the_subject_stay(prompt: str) -> None:
    plan = plan_text(prompt)
    shown = " ".join([plan.hook, *(card for beat in plan.beats for card in beat.cards)]).lower()
    assert all(word in shown for word in prompt.lower().replace(":", "").replace(",", "").split())


def test_a_long_quoted_phrase_is_a_title_unless_somebody_said_it() -> None:
    plan = plan_text('Reel of our shop, "The place where bread is still slow", cozy, warm light')
    assert (plan.intent == "quote", plan.hook) == (False, "The place where bread is still slow")
    assert plan_text('"Il faut cultiver notre jardin." — Voltaire. Images de mon potager').author == "Voltaire"


def test_a_refused_word_in_quotes_is_no_title() -> None:
    assert plan_text('Our loud new single, no "aesthetic" nonsense').hook != "aesthetic"


def test_facts_of_the_prompt_stand_over_the_voice() -> None:
    plan = plan_text(
        "Flu clinics, calm.\n- Saturdays 4, 11 and 18 October\n- bring a short sleeved top",
        "Flu season is nearly here. You sit down and roll up your sleeve, and it is over before you notice. Then there is tea for everybody.",
    )
    assert "Saturdays 4, 11 and 18 October" in [card for beat in plan.beats for card in beat.cards]


def test_what_is_neither_said_nor_shown_is_told_once() -> None:
    plan = plan_text(
        "Market in Graz on 5 May, entry 6 €, 40 stalls, 3 bands, 12 cooks, 7 prizes. Parking for 200 cars behind the school. Bring 2 bags.",
        "We bake every night of the year. We sing.",
        media=2,
        seconds=6,
    )
    told = [note for note in plan.notes if "neither said nor shown" in note]
    assert len(told) == 1
    assert len(plan.notes) == len(set(plan.notes))


def plan_of_files(prompt: str, *lines: str, script: str = "") -> Plan:
    brief = Brief(prompt=prompt, script=script, length_seconds=20)
    return plan_reel(PlanInput(brief=brief, template="auto", media=tuple(make_media(line) for line in lines)), None)


FILES = ("one.jpg: street", "needle.jpg: syringe 0.8", "van.jpg: van 0.9", "desk.jpg: desk", "tea.jpg: cup")


def test_a_picture_is_left_out_where_the_prompt_refuses_it() -> None:
    plan = plan_of_files("Our surgery: nurses, tea, chairs. Please don't use the needle photo", *FILES)
    assert all("needle.jpg" not in beat.media_ids for beat in plan.beats)
    assert "Left out, as you asked: needle.jpg." in plan.notes


def test_no_palm_oil_refuses_no_picture() -> None:
    plan = plan_of_files("My soap: no palm oil, 6 €", "palm.jpg: palm 0.9", "soap.jpg: soap 0.9")
    assert not any(note.startswith("Left out") for note in plan.notes)


def test_a_picture_comes_first_or_last_where_the_prompt_says_so() -> None:
    plan = plan_of_files("Our rounds: roofs, tea, chairs. Start with the desk. Finish on the van", *FILES)
    assert (plan.beats[0].media_ids[0], plan.beats[-1].media_ids[-1]) == ("desk.jpg", "van.jpg")
    assert plan.beats[0].reason == "You asked for it at the start."


def test_where_all_pictures_would_be_refused_none_is() -> None:
    plan = plan_of_files("Our cat: naps, windows. Do not use the cat photo", "cat.jpg: cat 0.9")
    assert plan.beats[0].media_ids == ("cat.jpg",)


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("@nora.goes", "@nora.goes"),
        ("nora_goes", "@nora_goes"),
        ("https://www.instagram.com/nora.goes/", "@nora.goes"),
        ("savon-graz.at", "savon-graz.at"),
        ("  Café Luna ", "Café Luna"),
        ("", ""),
    ],
)
def test_a_handle_is_shown_as_people_write_it(given: str, shown: str) -> None:
    assert tidy_handle(given) == shown


def test_a_handle_that_can_be_none_is_doubted_in_words() -> None:
    assert doubt_handle("@nora.goes") == doubt_handle("savon-graz.at") == ""
    assert "letters, digits, dots" in doubt_handle("Café Luna")


def test_youtube_keeps_what_angles_meant() -> None:
    post = plan_text("I <3 my grandma's kitchen -> 40 years of pierogi").post_texts["youtube"]
    assert post.title == "I ♥ my grandma's kitchen"
    assert not set("<>") & set(post.title + post.text)


def test_emoji_stay_where_the_creator_put_them_and_are_no_tags() -> None:
    plan = plan_text("Our new bakery 🥐: warm bread, cold butter")
    assert "🥐" in plan.hook
    assert all("🥐" not in tag for tag in plan.post_texts["instagram"].hashtags)


@pytest.mark.parametrize(
    ("text", "rule"),
    [("The best soup", "You did not say so"), ("Twelve days along the Drava", "The number is not in your text"), ("Free soup", "You did not say so")],
)
def test_claims_and_numbers_in_letters_must_be_the_creators(text: str, rule: str) -> None:
    assert [fault.rule for fault in check_texts([text], "Soup for nine days along the Drava", load_lexicon("en"))] == [rule]


def test_a_title_can_be_read_and_points_back_to_nothing() -> None:
    lexicon = load_lexicon("en")
    assert check_title("Why they taste of nothing", 2.0, (), lexicon) == []
    assert [fault.rule for fault in check_title("It costs nothing here", 2.0, (), lexicon)] == ["The title points back to something"]
    assert check_title("It costs 24 euros", 2.0, ("It costs 24 euros.",), lexicon) == []
    assert [fault.rule for fault in check_title("Four boards of eighty centimetres", 0.5, (), lexicon)] == ["There is no time to read it"]


def test_a_post_in_another_language_than_the_reel_is_a_fault() -> None:
    english = ("We open on Saturday and the first fifty coffees are free", "Come along")
    assert check_language(english, "en") == []
    assert [fault.word for fault in check_language(english, "de")] == ["en"]


@pytest.mark.parametrize(
    ("head", "title"),
    [("unseren neuen Laden", "unser neuer Laden"), ("unserem Umzug", "Umzug"), ("meinen Kater Muffin", "mein Kater Muffin"), ("Café Luna", "Café Luna")],
)
def test_german_heads_stand_in_the_nominative(head: str, title: str) -> None:
    assert put_in_nominative(head, load_lexicon("de")) == title


@pytest.mark.parametrize(
    ("word", "language", "english"), [("Hühner", "de", "hen"), ("huevos", "es", "egg"), ("pain", "fr", "bread"), ("mani", "it", "hand"), ("pão", "pt", "bread")]
)
def test_things_are_known_in_the_language_of_the_labels(word: str, language: str, english: str) -> None:
    assert name_in_english(word, language) == english


def test_shown_texts_are_told_apart_for_layouts() -> None:
    plan = plan_text("5 mistakes at the gym: no warm-up, no sleep, no food, no plan, no rest", seconds=30)
    assert [(beat.kind, beat.number, beat.item) for beat in plan.beats if beat.number][:2] == [("item", 1, "No warm-up"), ("item", 2, "No sleep")]
    assert plan.items[0] == "No warm-up"
    price = plan_text("Before and after of our living room. We did it in two weekends for 400 €.")
    figure = next(beat for beat in price.beats if beat.figure)
    assert (figure.figure, figure.label, price.price) == ("400 €", "Two weekends", "400 €")
    trip = plan_text("Three days in Lisbon: trams in Alfama, sunset in Belém")
    assert trip.places == ("Lisbon", "Alfama", "Belém")
    assert [beat.place for beat in trip.beats if beat.cards and beat.place] == ["Alfama", "Belém"]
