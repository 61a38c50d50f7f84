from __future__ import annotations

import pytest

from tests.generation.planning.brief_material import plan_text

TALK = (
    ("need a vid for facebook and insta, im a plumber in leeds. no cheesy music. first visit free", ("vid", "insta", "cheesy")),
    ("Our pond. can it go nettles, digging, water. i hate zooms. would be nice if the frog is in it. £40 for the liner", ("can it", "hate", "nice")),
    ("For my grandad Stan's 80th on saturday, some are wonky sorry. He drove buses in Sheffield", ("For my", "wonky")),
    ("Somos una heladería en Gijón. no pongáis caras de niños por favor. q se vea lo cremoso. Primer helado gratis", ("pongáis", "q se")),
    (
        "Ich bräuchte was für Insta. Wir haben jetzt einen Automaten, 24 Stunden offen. Willi soll ganz am Schluss kommen. Texte groß",
        ("bräuchte", "Schluss", "groß"),
    ),
    (
        "Salut, petite librairie à Douarnenez. je voudrais qq chose de doux. surtout pas de musique triste. on voit la façade. Soupe à 19h",
        ("voudrais", "triste", "voit"),
    ),
    ("Padaria em Belo Horizonte, quero vender mais kkk. não mostra a cozinha. R$ 4 a unidade", ("vender", "mostra")),
    ("Officina bici a Torino. mi raccomando non fare la voce da televendita. mood: mediterraneo. Tagliando 39 euro", ("raccomando", "mood")),
)


@pytest.mark.parametrize(("prompt", "talk"), TALK, ids=[prompt[:24] for prompt, _ in TALK])
def test_talk_about_the_video_is_on_no_card(prompt: str, talk: tuple[str, ...]) -> None:
    plan = plan_text(prompt)
    shown = [plan.hook, *plan.end_card, *(text for beat in plan.beats for text in (*beat.cards, beat.title or ""))]
    assert not [(word, text) for word in talk for text in shown if word.lower() in text.lower()]
    assert plan.hook


@pytest.mark.parametrize(
    ("prompt", "shown"),
    [
        ("Unser Laden in Bamberg. Kein Versand, nur ab Hof. 30 Tage Urlaub", "Kein Versand"),
        ("Our choir in Totnes. None of us professional. Max 8 people per row. Sunday 4pm", "None of us professional"),
        ("Workshop in Bristol. Don't miss it! £140 incl. lunch", "£140 incl. lunch"),
        ("Les fleurs de Garance. Pas de plastique, pas de mousse. Bouquets dès 25 €", "Pas de plastique"),
        ("Cat Mabel is missing. dont chase her just call 07700 900999", "Call 07700 900999"),
        ("Ceilidh on Friday. £12 / £8 concession / under 12s free. bring a bottle", "under 12s free"),
        ("Our bakery in Ghent. I love this town. It opens on Friday at 9", "I love this town"),
        ("Room in Leeds. You can see the park from the bed. £520 a month", "You can see the park from the bed"),
        ("Mercado en Ronda. La música en la plaza. Colores de otoño. Entrada libre", "Colores de otoño"),
        ("Our play in Porto, days 7, 8 and 14 March. Tickets 5 euros", "7, 8 and 14 March"),
    ],
)
def test_conditions_and_facts_are_no_talk(prompt: str, shown: str) -> None:
    plan = plan_text(prompt)
    texts = [plan.hook, *plan.end_card, *(text for beat in plan.beats for text in beat.cards)]
    assert any(shown.lower() in text.lower() for text in texts)
