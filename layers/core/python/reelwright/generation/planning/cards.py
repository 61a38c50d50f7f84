"""Text for a reel without a voice: a title and cards, every word cut out of the prompt."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from reelwright.generation.planning import patterns
from reelwright.generation.planning.approach import Opening
from reelwright.generation.planning.beats_of_script import Draft
from reelwright.generation.planning.days_of_cards import join_dates, split_when
from reelwright.generation.planning.facts import is_whole_fact
from reelwright.generation.planning.lexicon import Lexicon
from reelwright.generation.planning.prompt_lists import keep_conditions
from reelwright.generation.planning.reading import Reading
from reelwright.generation.planning.spans import COMMA
from reelwright.generation.planning.titles import find_title
from reelwright.generation.planning.words import capitalise, drop_ending, lower

MAX_HEAD_WORDS = 9
MAX_HEAD_CHARACTERS = 46
MAX_CARD_WORDS = 8
MAX_WHOLE_CARD_CHARACTERS, MAX_LONG_CARD_CHARACTERS = 60, 84
MIN_CUT_WORDS = 3
MIN_MEASURED, MAX_INGREDIENT_WORDS = 2, 5
MAX_JOINED_CHARACTERS = 52
MAX_APPOSED_WORDS, MAX_APPOSED_NAME_WORDS = 3, 5
MAX_UNDIVIDED_WORDS, MAX_TOLD_WORDS = 5, 6
MAX_SECOND_WORDS = 9
MAX_QUOTE_LINE_WORDS = 6
MAX_WHOLE_QUOTE_CHARACTERS = 80
MAX_WORDS_AROUND_TITLE = 3
STEM_LETTERS, TITLE_SHARE = 4, 0.6
READ_CHARACTERS_PER_SECOND = 15.0
READ_START_SECONDS = 0.7
_DATED_INTENTS = frozenset(("event", "sale", "product", "moments"))
_WHOLE_INTENTS = frozenset(("list", "howto", "recipe"))
_NUMBERED_INTENTS = frozenset(("list", "howto", "recipe"))
_COUNTED = re.compile(
    r"^(?:\d+(?:[.,/]\d+)?|[½¼¾])\s+(?!(?:min|minut|minuten|minutes?|minutos|minuti|hours?|horas?|stunden?|heures?|ore|h|days?|tage)\b)", re.IGNORECASE
)
_INGREDIENT = re.compile(r"^\d+(?:[.,/]\d+)? ?(?:g|kg|ml|l|cl|dl|cups?|tbsp|tsp|el|tl|eggs?|huevos|eier|œufs|ovos|uova)\b", re.IGNORECASE)
_ARTICLES = frozenset(["the", "der", "die", "das", "il", "la", "el", "le", "lo", "o", "los", "las", "les", "i", "gli"])
_STRONG_PREPOSITIONS = frozenset(["of", "de", "di", "von", "del", "du", "da", "do", "des", "della"])
_TOWARDS = frozenset(["to", "bis", "up", "hasta", "até", "jusqu'à", "fino"])
_LIVE = re.compile(r"(?:dal vivo|en (?:vivo|directo)|ao vivo|in diretta|en direct)\b", re.IGNORECASE)
_QUOTED = re.compile(r"[\"“«„]([^\"”»“]+)[\"”»“]")
_VERBS_OF_BEING = frozenset(["is", "are", "it", "you", "ist", "es", "est", "è", "é"])


@dataclass
class Cards:
    """``title`` is the hook; ``second`` stands under it; ``cards`` follow."""

    title: str
    cards: list[str] = field(default_factory=list)
    second: str = ""
    when: str = ""
    author: str = ""
    quote: str = ""
    numbered: tuple[str, ...] = ()


def make_cards(reading: Reading) -> Cards:
    """Title and cards of a prompt. An empty prompt gives no text at all."""
    head = reading.content.head
    if reading.facts.get("quote") and (reading.intent == "quote" or (_QUOTED.match(head) and not reading.content.title)):
        return _quote_cards(reading)
    head, items = join_apposition(head, reading.content.items, reading)
    rest, when = split_when(head, reading) if reading.intent in _DATED_INTENTS else (head, "")
    title, second = _head_title(rest, reading) if rest else ("", "")
    if reading.content.title and len(rest) <= MAX_WHOLE_CARD_CHARACTERS:
        title, second = rest, ""
    named = next((name for name in reading.content.names if name in head), "")
    if named and len(head) > MAX_HEAD_CHARACTERS and not reading.content.title:
        title, second = named, ""
    made = Cards(reading.content.title or title, second=second, when=when)
    texts = [*_under_title(title, reading), *([capitalise(second)] if second else []), *([when] if when else [])]
    kept = reading.content.verbatim
    items = [drop_ending(text) for item in items for text in ([item] if item in kept else _item_cards(item, reading))]
    items = [*(name for name in reading.content.names if name.lower() not in title.lower()), *items]
    shown = [*(drop_ending(text) for text in texts), *items]
    made.cards = [text for text in dict.fromkeys(shown) if text and text.lower() != made.title.lower()]
    if reading.intent in _NUMBERED_INTENTS:
        made.numbered = tuple(
            card for card in made.cards if card in items and not (reading.intent == "recipe" and is_ingredient(card, reading)) and not is_fact_card(card)
        )
    if reading.intent == "beforeafter":
        _frame_before_after(made, reading)
    return made


def join_apposition(head: str, members: Sequence[str], reading: Reading) -> tuple[str, list[str]]:
    """A short head and the name that explains it are one title: "my novel, THE TIDE CLERK"; with them, the items that are left."""
    items = list(members)
    if not items or len(head.split()) > MAX_APPOSED_WORDS or not reading.lexicon.has(head.split(maxsplit=1)[0] if head else "", "self"):
        return head, items
    name = items[0]
    is_name = (
        all(word[:1].isupper() for word in name.split() if len(word) > 3) and not patterns.search(r"\d", name) and len(name.split()) <= MAX_APPOSED_NAME_WORDS
    )
    if is_name and name[:1].isupper() and f"{head}, {name}" in reading.prompt:
        return f"{head}, {name}", items[1:]
    return head, items


def _under_title(head: str, reading: Reading) -> list[str]:
    """What the reel is about, as a card, where the creator gave another title; not where it says little more than that."""
    given = reading.content.title
    plain = _QUOTED.sub(r"\1", head)
    if not given or not head or (given.lower() in plain.lower() and len(plain.split()) - len(given.split()) <= MAX_WORDS_AROUND_TITLE):
        return []
    stems = {lower(word)[:STEM_LETTERS] for word in plain.split() if reading.lexicon.is_content(word)}
    told = {lower(word)[:STEM_LETTERS] for word in given.split()}
    return [] if len(stems & told) > TITLE_SHARE * len(stems) else [capitalise(plain)]


def draft_card_beats(made: Cards, reading: Reading, shot_seconds: float) -> list[Draft]:
    """A beat for the title and for each card, long enough to be read."""
    before, after = reading.lexicon.texts.get("before_after", ("Before", "After"))
    numbers = {card: place for place, card in enumerate(made.numbered, 1)} if len(made.numbered) > 1 else {}
    drafts = [Draft("hook", read_seconds(made.title, shot_seconds), made.title or reading.prompt, title=made.title or None)]
    for card in made.cards:
        forced = "before" if card == before else "after" if card == after else ""
        drafts.append(Draft("build", read_seconds(card, shot_seconds), card, cards=(card,), forced=forced, number=numbers.get(card)))
    if len(drafts) > 1:
        drafts[-1].role = "payoff"
    return drafts


def join_neighbours(drafts: list[Draft], room: float, reading: Reading) -> list[Draft]:
    """Where the seconds are too few, short cards that stand side by side in the prompt share one: "One chem, one drama"."""
    drafts = list(drafts)
    while sum(draft.seconds for draft in drafts) > room:
        pairs = [at for at in range(1, len(drafts) - 1) if _join_texts(drafts[at], drafts[at + 1], reading)]
        if not pairs:
            break
        at = min(pairs, key=lambda place: len(drafts[place].text) + len(drafts[place + 1].text))
        text = _join_texts(drafts[at], drafts[at + 1], reading)
        seconds = max(drafts[at].seconds, READ_START_SECONDS + len(text) / READ_CHARACTERS_PER_SECOND)
        drafts[at : at + 2] = [replace(drafts[at + 1], text=text, cards=(text,), seconds=seconds)]
    return drafts


def _join_texts(one: Draft, other: Draft, reading: Reading) -> str:
    """Both texts as they stand in the prompt; empty where they do not stand together there, or are numbered, or would be too long."""
    if any(draft.number is not None or draft.forced for draft in (one, other)):
        return ""
    is_verbatim = one.text in reading.content.verbatim or other.text in reading.content.verbatim
    between = r"\s/\s" if is_verbatim else r"(?:,|\s[+&/]|,? \w{1,3})\s"
    joint = rf"{re.escape(one.text)}{between}{re.escape(other.text)}"
    found = patterns.search(joint, reading.prompt, re.IGNORECASE)
    text = capitalise(found.group()) if found else ""
    return text if len(text) <= MAX_JOINED_CHARACTERS else ""


def open_with(made: Cards, opening: Opening, reading: Reading) -> Cards:
    """The same cards under another hook: what was the title becomes the first card; a card that became the hook is not shown twice."""
    title = [made.title] if made.title and opening.text.lower() not in made.title.lower() else []
    rest = [card for card in made.cards if card != opening.source or card in made.numbered]
    return replace(made, title=opening.text, cards=[*title, *rest])


def read_seconds(text: str, shot_seconds: float) -> float:
    """How long a text stands, in seconds: long enough to be read, and no shorter than most of a shot."""
    return max(0.7 * shot_seconds, READ_START_SECONDS + len(text) / READ_CHARACTERS_PER_SECOND)


def _head_title(head: str, reading: Reading) -> tuple[str, str]:
    """The title, and the part that stands under it: "with my sister", or what would make it too long."""
    lexicon = reading.lexicon
    second = ""
    if lexicon.is_ruled and not (reading.intent in _WHOLE_INTENTS and len(head) <= MAX_HEAD_CHARACTERS):
        together = patterns.search(rf"\s+({re.escape(lexicon.texts['with_word'])}\s+.+)$", head)
        if together and len(head[: together.start()].split()) >= 2:
            head, second = head[: together.start()], together.group(1)
    words = _without_ending(head, lexicon).split()
    is_own = len(words) > 1 and lexicon.has(words[1], "self")
    if len(words) > 2 and not is_own and lower(words[0]) in _ARTICLES and (lexicon.language != "en" or lower(words[0]) == "the"):
        words = words[1:]
    if lexicon.is_ruled and (len(words) > MAX_HEAD_WORDS or len(" ".join(words)) > MAX_HEAD_CHARACTERS):
        words, cut = _cut_head(words, reading)
        second = f"{cut} {second}".strip()
    title = capitalise(" ".join(words))
    if len(title) > 2 * MAX_HEAD_CHARACTERS:
        found = find_title(head, lexicon, reading.topics, 0.3)
        title = found.text if found else " ".join(words[:MAX_CARD_WORDS])
    return drop_ending(title), second if second and len(second.split()) <= MAX_SECOND_WORDS else ""


def _without_ending(head: str, lexicon: Lexicon) -> str:
    """A long head that tells a story is told up to its turn: "me failing at the same jump 47 times" then …"""
    if not lexicon.is_ruled or len(head.split()) <= MAX_HEAD_WORDS:
        return head
    turn = patterns.search(rf",?\s+(?:(?:{lexicon.texts['and_word']}|but)\s+)?(?:then|dann|luego|después|puis|depois|poi)\s", head, re.IGNORECASE)
    return head[: turn.start()] if turn and len(head[: turn.start()].split()) >= MIN_CUT_WORDS else head


def _cut_head(words: list[str], reading: Reading) -> tuple[list[str], str]:
    for at in range(min(7, len(words) - 1), 2, -1):
        is_border = reading.lexicon.has(words[at], "prepositions") and lower(words[at]) not in _STRONG_PREPOSITIONS
        if is_border and not reading.lexicon.is_weak(words[at - 1]):
            return words[:at], " ".join(words[at:])
    return words, ""


def _item_cards(item: str, reading: Reading) -> list[str]:
    """The cards of one item: itself, or two where a date, a comma or a preposition divides it, or its best piece."""
    words = item.split()
    if len(words) > MAX_UNDIVIDED_WORDS and reading.intent not in _NUMBERED_INTENTS:
        rest, when = split_when(item, reading)
        starts_with_hours = patterns.match(r"(?:de|from|von|ab|das|dalle) \d", rest)
        is_at_end = item.lower().rstrip(" .").endswith(when.lower()) or reading.intent in _DATED_INTENTS - {"moments"}
        if (
            when
            and is_at_end
            and 1 < len(rest.split()) < len(words)
            and not starts_with_hours
            and not patterns.match(rf"{reading.lexicon.texts.get('until', 'until')}", when, re.IGNORECASE)
        ):
            return [*_item_cards(rest, reading), when]
    if len(words) > MAX_CARD_WORDS and "," in item:
        parts = keep_conditions(join_dates([part.strip(" ,") for part in patterns.split(COMMA, item) if part.strip(" ,")]), reading.lexicon)
        if len(parts) == 1 and len(item) <= MAX_LONG_CARD_CHARACTERS:
            return [capitalise(item)]
        if len(parts) > 1:
            return [card for part in parts for card in _item_cards(part, reading)]
    tells = len(words) > MAX_TOLD_WORDS and reading.lexicon.has(words[0], "self") and any(reading.lexicon.is_number(word) for word in words)
    item = patterns.sub(r"^[\"“«„]\s*([^\"”»“]+?)\s*[\"”»“]$", r"\1", item)
    joins = patterns.search(rf"\b{reading.lexicon.texts.get('and_word', 'and')} (?:that|que|dass|che)\b", item, re.IGNORECASE)
    if joins:
        return [*_item_cards(item[: joins.start()].strip(" ,"), reading), *_item_cards(item[joins.end() :].strip(), reading)]
    if (len(words) > MAX_CARD_WORDS and len(item) > MAX_WHOLE_CARD_CHARACTERS) or tells:
        halves = [] if tells else _halve(words, reading)
        title = find_title(item, reading.lexicon, reading.topics, 0.4, 7)
        if not halves and not tells and (title is None or len(title.text.split()) < MIN_CUT_WORDS):
            return [capitalise(item)] if len(item) <= MAX_LONG_CARD_CHARACTERS else []
        return halves or [title.text if title else capitalise(item)]
    return [capitalise(item)]


def _halve(words: list[str], reading: Reading) -> list[str]:
    """Two cards of a long item, divided before a preposition or "and that" nearest the middle, where both parts can stand; else none."""
    lexicon = reading.lexicon
    borders = [
        at
        for at in range(3, len(words) - 1)
        if (lexicon.has(words[at], "prepositions") and lower(words[at]) not in _STRONG_PREPOSITIONS | _TOWARDS)
        or lower(words[at]) == lexicon.texts.get("and_word")
        if not lexicon.is_weak(words[at - 1])
        and not _LIVE.match(" ".join(words[at : at + 2]))
        and at <= MAX_CARD_WORDS
        and len(words) - at - (lower(words[at]) == lexicon.texts.get("and_word")) <= MAX_CARD_WORDS
    ]
    if not borders:
        return []
    at = min(borders, key=lambda border: (lower(words[border]) != lexicon.texts.get("and_word"), abs(border - len(words) / 2)))
    rest = words[at:]
    while rest and lexicon.has(rest[0], "conjunctions", "that"):
        rest = rest[1:]
    return [capitalise(" ".join(words[:at])), capitalise(" ".join(rest))] if len(rest) > 1 else []


def _frame_before_after(made: Cards, reading: Reading) -> None:
    before, after = reading.lexicon.texts.get("before_after", ("Before", "After"))
    if not any(patterns.search("before|antes|vorher|avant|prima", card, re.IGNORECASE) for card in made.cards):
        made.cards = [before, *made.cards, after]


def find_unsaid_quote(reading: Reading) -> Cards | None:
    """The saying that the prompt of a spoken reel quotes, where it is short enough for one text and the voice does not say it."""
    if reading.intent != "quote" or not reading.facts.get("quote"):
        return None
    made = _quote_cards(reading)
    is_said = drop_ending(made.quote).lower() in " ".join(reading.sentences).lower()
    return made if len(made.quote) <= MAX_WHOLE_QUOTE_CHARACTERS and not is_said else None


def _quote_cards(reading: Reading) -> Cards:
    """A short quote is one text, signed by its author; a longer one goes on from card to card."""
    quote = reading.facts["quote"][0]
    by = patterns.search(r"(?:\bby|\bde|\bvon|\bdi|—|–|(?<!\S)-)\s+((?:[A-ZÀ-Ý](?:\.|[\wÀ-ÿ'-]+)\s?)+)", reading.prompt.replace(quote, ""))
    author = by.group(1).strip() if by else ""
    if len(quote) <= MAX_WHOLE_QUOTE_CHARACTERS:
        return Cards(quote, author=author, quote=quote)
    lines = [line for phrase in patterns.split(r"(?<=[,;:.!?])\s+", quote) for line in _break_line(phrase, reading)]
    return Cards(lines[0], lines[1:] + ([author] if author else []), author=author, quote=quote)


def _break_line(phrase: str, reading: Reading) -> list[str]:
    words = phrase.split()
    if len(words) <= MAX_QUOTE_LINE_WORDS:
        return [phrase]

    def is_border(word: str) -> bool:
        return reading.lexicon.has(word, "prepositions", "conjunctions", "subordinators", "relatives") or lower(word) in _VERBS_OF_BEING

    borders = [at for at in range(2, len(words) - 1) if is_border(words[at])]
    middle = min(borders, key=lambda at: abs(at - len(words) / 2), default=len(words) // 2)
    return [" ".join(words[:middle]), " ".join(words[middle:])]


def is_ingredient(card: str, reading: Reading | None = None) -> bool:
    """Whether the card of a recipe is a measured or counted ingredient: "200 g flour", "1 pepino"; with ``reading`` also one that stands in the same list ("vinagre y sal")."""
    if _INGREDIENT.match(card) or _COUNTED.match(card):
        return True
    return reading is not None and reading.intent == "recipe" and _stands_among_ingredients(card, reading)


def _stands_among_ingredients(card: str, reading: Reading) -> bool:
    """Whether a short text stands behind a colon in a list of which at least two members are measured, before anything is done."""
    listed = patterns.search(rf":([^.\n]*?(?<!\w){re.escape(card)}(?!\w)[^.\n]*)", reading.prompt, re.IGNORECASE)
    members = [part.strip() for part in patterns.split(COMMA, listed.group(1))] if listed else []
    measured = sum(bool(_INGREDIENT.match(part) or _COUNTED.match(part)) for part in members)
    return measured >= MIN_MEASURED and len(card.split()) <= MAX_INGREDIENT_WORDS


def is_fact_card(card: str) -> bool:
    """Whether the card is only a date, time or price."""
    return is_whole_fact(card)
