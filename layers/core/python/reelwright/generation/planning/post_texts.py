"""What stands beside the reel on each platform, in the creator's words: a line that opens, what it is, the offer, the call."""

from __future__ import annotations

import re

from reelwright.generation.plan import PostText
from reelwright.generation.planning import patterns
from reelwright.generation.planning.beats_of_script import Draft
from reelwright.generation.planning.brief_talk import drop_need, drop_saying, is_brief_talk, restore_introduction
from reelwright.generation.planning.cards import Cards, is_ingredient
from reelwright.generation.planning.closing_lines import find_closing_line
from reelwright.generation.planning.facts import fact_pattern, find_numbers, is_calendar_word
from reelwright.generation.planning.fitting import Fitted
from reelwright.generation.planning.hashtags import find_brands, find_hashtags
from reelwright.generation.planning.hooks import Hook
from reelwright.generation.planning.leaning import chain_of
from reelwright.generation.planning.offers import find_addressed, find_credits, find_offer_lines, find_subject, is_told
from reelwright.generation.planning.platform_texts import MAX_YOUTUBE_TITLE_CHARACTERS, PostLines, write_for
from reelwright.generation.planning.post_sentences import (
    MAX_CHAIN,
    MAX_FIRST_LINE_CHARACTERS,
    MAX_SHORT_STORY_CHARACTERS,
    MAX_TAUGHT_CHARACTERS,
    choose_first_line,
    choose_sentences,
    choose_warning,
    keep_whole,
    write_steps,
)
from reelwright.generation.planning.post_words import load_post_words
from reelwright.generation.planning.reading import Reading
from reelwright.generation.planning.titles import find_title
from reelwright.generation.planning.word_warnings import is_risky
from reelwright.generation.planning.words import capitalise, drop_ending, lower, tidy

INFORMATION_SENTENCES, SENTENCES_BESIDE_OFFER = 2, 1
LONG_OFFER_LINES = 4
NUMBERED_INTENTS = frozenset(("list", "howto", "recipe"))
MIN_NUMBERED = 3
_I_AM = r"i'?m|i am|we'?re|soy|somos|ich bin|wir sind|je suis|nous sommes|sono|siamo|sou"
TAUGHT_INTENTS = frozenset(("recipe", "howto"))

__all__ = ["PostLines", "fixed_lines", "write_card_post", "write_posts", "write_script_post"]


def write_script_post(fitted: Fitted, hook: Hook, drafts: list[Draft], reading: Reading) -> PostLines:
    """The line that opens, what it is about, sentences that carry something, the offer of the prompt, the call."""
    spoken = [sentence for sentence in fitted.sentences if not reading.shared.greets(sentence)] or fitted.sentences
    first_line, first = choose_first_line(spoken, hook, reading)
    calls = [sentence for sentence in fitted.sentences[-2:] if reading.lexicon.calls_to_act(sentence) and sentence != first]
    ending = _call_chain(calls[-1], first, fitted, reading) if calls else _last_question(fitted.sentences, first)
    closing = " ".join(ending)
    own_call = reading.content.call if not is_told(reading.content.call, closing.lower()) else ""
    chapters = [f"{draft.number}. {draft.item}" for draft in drafts if draft.item]
    told = " ".join([first_line, own_call, closing])
    offers = find_offer_lines(reading, told)
    subject = next((line for line in offers if line == hook.text or _is_plain_head(line, reading)), "")
    offers = [line for line in offers if line != subject]
    if not subject and write_steps(fitted.sentences, [], reading)[0]:
        subject = next((line for line in offers if _tells_how(line)), "")
        offers = [line for line in offers if line != subject]
    if offers or own_call:
        said = " ".join([told, *offers])
        subject = subject or find_subject(reading, said) or find_addressed(reading, f"{said} {reading.script}")
    limit = SENTENCES_BESIDE_OFFER if len(offers) >= LONG_OFFER_LINES else INFORMATION_SENTENCES
    middle = choose_sentences(spoken, [first, *ending, *calls], hook, [*offers, own_call], reading, limit)
    most = MAX_TAUGHT_CHARACTERS if reading.intent in TAUGHT_INTENTS else MAX_SHORT_STORY_CHARACTERS
    middle = keep_whole(spoken, [first, *ending, *calls], reading, most) or middle
    steps, rest = write_steps(fitted.sentences, [first, *ending, *calls], reading)
    body = [*steps, *choose_warning(rest, reading)] if steps else chapters if len(chapters) > 1 else [" ".join(middle)]
    block = [subject, *body, *offers] if steps else [*body, subject, *offers]
    lines = _clean([first_line, *block, *_order_calls(closing, own_call, reading), *find_credits(reading)])
    return PostLines(lines, _youtube_title(spoken, calls, hook, subject, reading), own_call or closing, tuple(filter(None, [subject, *offers])), subject)


