from __future__ import annotations

import pytest

from bench.director import make_media
from reelwright.generation.plan import Plan, PlanInput
from reelwright.generation.planning.lexicon import load_lexicon, load_shared_lexicon
from reelwright.generation.planning.placements import refuses_echo, take_credits, wants_all_late, wants_facts_first
from reelwright.generation.planning.plan_reel import plan_reel
from reelwright.generation.planning.prompts import PromptContent, read_prompt
from reelwright.generation.planning.series import find_called, take_series
from reelwright.reels.project import Brief
from tests.generation.planning.brief_material import plan_text


def read(prompt: str, language: str = "en") -> PromptContent:
    return read_prompt(prompt, load_lexicon(language), load_shared_lexicon())


def plan_with(prompt: str, script: str, *media: str, seconds: int = 20, template: str = "auto") -> Plan:
    brief = Brief(prompt=prompt, script=script, length_seconds=seconds)
    return plan_reel(PlanInput(brief=brief, template=template, media=tuple(make_media(line) for line in media)), None)


def cards_of(plan: Plan) -> list[str]:
    return [card for beat in plan.beats for card in beat.cards]


@pytest.mark.parametrize(
    ("prompt", "language", "lines"),
    [
        ("Me at the jump. counter going up attempt 1... attempt 12... attempt 47. no talking", "en", ["Attempt 1", "Attempt 12", "Attempt 47"]),
        ("Unser Urlaub. Texte kurz, so Tag 1: Regen. Tag 2: Regen. Tag 3: rate mal. Musik leise", "de", ["Tag 1: Regen", "Tag 2: Regen", "Tag 3: rate mal"]),
        ("I'd like one word at a time, like: soften. settle. sleep. Link in bio", "en", ["Soften", "Settle", "Sleep"]),
        (
            "Clase gratis. frases cortas: ¿dos pies izquierdos? / perfecto / te esperamos. ritmo rápido",
            "es",
            ["¿dos pies izquierdos?", "Perfecto", "Te esperamos"],
        ),
        ("Unser Chor. Gesucht: Bass. Gebraucht: dringend. Geboten: Bier. Danke", "de", ["Gesucht: Bass", "Gebraucht: dringend", "Geboten: Bier"]),
    ],
)
def test_a_list_that_is_spelled_out_is_shown_line_by_line(prompt: str, language: str, lines: list[str]) -> None:
    text, series = take_series(prompt, load_lexicon(language))
    assert [line.lower() for line in series.lines] == [line.lower() for line in lines]
    assert all(f"\x04{line}".lower() in text.lower() for line in lines)


def test_steps_and_pictures_that_are_counted_are_no_such_list() -> None:
    for prompt in ("Tip 1: walk early. Tip 2: build a den.", "photo 1: outside. photo 2: the room."):
        assert take_series(prompt, load_lexicon("en"))[1].lines == []


def test_years_stand_on_their_pictures_by_file_name_else_in_order() -> None:
    plan = plan_with(
        "Our grandad. Years on the pics please: 1963, 1984, 2004.",
        "He drove the bus for years. He never took a day off in all of that time. Then he retired, and he drove us instead. He sings when he drives. We love him for it.",
        "scan1.jpg: man",
        "1984 depot.jpg: bus",
        "party 2004.jpg: people",
        "cover.jpg: bus, opener 0.9",
    )
    labelled = {card: beat.media_ids[0] for beat in plan.beats for card in beat.cards}
    assert {"1963": "scan1.jpg", "1984": "1984 depot.jpg", "2004": "party 2004.jpg"}.items() >= labelled.items()
    assert len(labelled) >= 2
    missing = [label for label in ("1963", "1984", "2004") if label not in labelled]
    assert all(any(note.startswith("Not shown with a picture") and label in note for note in plan.notes) for label in missing)


def test_a_label_is_never_put_on_another_picture() -> None:
    plan = plan_with("Our grandad. Years on the pics please: 1963, 1984, 2004.", "", "one.jpg: man, opener 0.9", "two.jpg: bus")
    labelled = {card: beat.media_ids[0] for beat in plan.beats for card in beat.cards}
    assert {"1963": "one.jpg", "1984": "two.jpg"}.items() >= labelled.items()
    assert any(note.startswith("Not shown with a picture") and "2004" in note for note in plan.notes)


