"""A quote that the plan has on several cards stands whole on the opener; who said it stands below it, once."""

from __future__ import annotations

import re

from reelwright.generation.plan import Beat, Plan
from reelwright.generation.planning.words import bare

TEMPLATE, INTENT = "quote", "quote"
MAX_CHARACTERS = 80
"""A longer quote goes on from card to card."""

OPENER_SECONDS, MOST_MOVED = 4.6, 0.4
"""How long the quote stands until its author is read too, seconds; and the share of the other shots that may go into that."""

CALM_SECONDS = 2.6
DASH = "——"
_CLAUSE_ENDS = re.compile(r"(?<=[,;:.!?…])\s+")


def gather_quote(plan: Plan) -> Plan:
    """The plan with its quote on the opener, where it is short enough and no voice speaks it; else the plan as it is."""
    if plan.template != TEMPLATE or plan.intent != INTENT or plan.spoken_script:
        return plan
    pieces = [plan.hook, *(_words_of(beat) for beat in plan.beats[1:] if _words_of(beat) not in {"", plan.author})]
    whole = " ".join(pieces)
    if len(whole) > MAX_CHARACTERS or not plan.hook:
        return _sign_last(plan)
    rest = sum(beat.seconds for beat in plan.beats[1:])
    kept = _with_room(plan)
    moved = min(max(0.0, OPENER_SECONDS - plan.beats[0].seconds), MOST_MOVED * rest)
    emphasis = plan.beats[0].emphasis or _last_words(whole)
    opener = plan.beats[0].model_copy(update={"title": whole, "seconds": plan.beats[0].seconds + moved, "emphasis": (*emphasis, DASH)})
    share = (rest - moved) / sum(beat.seconds for beat in kept) if kept else 1.0
    beats = (opener, *(_silenced(beat, share) for beat in kept))
    shown = {media_id for beat in beats for media_id in beat.media_ids}
    left = [media_id for beat in plan.beats for media_id in beat.media_ids if media_id not in shown]
    author = f"{DASH} {plan.author}" if plan.author else ""
    return plan.model_copy(update={"hook": whole, "author": author, "beats": beats, "unused_media": (*dict.fromkeys(left), *plan.unused_media)})


def _with_room(plan: Plan) -> tuple[Beat, ...]:
    """The shots after the opener, one less where all of them would be hurried: its picture may stand beside another."""
    kept = plan.beats[1:]
    room = sum(beat.seconds for beat in kept) - max(0.0, OPENER_SECONDS - plan.beats[0].seconds)
    return kept[:-1] if len(kept) > 1 and room / len(kept) < CALM_SECONDS else kept


def _words_of(beat: Beat) -> str:
    return " ".join(beat.cards) or beat.title or ""


def _silenced(beat: Beat, share: float) -> Beat:
    """The beat without its words, for ``share`` of its seconds."""
    bare_beat = beat.model_copy(update={"title": None, "cards": (), "kind": None, "author": None}) if _words_of(beat) else beat
    return bare_beat.model_copy(update={"seconds": beat.seconds * share})


def _sign_last(plan: Plan) -> Plan:
    """Who said it stands on the card after the last words and not on the opener too."""
    if not any(_words_of(beat) == plan.author for beat in plan.beats[1:]):
        return plan
    return plan.model_copy(update={"author": ""})


def _last_words(whole: str) -> tuple[str, ...]:
    """The word on which each clause ends."""
    clauses = [clause.split() for clause in _CLAUSE_ENDS.split(whole) if clause.split()]
    return tuple(dict.fromkeys(bare(words[-1]) for words in clauses))
