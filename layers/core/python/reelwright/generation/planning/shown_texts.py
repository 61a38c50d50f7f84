"""What a shown text is: a figure with its label, an item of a list, a place, a question. Only words that are there already."""

from __future__ import annotations

import re
from dataclasses import dataclass

from reelwright.generation.plan import Beat, TextKind
from reelwright.generation.planning import patterns
from reelwright.generation.planning.facts import PERCENT, PRICE, is_calendar_word, is_whole_fact, when_pattern
from reelwright.generation.planning.number_phrases import number_phrases
from reelwright.generation.planning.reading import Reading
from reelwright.generation.planning.sentences import split_sentences
from reelwright.generation.planning.words import bare, capitalise, drop_ending, lower

MAX_FIGURE_CHARACTERS = 8
MAX_LABEL_WORDS = 4
MAX_NOTE_WORDS, MAX_NOTE_CHARACTERS = 4, 24
MAX_QUESTION_WORDS = 8
_NUMERAL = re.compile(r"^(\d{1,2})\. ")
_MONEY = re.compile(rf"{PRICE}|{PERCENT}", re.IGNORECASE)
_UNITS = frozenset(["km", "kg", "m", "cm", "mm", "g", "ml", "l", "°c", "°f", "°", "min", "h", "%"])


@dataclass(frozen=True)
class Figure:
    """A number as it is set large, and the words under it."""

    figure: str
    label: str


def describe_beat(beat: Beat, number: int | None, author: str, reading: Reading, own_item: str = "") -> Beat:
    """The beat with the fields that say what its text is. ``number`` is its place in the list, where it belongs to one.

    ``own_item`` is the member of the list that is said under another title.
    """
    shown = beat.title or " ".join(beat.cards)
    item = own_item or (capitalise(_NUMERAL.sub("", shown)) if shown and number is not None and beat.role != "hook" else None)
    figure = find_figure(item or shown or beat.spoken or "", reading) if beat.role != "hook" else None
    is_author = bool(author) and author in beat.cards
    return beat.model_copy(
        update={
            "kind": _kind_of(beat, shown, number, is_author, figure, reading),
            "number": number,
            "item": item,
            "figure": figure.figure if figure else None,
            "label": figure.label or None if figure else None,
            "place": find_place(shown or beat.spoken or "", reading),
            "note": _find_note(beat, reading),
            "question": _find_question(shown or beat.spoken or ""),
            "author": author if is_author else None,
        }
    )


def find_figure(text: str, reading: Reading) -> Figure | None:
    """The first price, share or counted thing of a text: "400 €" with "Two weekends", "50" with "hours"."""
    money = _MONEY.search(text)
    if money:
        return Figure(money.group().strip(), _beside(text, money.start(), money.end(), reading))
    words = text.split()
    if not reading.lexicon.is_ruled or patterns.search(rf"{when_pattern()}", text, re.IGNORECASE):
        return None
    for phrase in number_phrases(words, reading.lexicon):
        start = next(at for at, word in enumerate(phrase) if reading.lexicon.is_number(word))
        label = phrase[start + 1 :][:MAX_LABEL_WORDS]
        while label and reading.lexicon.is_weak(label[-1]):
            label = label[:-1]
        figure = bare(phrase[start])
        if label and patterns.search(r"\d", figure) and len(figure) <= MAX_FIGURE_CHARACTERS:
            return Figure(figure, drop_ending(" ".join(label)))
    return _measure(words)


def find_place(text: str, reading: Reading) -> str | None:
    """The place of the brief that the text names."""
    return next((place for place in reading.places if patterns.search(rf"(?<!\w){re.escape(place)}(?!\w)", text)), None)


def _measure(words: list[str]) -> Figure | None:
    """ "180 °C", "8 km": a number with a unit."""
    for at, word in enumerate(words[:-1]):
        unit = lower(words[at + 1]) or words[at + 1].lower()
        if patterns.fullmatch(r"\d+(?:[.,]\d+)?", word) and unit.strip(".,;:") in _UNITS:
            return Figure(f"{word} {bare(words[at + 1]) or words[at + 1]}", "")
    return None


def _beside(text: str, start: int, end: int, reading: Reading) -> str:
    """The words before or after a price, where they are a phrase by themselves."""
    after, before = text[end:].strip(" ,.;:").split(), text[:start].strip(" ,.;:").split()
    while before and reading.lexicon.is_weak(before[-1]):
        before = before[:-1]
    for words in (after, before):
        if 0 < len(words) <= MAX_LABEL_WORDS and not reading.lexicon.is_weak(words[-1]) and not reading.lexicon.has(words[0], "conjunctions", "relatives"):
            return drop_ending(" ".join(words))
    return ""


def _kind_of(beat: Beat, shown: str, number: int | None, is_author: bool, figure: Figure | None, reading: Reading) -> TextKind | None:
    if not shown:
        return None
    if beat.role == "hook":
        return "quote" if reading.intent == "quote" else "title"
    if is_author:
        return "author"
    before, after = reading.lexicon.texts.get("before_after", ("Before", "After"))
    named: dict[str, TextKind] = {before: "before", after: "after"}
    if shown in named:
        return named[shown]
    return _kind_of_words(shown, number, figure, reading)


def _kind_of_words(shown: str, number: int | None, figure: Figure | None, reading: Reading) -> TextKind:
    if number is not None:
        return "item"
    if shown.endswith("?"):
        return "question"
    if patterns.fullmatch(when_pattern(), shown, re.IGNORECASE) or (is_whole_fact(shown) and any(is_calendar_word(word) for word in shown.split())):
        return "date"
    if reading.intent == "quote":
        return "quote"
    if figure and len(figure.figure) >= 0.25 * len(shown):
        return "figure"
    return "place" if find_place(shown, reading) else "fact"


def _find_note(beat: Beat, reading: Reading) -> str | None:
    """The short sentence of a beat that holds several: "We don't.", "It works." """
    sentences = split_sentences(beat.spoken or "")
    short = [one for one in sentences[1:] if len(one.split()) <= MAX_NOTE_WORDS and len(one) <= MAX_NOTE_CHARACTERS]
    usable = [drop_ending(one) for one in short if not reading.lexicon.calls_to_act(one) and drop_ending(one) != beat.title]
    return usable[0] if usable else None


def _find_question(text: str) -> str | None:
    asked = [one for one in split_sentences(text) if one.endswith("?") and len(one.split()) <= MAX_QUESTION_WORDS]
    return asked[0] if asked else None
