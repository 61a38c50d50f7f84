from __future__ import annotations

import pytest

from reelwright.generation.plan import Plan
from tests.generation.planning.brief_material import plan_text

SHORT = 150


def lines_of(plan: Plan, platform: str = "instagram") -> list[str]:
    return [line for line in plan.post_texts[platform].text.split("\n") if line and not line.startswith("#")]


@pytest.mark.parametrize(
    ("prompt", "line"),
    [
        (
            "Mercadillo solidario en Lugo. Hacen falta mantas, leche y potitos (NO pasta, de pasta vamos sobrados).",
            "potitos (NO pasta, de pasta vamos sobrados)",
        ),
        ("Our oat soap. Cut by hand in Bergen, 7 €, no perfume", "Cut by hand in Bergen, 7 €, no perfume"),
        ("Boulangerie à Uzès. Ouvert dès 6h30, fermé le lundi", "Ouvert dès 6h30, fermé le lundi"),
        ("Concert de Noël à Metz, samedi 20 décembre à 20h, église Saint-Paul", "Samedi 20 décembre à 20h, église Saint-Paul"),
        (
            "Casa para alugar em Tavira. Disponível de 15 de junho a 30 de setembro, 140€ por noite",
            "Disponível de 15 de junho a 30 de setembro, 140€ por noite",
        ),
    ],
)
def test_a_list_or_a_date_with_its_hour_stays_as_the_creator_wrote_it(prompt: str, line: str) -> None:
    assert line in "\n".join(lines_of(plan_text(prompt)))


def test_dates_stand_where_the_creator_put_them_and_not_at_the_end() -> None:
    lines = lines_of(plan_text("on rouvre mardi 2 septembre après les congés. la fougasse à 3,80 €. ouvert dès 6h30, fermé le lundi"))
    assert lines == ["On rouvre mardi 2 septembre après les congés", "La fougasse à 3,80 €", "Ouvert dès 6h30, fermé le lundi"]


def test_a_quotation_keeps_who_said_it() -> None:
    prompt = (
        'My novel, THE SALT ROAD. "Quietly devastating" (Eastern Reader) and "I forgot to get off the train" — a reviewer on Bookish. Out 31 January, £9.99.'
    )
    lines = lines_of(plan_text(prompt, seconds=30))
    assert '"I forgot to get off the train" — a reviewer on Bookish' in lines
    assert "Out 31 January, £9.99" in lines


@pytest.mark.parametrize(
    ("prompt", "script", "kept", "dropped"),
    [
        (
            "im a roofer in Hull (all HU postcodes). call 07700 900555",
            "The slate had slipped. Water came in for a year.",
            "Roofer in Hull (all HU postcodes)",
            "im a roofer",
        ),
        (
            "somos una asociación pequeña de vecinos de Vallecas. Bizum 00000",
            "Hoy hay pan. Mañana también.",
            "Asociación pequeña de vecinos de Vallecas",
            "somos una",
        ),
        ("I walk dogs in Leeds and i need more clients. £15 for an hour", "Your dog is bored. I am not.", "I walk dogs in Leeds", "clients"),
        ("my studio. £30 a print. i'm nervous about the photos, they're quite dark", "I print by hand. It takes a day.", "£30 a print", "dark"),
        ("Hofladen in Ulm. Milch 1,20 €. die leute wissen das nicht", "Milch, Tag und Nacht. Flasche rein, fertig.", "Milch 1,20 €", "wissen das nicht"),
    ],
)
def test_what_is_said_to_us_is_no_copy(prompt: str, script: str, kept: str, dropped: str) -> None:
    text = "\n".join(lines_of(plan_text(prompt, script)))
    assert kept in text
    assert dropped not in text


def test_steps_stand_whole_with_the_warning_behind_them() -> None:
    script = (
        "You can build this in an hour. First, cut four boards. Second, mark the holes and drill before you screw, or the wood will split. "
        "Third, oil it twice. Never leave the oily rag in a heap. Save this for later."
    )
    lines = lines_of(plan_text("How to build a stool", script, seconds=40))
    assert "2. Mark the holes and drill before you screw, or the wood will split" in lines
    assert "Never leave the oily rag in a heap." in lines


def test_a_question_that_ends_the_script_ends_the_post() -> None:
    script = (
        "We make the ice cream at six. If a taste is gone, it is gone until tomorrow morning and nobody can change that, not even my uncle. Which one is yours?"
    )
    assert lines_of(plan_text("our ice cream shop, funny", script))[-1] == "Which one is yours?"


@pytest.mark.parametrize(
    ("prompt", "asks"),
    [
        ("Three days in Lisbon: trams, tarts, sunsets", True),
        ("Our three days in Lisbon: trams, tarts, sunsets", False),
        ("5 mistakes at the gym: no warm-up, no rest, no sleep, no water, no plan", True),
        ("Before and after of the kitchen. Two weekends for 400 €", False),
        ("Our wedding in Tralee on 6 September: rain, vows, dancing", False),
        ("Wreath workshop in Frome on Sunday 1 December. Ring 01373 000000", False),
    ],
)
def test_the_products_own_question_stands_only_where_it_fits(prompt: str, asks: bool) -> None:
    last = lines_of(plan_text(prompt))[-1]
    assert last in {"Been there? Tell me what I missed.", "Which one is yours?", "Before or after?", "Who are you bringing?"} if asks else "?" not in last


