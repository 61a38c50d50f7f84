"""Who speaks or is spoken of: a name and a role cut out of the script, for the lower third of a shot that shows one face.

Only what a sentence says in so many words (“I'm Martin”, “it's Bethan from the surgery”, “Solange, qui en fait depuis trente ans”).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from reelwright.generation.plan import Beat, PlannedMedia

MOST_NAME_CHARACTERS, MOST_ROLE_CHARACTERS = 28, 40
BEATS_AFTER = 2
"""A face so many beats after the sentence is still whom it names."""

_WORD = r"[A-ZÀ-ÖØ-ÞĀ-Ž][\w'’\-]+"
_NAME = rf"(?P<name>{_WORD}(?: (?:(?:de|da|di|do|van|von|der|la|le|el) )?{_WORD}){{0,2}})"
_FIRST_PERSON: Mapping[str, str] = {
    "en": r"(?:I['’]m|I am|my name is|my name['’]s)",
    "de": r"(?:ich bin(?: die| der)?|ich heiße|mein Name ist)",
    "fr": r"(?:je suis|je m['’]appelle|moi[, ]+c['’]est)",
    "es": r"(?:soy|me llamo|mi nombre es)",
    "it": r"(?:sono|mi chiamo|il mio nome è)",
    "pt": r"(?:sou [oa]|eu sou|me chamo|chamo-me|meu nome é)",
}
_THIRD_PERSON: Mapping[str, str] = {
    "en": r"(?:this is|it['’]s|meet|here['’]s|here is)",
    "de": r"(?:das ist|hier ist|hier spricht|es ist)",
    "fr": r"(?:c['’]est|voici|voilà|ici)",
    "es": r"(?:esta es|este es|aquí|es)",
    "it": r"(?:questa è|questo è|ecco|qui)",
    "pt": r"(?:esta é|este é|essa é|esse é|aqui é)",
}
_FROM: Mapping[str, str] = {
    "en": r"(?:from|at|of|your|our)",
    "de": r"(?:aus|von|vom|im|in der|eure?|unsere?)",
    "fr": r"(?:de|du|des|d['’]|à|notre|votre)",
    "es": r"(?:de|del|desde|tu|nuestr[oa])",
    "it": r"(?:di|del|della|dal|dalla|da|il vostro|la vostra)",
    "pt": r"(?:de|do|da|sua|seu)",
}
_WHO: Mapping[str, str] = {"en": "who", "de": "die|der", "fr": "qui", "es": "que|quien", "it": "che", "pt": "que"}
_ARTICLES: Mapping[str, str] = {
    "en": "a|an|the",
    "de": "eine?|die|der",
    "fr": "une?|la|le|l['’]",
    "es": "una?|la|el",
    "it": "una?|la|il|l['’]",
    "pt": "uma?|a|o",
}
_NOT_NAMES = frozenset(
    [
        "german",
        "french",
        "english",
        "spanish",
        "italian",
        "portuguese",
        "american",
        "british",
        "irish",
        "scottish",
        "welsh",
        "european",
        "african",
        "asian",
        "indian",
        "chinese",
        "japanese",
        "polish",
        "dutch",
        "swedish",
        "norwegian",
        "danish",
        "greek",
        "turkish",
        "russian",
        "ukrainian",
        "mexican",
        "brazilian",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "christmas",
        "easter",
    ]
)


class Person(NamedTuple):
    """Who, and what they are or where they are from; ``role`` may be empty. ``sentence`` says where it stands in the script."""

    name: str
    role: str
    sentence: int


def find_person(sentences: Sequence[str], language: str, places: Collection[str] = (), handle: str = "") -> Person | None:
    """The first whom a sentence names in so many words; None where none does, or the language has no rules.

    ``places`` are no persons. Who says “I” and has no role stands over their ``handle``.
    """
    rules = language[:2]
    if rules not in _FIRST_PERSON:
        return None
    for number, sentence in enumerate(sentences):
        found = _introduced(sentence, rules, handle) or _described(sentence, rules)
        if found is not None and _is_name(found[0], places):
            return Person(*found, number)
    return None


def name_person(beats: Sequence[Beat], person: Person | None, media: Mapping[str, PlannedMedia]) -> list[Beat]:
    """The beats, one of them with the person's name: the first from the naming sentence on that shows one face and no other words."""
    beats = list(beats)
    spoken = next((place for place, beat in enumerate(beats) if person is not None and person.sentence in beat.sentences), None)
    if person is None or spoken is None:
        return beats
    for place in range(max(1, spoken), min(len(beats), spoken + BEATS_AFTER + 1)):
        if _can_show(beats[place], media):
            beats[place] = beats[place].model_copy(update={"person": person.name, "person_role": person.role or None})
            break
    return beats


def _introduced(sentence: str, rules: str, handle: str) -> tuple[str, str] | None:
    """“I'm Martin”, with or without a role; “it's Bethan from the surgery”, only with one."""
    role = rf"(?:,? (?P<from>{_FROM[rules]}\b[^,.;:!?–—]+)|, (?P<what>(?:{_ARTICLES[rules]}) ?[^,.;:!?–—]+))"
    first = re.search(rf"(?:^|\W)(?i:{_FIRST_PERSON[rules]}) {_NAME}{role}?(?=[\s,.;:!?–—]|$)", sentence)
    if first is not None:
        return first["name"], _role_of(first) or handle
    third = re.search(rf"(?:^|\W)(?i:{_THIRD_PERSON[rules]}) {_NAME}{role}(?=[\s,.;:!?–—]|$)", sentence)
    return (third["name"], _role_of(third)) if third is not None and _role_of(third) else None


def _role_of(found: re.Match[str]) -> str:
    role = (found["from"] or found["what"] or "").strip()
    return role if len(role) <= MOST_ROLE_CHARACTERS else ""


def _described(sentence: str, rules: str) -> tuple[str, str] | None:
    """“Solange, qui en fait depuis trente ans”."""
    found = re.search(rf"(?:^|\W)(?:(?i:{_THIRD_PERSON[rules]}) )?{_NAME}, (?P<role>(?:{_WHO[rules]}) [^,.;:!?–—]+)", sentence)
    return (found["name"], found["role"].strip()) if found is not None and len(found["role"]) <= MOST_ROLE_CHARACTERS else None


def _is_name(name: str, places: Collection[str]) -> bool:
    """Neither a place nor a nation nor a day; a name in capitals alone is a shout."""
    known = {place.casefold() for place in places}
    is_other = name.casefold() in known or any(word.casefold() in _NOT_NAMES for word in name.split())
    return len(name) <= MOST_NAME_CHARACTERS and not is_other and not name.isupper()


def _can_show(beat: Beat, media: Mapping[str, PlannedMedia]) -> bool:
    shown = media.get(beat.media_ids[0])
    has_words = bool(beat.title or beat.cards or beat.question or beat.place)
    return beat.role not in {"hook", "call"} and not has_words and shown is not None and len(shown.analysis.faces) == 1
