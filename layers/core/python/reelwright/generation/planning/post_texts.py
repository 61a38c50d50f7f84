"""What stands beside the reel on each platform, in the creator's words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from reelwright.generation.plan import PostText
from reelwright.generation.planning.beats_of_script import Draft
from reelwright.generation.planning.cards import Cards, is_fact_card, is_ingredient
from reelwright.generation.planning.facts import fact_pattern, find_names, find_numbers
from reelwright.generation.planning.fitting import Fitted
from reelwright.generation.planning.hashtags import find_brands, find_hashtags
from reelwright.generation.planning.hooks import Hook
from reelwright.generation.planning.leaning import chain_of, leans
from reelwright.generation.planning.offers import find_offer_lines, is_told
from reelwright.generation.planning.reading import Reading
from reelwright.generation.planning.sentences import split_sentences
from reelwright.generation.planning.titles import find_title
from reelwright.generation.planning.words import bare, capitalise, drop_ending, lower

MAX_FIRST_LINE_CHARACTERS = 110
MAX_POST_CHARACTERS = 2200
MAX_TIKTOK_LINE_CHARACTERS = 150
MAX_YOUTUBE_TITLE_CHARACTERS = 70
MAX_YOUTUBE_DESCRIPTION_BYTES = 5000
YOUTUBE_HASHTAGS = 3
FACEBOOK_HASHTAGS = 1
INFORMATION_SENTENCES = 2
MAX_CHAIN = 3
_NUMERAL = re.compile(r"^\d\. ")
_MEASURE = re.compile(r"\d+(?:[.,]\d+)? ?\S{1,3}")


@dataclass(frozen=True)
class PostLines:
    """The lines of a post, without hashtags, the title that YouTube gets, and which line is the call."""

    lines: tuple[str, ...]
    title: str
    call: str = ""


def write_script_post(fitted: Fitted, hook: Hook, drafts: list[Draft], reading: Reading) -> PostLines:
    """First sentence, two sentences that carry facts, the call."""
    spoken = [sentence for sentence in fitted.sentences if not reading.shared.greets(sentence)] or fitted.sentences
    first = spoken[0]
    is_joined = hook.sentence == first and hook.text.startswith(drop_ending(first)) and len(hook.text) > len(first)
    first_line = hook.text if is_joined or len(first) > MAX_FIRST_LINE_CHARACTERS else first
    calls = [sentence for sentence in fitted.sentences[-2:] if reading.lexicon.calls_to_act(sentence)]
    chapters = [f"{draft.number}. {draft.item}" for draft in drafts if draft.item]
    closing = " ".join(_call_chain(calls[-1], first, fitted, reading)) if calls else _closing_line(reading)
    middle = "\n".join(chapters) if len(chapters) >= 2 else " ".join(_informative(spoken, first, first_line, calls, closing, hook, reading))
    own_call = reading.content.call if not is_told(reading.content.call, closing.lower()) else ""
    told = " ".join([first_line, middle, own_call, closing])
    lines = _clean([first_line, middle, *find_offer_lines(reading, told), own_call, closing])
    return PostLines(lines, _youtube_title(spoken, calls, hook, reading), own_call or closing)


def _call_chain(call: str, first: str, fitted: Fitted, reading: Reading) -> list[str]:
    """The call with the question that it answers; alone where that would be long or repeat the first line."""
    chain = chain_of(call, fitted.sentences, reading)
    return chain if len(chain) <= MAX_CHAIN and first not in chain else [call]


def write_card_post(made: Cards, reading: Reading) -> PostLines:
    """Title, the facts, dates and prices, the call."""
    if made.quote:
        author = f"— {made.author}" if made.author else ""
        return PostLines(_clean([f"“{made.quote}”", author, _closing_line(reading)]), made.quote)
    title = made.title if reading.content.title else f"{made.title} {made.second}".strip()
    states = set(reading.lexicon.texts.get("before_after", ("Before", "After")))
    facts = [card for card in made.cards if not is_fact_card(card) and card not in states and not (made.second and card.lower() == made.second.lower())]
    dates = [card for card in made.cards if is_fact_card(card)]
    call = reading.content.call or _closing_line(reading)
    listed = _fact_lines(facts, reading)
    offers = [] if reading.intent in {"list", "howto", "recipe", "travel"} else find_offer_lines(reading, " ".join([title, listed, *dates, call]))
    offers = [line for line in offers if not any(line.lower().startswith(card.lower()) for card in [title, *facts, *dates])]
    lines = _clean([title, listed, *offers, " · ".join(dates), call])
    return PostLines(lines, title if len(title) <= MAX_YOUTUBE_TITLE_CHARACTERS else made.title, call)


def write_posts(post: PostLines, platforms: tuple[str, ...], reading: Reading) -> dict[str, PostText]:
    """The text for each platform, within its limits."""
    tags = find_hashtags(reading)
    writers = {"instagram": _instagram, "facebook": _facebook, "youtube": _youtube, "tiktok": _tiktok}
    return {platform: writers[platform](post, tags, reading) for platform in platforms}


def fixed_lines(reading: Reading) -> list[str]:
    """The lines that are the product's own and may stand in a post or on a card."""
    states = reading.lexicon.texts.get("before_after", ("Before", "After"))
    return [*reading.lexicon.texts.get("asks", {}).values(), *states]


