"""What stands in or beside a wish and says nothing to a viewer: it is taken out of a brief before anything is shown or posted."""

from __future__ import annotations

import re
from dataclasses import replace

from reelwright.generation.plan import PlanInput
from reelwright.generation.planning import patterns
from reelwright.generation.planning.aside_words import load_aside_words
from reelwright.generation.planning.brief_talk import drop_saying, is_brief_talk
from reelwright.generation.planning.cards import join_apposition
from reelwright.generation.planning.days_of_cards import is_day
from reelwright.generation.planning.facts import holds_facts
from reelwright.generation.planning.reading import Reading, read_brief
from reelwright.generation.planning.words import capitalise, drop_ending

MIN_INTRODUCED_WORDS = 2
MAX_HEAD_CHARACTERS = 84
_AND_I = re.compile(r",?\s+(?:and|und|et)\s+(?=(?:i'?m|i|we'?re|we|ich|wir|je|nous|on)\b)", re.IGNORECASE)
_NAMES_ONESELF = re.compile(
    r"(?i:i['’]?m|i am|my name is|ich bin|ich hei(?:ß|ss)e|mein name ist|soy|me llamo|je suis|je m['’]appelle|moi c['’]est|sono|mi chiamo|sou|chamo-me|me chamo) [A-ZÀ-Ý][\w'’-]+(?: [A-ZÀ-Ý][\w'’-]+)?"
)
_RELATIVE = re.compile(
    r"(?:die|der|das|den|dem|deren|que|qui|dont|che|which|who|where) (?:wir|ich|man|sie|er|es|\w+ (?:vorkommen|auftauchen)|nous|vous|on|je|we|they|hacemos|ofrecemos)\b",
    re.IGNORECASE,
)


def read_copy(wanted: PlanInput) -> Reading:
    """The brief as ``read_brief`` reads it, without the pieces that are said beside a wish, and with a head that says what the reel is about."""
    reading = read_brief(wanted)
    if not reading.lexicon.is_ruled:
        return reading
    content = reading.content
    head = _tidy_head(content.head, reading)
    items = [text for item in content.items if (text := item if item in content.verbatim else _tidy_item(item, reading))]
    head, more = _divide_head(head)
    head, items = _put_day_second(head, items)
    if items and _NAMES_ONESELF.fullmatch(drop_ending(head)) and not holds_facts(items[0]):
        head, items = f"{drop_ending(head)}, {items[0]}", items[1:]
    items = [*more, *items]
    told = [item for item in items if item not in content.verbatim and item not in content.late_items and is_aside(item, reading)]
    items = [item for item in items if item not in told]
    if reading.sentences:
        head, items = join_apposition(head, items, reading)
    return replace(reading, content=replace(content, head=head, items=items, instructions=[*content.instructions, *told]))


def is_aside(item: str, reading: Reading) -> bool:
    """Whether an item without facts is said to us: a wish, a remark about the film, a relative clause torn from its noun. A silent reel shows what it names."""
    if holds_facts(item) or drop_saying(item, reading) != item:
        return False
    words = load_aside_words(reading.language)
    is_torn = bool(_RELATIVE.match(item)) and f", {item}".lower() in reading.prompt.lower()
    return (
        is_torn
        or patterns.match(rf"(?:{words.aside})", item, re.IGNORECASE) is not None
        or (bool(reading.sentences) and not _is_listed(item, reading) and is_brief_talk(item, reading))
    )


def _is_listed(item: str, reading: Reading) -> bool:
    """Whether the item stands in a list behind a colon: "New hair: colour, cut, style"."""
    before = reading.prompt[: max(0, reading.prompt.lower().find(item.lower()))]
    return ":" in patterns.split(r"[.!?]\s|\n", before)[-1]


def _tidy_head(head: str, reading: Reading) -> str:
    """ "Soy guía en Granada y hago un paseo nocturno" → "un paseo nocturno"; "mi occupo della Sagra" → "Sagra"."""
    words = load_aside_words(reading.language)
    rest = patterns.sub(rf"^(?:{words.does})", "", head, count=1, flags=re.IGNORECASE)
    return capitalise(rest) if rest != head and len(rest.split()) >= MIN_INTRODUCED_WORDS else head


def _put_day_second(head: str, items: list[str]) -> tuple[str, list[str]]:
    """ "This Saturday, garage sale at ours" is about the sale: a head that is only a day changes places with what follows."""
    if not items or not is_day(head) or is_day(items[0]) or holds_facts(items[0]):
        return head, items
    return capitalise(items[0]), [head, *items[1:]]


def _divide_head(head: str) -> tuple[str, list[str]]:
    """A head too long for a card is two sentences where "and I" joins them: its day stays in the half it belongs to."""
    halves = _AND_I.split(head, maxsplit=1) if len(head) > MAX_HEAD_CHARACTERS else [head]
    return halves[0], halves[1:]


def _tidy_item(item: str, reading: Reading) -> str:
    """The item without "to show" at its end and without the label before a name; nothing where it only announces a list."""
    words = load_aside_words(reading.language)
    text = patterns.sub(rf"\s+(?:{words.shown})$", "", item, flags=re.IGNORECASE)
    if text != item and len(text.split()) < MIN_INTRODUCED_WORDS + 1 and patterns.search(rf"{re.escape(item)}\s?:", reading.prompt):
        return ""  # "Trois plats à montrer :" announces the list behind it
    named = patterns.sub(rf"^(?:{words.label})\s?:?\s+(?=[A-ZÀ-Ý])", "", text, flags=re.IGNORECASE)
    return "" if patterns.fullmatch(rf"(?:{words.heading})", drop_ending(named), re.IGNORECASE) else named
