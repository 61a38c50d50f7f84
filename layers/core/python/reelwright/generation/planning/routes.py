"""Routes: "9 days of getting lost: Beijing, Picos de Europa, Aizkorri" are places, one after the other."""

from __future__ import annotations

import re
from collections.abc import Sequence

from reelwright.generation.planning import patterns
from reelwright.generation.planning.facts import find_names
from reelwright.generation.planning.lexicon import Lexicon

LEAST_PLACES, MOST_PLACES = 2, 8
_ON_THE_WAY = re.compile(
    r"\b(?:trip|roadtrip|road|route|journey|travel\w*|lost|places?|stops?|cit(?:y|ies)|towns?|villages?|islands?|countries|peaks?|summits?|hik\w+"
    r"|viajes?|viajando|ruta|lugares|paradas|ciudades|pueblos|islas|perdid\w+|cumbres"
    r"|voyages?|étapes?|villes|villages|îles|lieux|perdus?|sommets"
    r"|viagg\w+|tappe|città|luoghi|isole|borghi|pers[oi]|cime"
    r"|viagem|viagens|rota|cidades|ilhas|paragens|perdid\w+)\b",
    re.IGNORECASE,
)


def find_route(head: str, members: Sequence[str], lexicon: Lexicon) -> list[str]:
    """The members of a list, where its head speaks of being on the way and every one of them is a name; none otherwise.

    German writes all nouns with a capital: a list of them tells nothing there.
    """
    if not lexicon.is_ruled or not LEAST_PLACES <= len(members) <= MOST_PLACES or not _ON_THE_WAY.search(head):
        return []
    are_names = all(find_names(f"x {member}", lexicon) == [member] for member in members)
    return list(members) if are_names and not patterns.search(rf"\b{lexicon.texts['with_word']}$", head.strip(), re.IGNORECASE) else []
