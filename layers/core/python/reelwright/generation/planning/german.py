"""German heads behind "über" and "für": what stands in the accusative there stands in the nominative as a title."""

from __future__ import annotations

from reelwright.generation.planning.lexicon import Lexicon
from reelwright.generation.planning.words import lower

_MASCULINE = {"unseren": "unser", "unsern": "unser", "meinen": "mein", "deinen": "dein", "seinen": "sein", "ihren": "ihr", "einen": "ein", "den": "der"}
_DATIVE = frozenset(["unserem", "meinem", "einem", "dem", "unserer", "meiner", "einer", "unseren", "meinen"])


def put_in_nominative(head: str, lexicon: Lexicon) -> str:
    """ "unseren neuen Laden" → "unser neuer Laden"; a dative loses its article: "unserem Umzug" → "Umzug". Other heads stay."""
    words = head.split()
    if len(words) < 2 or lexicon.language != "de":
        return head
    first = lower(words[0])
    if first in _MASCULINE:
        noun = next((at for at, word in enumerate(words[1:], 1) if word[:1].isupper()), 1 if len(words) == 2 else None)
        if noun is None:
            return head
        middle = [f"{word[:-2]}er" if word.endswith("en") else word for word in words[1:noun]]
        return " ".join([_MASCULINE[first], *middle, *words[noun:]])
    if words[0][:1].islower() and first.endswith(("en", "em")) and words[1][:1].isupper() and first not in _MASCULINE:
        return " ".join(words[1:])
    if first in _DATIVE and words[1][:1].isupper():
        return " ".join(words[1:])
    return head
