"""What a wish tells beside itself: "I'd like to show how we work, we're open Tuesday to Saturday, Mill Lane 3" names hours and a street."""

from __future__ import annotations

import re

from reelwright.generation.planning import patterns
from reelwright.generation.planning.facts import holds_facts
from reelwright.generation.planning.spans import COMMA, split_outside

MAX_ADDRESS_WORDS = 6
_STATES = re.compile(
    r"(?:(?:and|und|y|et|e|because|weil|denn|porque|car|perché) )?(?:we['’]?re|we are|we open|we sell|it['’]?s|it is|it costs|it starts|open|doors|tickets|entry|the (?:shop|studio|show|course|café|cafe|market) is"
    r"|wir (?:haben|sind|öffnen)|geöffnet|offen|es (?:kostet|beginnt|ist)|eintritt|estamos|abrimos|abiert[oa]s?|cuesta|empieza|son|es (?:el|la|a|en)|entrada|nous sommes|on est|ouvert(?:e|s)?|c['’]est|ça coûte|entrée"
    r"|siamo|apriamo|apert[oiae]|costa|comincia|è|ingresso|ci trovate|abrimos|abert[oa]s?|custa|começa|ficamos|é (?:no|na|em|às|a)|entrada)\b",
    re.IGNORECASE,
)
_PLACE = re.compile(
    r"\b(?:street|st|road|rd|lane|avenue|square|via|viale|piazza|vicolo|rue|place|avenue|calle|plaza|rua|praça|avenida|travessa)\b|\w+(?:straße|strasse|weg|gasse|platz)\b",
    re.IGNORECASE,
)


def find_told(wish: str) -> str:
    """The parts of a wish that state facts: from the first that says when, where or for how much, with addresses behind it; empty where none does."""
    kept: list[str] = []
    for part in [part.strip(" .!") for part in split_outside(wish, COMMA)][1:]:
        states = _STATES.match(part) is not None and holds_facts(part)
        is_address = holds_facts(part) and _PLACE.search(part) is not None and len(part.split()) <= MAX_ADDRESS_WORDS
        if states or is_address:
            kept.append(patterns.sub(r"^(?:and|und|y|et|e)\s+", "", part, flags=re.IGNORECASE))
    return ", ".join(kept)
