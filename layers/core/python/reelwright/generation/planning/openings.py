"""The lines that may stand on the first frame: statements, questions, numbers, contrasts. All but two are the creator's own."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reelwright.generation.planning import patterns
from reelwright.generation.planning.approach import HookKind, Opening
from reelwright.generation.planning.cards import Cards, is_fact_card, is_ingredient, make_cards, open_with
from reelwright.generation.planning.days_of_cards import tells_of_own_day
from reelwright.generation.planning.facts import day_pattern, find_numbers, time_pattern
from reelwright.generation.planning.hooks import EARLY_SHARE, find_first_hook, find_hook, rate_opening
from reelwright.generation.planning.reading import Reading
from reelwright.generation.planning.titles import HOOK_FLOOR, find_title, rate_titles
from reelwright.generation.planning.word_warnings import is_risky
from reelwright.generation.planning.words import drop_ending, lower

OWN_QUESTION_SCORE = 0.9
FIRST_AND_LAST_SCORE = 0.7
CARD_FLOOR = 0.6
MIN_OPENING_WORDS = 3
MAX_OPENING_CHARACTERS = 48
_ADDRESS = re.compile(r"^[A-ZÀ-Ý][\w.'’-]*(?: [\w.'’-]+)* \d{1,4}\b(?!,\d)(?:,|$)")
_ORDINAL = r"\b[ao] (?:segunda|terça|quarta|quinta|sexta) [^\W\d_]{4,}"
"""In Portuguese "a segunda loja" is no Monday."""


def name_kind(text: str, reading: Reading) -> HookKind:
    """Question, number ("one" does not count), contrast, else statement."""
    words = [lower(word) for word in text.split()]
    if text.rstrip().endswith("?"):
        return "question"
    if any(reading.lexicon.is_number(word) and word != "one" for word in words):
        return "number"
    return "contrast" if any(reading.lexicon.has(word, "contrast") for word in words) else "statement"


def list_openings(reading: Reading) -> list[Opening]:
    """All openings of the brief, best first, each text once. The first one is what the rules choose themselves."""
    own = _first_opening(reading)
    others = _of_script(reading) if reading.sentences else _of_cards(make_cards(reading), reading)
    found = {own.text.lower(): own} if own.text else {}
    for opening in sorted(others, key=lambda one: -one.score):
        if is_risky(opening.text, reading.language):
            continue
        if not any(_says_the_same(opening.text, known) for known in found):
            found[opening.text.lower()] = opening
    return list(found.values())


def make_plain_cards(reading: Reading) -> Cards:
    """Title and cards of a prompt; a title with words that platforms are strict about gives way to another card where one can open."""
    made = make_cards(reading)
    if reading.content.title or made.quote or not is_risky(made.title, reading.language):
        return made
    plain = [one for one in _of_cards(made, reading) if one.source and not is_risky(one.text, reading.language)]
    return open_with(made, max(plain, key=lambda one: (not find_numbers(one.text), one.score)), reading) if plain else made


def find_avoided(reading: Reading) -> str:
    """The line that would open the reel if it held no words that platforms are strict about; empty where it opens or holds none."""
    usual, taken = (
        (find_first_hook(reading).text, find_hook(reading).text) if reading.sentences else (make_cards(reading).title, make_plain_cards(reading).title)
    )
    return usual if usual != taken else ""


def rate_hook(text: str, reading: Reading) -> float:
    """How good a hook the text is, 0..about 1.2."""
    if not text:
        return 0.0
    titles = rate_titles(text, reading.lexicon, reading.topics)
    same = [title.score for title in titles if title.text.lower() == drop_ending(text).lower()]
    return max(same, default=0.5)


def _first_opening(reading: Reading) -> Opening:
    if reading.sentences:
        hook = find_hook(reading)
        return Opening(hook.text, name_kind(hook.text, reading), hook.sentence, rate_hook(hook.text, reading))
    title = make_plain_cards(reading).title
    return Opening(title, name_kind(title, reading), "", rate_hook(title, reading))


def _of_script(reading: Reading) -> Iterator[Opening]:
    last = len(reading.sentences) - 1
    for place, sentence in enumerate(reading.sentences):
        is_question = sentence.rstrip().endswith("?")
        gives_away = place == last or place > EARLY_SHARE * last
        is_step = reading.lexicon.starts_step(sentence) is not None
        if reading.shared.greets(sentence) or reading.lexicon.calls_to_act(sentence) or is_step or (gives_away and not is_question):
            continue
        title = find_title(sentence, reading.lexicon, reading.topics, HOOK_FLOOR)
        if title and len(title.text.split()) >= MIN_OPENING_WORDS:
            yield Opening(title.text, name_kind(title.text, reading), sentence, rate_opening(title, place, reading))


def _of_cards(made: Cards, reading: Reading) -> Iterator[Opening]:
    if made.quote:
        return
    yield from _own_questions(reading)
    states = set(reading.lexicon.texts.get("before_after", ("Before", "After")))
    for card in made.cards:
        if card in states or card in made.numbered or len(card) > MAX_OPENING_CHARACTERS or _is_detail(card):
            continue
        title = next((title for title in rate_titles(card, reading.lexicon, reading.topics) if title.text == card), None)
        if title and title.score >= CARD_FLOOR and len(card.split()) >= MIN_OPENING_WORDS:
            yield Opening(card, name_kind(card, reading), card, title.score - 0.1)
    short = [card for card in made.cards if len(card) <= MAX_OPENING_CHARACTERS / 2 and card not in states and not _is_detail(card)]
    if reading.intent == "travel" and len(short) >= 2:
        yield Opening(f"{short[0]} → {short[-1]}", "contrast", "", FIRST_AND_LAST_SCORE)


def _is_detail(card: str) -> bool:
    """Whether the card is a date, a price, an address, hours or an ingredient: nothing that opens a reel."""
    return is_fact_card(card) or is_ingredient(card) or bool(_ADDRESS.search(card)) or bool(patterns.search(time_pattern(), card, re.IGNORECASE))


def _own_questions(reading: Reading) -> Iterator[Opening]:
    """The product's own questions: two with a place or a day of the brief in them, else the closing question of the intent."""
    lines = reading.lexicon.texts.get("own_questions", {})
    prompt = patterns.sub(_ORDINAL, "", reading.prompt, flags=re.IGNORECASE) if reading.language == "pt" else reading.prompt
    day = patterns.search(rf"\b({day_pattern()})\b", prompt, re.IGNORECASE)
    if reading.intent == "travel" and reading.places and "travel" in lines:
        yield Opening(lines["travel"].format(place=reading.places[0]), "question", "", OWN_QUESTION_SCORE)
    elif reading.intent == "event" and day and "event" in lines and not tells_of_own_day(reading):
        name = day.group(1).lower() if reading.language in {"es", "fr", "it", "pt"} else day.group(1).capitalize()
        yield Opening(lines["event"].format(day=name), "question", "", OWN_QUESTION_SCORE)
    else:
        ask = str(reading.lexicon.texts.get("asks", {}).get(reading.intent, ""))
        if ask.endswith("?") and ". " not in ask:
            yield Opening(ask, "question", "", OWN_QUESTION_SCORE - 0.2)


def _says_the_same(text: str, known: str) -> bool:
    """Whether one of two lines holds the other: they would open the same reel."""
    return text.lower() in known or known in text.lower()