@pytest.mark.parametrize(
    ("prompt", "script", "needed"),
    [
        (
            "need a reel, im a plumber in Leeds. FREE QUOTES, 07700 900142, gas safe registered",
            "This boiler was twenty two years old and leaking like a sieve from every joint that it had. Give me a ring.",
            ("07700 900142", "Give me a ring"),
        ),
        (
            "se ha perdido nuestra perra Lola, podenca canela con collar rojo, en el parque de la Alameda. Si la veis llamad al 600 000 000 a cualquier hora",
            "",
            ("600 000 000",),
        ),
        (
            "Vide-grenier à Rennes, dimanche 8 juin de 8h à 17h, place Sainte-Anne. Buvette, crêpes, fanfare. Inscription au 06 00 00 00 00",
            "",
            ("imanche 8 juin", "06 00 00 00 00"),
        ),
    ],
)
def test_the_short_text_keeps_what_a_viewer_needs(prompt: str, script: str, needed: tuple[str, ...]) -> None:
    text = " ".join(lines_of(plan_text(prompt, script), "tiktok"))
    assert len(text) <= SHORT
    assert [fact for fact in needed if fact not in text] == []


@pytest.mark.parametrize(
    ("prompt", "tags"),
    [
        ("My wreath making workshop in Frome", {"#WreathMakingWorkshop", "#Frome"}),
        ("Unser Umzug aus Berlin aufs Land", {"#Umzug"}),
        ("my novel, THE SALT ROAD. Out in May", {"#TheSaltRoad", "#Novel"}),
        ("me failing at the same jump 47 times", set()),
        ("we need a 4th person for our house", set()),
        ("on rouvre après les congés", set()),
    ],
)
def test_tags_name_what_the_brief_is_about_or_nothing(prompt: str, tags: set[str]) -> None:
    assert set(plan_text(prompt).post_texts["instagram"].hashtags) == tags


@pytest.mark.parametrize(
    ("prompt", "script", "line"),
    [
        (
            "Produco miele in Val Maira. Vasetto 9 euro. Metterei anche che siamo senza trattamenti chimici.",
            "Le api hanno aspettato. Poi quindici giorni.",
            "Siamo senza trattamenti chimici",
        ),
        (
            "Buenas, soy el párroco de San Blas. Queremos invitar a la procesión de la Virgen, domingo 16 de julio, salida a las 20:30",
            "",
            "La procesión de la Virgen",
        ),
        ("Nouveau : espace de coworking à Pau. 15 €/jour, première journée gratuite", "", "Nouveau : espace de coworking à Pau"),
        ("Für unser Hofcafé in der Uckermark: ab Karfreitag wieder offen! Fr-So 12-18 Uhr", "", "Unser Hofcafé in der Uckermark"),
        (
            "Reel zur Sonderausstellung „Salz. Macht. Stadt.“ (12. Mai bis 3. November 2025).",
            "Salz war teuer. Wer es hatte, hatte die Stadt.",
            "Sonderausstellung „Salz. Macht. Stadt.“ (12. Mai bis 3. November 2025)",
        ),
    ],
)
def test_what_the_reel_is_about_is_read_out_of_the_brief(prompt: str, script: str, line: str) -> None:
    assert line in lines_of(plan_text(prompt, script))


@pytest.mark.parametrize(
    ("prompt", "dropped"),
    [
        ("Our hotel in Graz. 12 rooms, 90 €. Nothing modern, with respect", "respect"),
        ("Concerto a Belluno, sabato 20 dicembre. Vorrei qualcosa di caldo, con le candele", "candele"),
        ("Cours de dessin à Pau, 15 €. Les gens oublient toujours de s'inscrire alors insistez", "oublient"),
        ("on rouvre mardi 2 septembre. ouvert dès 6h30. merci d'avance, Maryse", "Maryse"),
        ("Gelateria a Lecce, cono 2,50 €. Musica allegra, niente voce robotica", "robotica"),
    ],
)
def test_wishes_moods_and_signatures_are_no_lines(prompt: str, dropped: str) -> None:
    assert dropped not in "\n".join(lines_of(plan_text(prompt)))


def test_a_short_text_never_tears_a_list_of_days() -> None:
    prompt = (
        "Flu clinics in Cardiff\n- Saturdays 4, 11 and 18 October\n- 8.30am to 12.30pm\n- bring a short sleeved top\nEnd: Ring 029 2018 0000 or just turn up"
    )
    script = "Flu season is nearly here, and it is not much fun for anyone at all. You sit down, you roll up your sleeve."
    text = plan_text(prompt, script).post_texts["tiktok"].text
    assert "Saturdays 4, 11 and 18 October" in text
    assert "029 2018 0000" in text


def test_a_call_of_two_parts_gives_room_to_the_date() -> None:
    prompt = "La Gran Recogida del 29 y 30 de noviembre en Sevilla. Al final: Cómo ayudar: Bizum 00000 · o pásate por el local, C/ Luis Ortiz Muñoz s/n"
    text = plan_text(prompt, "A las siete de la mañana, Carmen ya está aquí con todas las demás. Hoy somos treinta.").post_texts["tiktok"].text
    assert "29 y 30 de noviembre" in text
    assert "Bizum 00000" in text
