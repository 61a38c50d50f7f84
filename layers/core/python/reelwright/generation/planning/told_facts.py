"""Which numbers and names of a brief a plan tells: on screen, in the voice, or only beside the reel. One count for notes and score."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from reelwright.generation.plan import Plan
from reelwright.generation.planning.brief_talk import is_brief_talk
from reelwright.generation.planning.facts import find_numbers
from reelwright.generation.planning.offers import is_told
from reelwright.generation.planning.reading import Reading
from reelwright.generation.planning.said_numbers import says_number
from reelwright.generation.planning.text_gate import find_lost_facts
from reelwright.generation.planning.words import drop_ending

MAX_PHRASE_CHARACTERS = 60


@dataclass(frozen=True)
class ToldFacts:
    """``all_facts`` of the brief, the ``posted`` ones that stand only beside the reel, the ``lost`` ones that stand nowhere."""

    all_facts: tuple[str, ...]
    posted: tuple[str, ...]
    lost: tuple[str, ...]

    @property
    def unseen(self) -> tuple[str, ...]:
        """What is neither seen nor heard."""
        return (*self.posted, *self.lost)


def count_facts(plan: Plan, reading: Reading) -> ToldFacts:
    """Looks for every number and name of the brief in the plan. A quotation's reel shows what it quotes, and counts as told."""
    content = " . ".join([*reading.sentences, reading.content.head, *reading.content.items, reading.content.call])
    every = tuple(find_lost_facts([], content, reading.lexicon))
    if reading.intent == "quote":
        return ToldFacts(every, (), ())
    unseen = find_lost_facts(shown_texts(plan), content, reading.lexicon)
    posts = posted_text(plan)
    posted = tuple(fact for fact in unseen if (says_number(posts, fact, reading.language) if fact[:1].isdigit() else fact.lower() in posts.lower()))
    return ToldFacts(every, posted, tuple(fact for fact in unseen if fact not in posted))


def find_unused_pieces(plan: Plan, reading: Reading) -> list[str]:
    """Pieces of the prompt that were read as text and stand nowhere, neither on screen nor beside the reel."""
    told = " ".join([*shown_texts(plan), posted_text(plan)]).lower()
    pieces = dict.fromkeys(drop_ending(piece) for piece in reading.content.items)
    return [piece for piece in pieces if len(piece.split()) > 1 and not is_told(piece, told) and not is_brief_talk(piece, reading)]


def find_talk(plan: Plan, reading: Reading) -> list[str]:
    """Pieces that were read as talk to us and left out, so that the creator sees it."""
    told = " ".join([*shown_texts(plan), posted_text(plan)]).lower()
    return [piece for piece in map(drop_ending, reading.content.items) if is_brief_talk(piece, reading) and not is_told(piece, told)]


def name_with_phrase(fact: str, reading: Reading) -> str:
    """A number alone says nothing: it is named with the short piece of the prompt that it stands in."""
    if not fact[:1].isdigit():
        return fact
    pieces = [drop_ending(piece) for piece in [reading.content.head, *reading.content.items] if fact in find_numbers(piece)]
    return next((piece for piece in pieces if len(piece) <= MAX_PHRASE_CHARACTERS), fact)


def shown_texts(plan: Plan) -> list[str]:
    """Everything on screen and in the voice."""
    return list(_texts_of(plan))


def posted_text(plan: Plan) -> str:
    """All posts together."""
    return " ".join(f"{post.title} {post.text}" for post in plan.post_texts.values())


def _texts_of(plan: Plan) -> Iterator[str]:
    yield from (plan.hook, plan.deck, *plan.end_card, *plan.spoken_script)
    for beat in plan.beats:
        yield from (*beat.cards, beat.title or "", beat.author or "")
