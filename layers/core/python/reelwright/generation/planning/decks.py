"""The line under the title: what the reel is about, when or where, in templates that draw one."""

from __future__ import annotations

from dataclasses import replace

from reelwright.generation.planning.cards import Cards
from reelwright.generation.planning.facts import is_whole_fact
from reelwright.generation.planning.pieces import is_told, names_genre
from reelwright.generation.planning.reading import Reading
from reelwright.generation.planning.words import capitalise, drop_ending
from reelwright.reels.template import Template

MAX_DECK_CHARACTERS = 60
MIN_DECK_WORDS = 2


def draws_deck(template: Template) -> bool:
    """Whether an opening layout of the template takes a line under the title."""
    return any("deck" in template.layout(name).takes for name in template.openers)


def find_deck(hook: str, template: Template, reading: Reading) -> str:
    """The deck of a spoken reel: its name, else its topic where neither hook nor voice says it."""
    if not draws_deck(template) or not reading.lexicon.is_ruled:
        return ""
    for text in (*reading.content.names, drop_ending(reading.content.head)):
        if (
            text
            and not names_genre(text)
            and len(text) <= MAX_DECK_CHARACTERS
            and len(text.split()) >= MIN_DECK_WORDS
            and not is_told(text, reading, hook.lower())
        ):
            return capitalise(text)
    return ""


def take_deck(made: Cards, template: Template) -> tuple[Cards, str]:
    """Cards without those that stand under the title: "with my sister", or the date and place right behind it."""
    if not draws_deck(template) or not made.cards or made.quote:
        return made, ""
    first = made.cards[0]
    if made.second and first.lower() == made.second.lower():
        return replace(made, cards=made.cards[1:]), first
    facts: list[str] = []
    for card in made.cards:
        if not is_whole_fact(card) or card in made.numbered or len(" · ".join([*facts, card])) > MAX_DECK_CHARACTERS:
            break
        facts.append(card)
    return replace(made, cards=made.cards[len(facts) :]), " · ".join(facts)
