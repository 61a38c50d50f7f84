"""The line that closes a post where the creator gave none: the product's own question, and only where it fits."""

from __future__ import annotations

import re

from reelwright.generation.planning import patterns
from reelwright.generation.planning.days_of_cards import tells_of_own_day
from reelwright.generation.planning.facts import fact_pattern
from reelwright.generation.planning.offers import is_contact
from reelwright.generation.planning.pieces import find_contact
from reelwright.generation.planning.post_words import load_post_words
from reelwright.generation.planning.reading import Reading
from reelwright.generation.planning.sentences import split_sentences

ASKING_INTENTS = frozenset(("travel", "list", "recipe", "howto", "event", "dayinlife"))
"""A question under an advert, a story or a before and after is noise; under these it is what people write."""

PAYING_INTENTS = frozenset(("event",))
"""An event names its price and still asks who comes along; elsewhere a price makes an advert."""


def find_closing_line(reading: Reading) -> str:
    """The product's own closing line; empty with a script, with a call of the creator's, for adverts and for solemn or happy family days."""
    if reading.sentences or not reading.lexicon.is_ruled or reading.intent not in ASKING_INTENTS:
        return ""
    text = f"{reading.content.call} {reading.prompt}"
    words = load_post_words(reading.language)
    if reading.content.call or reading.lexicon.calls_to_act(text) or patterns.search(rf"(?<!\w)(?:{words.solemn})(?!\w)", text, re.IGNORECASE):
        return ""
    is_paid = any(match.lastgroup == "price" for match in fact_pattern().finditer(reading.prompt)) and reading.intent not in PAYING_INTENTS
    if reading.intent == "event" and tells_of_own_day(reading):
        return ""
    if is_contact(reading.prompt) or find_contact(reading.prompt) or (is_paid and reading.intent not in {"recipe", "howto", "list"}):
        return ""
    return _for_several(str(reading.lexicon.texts.get("asks", {}).get(reading.intent, "")), reading)


def _for_several(line: str, reading: Reading) -> str:
    """Several people do not say "Tell me what I missed."."""
    plural = load_post_words(reading.language).plural.split()
    is_several = any(patterns.search(rf"(?<!\w){word}(?!\w)", reading.prompt, re.IGNORECASE) for word in plural)
    return "" if is_several and len(split_sentences(line)) > 1 else line