def test_times_stand_before_lines_only_where_it_is_sure_which_belongs_to_which() -> None:
    sure = plan_text("My jumper. cast on in spring, unravelled it, finished last night. with dates: 2021, 2022, 2023")
    unsure = plan_text("My jumper. cast on in spring, finished last night. with dates: 2021, 2022, 2023")
    assert [card.split(" · ")[0] for card in cards_of(sure)] == ["2021", "2022", "2023"]
    assert not any(" · " in card for card in cards_of(unsure))


def test_a_credit_stands_over_the_picture_that_it_names() -> None:
    prompt = "Ausstellung über Salz. Bitte einblenden: Foto: Stadtarchiv / K. Wöhrle (nur beim Stich)."
    assert [credit.text for credit in take_credits(prompt)[1]] == ["Foto: Stadtarchiv / K. Wöhrle"]
    plan = plan_with(
        prompt,
        "Salz war einmal so viel wert wie ein Ochse. Wer es hatte, der hatte die Stadt. So war das.",
        "haken.jpg: iron, opener 0.9",
        "Stich.jpg: drawing",
        "stadt.jpg: city",
    )
    over = [beat.media_ids for beat in plan.beats if any("Stadtarchiv" in card for card in beat.cards)]
    assert any("Stich.jpg" in media_ids for media_ids in over)


def test_a_photo_list_is_no_credit() -> None:
    assert take_credits("Photos: Grandma, the cake, the dog")[1] == []


def test_a_line_for_the_start_is_the_title_and_the_line_for_the_end_the_call() -> None:
    content = read('"A Matilde faz 7!" no início e no fim um obrigada a todos', "pt")
    assert (content.title, content.call) == ("A Matilde faz 7!", "Um obrigada a todos")


def test_kisses_at_the_end_of_a_wished_line_stay() -> None:
    assert read("Grandad's day. End on Happy 80th Stan, from all of us x").call == "Happy 80th Stan, from all of us x"


def test_text_that_shall_not_repeat_the_voice_is_not_cut_out_of_it() -> None:
    script = "We bake at three in the morning. The whole street smells of bread by five. Nobody on our street has ever slept past six."
    plan = plan_text("Bread for Ghent. The text must not repeat what the voice says.", script)
    assert [beat.title for beat in plan.beats[1:] if beat.title] == []
    assert refuses_echo("Im Text nicht wiederholen was ich sage")
    assert not refuses_echo("Repeat the chorus with the voice")


@pytest.mark.parametrize(
    ("wish", "is_first", "is_late"),
    [
        ("their names and date at the start", True, False),
        ("Nomi e data all'inizio", True, False),
        ("put everything at the end pls", False, True),
        ("alles am Ende", False, True),
    ],
)
def test_where_facts_shall_stand_is_read(wish: str, is_first: bool, is_late: bool) -> None:
    assert (wants_facts_first(wish), wants_all_late(wish)) == (is_first, is_late)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("It is called The Quiet Hours.", "The Quiet Hours"),
        ("Der Kurs heißt Starker Rücken.", "Starker Rücken"),
        ("Il gruppo si chiama Gli Sbagliati", "Gli Sbagliati"),
        ("She's called Jean.", ""),
        ("one cat called Gary", ""),
    ],
)
def test_what_a_thing_is_called_is_its_name(text: str, name: str) -> None:
    assert find_called(text) == name


def test_the_line_under_the_title_is_the_topic_where_the_template_draws_one() -> None:
    script = "Here are four things that actually help. Close the curtains before it gets dark. Put the telly on. Stay with them, that is all there is to it."
    plan = plan_with("Firework season warning for dog and cat owners in Leeds.", script, "dog.jpg: dog, opener 0.9", "sofa.jpg: sofa", template="editorial")
    assert plan.deck == "Firework season warning for dog and cat owners in Leeds"
    assert plan.deck not in cards_of(plan)
    other = plan_with("Firework season warning for dog and cat owners in Leeds.", script, "dog.jpg: dog, opener 0.9", "sofa.jpg: sofa", template="soft")
    assert (other.deck, "Firework season warning for dog and cat owners in Leeds" in cards_of(other)) == ("", True)