def _closing_line(reading: Reading) -> str:
    if reading.lexicon.calls_to_act(f"{reading.content.call} {reading.script}"):
        return ""
    return str(reading.lexicon.texts.get("asks", {}).get(reading.intent, ""))


def _informative(spoken: list[str], first: str, first_line: str, calls: list[str], closing: str, hook: Hook, reading: Reading) -> list[str]:
    """Two sentences that carry facts, each with what it leans on."""
    pool = [sentence for sentence in spoken if sentence != first and sentence not in calls and sentence.strip(".") not in f"{first_line} {closing}"]
    chosen: list[str] = []
    for sentence in sorted(pool, key=lambda one: _value(one, hook, reading), reverse=True):
        added = [one for one in chain_of(sentence, spoken, reading) if one != first and one not in chosen]
        if len(chosen) >= INFORMATION_SENTENCES or not added:
            continue
        if len(added) <= MAX_CHAIN - 1 and len(chosen) + len(added) <= MAX_CHAIN and all(one in pool for one in added):
            chosen += added
    return [sentence for sentence in spoken if sentence in chosen]


def _value(sentence: str, hook: Hook, reading: Reading) -> float:
    words = sentence.split()
    value = 0.3 * any(reading.lexicon.is_number(word) for word in words) + 0.3 * bool(find_names(sentence, reading.lexicon))
    value += 0.2 * any(reading.lexicon.has(word, "hot") for word in words) + 0.3 * (sentence == hook.sentence)
    return value - 0.012 * len(words)


def _fact_lines(facts: list[str], reading: Reading) -> str:
    ingredients = [fact for fact in facts if reading.intent == "recipe" and is_ingredient(fact)]
    steps = [fact for fact in facts if fact not in ingredients]
    if reading.intent in {"list", "howto", "recipe"} and len(steps) > 2:
        numbered = [f"{number}. {step}" for number, step in enumerate(steps, 1)]
        return "\n".join([" · ".join(ingredients), *numbered]) if ingredients else "\n".join(numbered)
    if reading.intent in {"travel", "dayinlife", "moments"} and _is_plain_list(facts, reading):
        return f"{_join(facts, reading)}."
    return "\n".join(facts)


def _is_plain_list(facts: list[str], reading: Reading) -> bool:
    def is_plain(fact: str) -> bool:
        words = fact.split()
        return len(words) <= 6 and not any(reading.lexicon.has(word, "auxiliaries", "pronouns") for word in words) and not _MEASURE.fullmatch(fact)

    return 1 < len(facts) <= 6 and all(is_plain(fact) for fact in facts)


def _join(facts: list[str], reading: Reading) -> str:
    """ "a, b, and c": small letters again where a word is no name."""
    small = [facts[0], *(_small_start(fact, reading) for fact in facts[1:])]
    comma = "," if reading.lexicon.language == "en" and len(facts) > 2 else ""
    and_word = reading.lexicon.texts.get("and_word", "·")
    return capitalise(f"{', '.join(small[:-1])}{comma} {and_word} {small[-1]}")


def _small_start(text: str, reading: Reading) -> str:
    small = text[:1].lower() + text[1:]
    if small in reading.content.items:
        return small
    first = bare(text.split(maxsplit=1)[0])
    is_name = reading.lexicon.language == "de" or any(first in name.split() for name in reading.names) or (first.isupper() and len(first) > 1)
    return text if is_name else small


def _youtube_title(spoken: list[str], calls: list[str], hook: Hook, reading: Reading) -> str:
    """The hook, unless it is short and says nothing of the topic."""
    if reading.content.title:
        return hook.text
    topic = {lower(word) for name in [*reading.places, *find_brands(reading), *reading.content.head.split()] for word in name.split()}
    topic = {word for word in topic if not reading.lexicon.is_stop_word(word)}
    if len(hook.text.split()) > 5 or any(lower(word) in topic for word in hook.text.split()):
        return hook.text
    titles = [find_title(sentence, reading.lexicon, reading.topics, 0.7, 7) for sentence in spoken if sentence not in calls]
    fitting = [title for title in titles if title and title.kind in {"whole", "clause", "place"} and any(lower(word) in topic for word in title.text.split())]
    return max(fitting, key=lambda title: title.score).text if fitting else hook.text


def _clean(lines: list[str]) -> tuple[str, ...]:
    return tuple(line for text in lines for line in text.split("\n") if line.strip())


def _instagram(post: PostLines, tags: tuple[str, ...], reading: Reading) -> PostText:
    text = "\n".join([*post.lines, " ".join(tags)]).strip()
    return PostText(text=_within(text, MAX_POST_CHARACTERS), hashtags=tags)