def write_card_post(made: Cards, reading: Reading) -> PostLines:
    """The title, the lines of the prompt as the creator wrote them, the call."""
    if made.quote:
        author = f"— {made.author}" if made.author else ""
        return PostLines(_clean([f"“{made.quote}”", author, find_closing_line(reading)]), made.quote)
    title = _first_line(made, reading)
    call = reading.content.call or find_closing_line(reading)
    states = set(reading.lexicon.texts.get("before_after", ("Before", "After")))
    cards = [card for card in made.cards if card not in states and not is_told(card, title.lower())]
    listed = _numbered_lines([card for card in cards if (card in made.numbered or is_ingredient(card, reading)) and not is_brief_talk(card, reading)], reading)
    told = " ".join([title, *listed, call])
    offers = find_offer_lines(reading, told, kept=cards) if reading.lexicon.is_ruled else cards
    call, offers = _continue_call(call, offers, reading)
    addressed = find_addressed(reading, " ".join([told, *offers]))
    offers = [addressed, *offers] if addressed else offers
    title, offers = _widen(title, offers, reading)
    lines = _clean([title, *listed, *offers, call, *find_credits(reading)])
    subject = next((line for line in offers[:1] if reading.content.title and line.lower() == drop_ending(reading.content.head).lower()), "")
    return PostLines(lines, title if len(title) <= MAX_YOUTUBE_TITLE_CHARACTERS else made.title, call if reading.content.call else "", tuple(offers), subject)


def write_posts(post: PostLines, platforms: tuple[str, ...], reading: Reading) -> dict[str, PostText]:
    """The text for each platform, within its limits."""
    tags = find_hashtags(reading)
    return {platform: write_for(platform, post, tags, reading) for platform in platforms}


def fixed_lines(reading: Reading) -> list[str]:
    """The lines that are the product's own and may stand in a post or on a card."""
    states = reading.lexicon.texts.get("before_after", ("Before", "After"))
    return [*reading.lexicon.texts.get("asks", {}).values(), *states]


def _call_chain(call: str, first: str, fitted: Fitted, reading: Reading) -> list[str]:
    """The call with the question that it answers; alone where that would be long or repeat the first line."""
    chain = chain_of(call, fitted.sentences, reading)
    return chain if len(chain) <= MAX_CHAIN and first not in chain else [call]


def _widen(title: str, offers: list[str], reading: Reading) -> tuple[str, list[str]]:
    """A first line of one word takes what stands behind it in the prompt: "Nouveau : espace de coworking à Pau"."""
    if len(title.split()) != 1 or not offers:
        return title, offers
    found = patterns.search(rf"(?<!\w){re.escape(title)}\s*[:,]\s*{re.escape(offers[0])}", reading.prompt, re.IGNORECASE)
    return (capitalise(tidy(found.group())), offers[1:]) if found else (title, offers)


def _tells_how(line: str) -> bool:
    return patterns.match(r"(?:how|cómo|wie|comment|come|como|so) \w+", line, re.IGNORECASE) is not None and not fact_pattern().search(line)


def _is_plain_head(line: str, reading: Reading) -> bool:
    """Whether a line is the head of the prompt without a date or price: it says what the reel is and belongs under the first line."""
    is_dated = any(match.lastgroup in {"when", "price", "percent"} for match in fact_pattern().finditer(line))
    return not is_dated and line.lower() == drop_ending(reading.content.head).lower()


def _continue_call(call: str, offers: list[str], reading: Reading) -> tuple[str, list[str]]:
    """A line that goes on behind the call in the prompt stays with it: "um obrigada a todos, sobretudo à avó"."""
    prompt = tidy(reading.prompt).lower()
    more = next((line for line in offers if call and f"{call}, {line}".lower() in prompt), "")
    signed = next((line for line in offers if call and f"{call}. {line}".lower() in prompt), "")
    rest = [line for line in offers if line not in {more, signed}]
    if more:
        return f"{call}, {more[:1].lower()}{more[1:]}", rest
    return (f"{call}. {signed}", rest) if signed else (call, offers)


