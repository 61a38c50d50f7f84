"""Facts that stand only in the prompt of a spoken reel are shown over the voice, so that none is lost."""

from __future__ import annotations

from collections.abc import Sequence

from reelwright.generation.planning import patterns
from reelwright.generation.planning.beats_of_script import Draft
from reelwright.generation.planning.facts import fact_pattern, find_numbers
from reelwright.generation.planning.instructions import rescue_facts
from reelwright.generation.planning.reading import Reading
from reelwright.generation.planning.words import capitalise, drop_ending, lower

MAX_FACT_WORDS = 9
MAX_FACT_CHARACTERS = 54
FACT_SHARE = 0.5
READ_START_SECONDS, READ_CHARACTERS_PER_SECOND = 0.35, 20.0


def show_facts(drafts: Sequence[Draft], reading: Reading) -> None:
    """Gives beats without a title a card each, the last beats first served, at most half of all."""
    hook = (drafts[0].title or "").lower()
    facts = [fact for fact in _unsaid_facts(reading) if fact.lower() not in hook]
    free = [draft for draft in drafts[1:] if not draft.title and draft.role in {"build", "payoff"}]
    room = [draft for draft in free if any(_is_readable(fact, draft.seconds) for fact in facts)]
    chosen = room[-max(1, int(FACT_SHARE * len(drafts))) :] if facts else []
    for draft in chosen:
        fitting = next((fact for fact in facts if _is_readable(fact, draft.seconds)), None)
        if fitting:
            draft.cards = (fitting,)
            facts.remove(fitting)


def _unsaid_facts(reading: Reading) -> list[str]:
    """Short pieces of the prompt with a number, a date, a price or words in capitals that the script does not hold."""
    said = reading.script.lower()
    told = f"{reading.content.call} {reading.content.title}".lower()
    facts = []
    for piece in [reading.content.head, *(part for item in reading.content.items for part in _parts_of(item, reading))]:
        text = drop_ending(piece)
        is_short = 1 < len(text.split()) <= MAX_FACT_WORDS and len(text) <= MAX_FACT_CHARACTERS
        facts += [fact for fact in ([] if is_short else rescue_facts(text, reading.lexicon)) if not _is_known(fact, said, told)]
        if is_short and _holds_fact(text) and not _is_known(text, said, told):
            facts.append(capitalise(text))
    return sorted(dict.fromkeys(facts), key=_rank)


def _rank(fact: str) -> int:
    """Prices and words in capitals first, then days and hours, then other numbers."""
    kinds = {match.lastgroup for match in fact_pattern().finditer(fact)}
    if kinds & {"price", "percent"} or not find_numbers(fact):
        return 0
    return 1 if kinds & {"when", "time"} else 2


def _parts_of(item: str, reading: Reading) -> list[str]:
    """A long item divided at its "and": "Its called Yin and it starts on 9 January"."""
    if len(item.split()) <= MAX_FACT_WORDS:
        return [item]
    return [item, *patterns.split(rf"\s+{reading.lexicon.texts.get('and_word', 'and')}\s+", item)]


def _holds_fact(text: str) -> bool:
    is_loud = len(patterns.findall(r"\b[A-ZÀ-Ý]{3,}\b", text)) >= 2
    return bool(find_numbers(text)) or is_loud or fact_pattern().search(text) is not None


def _is_known(text: str, said: str, told: str) -> bool:
    if text.lower() in told or text.lower() in said:
        return True
    numbers = find_numbers(text)
    words = [lower(word) for word in text.split() if len(lower(word)) > 3]
    heard = sum(word in said for word in words)
    return bool(words) and heard == len(words) and all(number in said for number in numbers)


def _is_readable(text: str, seconds: float) -> bool:
    return seconds >= READ_START_SECONDS + len(text) / READ_CHARACTERS_PER_SECOND
