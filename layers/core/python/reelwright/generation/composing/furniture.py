"""What a page shows where nothing is said on it: running head, page number, frame number, an echo of the quote; none of it invented."""

from __future__ import annotations

import re

from reelwright.generation.composing.cover_words import cover_words, first_clause
from reelwright.generation.plan import Plan
from reelwright.generation.planning.words import drop_ending
from reelwright.reels.template import TextSource

MAX_RUNNING_CHARACTERS = 34
MAX_CLOSING_CHARACTERS = 44
MAX_ECHO_CHARACTERS = 44
MIN_ECHO_WORDS = 2
FIRST_FRAME = 11
"""The frame number of the first shot: film begins before the pictures do."""

QUOTE = "quote"
_CLAUSE_ENDS = re.compile(r"(?<=[,;:.!?…])\s+")
_MARKS = ' ,;:—–-“”"«»„'


def furnish_page(plan: Plan, number: int, count: int) -> dict[TextSource, str]:
    """The furniture of shot ``number`` among ``count``, the opener's number 0 and the end card not counted; the opener has a frame number alone."""
    frame: dict[TextSource, str] = {"frame": write_frame(number)}
    if number == 0 or number >= count:
        return frame
    texts: dict[TextSource, str] = {**frame, "running": short_title(plan, MAX_RUNNING_CHARACTERS), "folio": f"{number + 1}/{count}"}
    echoes = list_echoes(plan)
    return texts | ({"echo": echoes[number - 1]} if number <= len(echoes) else {})


def write_frame(number: int) -> str:
    """ "→ 11A", "→ 12", "→ 12A": half frames, as they stand beside the perforation."""
    half = number + 1
    return f"→ {FIRST_FRAME + half // 2}" + ("A" if half % 2 else "")


def short_title(plan: Plan, most: int) -> str:
    """The title, or what of it stands on its own where it has more than ``most`` characters; empty without one."""
    title = drop_ending(" ".join((plan.hook or plan.title).split()))
    if len(title) <= most:
        return title
    part = cover_words(title, plan.beats[0].emphasis if plan.beats else (), plan.language)
    return part if len(part) <= most else ""


def last_words(plan: Plan) -> str:
    """What a reel without a call ends on: the quote's last clause, else the title's words again; empty without a title."""
    clauses = _clauses(plan)
    if plan.intent == QUOTE and len(clauses) > 1:
        return clauses[-1]
    title = short_title(plan, MAX_CLOSING_CHARACTERS)
    return title or (first_clause(plan.hook) if len(first_clause(plan.hook)) <= MAX_CLOSING_CHARACTERS else "")


def list_echoes(plan: Plan) -> tuple[str, ...]:
    """What pages of a quote say again, each once: its clauses but the one on which the reel ends, then who said it."""
    if plan.intent != QUOTE:
        return ()
    clauses = _clauses(plan)
    kept = tuple(clause.rstrip(" ,;:") for clause in clauses[:-1])
    author = plan.author.strip(_MARKS)
    return (*kept, author) if author and len(author) <= MAX_ECHO_CHARACTERS else kept


def _clauses(plan: Plan) -> tuple[str, ...]:
    """The quote in clauses that may stand alone: none where one of them is too short or too long for it."""
    clauses = [clause.strip() for clause in _CLAUSE_ENDS.split(plan.hook.strip('“”"«»„ ')) if clause.strip()]
    is_fit = all(len(clause.split()) >= MIN_ECHO_WORDS and len(clause) <= MAX_ECHO_CHARACTERS for clause in clauses)
    return tuple(clauses) if is_fit else ()