def _last_question(sentences: list[str], first: str) -> list[str]:
    """Where nobody calls, the question that ends the script is for the viewer."""
    return sentences[-1:] if len(sentences) > 1 and sentences[-1].endswith("?") and sentences[-1] != first else []


def _order_calls(closing: str, own_call: str, reading: Reading) -> list[str]:
    """What the voice asks leads to the number or address of the prompt; a goodbye comes last."""
    farewell = load_post_words(reading.language).farewell if reading.lexicon.is_ruled else ""
    says_goodbye = bool(farewell) and patterns.match(rf"(?:{farewell})(?!\w)", closing, re.IGNORECASE) is not None
    return [own_call, closing] if says_goodbye or not find_numbers(own_call) else [closing, own_call]


def _first_line(made: Cards, reading: Reading) -> str:
    """The given title, else the whole head of the prompt with its day: it is the sentence the creator wrote."""
    head = restore_introduction(drop_need(drop_ending(reading.content.head), reading), reading)
    invited = _invitation(head, reading)
    if invited:
        return invited
    is_avoided = is_risky(head, reading.language) and not is_risky(made.title, reading.language)
    if reading.content.title or not head or is_avoided or len(made.title) > len(head) or len(head) > MAX_FIRST_LINE_CHARACTERS:
        return made.title if reading.content.title else f"{made.title} {made.second}".strip()
    return capitalise(head) if reading.intent != "beforeafter" else made.title


def _invitation(head: str, reading: Reading) -> str:
    """Who invites is no first line where the prompt says to what: "soy el párroco … queremos invitar a la procesión"."""
    if not head or not patterns.search(rf"(?<!\w)(?:{_I_AM})(?: \w+)?\s+{re.escape(head)}", reading.prompt, re.IGNORECASE):
        return ""
    said = ((item, drop_saying(item, reading)) for item in reading.content.items)
    return next((capitalise(text) for item, text in said if text != item), "")


def _numbered_lines(cards: list[str], reading: Reading) -> list[str]:
    """Ingredients in one line, then the steps or members with their numbers; nothing where the reel is no list."""
    if reading.intent not in NUMBERED_INTENTS:
        return []
    ingredients = [card for card in cards if reading.intent == "recipe" and is_ingredient(card, reading)]
    steps = [card for card in cards if card not in ingredients]
    if not _is_counted(steps, reading):
        steps = []
    numbered = [f"{number}. {step}" for number, step in enumerate(steps, 1)] if len(steps) >= MIN_NUMBERED else []
    return [*([" · ".join(ingredients)] if ingredients else []), *numbered]


def _is_counted(steps: list[str], reading: Reading) -> bool:
    """Whether the brief counts its members, or they are steps: an offer's dates and prices are no list."""
    dated = sum(any(match.lastgroup in {"when", "price"} for match in fact_pattern().finditer(step)) for step in steps)
    head = f"{reading.content.title} {reading.content.head}"
    return not dated or (any(reading.lexicon.is_number(word) for word in head.split()) and 2 * dated < len(steps))


def _youtube_title(spoken: list[str], calls: list[str], hook: Hook, subject: str, reading: Reading) -> str:
    """The hook, unless it is short and says nothing of the topic: then a sentence that does, or what the reel is about."""
    if reading.content.title:
        return hook.text
    topic = {lower(word) for name in [*reading.places, *find_brands(reading), *reading.content.head.split()] for word in name.split()}
    topic = {word for word in topic if not reading.lexicon.is_stop_word(word) and not is_calendar_word(word)}
    if len(hook.text.split()) > 5 or any(lower(word) in topic for word in hook.text.split()):
        return hook.text
    titles = [find_title(sentence, reading.lexicon, reading.topics, 0.7, 7) for sentence in spoken if sentence not in calls]
    fitting = [title for title in titles if title and title.kind in {"whole", "clause", "place"} and any(lower(word) in topic for word in title.text.split())]
    fitting = [title for title in fitting if not is_risky(title.text, reading.language)]
    if fitting:
        return max(fitting, key=lambda title: title.score).text
    return subject if subject and not is_risky(subject, reading.language) and len(subject) <= MAX_YOUTUBE_TITLE_CHARACTERS else hook.text


def _clean(lines: list[str]) -> tuple[str, ...]:
    return tuple(line for text in lines for line in text.split("\n") if line.strip())
