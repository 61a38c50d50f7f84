"""Names and roles come from the script in so many words, and stand only on a shot with one face."""

from __future__ import annotations

import pytest

from reelwright.generation.plan import Beat, PlannedMedia
from reelwright.generation.planning.people import Person, find_person, name_person
from reelwright.media.analysis import Box
from tests.generation.planning.brief_material import make_photo


@pytest.mark.parametrize(
    ("language", "sentence", "name", "role"),
    [
        ("en", "Hi, I'm Martin and I bake bread.", "Martin", "@m.bakes"),
        ("en", "I'm Ana Souza, a potter, and this is clay.", "Ana Souza", "a potter"),
        ("en", "Hello, it's Bethan from the surgery.", "Bethan", "from the surgery"),
        ("fr", "Voilà Solange, qui en fait depuis trente ans.", "Solange", "qui en fait depuis trente ans"),
        ("fr", "Bonjour, je m'appelle Léa.", "Léa", "@m.bakes"),
        ("de", "Hallo, ich bin Jürgen aus der Werkstatt.", "Jürgen", "aus der Werkstatt"),
        ("es", "Hola, soy Lucía de la panadería.", "Lucía", "de la panadería"),
        ("it", "Ciao, mi chiamo Giulia.", "Giulia", "@m.bakes"),
        ("pt", "Oi, eu sou Marta.", "Marta", "@m.bakes"),
    ],
)
def test_a_person_is_named_by_the_words_of_the_script(language: str, sentence: str, name: str, role: str) -> None:
    assert find_person(["Bread takes time.", sentence], language, (), "@m.bakes") == Person(name, role, 1)


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "I'm happy with it."),
        ("en", "I'm German, so I like bread."),
        ("en", "This is Oaxaca from the air."),
        ("en", "It's Monday at last."),
        ("en", "This is Bethan."),
        ("en", "I'M SHOUTING AT YOU"),
        ("fr", "C'est Paris."),
        ("pl", "Jestem Marta."),
        ("en", ""),
    ],
)
def test_what_is_not_surely_a_person_is_left(language: str, sentence: str) -> None:
    assert find_person([sentence], language, ("Oaxaca",)) is None


def photo(number: int, faces: int) -> PlannedMedia:
    made = make_photo(number)
    boxes = tuple(Box(x=0.2 + 0.3 * one, y=0.3, width=0.1, height=0.12) for one in range(faces))
    return made.model_copy(update={"analysis": made.analysis.model_copy(update={"faces": boxes})})


def beats(*roles: str) -> list[Beat]:
    return [
        Beat(role=role, spoken="Words.", sentences=(number,), seconds=2, media_ids=(f"media_{number}",), reason="It fits.") for number, role in enumerate(roles)
    ]


def named(made: list[Beat]) -> list[int]:
    return [number for number, beat in enumerate(made) if beat.person]


@pytest.mark.parametrize(("faces", "place"), [((1, 0, 1), [2]), ((1, 2, 0), []), ((1, 1, 1), [1])])
def test_the_name_stands_on_the_next_shot_with_one_face(faces: tuple[int, ...], place: list[int]) -> None:
    media = {f"media_{number}": photo(number, count) for number, count in enumerate(faces)}
    assert named(name_person(beats("hook", "build", "build"), Person("Martin", "", 0), media)) == place


def test_a_shot_with_words_of_its_own_and_the_call_keep_no_name() -> None:
    media = {f"media_{number}": photo(number, 1) for number in range(3)}
    made = beats("hook", "build", "call")
    made[1] = made[1].model_copy(update={"title": "Bread"})
    assert named(name_person(made, Person("Martin", "", 0), media)) == []
    assert named(name_person(made, None, media)) == []