def _facebook(post: PostLines, tags: tuple[str, ...], reading: Reading) -> PostText:
    body = ("\n" if len(post.lines) > 4 else "\n\n").join(post.lines)
    shown = tags[:FACEBOOK_HASHTAGS]
    return PostText(text="\n\n".join(filter(None, [body, " ".join(shown)])), hashtags=shown)


def _youtube(post: PostLines, tags: tuple[str, ...], reading: Reading) -> PostText:
    """The title is not told again: it takes the whole first sentence where it is a piece of it."""
    shown = tags[:YOUTUBE_HASHTAGS]
    title = _within(_without_angles(drop_ending(post.title)), MAX_YOUTUBE_TITLE_CHARACTERS)
    first = _without_angles(drop_ending(post.lines[0])) if post.lines else ""
    if title.lower() in first.lower() and len(first) <= MAX_YOUTUBE_TITLE_CHARACTERS:
        title = first
    lines = [line for line in post.lines if bare(drop_ending(line)).lower() != bare(title).lower()]
    sentences = [" ".join(one for one in split_sentences(line) if drop_ending(one) != title) for line in lines]
    handle = "" if reading.handle in " ".join(lines) else reading.handle
    text = _without_angles("\n".join(filter(None, [*sentences, handle, " ".join(shown)])))
    while len(text.encode()) > MAX_YOUTUBE_DESCRIPTION_BYTES:
        text = text[:-100]
    return PostText(title=title, text=text, hashtags=shown)


def _tiktok(post: PostLines, tags: tuple[str, ...], reading: Reading) -> PostText:
    """The first line, the date and the call, then as many other sentences as the limit holds."""
    body = _within(_choose_short(post, reading), MAX_TIKTOK_LINE_CHARACTERS)
    return PostText(text="\n".join(filter(None, [body, " ".join(tags)])), hashtags=tags)


def _choose_short(post: PostLines, reading: Reading) -> str:
    lines = post.lines or ("",)
    author = lines[1] if len(lines) > 1 and lines[1].startswith("— ") else ""
    if author:
        return f"{lines[0]} {author}"
    call = post.call if post.call and post.call in lines else ""
    date = next((line for kind in ("date", "when", "time") for line in lines[1:] if _holds(kind, line)), "")
    wanted = list(dict.fromkeys(filter(None, [lines[0], date if date != call else "", call])))
    numbered = sum(bool(_NUMERAL.match(line)) for line in lines) > 1
    others = [] if numbered else [sentence for line in lines[1:] if line not in wanted for sentence in _standing(split_sentences(line), reading)][:MAX_CHAIN]
    is_short = len(" ".join(_closed(part) for part in wanted)) <= MAX_TIKTOK_LINE_CHARACTERS
    chosen = _as_many([lines[0]], [*wanted[1:], *others]) if is_short else _as_many(wanted[1:2], wanted[2:])
    order = [lines[0], *(part for line in lines[1:] for part in ([line] if line in wanted else split_sentences(line)))]
    if len(order) == 1 or chosen == [lines[0]]:
        return lines[0]
    return " ".join(_closed(part) for part in dict.fromkeys(order) if part in chosen)


def _standing(sentences: Sequence[str], reading: Reading) -> list[str]:
    """The sentences of a line up to the first that leans on the one before."""
    count = next((at for at in range(1, len(sentences)) if leans(sentences[at], sentences[at - 1], reading)), len(sentences))
    is_open = bool(sentences) and count < len(sentences) and sentences[count - 1].endswith("?")
    return list(sentences[: count - 1 if is_open else count])


def _holds(kind: str, line: str) -> bool:
    found = [match for match in fact_pattern().finditer(line) if match.lastgroup == ("when" if kind == "date" else kind)]
    return any(kind != "date" or find_numbers(match.group()) for match in found)


def _as_many(chosen: list[str], offered: Sequence[str]) -> list[str]:
    """What is chosen and, of what is offered, the first that the limit holds."""
    for part in offered:
        if len(" ".join(_closed(one) for one in [*chosen, part])) <= MAX_TIKTOK_LINE_CHARACTERS:
            chosen = [*chosen, part]
    return chosen


def _closed(part: str) -> str:
    return part if part[-1:] in ".!?”…" or not part else f"{part}."


def _without_angles(text: str) -> str:
    """YouTube takes neither < nor >: arrows, hearts and brackets keep their meaning in other signs, no word is lost."""
    for plain, sign in (("<3", "♥"), ("<->", "↔"), ("->", "→"), ("=>", "→"), ("<-", "←"), ("<", "‹"), (">", "›")):
        text = text.replace(plain, sign)
    return text


def _within(text: str, limit: int) -> str:
    """The text, cut at a word where it is too long."""
    if len(text) <= limit:
        return text
    return text[: limit - 1].rsplit(" ", 1)[0].rstrip(",;: ") + "…"
